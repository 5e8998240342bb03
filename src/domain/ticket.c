/* ticket.c: see ticket.h. */
#include "domain/ticket.h"
#include "base/must.h"
#include "codec/sensitive.h"
#include "domain/audit.h"
#include "domain/flow.h"
#include "domain/throttle.h"
#include "domain/ticket_mail.h"

enum { TWIN_MS = 60000, MAIL_TWIN_MS = 86400000, ACKS_HOUR_TARGET = 5, KEY_LETTERS = 22, MARK_LETTERS = 16 };

/* Without those that are taken for one another: 30^12 numbers, 58 bits. */
static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { LETTERS = sizeof letters - 1 };
static const uint64_t numbers = 531441000000000000; /* LETTERS to the power of TICKET_PUBLIC_LETTERS */

const struct ticket_kind ticket_kinds[] = {
#define TICKET_KIND(name, privacy, at_once, zh, en, how_zh, how_en)                                          \
    {#name, privacy, at_once, {zh, en}, {how_zh, how_en}},
#include "domain/ticket_kinds.def"
#undef TICKET_KIND
    {0},
};

const struct ticket_kind *ticket_kind_find(struct text name) {
    for (const struct ticket_kind *k = ticket_kinds; k->name; k++)
        if (text_equal_c(name, k->name))
            return k;
    return NULL;
}

/* ---- names ---- */

struct text ticket_public_in(struct arena *a, int64_t number) {
    char plain[TICKET_PUBLIC_LETTERS];
    must(number >= 0 && (uint64_t)number < numbers);
    for (unsigned i = TICKET_PUBLIC_LETTERS; i-- > 0; number /= LETTERS)
        plain[i] = letters[number % LETTERS];
    return text_format_in(a, "%.4s-%.4s-%.4s", plain, plain + 4, plain + 8);
}

bool ticket_public_parse(struct text public, int64_t *number_out) {
    uint64_t number = 0;
    unsigned count = 0;
    for (size_t i = 0; i < public.length; i++) {
        char c = public.bytes[i];
        if (c == '-' || c == ' ')
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        const char *at = c ? memchr(letters, c, LETTERS) : NULL;
        if (!at || count == TICKET_PUBLIC_LETTERS)
            return false;
        number = number * LETTERS + (uint64_t)(at - letters);
        count++;
    }
    *number_out = (int64_t)number;
    return count == TICKET_PUBLIC_LETTERS;
}

/* Made from the number under a key of ours, so that nothing of it is stored. */
static struct text secret_of(struct domain *d, const char *purpose, int64_t number, size_t length) {
    struct digest made =
        hash_keyed(&d->keys->code, purpose, PARTS(text_of((const char *)&number, sizeof number)));
    return text_part(base64url_in(d->arena, digest_text(&made)), 0, length);
}

static bool secret_fits(struct text wanted, struct text given) {
    struct digest a = hash_of(wanted), b = hash_of(given);
    return digest_equal(&a, &b);
}

struct text ticket_key(struct domain *d, int64_t number) {
    return secret_of(d, "ticket key", number, KEY_LETTERS);
}

struct text ticket_mail_mark(struct domain *d, int64_t number) {
    return text_format_in(d->arena, "[#%.*s-%.*s]", TEXT_ARG(ticket_public_in(d->arena, number)),
                          TEXT_ARG(secret_of(d, "ticket mail", number, MARK_LETTERS)));
}

bool ticket_mail_mark_find(struct domain *d, struct text subject, int64_t *number_out) {
    enum { PUBLIC = TICKET_PUBLIC_LETTERS + 2 };
    size_t start = text_find(subject, TEXT("[#"));
    if (start == SIZE_MAX)
        return false;
    struct text mark = text_part(subject, start, 2 + PUBLIC + 1 + MARK_LETTERS + 1);
    return ticket_public_parse(text_part(mark, 2, PUBLIC), number_out) &&
           secret_fits(ticket_mail_mark(d, *number_out), mark);
}

/* ---- sealing ---- */

struct err ticket_seal(struct domain *d, const struct ticket *t, struct account_field field,
                       struct text plain, struct text *out) {
    struct account account;
    if (!t->account) {
        const struct seal_place place = {field.table, field.column, field.row, 0};
        return domain_seal(d, KEY_OFFICE, &place, plain, out);
    }
    try(account_read(d, t->account, &account));
    *out = account_seal(d, &account, field, plain);
    return ok;
}

struct err ticket_unseal(struct domain *d, const struct ticket *t, struct account_field field,
                         struct text sealed, struct text *out) {
    struct account account;
    if (!t->account) {
        const struct seal_place place = {field.table, field.column, field.row, 0};
        return domain_unseal(d, KEY_OFFICE, &place, sealed, out);
    }
    try(account_read(d, t->account, &account));
    return account_open(d, &account, field, sealed, out);
}

/* ---- writing ---- */

struct err ticket_put_message(struct domain *d, const struct ticket *t, const char *author,
                              struct text text) {
    int64_t id = (int64_t)(random_u64(d->chance) >> 2);
    struct text sealed;
    try(ticket_seal(d, t, FIELD("ticket_message", "sealed", id), text, &sealed));
    struct statement *add = statement_for(d->store, SQL_TICKET_MESSAGE_ADD);
    statement_bind_i64(add, 1, id);
    statement_bind_i64(add, 2, t->number);
    statement_bind_i64(add, 3, t->round);
    statement_bind_text(add, 4, text_c(author));
    statement_bind_bytes(add, 5, sealed);
    statement_bind_i64(add, 6, d->now_ms);
    return statement_run(add, NULL);
}

struct err ticket_put_round(struct domain *d, const struct ticket *t) {
    struct statement *add = statement_for(d->store, SQL_TICKET_ROUND_ADD);
    statement_bind_i64(add, 1, t->number);
    statement_bind_i64(add, 2, t->round);
    statement_bind_i64(add, 3, t->opened_ms);
    statement_bind_i64(add, 4, t->inner_ms);
    statement_bind_i64(add, 5, t->due_ms);
    statement_bind_i64(add, 6, t->opened_ms); /* the watch finds the first mark itself */
    return statement_run(add, NULL);
}

static void start_clocks(struct domain *d, struct ticket *t) {
    t->opened_ms = d->now_ms;
    t->due_ms = workday_calendar_ms(d->now_ms, TICKET_DUE_DAYS);
    t->inner_ms = workday_working_ms(&d->holidays, d->now_ms, TICKET_INNER_WORKDAYS);
}

static struct err check_text(struct domain *d, struct text text, bool sensitive_ok) {
    if (text_trim(text).length == 0)
        return domain_refuse(d, ERR_FIELD_MISSING, "text", "the text is empty");
    if (!text_is_utf8(text) || text_has_control(text))
        return domain_refuse(d, ERR_FIELD_INVALID, "text", "the text holds control characters");
    if (text_runes(text) > TICKET_TEXT_RUNES_MAX)
        return domain_refuse(d, ERR_FIELD_INVALID, "text", "the text may have 8000 characters at most");
    struct sensitive found = sensitive_find(text, 0);
    if (!found.kind || sensitive_ok)
        return ok;
    return domain_refuse(d, ERR_SENSITIVE_TEXT, "text",
                         text_say_in(d->arena, "from character %zu on there is %s",
                                     text_runes(text_part(text, 0, found.start)) + 1,
                                     sensitive_name(found.kind, true)));
}

struct opening {
    const struct new_ticket *with;
    struct ticket ticket;
    struct identity contact;
    struct digest digest;
    bool was_there;
};

static struct err take_digest(struct domain *d, struct opening *o) {
    const struct new_ticket *w = o->with;
    struct text who = w->account       ? text_format_in(d->arena, "#%lld", (long long)w->account->number)
                      : w->mark.length ? o->contact.canonical
                                       : w->asker;
    struct text what = w->mark.length ? w->mark : w->text;
    return domain_hash(d, KEY_INDEX, "ticket", PARTS(who, o->ticket.kind, what, o->contact.canonical),
                       &o->digest);
}

static struct err find_twin(struct domain *d, struct opening *o) {
    struct statement *twin = statement_for(d->store, SQL_TICKET_TWIN);
    int64_t window = o->with->mark.length ? MAIL_TWIN_MS : TWIN_MS;
    statement_bind_bytes(twin, 1, digest_text(&o->digest));
    statement_bind_i64(twin, 2, d->now_ms - window);
    statement_bind_i64(twin, 3, d->now_ms);
    try(statement_step(twin, &o->was_there));
    int64_t number = o->was_there ? column_i64(twin, 0) : 0;
    statement_done(twin);
    return o->was_there ? ticket_read(d, number, &o->ticket) : ok;
}

static struct err count_asking(struct domain *d, const struct opening *o) {
    const struct new_ticket *w = o->with;
    if (w->mark.length) /* of mails the server in front counts; none is lost here */
        return ok;
    if (w->account)
        return throttle_event(d, "ticket_account",
                              text_format_in(d->arena, "%lld", (long long)w->account->number),
                              TICKETS_HOUR_MAX, NULL);
    return throttle_event(d, "ticket_prefix", w->prefix, TICKETS_HOUR_MAX, NULL);
}

static struct err insert_ticket(struct domain *d, const struct opening *o) {
    const struct ticket *t = &o->ticket;
    struct text contact = TEXT("");
    if (o->contact.shown.length)
        try(ticket_seal(d, t, FIELD("ticket", "contact_sealed", t->number), o->contact.shown, &contact));
    struct statement *add = statement_for(d->store, SQL_TICKET_ADD);
    statement_bind_i64(add, 1, t->number);
    statement_bind_i64(add, 2, t->account);
    if (!t->account)
        statement_bind_none(add, 2);
    statement_bind_text(add, 3, t->kind);
    statement_bind_text(add, 4, t->source);
    statement_bind_text(add, 5, t->language);
    statement_bind_i64(add, 6, t->is_privacy);
    statement_bind_bytes(add, 7, contact);
    if (!contact.length)
        statement_bind_none(add, 7);
    bool has_sensitive = sensitive_find(o->with->text, 0).kind != SENSITIVE_NONE;
    statement_bind_i64(add, 8, has_sensitive ? d->now_ms : 0);
    statement_bind_bytes(add, 9, digest_text(&o->digest));
    statement_bind_i64(add, 10, d->now_ms);
    return statement_run(add, NULL);
}

static struct err note(struct domain *d, const struct ticket *t, const struct account *about,
                       const char *action) {
    const struct audit_event event = {.actor_kind = AUDIT_PERSON,
                                      .actor = about ? about->subject : 0,
                                      .action = action,
                                      .about = about,
                                      .object = t->public,
                                      .purpose = "request"};
    return audit_note(d, &event);
}

static struct err open_rows(struct domain *d, void *with) {
    struct opening *o = with;
    try(find_twin(d, o));
    if (o->was_there)
        return ok;
    try(count_asking(d, o));
    try(insert_ticket(d, o));
    try(ticket_put_round(d, &o->ticket));
    try(ticket_put_message(d, &o->ticket, "person", o->with->text));
    if (o->with->sensitive_ok && sensitive_find(o->with->text, 0).kind)
        try(note(d, &o->ticket, o->with->account, "consent.sensitive"));
    return note(d, &o->ticket, o->with->account, "ticket.open");
}

/* ---- the acknowledgement ---- */

struct acknowledging {
    const struct identity *to;
    const struct new_ticket *with;
};

static struct err count_acknowledging(struct domain *d, void *with) {
    struct acknowledging *a = with;
    if (!a->with->account && !a->with->mark.length)
        try(throttle_event(d, "send_prefix", a->with->prefix, d->sends_hour_prefix, NULL));
    return throttle_event(d, "send_target", a->to->canonical, ACKS_HOUR_TARGET, NULL);
}

/* The ticket is there whatever happens to the mail; an address that had enough of them gets none. */
static struct err acknowledge(struct domain *d, const struct opening *o, struct ticket_promise *out) {
    struct identity to = o->contact;
    bool found = to.shown.length > 0, by_form = strcmp(o->with->source, "form") == 0;
    if (!found)
        try(ticket_address(d, &o->ticket, &to, &found));
    struct acknowledging a = {&to, o->with};
    if (!found || o->with->is_silent)
        return ok;
    struct err e = domain_in_transaction(d, count_acknowledging, &a);
    if (e.kind == ERR_TOO_MANY_REQUESTS) {
        d->detail.retry_after_s = 0;
        return ok;
    }
    try(e);
    struct flow flow = {.purpose = FLOW_TICKET, .data = o->ticket.public};
    if (by_form) {
        try(flow_open(d, &flow, &to, true));
        out->flow = flow.name;
        out->flow_ends_ms = flow.expires_ms;
    }
    return ticket_mail_received(d, &o->ticket, &to, flow.code);
}

static void promise(struct domain *d, const struct ticket *t, struct ticket_promise *out) {
    *out = (struct ticket_promise){.number = t->public,
                                   .key = t->account ? TEXT("") : ticket_key(d, t->number),
                                   .kind = ticket_kind_find(t->kind),
                                   .opened_ms = t->opened_ms,
                                   .due_ms = t->due_ms,
                                   .inner_ms = t->inner_ms};
    out->is_arranged = workday_is_arranged(&d->holidays, clock_china_day(t->inner_ms));
}

struct err ticket_open(struct domain *d, const struct new_ticket *with, struct ticket_promise *out) {
    struct opening o = {.with = with};
    struct text name = with->kind.length ? with->kind : TEXT("question");
    const struct ticket_kind *kind = ticket_kind_find(name);
    if (!kind)
        return domain_refuse(d, ERR_FIELD_INVALID, "kind", "GET /feedback/kinds lists what can be asked for");
    if (!with->account && with->contact.length)
        try(identity_email(d, with->contact, &o.contact));
    try(check_text(d, with->text, with->sensitive_ok));
    int64_t number = (int64_t)(random_u64(d->chance) % numbers);
    o.ticket = (struct ticket){.number = number,
                               .public = ticket_public_in(d->arena, number),
                               .account = with->account ? with->account->number : 0,
                               .kind = text_c(kind->name),
                               .source = text_c(with->source),
                               .language = with->language,
                               .is_privacy = kind->is_privacy,
                               .contact = o.contact.shown,
                               .round = 1,
                               .created_ms = d->now_ms};
    try(take_digest(d, &o));
    start_clocks(d, &o.ticket);
    try(domain_in_transaction(d, open_rows, &o));
    promise(d, &o.ticket, out);
    out->was_there = o.was_there;
    if (o.was_there)
        return ok;
    struct err e = acknowledge(d, &o, out);
    return e.kind == ERR_STORAGE_UNAVAILABLE ? ok : e; /* the ticket is saved: that is what counts */
}

/* ---- reading ---- */

static struct err fill(struct domain *d, struct statement *row, struct ticket *t) {
    struct text contact = TEXT(""), draft = TEXT("");
    *t = (struct ticket){.number = column_i64(row, 0),
                         .account = column_is_none(row, 1) ? 0 : column_i64(row, 1),
                         .kind = column_text_in(row, d->arena, 2),
                         .source = column_text_in(row, d->arena, 3),
                         .language = column_text_in(row, d->arena, 4),
                         .is_privacy = column_i64(row, 5) != 0,
                         .is_proved = column_i64(row, 7) != 0,
                         .round = column_i64(row, 8),
                         .created_ms = column_i64(row, 9),
                         .expires_ms = column_i64(row, 10),
                         .opened_ms = column_i64(row, 11),
                         .inner_ms = column_i64(row, 12),
                         .due_ms = column_i64(row, 13),
                         .handler = (uint64_t)column_i64(row, 14),
                         .taken_ms = column_i64(row, 15),
                         .outcome = column_is_none(row, 16) ? TEXT("") : column_text_in(row, d->arena, 16),
                         .closed_ms = column_i64(row, 17)};
    if (!column_is_none(row, 6))
        contact = column_text_in(row, d->arena, 6);
    if (!column_is_none(row, 18))
        draft = column_text_in(row, d->arena, 18);
    statement_done(row);
    t->public = ticket_public_in(d->arena, t->number);
    if (contact.length)
        try(ticket_unseal(d, t, FIELD("ticket", "contact_sealed", t->number), contact, &t->contact));
    if (draft.length)
        try(ticket_unseal(d, t, FIELD("ticket_round", "draft_sealed", t->number), draft, &t->draft));
    return ok;
}

struct err ticket_read(struct domain *d, int64_t number, struct ticket *out) {
    struct statement *get = statement_for(d->store, SQL_TICKET_GET);
    bool row;
    statement_bind_i64(get, 1, number);
    try(statement_step(get, &row));
    return row ? fill(d, get, out) : err_make(ERR_NOT_FOUND, "there is no such request");
}

struct err ticket_of(struct domain *d, struct text public, int64_t account, struct text key,
                     struct ticket *out) {
    const struct err none = err_make(ERR_NOT_FOUND, "there is no such request of yours");
    int64_t number;
    struct ticket t;
    if (!ticket_public_parse(public, &number))
        return none;
    try(ticket_read(d, number, &t));
    bool is_owner = t.account ? t.account == account : secret_fits(ticket_key(d, number), key);
    if (!is_owner)
        return none;
    *out = t;
    return ok;
}

struct err ticket_clock(struct domain *d, struct text public, struct ticket *out) {
    int64_t number;
    struct ticket t;
    if (!ticket_public_parse(public, &number))
        return err_make(ERR_NOT_FOUND, "there is no such request");
    try(ticket_read(d, number, &t));
    if (t.account)
        return err_make(ERR_NOT_FOUND, "there is no such request");
    *out = (struct ticket){.number = t.number,
                           .public = t.public,
                           .round = t.round,
                           .opened_ms = t.opened_ms,
                           .inner_ms = t.inner_ms,
                           .due_ms = t.due_ms,
                           .taken_ms = t.taken_ms,
                           .closed_ms = t.closed_ms};
    return ok;
}

struct err ticket_each(struct domain *d, int64_t account,
                       struct err (*visit)(struct domain *d, void *with, const struct ticket *t),
                       void *with) {
    struct statement *list = statement_for(d->store, SQL_TICKET_OF_ACCOUNT);
    statement_bind_i64(list, 1, account);
    for (bool row;;) {
        struct ticket t;
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct err e = ticket_read(d, column_i64(list, 0), &t);
        if (!e.kind)
            e = visit(d, with, &t);
        if (e.kind) {
            statement_done(list);
            return e;
        }
    }
}

struct err ticket_messages(struct domain *d, const struct ticket *t,
                           void (*visit)(void *with, const struct ticket_message *m), void *with) {
    struct statement *list = statement_for(d->store, SQL_TICKET_MESSAGE_LIST);
    statement_bind_i64(list, 1, t->number);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct ticket_message m = {.round = column_i64(list, 1),
                                   .author = column_text_in(list, d->arena, 2),
                                   .created_ms = column_i64(list, 4)};
        struct err e = ticket_unseal(d, t, FIELD("ticket_message", "sealed", column_i64(list, 0)),
                                     column_text_in(list, d->arena, 3), &m.text);
        if (e.kind) {
            statement_done(list);
            return e;
        }
        visit(with, &m);
    }
}

