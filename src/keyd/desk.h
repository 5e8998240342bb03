/* desk.h: answers one request for the keys: bytes in, bytes out.
 *
 * Contract   any bytes get an answer; only what a verb takes is done. Every unwrap and every
 * opening names its purpose, is counted under it and taken from its bucket and from that of all:
 * whoever got hold of a program that may ask gets keys slowly and visibly. The blind index has a
 * bucket too, since the numbers of telephones are few. Of the keys themselves only those of
 * KEY_HELLO leave, and persons' own (KEY_UNWRAP). A checkpoint is signed, never a text of the
 * asker's. Threads    one.
 */
#pragma once
#include "crypt/key_parcel.h"
#include "keyd/vault.h"

struct key_rate {
    unsigned per_s, burst;
};

/* The buckets: one a purpose, all purposes together, the index. */
enum { KEY_BUCKET_ALL = KEY_PURPOSE_COUNT, KEY_BUCKET_INDEX, KEY_BUCKET_COUNT };

struct key_bucket {
    int64_t since_ms; /* when it was as full as `left` says */
    double left;
    uint64_t given, refused;
};

struct key_desk {
    struct key_vault vault;
    struct random *chance;
    const struct key_rate *rates; /* KEY_BUCKET_COUNT of them; NULL: none, for tests */
    struct key_bucket buckets[KEY_BUCKET_COUNT];
    uint64_t asked[KEY_VERB_COUNT], malformed;
};

extern const struct key_rate key_desk_rates[KEY_BUCKET_COUNT];

/* now_ms: of a clock that only goes forward. The answer lives in the arena, in memory that it
 * wipes. */
struct text key_desk_answer(struct key_desk *desk, struct arena *a, struct text request,
                            int64_t now_ms);
