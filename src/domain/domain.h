/* domain.h: what every business noun is handed: the records, the keys, the time, chance.
 *
 * Contract   built by the top floor for one request or one job; nothing in domain/ keeps it. Time and chance
 *            come in here, so tests own both. What a refusal wants to add (which field, how long to wait)
 *            is left in `detail` by whoever refused.
 * Threads    one.
 */
#pragma once
#include "base/err.h"
#include "base/random.h"
#include "base/text.h"
#include "crypt/keys.h"
#include "crypt/password.h"
#include "crypt/seal.h"
#include "store/store.h"

struct detail {
    const char *field;      /* at fault; NULL = none */
    uint32_t retry_after_s; /* 0 = none */
    int tries_left;         /* of a code; -1 = does not apply */
    struct text version;    /* of the policy in force, where that was at fault */
};

/* Whether a password, in lower case, is one of those that attackers try first. */
struct password_list {
    bool (*has)(const void *with, struct text password);
    const void *with;
};

struct domain {
    struct arena *arena;
    struct store *store;
    const struct keys *keys;
    struct random *chance;
    struct password_desk *passwords;
    struct password_list known_passwords; /* has NULL: none is known */
    const char *outbox;  /* folder of mails and messages */
    const char *key_folder;     /* of the wrapping keys (epoch.h) */
    const char *erasure_journal; /* its file (erasure_journal.h) */
    struct text service; /* the operator's name, for mails */
    struct text client;  /* address that the work is asked from; empty: none */
    int64_t now_ms;
    unsigned sends_hour_prefix; /* messages that one address prefix may ask for in an hour */
    struct detail detail;
};

/* An error that names the field at fault. */
struct err domain_refuse(struct domain *d, enum err_kind kind, const char *field, const char *say);

/* Runs the work in one transaction: all of it or nothing. */
[[nodiscard]] struct err domain_in_transaction(struct domain *d,
                                               struct err (*work)(struct domain *d, void *with),
                                               void *with);

/* 128 random bits as 22 letters: receipts. */
struct text domain_receipt(struct domain *d);