struct err ticket_address(struct domain *d, const struct ticket *t, struct identity *out, bool *found_out) {
    struct account account;
    *found_out = false;
    if (!t->account) {
        *found_out = t->contact.length > 0 && (t->is_proved || text_equal_c(t->source, "mail"));
        return *found_out ? identity_email(d, t->contact, out) : ok;
    }
    try(account_read(d, t->account, &account));
    *found_out = account.email.length || account.phone.length;
    if (account.email.length)
        return identity_email(d, account.email, out);
    return *found_out ? identity_phone(d, account.phone, out) : ok;
}

/* ---- the owner goes on ---- */

struct saying {
    const struct ticket *ticket;
    struct text text;
    bool sensitive_ok;
};

static struct err find_account(struct domain *d, const struct ticket *t, struct account *room,
                               const struct account **out) {
    *out = NULL;
    if (!t->account)
        return ok;
    try(account_read(d, t->account, room));
    *out = room;
    return ok;
}

static struct err check_room(struct domain *d, const struct ticket *t) {
    struct statement *count = statement_for(d->store, SQL_TICKET_MESSAGE_COUNT);
    bool row;
    statement_bind_i64(count, 1, t->number);
    try(statement_step(count, &row));
    int64_t there = row ? column_i64(count, 0) : 0;
    statement_done(count);
    return there < TICKET_MESSAGES_MAX ? ok
                                       : err_make(ERR_LIMIT_REACHED, "a request has 50 messages at most");
}

