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
#include "crypt/key_ring.h"
#include "crypt/password.h"
#include "crypt/seal.h"
#include "domain/workday.h"
#include "store/store.h"

struct detail {
    const char *field;      /* at fault; NULL = none */
    uint32_t retry_after_s; /* 0 = none */
    int tries_left;         /* of a code; -1 = does not apply */
    struct text challenge;  /* of a log-in that has to be worked for (login_work.h); empty: none */
    unsigned challenge_bits;
    struct text version;    /* of the policy in force, where that was at fault */
    struct text approval;   /* that has to be granted first */
    struct text basis;      /* of the hold that forbids it; empty under an order of secrecy */
    int64_t until_ms;       /* when that hold ends; 0 = does not apply */
    int64_t agreed;         /* with it: the version that the person agreed to last; 0 = none */
};

/* Whether a password, in lower case, is one of those that attackers try first. */
struct password_list {
    bool (*has)(const void *with, struct text password);
    const void *with;
};

struct domain {
    struct arena *arena;
    struct store *store;
    const struct key_ring *keys;
    enum key_purpose purpose; /* of what is asked of them */
    struct random *chance;
    struct password_desk *passwords;
    struct password_list known_passwords; /* has NULL: none is known */
    const char *outbox;  /* folder of mails and messages */
    const char *key_folder;      /* of the wrapping keys, for whoever looks whether old ones are gone */
    const char *rotation_lock;   /* its file (epoch.h) */
    const char *erasure_journal; /* its file (erasure_journal.h) */
    struct text service; /* the operator's name, for mails */
    const char *mail_from; /* the address that they come from; NULL: of nowhere */
    const char *log_file; /* checkpoints of the audit log; NULL: beside the records none are kept */
    struct text log_name; /* of the audit log, in what is signed of it */
    uint64_t actor; /* subject of who asks, for the audit log; 0: a job or the operator's hand */
    struct text contact; /* the operator's address, which requests come to */
    struct text court;   /* at the operator's seat; empty: not told */
    struct holidays holidays;
    struct text client;  /* address that the work is asked from; empty: none */
    int64_t now_ms;
    unsigned sends_hour_prefix; /* messages that one address prefix may ask for in an hour */
    unsigned login_alarm;       /* failed log-ins of all (login_work.h); 0: never */
    unsigned hold_days_max;     /* how long a legal hold may last */
    struct detail detail;
};

/* An error that names the field at fault. */
struct err domain_refuse(struct domain *d, enum err_kind kind, const char *field, const char *say);

/* Runs the work in one transaction: all of it or nothing. */
[[nodiscard]] struct err domain_in_transaction(struct domain *d,
                                               struct err (*work)(struct domain *d, void *with),
                                               void *with);

/* With a key that never leaves the key process: for what this domain was made. */
[[nodiscard]] struct err domain_hash(struct domain *d, enum key_id key, const char *label,
                                     const struct text *parts, size_t count, struct digest *out);
[[nodiscard]] struct err domain_seal(struct domain *d, enum key_id key, const struct seal_place *place,
                                     struct text plain, struct text *out);
[[nodiscard]] struct err domain_unseal(struct domain *d, enum key_id key, const struct seal_place *place,
                                       struct text sealed, struct text *out);

/* What belongs to no account, sealed under the office's key and bound to the thing of this id. */
/* tidy: parameters: the twin of domain_office_open */
[[nodiscard]] struct err domain_office_seal(struct domain *d, const char *column, struct text id, int64_t row,
                                            struct text plain, struct text *out);
[[nodiscard]] struct err domain_office_open(struct domain *d, const char *column, struct text id, int64_t row,
                                            struct text sealed, struct text *out);

/* The same, or as a part of the transaction that is open already. */
[[nodiscard]] struct err domain_join_transaction(struct domain *d,
                                                 struct err (*work)(struct domain *d, void *with),
                                                 void *with);

/* 128 random bits as 22 letters: receipts. */
struct text domain_receipt(struct domain *d);
