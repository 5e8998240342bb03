/* account.c: see account.h. */
#include "domain/account.h"
#include "domain/consent.h"
#include "domain/epoch.h"
#include "base/must.h"

#include <string.h>

static struct seal_place place_of(const struct account *account, struct account_field field) {
    return (struct seal_place){field.table, field.column, field.row, account->subject};
}

struct text account_seal(struct domain *d, const struct account *account,
                         struct account_field field, struct text plain) {
    struct seal_place place = place_of(account, field);
    return seal_in(d->arena, d->chance, account->key, &place, plain);
}

struct err account_open(struct domain *d, const struct account *account, struct account_field field,
                        struct text sealed, struct text *out) {
    struct seal_place place = place_of(account, field);
    return seal_open_in(d->arena, account->key, &place, sealed, out);
}

/* The row's number is not known before it is there; the subject is. */
static struct account_field name_field(const struct account *account) {
    return FIELD("account", "username", (int64_t)account->subject);
}

/* ---- the person's key ---- */

static struct err key_rows(struct domain *d, void *with) {
    const struct account *account = with;
    struct text wrapped;
    int64_t epoch;
    try(epoch_wrap(d, account->subject, account->key, &epoch, &wrapped));
    struct statement *put = statement_for(d->store, SQL_SUBJECT_KEY_PUT);
    statement_bind_i64(put, 1, (int64_t)account->subject);
    statement_bind_i64(put, 2, epoch);
    statement_bind_bytes(put, 3, wrapped);
    return statement_run(put, NULL);
}

static struct err key_make(struct domain *d, struct account *account) {
    struct secret *key = arena_alloc_secret(d->arena, sizeof *key);
    random_bytes(d->chance, key->bytes, sizeof key->bytes);
    account->key = key;
    return domain_in_transaction(d, key_rows, account);
}