static struct err say_rows(struct domain *d, void *with) {
    struct saying *s = with;
    struct account room;
    const struct account *about;
    try(check_room(d, s->ticket));
    try(find_account(d, s->ticket, &room, &about));
    try(ticket_put_message(d, s->ticket, "person", s->text));
    return note(d, s->ticket, about, "ticket.say");
}

struct err ticket_say(struct domain *d, const struct ticket *t, struct text text, bool sensitive_ok) {
    struct saying s = {t, text, sensitive_ok};
    if (t->closed_ms)
        return err_make(ERR_CONFLICT, "the request has its final answer; appeal, or open another");
    try(check_text(d, text, sensitive_ok));
    return domain_in_transaction(d, say_rows, &s);
}

static struct err prove_rows(struct domain *d, void *with) {
    const struct flow *flow = with;
    struct ticket t;
    int64_t number;
    try(flow_use(d, flow));
    if (!ticket_public_parse(flow->data, &number))
        return err_make(ERR_IO, "a flow names no ticket");
    try(ticket_read(d, number, &t));
    struct statement *prove = statement_for(d->store, SQL_TICKET_PROVE);
    statement_bind_i64(prove, 1, number);
    try(statement_run(prove, NULL));
    return note(d, &t, NULL, "ticket.prove");
}

