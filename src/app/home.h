/* home.h: the home directory of an installation.
 *
 *     DIR/alapi.conf          settings                    DIR/state/keys/master.key  0400, made once
 *     DIR/outbox/             mails and messages          DIR/state/keys/token.key   0400, what nginx needs
 *     DIR/state/keys/smtp.key 0400, the operator's      DIR/state/keys/sms.key     0400, the operator's
 *     DIR/state/main.db       the records                 DIR/state/catalogue.map    what is published
 *     DIR/state/keys.db       the persons' keys           DIR/state/ledger.map       what is counted
 *     DIR/state/log/          checkpoints of the audit log, to be carried off
 *     DIR/state/erasures.log  who was erased, by number   DIR/state/keys/epoch-N.key 0400, wraps persons'
 *     keys
 *
 * Contract   a program that uses a home makes it its working directory and names everything in it by
 *            relative paths: so it can give up root's rights although the way to the home is closed to
 *            others. A program started by root becomes the home's owner (home_enter).
 * Errors     one sentence; nothing is left half-made: what exists is never written over.
 * Memory     in the arena that it was opened with.
 */
#pragma once
#include "app/config.h"
#include "app/key_client.h"
#include "domain/domain.h"

#define HOME_CATALOGUE   "state/catalogue.map"
#define HOME_LEDGER      "state/ledger.map"
#define HOME_TOKEN_KEY   "state/keys/token.key"
#define HOME_MAIN_DB     "state/main.db"
#define HOME_KEYS_DB     "state/keys.db"
#define HOME_RESTORING   "state/restoring" /* there while a restore is under way */
#define HOME_KEYS        "state/keys"
#define HOME_ERASURES    "state/erasures.log"
#define HOME_OUTBOX      "outbox"
#define HOME_SMTP_KEY    "state/keys/smtp.key"
#define HOME_SMS_KEY     "state/keys/sms.key"
#define HOME_LOG         "state/log/checkpoints"
#define HOME_DOOR        "state/door" /* where nginx listens, as `run` last started it */
#define HOME_DOOR_SOCK   "state/door.sock" /* the same without TLS, for this machine alone, where there is TLS */
#define HOME_SERVE_SOCK  "state/serve.sock"
#define HOME_RUN_LOCK    "state/run.lock" /* who supervises: its number */
#define HOME_WORKER_SOCK "state/worker.sock"
#define HOME_KEYD_SOCK   "state/keyd.sock"
#define HOME_ROTATION    "state/rotation.lock"
#define HOME_PROBES      "state/probes" /* what the prober saw, signed (prober.h) */
#define HOME_PROBE_TOKEN "state/keys/probe.token"

#define KEYD_USER "alapi-keyd" /* whose the keys are, where the system has such a user */

struct home {
    const char *path; /* absolute */
    struct config config;
    struct key_client *key_client; /* to the process that has the keys */
    struct key_ring keys;
    struct password_desk *passwords;
    struct holidays holidays; /* of the program that makes promises */
    struct password_list known_passwords; /* of the program that asks people for passwords */
};

/* Where the key process comes from: one that listens already, else a child of ours; or it is waited for. */
enum home_keyd { HOME_KEYD_ANY, HOME_KEYD_AWAIT };

/* Makes what is missing (as the home's future owner) and opens it. */
[[nodiscard]] struct err home_prepare(struct arena *a, const char *folder, enum home_keyd keyd,
                                      struct home *out);

/* The folder with what every home has but keys and records, and into it; a program of root becomes its
 * owner. */
[[nodiscard]] struct err home_make(struct arena *a, const char *folder);

/* Whether the records may be used: no restore is under way, nobody who was erased is back, and every key
 * file that is needed is there. ERR_CONFIG with the mend. */
[[nodiscard]] struct err home_check(const struct home *h, struct arena *a, struct store *store);

/* Opens one that is there; ERR_CONFIG with a hint where it is not. */
[[nodiscard]] struct err home_enter(struct arena *a, const char *folder, struct home *out);
void home_leave(struct home *h);

/* The one line of a secret's file, which must have mode 0400; ERR_CONFIG with its mend. */
[[nodiscard]] struct err home_secret(struct arena *a, const char *path, struct text *out);

/* A connection of one's own to the records: one a thread. */
[[nodiscard]] struct err home_store(struct arena *a, struct store **out);

struct domain home_domain(const struct home *h, struct arena *a, struct store *store, struct random *chance,
                          int64_t now_ms);

/* A role that one process has at a time ("serve", "publish", "run"): the lock is the kernel's and ends with
 * the process. *fd_out is kept open as long as the role. ERR_BUSY where another has it. */
[[nodiscard]] struct err home_take_role(struct arena *a, const char *role, int *fd_out);
