/* people.h: persons of the tests, with passwords, authenticator apps and passkeys; on test/support/records.h.
 *
 *     struct account a = account_of(&r, person(&r, "name", long_password));
 *     struct text seed = seed_on(&r, &a);            a second factor
 *     enter_with(&r, "prefix", "name", long_password, &out)
 */
#pragma once
#include "authenticator.h"
#include "crypt/totp.h"
#include "domain/login.h"
#include "records.h"

#include <dirent.h>

static const char long_password[] = "correct horse battery staple 9";
static const struct passkey_place here = {{"example.com", 11}, {"https://example.com", 19}};

static inline void cheap(struct records *r) { password_desk_cost(r->d.passwords, 64, 1); }

static inline int64_t person(struct records *r, const char *name, const char *password) {
    char hash[PASSWORD_HASH_BYTES];
    struct new_account with = {.age = TEXT("adult"), .source = "subject", .password_hash = hash};
    int64_t number;
    want_ok(password_hash(r->d.passwords, text_c(password), hash));
    want_ok(identity_username(&r->d, text_c(name), &with.username));
    want_ok(identity_email(&r->d, text_format_in(&r->arena, "%s@example.com", name), &with.contact));
    want_ok(account_create(&r->d, &with, NULL, NULL, &number));
    return number;
}

static inline struct account account_of(struct records *r, int64_t number) {
    struct account a;
    want_ok(account_read(&r->d, number, &a));
    return a;
}

static inline struct visitor from(const char *prefix) {
    return (struct visitor){.prefix = text_c(prefix), .label = TEXT("Firefox · Linux")};
}

static inline struct err enter_with(struct records *r, const char *prefix, const char *name,
                                    const char *password, struct login *out) {
    struct visitor v = from(prefix);
    *out = (struct login){.account = 0};
    return login(&r->d, &v, text_c(name), text_c(password), out);
}

/* Files of the outbox that hold the words; all are removed. */
static inline unsigned mails_with(struct records *r, const char *words) {
    unsigned found = 0;
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));) {
        char path[400], content[8192];
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", r->outbox, e->d_name);
        FILE *f = fopen(path, "r");
        content[fread(content, 1, sizeof content - 1, f)] = 0;
        fclose(f);
        unlink(path);
        found += strstr(content, words) != NULL;
    }
    closedir(folder);
    return found;
}

static inline struct text seed_on(struct records *r, const struct account *a) {
    struct text seed;
    want_ok(totp_begin(&r->d, a, &seed));
    want_ok(totp_confirm(&r->d, a,
                         totp_code_in(&r->arena, seed, (uint64_t)(r->d.now_ms / TOTP_STEP_MS))));
    r->d.now_ms += TOTP_STEP_MS;
    return seed;
}

static inline struct text code_now(struct records *r, struct text seed) {
    return totp_code_in(&r->arena, seed, (uint64_t)(r->d.now_ms / TOTP_STEP_MS));
}

static inline struct passkey_ask ask_for(struct records *r, const struct step *step) {
    return (struct passkey_ask){here.host, here.origin, step_challenge(&r->d, step)};
}

static inline void register_key(struct records *r, const struct account *a, struct authenticator *it,
                                const char *name) {
    struct step step = {.purpose = STEP_ADD, .account = a->number};
    want_ok(step_open(&r->d, NULL, &step));
    struct passkey_ask ask = ask_for(r, &step);
    struct passkey_answer made = authenticator_create(it, &r->arena, &ask);
    want_ok(passkeys_add(&r->d, a, &here, &step, &made, text_c(name)));
}