struct err ticket_prove(struct domain *d, struct text name, struct text code) {
    struct flow flow;
    try(flow_try(d, name, code, &flow));
    if (flow.purpose != FLOW_TICKET)
        return domain_refuse(d, ERR_CODE_EXPIRED, "code", "the code is of something else");
    return domain_in_transaction(d, prove_rows, &flow);
}

static struct err appeal_rows(struct domain *d, void *with) {
    struct saying *s = with;
    struct ticket t = *s->ticket;
    struct account room;
    const struct account *about;
    t.round++;
    start_clocks(d, &t);
    try(find_account(d, &t, &room, &about));
    struct statement *reopen = statement_for(d->store, SQL_TICKET_REOPEN);
    statement_bind_i64(reopen, 1, t.number);
    statement_bind_i64(reopen, 2, t.round);
    try(statement_run(reopen, NULL));
    try(ticket_put_round(d, &t));
    try(ticket_put_message(d, &t, "person", s->text));
    return note(d, &t, about, "ticket.appeal");
}

struct err ticket_appeal(struct domain *d, const struct ticket *t, struct text text, bool sensitive_ok) {
    struct saying s = {t, text, sensitive_ok};
    if (!t->closed_ms)
        return err_make(ERR_CONFLICT, "the request has no final answer yet");
    if (t->round > 1)
        return err_make(ERR_CONFLICT, "the request was appealed already; its answer names the ways beyond");
    try(check_text(d, text, sensitive_ok));
    struct err e = domain_in_transaction(d, appeal_rows, &s);
    return e.kind == ERR_CONFLICT ? err_make(ERR_CONFLICT, "the request was appealed already") : e;
}
