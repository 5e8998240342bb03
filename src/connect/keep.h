/* keep.h: what the worker processes remember together: answers of providers, and which provider is not
 * well.
 *
 * The idea   one piece of memory that the parent maps before it makes its children: nothing is written
 * to a disk,
 *            nothing survives the program, and no process can be asked for it from outside. So there is
 *            nothing to seal, to expire or to erase; and who starts anew asks anew.
 * Contract   an answer is found by the digest of its question. It is kept until its place is needed:
 *            whoever asks says how old is too old. Answers about persons are never given to it (run.c).
 *            A provider that failed
 *            KEEP_FAILURES times in a row is left alone for a while that doubles from 15 s to 4 min;
 *            then one question in that while is let through, and its answer decides.
 * Memory     KEEP_SLOTS * KEEP_SLOT_BYTES, and only what is used of it.
 * Threads    any thread of any process; one lock, held for a copy. A process that dies holding it leaves
 *            it usable.
 */
#pragma once
#include "base/text.h"

enum {
    KEEP_SLOTS = 512,
    KEEP_SLOT_BYTES = 32 << 10,
    KEEP_BREAKERS = 256,
    KEEP_FAILURES = 3,
    KEEP_DIGEST_BYTES = 32
};

struct keep;

struct kept {
    int64_t made_ms;
    struct text source, data; /* in the arena that was given */
};

struct keep *keep_new(void); /* before the fork */
void keep_free(struct keep *k);

bool keep_find_in(struct keep *k, struct arena *a, const unsigned char digest[static KEEP_DIGEST_BYTES],
                  struct kept *out);
void keep_put(struct keep *k, const unsigned char digest[static KEEP_DIGEST_BYTES],
              const struct kept *what);

/* May the provider in this place be asked now? */
bool keep_may_ask(struct keep *k, unsigned place, int64_t now_ms);
/* True where this failure is the one that closes it for a while. */
bool keep_note(struct keep *k, unsigned place, int64_t now_ms, bool is_well);
