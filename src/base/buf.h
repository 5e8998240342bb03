/* buf.h: bytes that grow in an arena, born with a limit.
 *
 * Contract   what goes past the limit is dropped whole and remembered: buf_is_over says so, and the
 *            owner answers with an error. So a chain of additions needs one check, at its end.
 */
#pragma once
#include "base/text.h"

#include <string.h>

struct buf {
    struct arena *arena;
    char *bytes;
    size_t length, room, limit;
    bool over;
};

void buf_init(struct buf *b, struct arena *a, size_t limit_bytes);
void buf_reserve(struct buf *b, size_t room); /* what is known to be needed, so that it need not grow */
void buf_u64(struct buf *b, uint64_t value);
void buf_i64(struct buf *b, int64_t value);
[[gnu::format(printf, 2, 3)]] void buf_format(struct buf *b, const char *format, ...);

extern const char digit_pairs[200]; /* "00" to "99" */

char *buf_grow(struct buf *b, size_t length); /* buf_more where there is no room yet */

/* Room for `length` more bytes to be written by the caller, or NULL past the limit. An answer is made of a
 * hundred small additions, so those that fit are made in line. */
static inline char *buf_more(struct buf *b, size_t length) {
    if (b->over || length > b->room - b->length || length > b->limit - b->length)
        return buf_grow(b, length);
    b->length += length;
    return b->bytes + b->length - length;
}

static inline void buf_add(struct buf *b, const void *bytes, size_t length) {
    char *start = length ? buf_more(b, length) : NULL;
    if (start)
        memcpy(start, bytes, length);
}

static inline void buf_text(struct buf *b, struct text t) { buf_add(b, t.bytes, t.length); }
static inline void buf_c(struct buf *b, const char *c_string) { buf_add(b, c_string, strlen(c_string)); }
static inline void buf_char(struct buf *b, char c) { buf_add(b, &c, 1); }

bool buf_is_over(const struct buf *b);
struct text buf_peek(const struct buf *b); /* valid until the next addition */