static struct err key_row(struct domain *d, uint64_t subject, int64_t *epoch_out, struct text *wrapped_out) {
    struct statement *get = statement_for(d->store, SQL_SUBJECT_KEY_GET);
    bool row;
    statement_bind_i64(get, 1, (int64_t)subject);
    try(statement_step(get, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "the account is being erased");
    *epoch_out = column_i64(get, 0);
    *wrapped_out = column_text_in(get, d->arena, 1);
    statement_done(get);
    return ok;
}

/* Between the row and the file a new epoch may have come: then the row names it now. */
static struct err key_read(struct domain *d, struct account *account) {
    struct text wrapped;
    int64_t epoch, again;
    try(key_row(d, account->subject, &epoch, &wrapped));
    struct err e = epoch_unwrap(d, account->subject, epoch, wrapped, &account->key);
    if (e.kind != ERR_CONFIG)
        return e;
    try(key_row(d, account->subject, &again, &wrapped));
    return again == epoch ? e : epoch_unwrap(d, account->subject, again, wrapped, &account->key);
}

/* ---- names and addresses ---- */

static struct err index_put(struct domain *d, int64_t number, const struct identity *who) {
    struct digest digest;
    try(identity_digest(d, who, &digest));
    struct statement *put = statement_for(d->store, SQL_BLIND_INDEX_PUT);
    statement_bind_text(put, 1, text_c(identity_kind_name(who->kind)));
    statement_bind_bytes(put, 2, digest_text(&digest));
    statement_bind_i64(put, 3, number);
    struct err e = statement_run(put, NULL);
    if (e.kind == ERR_CONFLICT && who->kind == IDENTITY_USERNAME)
        return domain_refuse(d, ERR_USERNAME_TAKEN, "username", "the user name is taken");
    return e;
}

static struct err index_drop(struct domain *d, int64_t number, enum identity_kind kind) {
    struct statement *drop = statement_for(d->store, SQL_BLIND_INDEX_DROP);
    statement_bind_i64(drop, 1, number);
    statement_bind_text(drop, 2, text_c(identity_kind_name(kind)));
    return statement_run(drop, NULL);
}

/* One row a kind. */
static struct account_field contact_field(int64_t number, bool is_phone) {
    return FIELD("contact", "sealed", number * 2 + is_phone);
}

static struct err contact_put(struct domain *d, const struct account *account,
                              const struct identity *contact) {
    const char *kind = identity_kind_name(contact->kind);
    struct statement *put = statement_for(d->store, SQL_CONTACT_PUT);
    statement_bind_i64(put, 1, account->number);
    statement_bind_text(put, 2, text_c(kind));
    struct account_field field = contact_field(account->number, contact->kind == IDENTITY_PHONE);
    statement_bind_bytes(put, 3, account_seal(d, account, field, contact->shown));
    statement_bind_i64(put, 4, d->now_ms);
    try(statement_run(put, NULL));
    return index_put(d, account->number, contact);
}

struct err account_find(struct domain *d, const struct identity *who, int64_t *number_out) {
    struct digest digest;
    try(identity_digest(d, who, &digest));
    struct statement *find = statement_for(d->store, SQL_BLIND_INDEX_FIND);
    bool row;
    statement_bind_text(find, 1, text_c(identity_kind_name(who->kind)));
    statement_bind_bytes(find, 2, digest_text(&digest));
    try(statement_step(find, &row));
    *number_out = row ? column_i64(find, 0) : 0;
    statement_done(find);
    return ok;
}

/* ---- the whole account ---- */

/* The hash is sealed twice over: by its own strength, and by a key outside the records. */
static struct err password_seal(struct domain *d, uint64_t subject, const char *hash, struct text *out) {
    struct seal_place place = {"account", "password", 0, subject};
    return domain_seal(d, KEY_PEPPER, &place, text_c(hash), out);
}

struct creation {
    const struct new_account *with;
    struct err (*before)(struct domain *d, void *with);
    void *before_with;
    struct account account;
};

static struct err insert_account(struct domain *d, struct creation *c) {
    struct account *account = &c->account;
    struct text password = TEXT("");
    bool row;
    if (c->with->password_hash)
        try(password_seal(d, account->subject, c->with->password_hash, &password));
    struct statement *add = statement_for(d->store, SQL_ACCOUNT_ADD);
    statement_bind_i64(add, 1, (int64_t)account->subject);
    statement_bind_text(add, 2, c->with->age);
    statement_bind_bytes(add, 3,
                         account_seal(d, account, name_field(account), c->with->username.shown));
    if (c->with->password_hash)
        statement_bind_bytes(add, 4, password);
    else
        statement_bind_none(add, 4);
    statement_bind_text(add, 5, text_c(c->with->source));
    statement_bind_i64(add, 6, d->now_ms);
    statement_bind_i64(add, 7, c->with->guardian.length > 0);
    try(statement_step(add, &row));
    must(row);
    account->number = column_i64(add, 0);
    return statement_run(add, NULL);
}

/* Who consented for a child, and the receipt of that consent. */
static struct err guardian_put(struct domain *d, struct creation *c, struct text receipt) {
    struct statement *put = statement_for(d->store, SQL_GUARDIAN_PUT);
    const struct account *child = &c->account;
    statement_bind_i64(put, 1, child->number);
    statement_bind_bytes(put, 2,
                         account_seal(d, child, FIELD("guardian", "sealed", child->number),
                                      c->with->guardian));
    statement_bind_text(put, 3, receipt);
    statement_bind_i64(put, 4, d->now_ms);
    return statement_run(put, NULL);
}

static struct err create_rows(struct domain *d, void *with) {
    struct creation *c = with;
    const struct consent consent = {.version = c->with->consent_version,
                                    .text_hash = c->with->consent_hash,
                                    .act = c->with->guardian.length ? TEXT("guardian") : TEXT("register"),
                                    .language = c->with->language};
    struct text receipt = TEXT("");
    if (c->before)
        try(c->before(d, c->before_with));
    try(insert_account(d, c));
    try(index_put(d, c->account.number, &c->with->username));
    if (c->with->contact.shown.length)
        try(contact_put(d, &c->account, &c->with->contact));
    if (c->with->consent_version.length)
        try(consent_add(d, c->account.number, &consent, &receipt));
    if (c->with->guardian.length)
        try(guardian_put(d, c, receipt));
    return ok;
}

struct err account_create(struct domain *d, const struct new_account *with,
                          struct err (*before)(struct domain *d, void *with), void *before_with,
                          int64_t *number_out) {
    struct creation c = {with, before, before_with, {.number = 0}};
    while (c.account.subject == 0)
        c.account.subject = random_u64(d->chance) >> 1;
    try(key_make(d,
                 &c.account)); /* first: a key without an account is harmless, the reverse is not */
    struct err e = domain_in_transaction(d, create_rows, &c);
    if (e.kind) {
        struct statement *drop = statement_for(d->store, SQL_SUBJECT_KEY_ERASE);
        statement_bind_i64(drop, 1, (int64_t)c.account.subject);
        (void)!statement_run(drop, NULL).kind;
        return e;
    }
    *number_out = c.account.number;
    return ok;
}

struct shared_creation {
    struct creation c;
    struct err (*then)(struct domain *d, void *with, const struct account *account);
    void *then_with;
};

static struct err create_shared_rows(struct domain *d, void *with) {
    struct shared_creation *s = with;
    try(insert_account(d, &s->c));
    return s->then(d, s->then_with, &s->c.account);
}

struct err account_create_shared(struct domain *d, struct text name,
                                 struct err (*then)(struct domain *d, void *with,
                                                    const struct account *account),
                                 void *then_with, int64_t *number_out) {
    const struct new_account with = {.username = {.shown = name}, .age = TEXT("adult"), .source = "organisation"};
    struct shared_creation s = {{&with, NULL, NULL, {.number = 0}}, then, then_with};
    while (s.c.account.subject == 0)
        s.c.account.subject = random_u64(d->chance) >> 1;
    try(key_make(d, &s.c.account));
    struct err e = domain_in_transaction(d, create_shared_rows, &s);
    if (e.kind) {
        struct statement *drop = statement_for(d->store, SQL_SUBJECT_KEY_ERASE);
        statement_bind_i64(drop, 1, (int64_t)s.c.account.subject);
        (void)!statement_run(drop, NULL).kind;
        return e;
    }
    *number_out = s.c.account.number;
    return ok;
}

static struct err read_contacts(struct domain *d, struct account *account) {
    struct statement *list = statement_for(d->store, SQL_CONTACT_LIST);
    statement_bind_i64(list, 1, account->number);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct text kind = column_text_in(list, d->arena, 0), plain;
        int64_t since_ms = column_i64(list, 2);
        bool is_mail = text_equal_c(kind, "email");
        try(account_open(d, account, contact_field(account->number, !is_mail),
                         column_text_in(list, d->arena, 1), &plain));
        *(is_mail ? &account->email : &account->phone) = plain;
        *(is_mail ? &account->email_ms : &account->phone_ms) = since_ms;
    }
}

