/* epoch.h: the wrapping keys of persons' keys, by epochs of seven days.
 *
 * A person's key stands in the records wrapped by the epoch's key, which is 32 random bytes in a file of
 * its own (KEYS/epoch-N.key, 0400), read by the key process alone (keyd/vault.h). A new epoch wraps every
 * living person's key anew and then destroys the old file: from there on no saved copy of the records
 * opens a key of that epoch, also none of a person who was erased since. So "unreadable in every backup"
 * is true after seven days at most.
 *
 *   1 the new file is there    3 each key is wrapped anew, in batches    5 the old row says when it was
 *   destroyed 2 and its row: it is used  4 the old file is overwritten and gone
 *
 * Contract   any step may be the last that a killed program did; the next call goes on. Every program
 *            follows a new epoch at once. In step 3 the keys go to the key process and back wrapped, 500 at
 *            a time; none is seen here. epoch 0 is the master key's own (from before there were epochs).
 *            ERR_CONFIG with the mend in its sentence where a file that is needed is missing, readable by
 *            others or not what was written.
 * Cost       told in docs/decisions/2026-11-24-key-process.md, measured by bench/people_bench.c.
 */
#pragma once
#include "domain/domain.h"

enum { EPOCH_DAYS = 7 };
enum epoch_step {
    EPOCH_FILE = 1,
    EPOCH_ROW,
    EPOCH_BATCH,
    EPOCH_WRAPPED,
    EPOCH_SHREDDED,
    EPOCH_ALL
};

/* Inside a transaction: the key of a person, wrapped by the epoch in force (the first one is made here). */
[[nodiscard]] struct err epoch_wrap(struct domain *d, uint64_t subject, const struct secret *key,
                                    int64_t *epoch_out, struct text *wrapped_out);
[[nodiscard]] struct err epoch_unwrap(struct domain *d, uint64_t subject, int64_t epoch,
                                      struct text wrapped, const struct secret **key_out);

struct epoch_state {
    int64_t current, made_ms; /* 0: none was made yet */
    int64_t oldest_ms;        /* when the oldest key that is not destroyed was made */
    uint64_t waiting;         /* keys that are not yet wrapped by the current one */
};
[[nodiscard]] struct err epoch_state(struct domain *d, struct epoch_state *out);

/* Whether all key files that are needed are there and open. */
[[nodiscard]] struct err epoch_check(struct domain *d);

/* Finishes what was begun; begins a new epoch where the current one is seven days old, or `now`. Stops
 * behind `last`: EPOCH_ALL but for tests. *destroyed_out (may be NULL): how many old keys are gone. */
[[nodiscard]] struct err epoch_rotate(struct domain *d, bool now, enum epoch_step last,
                                      unsigned *destroyed_out);

/* When what is erased at now_ms is unreadable in every copy, at the latest. */
int64_t epoch_bound_ms(int64_t now_ms);