struct err account_read(struct domain *d, int64_t number, struct account *out) {
    struct statement *get = statement_for(d->store, SQL_ACCOUNT_GET);
    bool row;
    statement_bind_i64(get, 1, number);
    try(statement_step(get, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no such account");
    struct account a = {.number = column_i64(get, 0),
                        .subject = (uint64_t)column_i64(get, 1),
                        .state = column_text_in(get, d->arena, 2),
                        .age = column_text_in(get, d->arena, 3),
                        .password_sealed = column_text_in(get, d->arena, 5),
                        .source = column_text_in(get, d->arena, 6),
                        .created_ms = column_i64(get, 7),
                        .is_guarded = column_i64(get, 8) != 0};
    struct text username_sealed = column_text_in(get, d->arena, 4);
    statement_done(get);
    a.is_active = text_equal_c(a.state, "active");
    a.is_erasing = text_equal_c(a.state, "erasing");
    try(key_read(d, &a));
    try(account_open(d, &a, name_field(&a), username_sealed, &a.username));
    try(read_contacts(d, &a));
    *out = a;
    return ok;
}

/* Nobody's hash is sealed and opened as everybody's is, so that the work is the same. */
static struct err hash_open(struct domain *d, uint64_t subject, struct text sealed, char **hash_out) {
    struct seal_place place = {"account", "password", 0, subject};
    char dummy[PASSWORD_HASH_BYTES];
    struct text plain;
    password_dummy(d->passwords, dummy);
    if (sealed.length == 0)
        try(password_seal(d, subject, dummy, &sealed));
    try(domain_unseal(d, KEY_PEPPER, &place, sealed, &plain));
    *hash_out = text_c_in(d->arena, plain);
    return ok;
}

static struct err check_hash(struct domain *d, uint64_t subject, struct text sealed, struct text password,
                             bool *is_weak_out) {
    char *hash;
    bool fits;
    try(hash_open(d, subject, sealed, &hash));
    try(password_check(d->passwords, hash, password, &fits));
    *is_weak_out = fits && password_is_weak(d->passwords, hash);
    return fits && sealed.length ? ok
                                 : err_make(ERR_LOGIN_FAILED, "the account or the password is wrong");
}

struct err account_check_password(struct domain *d, const struct account *account,
                                  struct text password) {
    bool is_weak;
    return check_hash(d, account ? account->subject : 0,
                      account ? account->password_sealed : TEXT(""), password, &is_weak);
}

struct err account_prove_password(struct domain *d, int64_t number, struct text password,
                                  bool *is_weak_out) {
    struct statement *get = statement_for(d->store, SQL_ACCOUNT_GET);
    bool row;
    statement_bind_i64(get, 1, number);
    try(statement_step(get, &row));
    uint64_t subject = row ? (uint64_t)column_i64(get, 1) : 0;
    struct text sealed = row ? column_text_in(get, d->arena, 5) : TEXT("");
    statement_done(get);
    return check_hash(d, subject, sealed, password, is_weak_out);
}

struct err account_rehash(struct domain *d, const struct account *account, struct text password) {
    char hash[PASSWORD_HASH_BYTES];
    try(password_hash(d->passwords, password, hash));
    return account_set_password(d, account, hash);
}

/* ---- corrections ---- */

struct correction {
    const struct account *account;
    const struct identity *identity;
};

static struct err rename_rows(struct domain *d, void *with) {
    const struct correction *c = with;
    struct statement *set = statement_for(d->store, SQL_ACCOUNT_SET_USERNAME);
    statement_bind_i64(set, 1, c->account->number);
    statement_bind_bytes(set, 2,
                         account_seal(d, c->account, name_field(c->account), c->identity->shown));
    try(statement_run(set, NULL));
    try(index_drop(d, c->account->number, IDENTITY_USERNAME));
    return index_put(d, c->account->number, c->identity);
}

struct err account_rename(struct domain *d, const struct account *account,
                          const struct identity *name) {
    struct correction c = {account, name};
    return domain_in_transaction(d, rename_rows, &c);
}

struct err account_rename_shared(struct domain *d, const struct account *account, struct text name) {
    struct statement *set = statement_for(d->store, SQL_ACCOUNT_SET_USERNAME);
    statement_bind_i64(set, 1, account->number);
    statement_bind_bytes(set, 2, account_seal(d, account, name_field(account), name));
    return statement_run(set, NULL);
}

struct err account_set_contact(struct domain *d, const struct account *account,
                               const struct identity *contact) {
    try(index_drop(d, account->number, contact->kind));
    return contact_put(d, account, contact);
}

struct err account_set_password(struct domain *d, const struct account *account, const char *hash) {
    struct text sealed;
    try(password_seal(d, account->subject, hash, &sealed));
    struct statement *set = statement_for(d->store, SQL_ACCOUNT_SET_PASSWORD);
    statement_bind_i64(set, 1, account->number);
    statement_bind_bytes(set, 2, sealed);
    return statement_run(set, NULL);
}

struct err account_next(struct domain *d, int64_t after, int64_t *number_out) {
    struct statement *list = statement_for(d->store, SQL_ACCOUNT_LIST);
    bool row;
    statement_bind_i64(list, 1, after);
    statement_bind_i64(list, 2, 1);
    try(statement_step(list, &row));
    *number_out = row ? column_i64(list, 0) : 0;
    statement_done(list);
    return ok;
}

static struct err index_again(struct domain *d, int64_t number, struct text shown, enum identity_kind kind) {
    struct identity who;
    if (shown.length == 0)
        return ok;
    try(index_drop(d, number, kind));
    if (kind == IDENTITY_USERNAME)
        try(identity_username(d, shown, &who));
    else
        try(kind == IDENTITY_EMAIL ? identity_email(d, shown, &who) : identity_phone(d, shown, &who));
    return index_put(d, number, &who);
}

struct err account_index(struct domain *d, const struct account *account) {
    try(index_again(d, account->number, account->username, IDENTITY_USERNAME));
    try(index_again(d, account->number, account->email, IDENTITY_EMAIL));
    return index_again(d, account->number, account->phone, IDENTITY_PHONE);
}
