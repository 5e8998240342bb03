/* buf.h: bytes that grow in an arena, born with a limit.
 *
 * Contract   what goes past the limit is dropped whole and remembered: buf_is_over says so, and the
 *            owner answers with an error. So a chain of additions needs one check, at its end.
 */
#pragma once
#include "base/text.h"

struct buf {
    struct arena *arena;
    char *bytes;
    size_t length, room, limit;
    bool over;
};

void buf_init(struct buf *b, struct arena *a, size_t limit_bytes);
void buf_add(struct buf *b, const void *bytes, size_t length);
void buf_text(struct buf *b, struct text t);
void buf_c(struct buf *b, const char *c_string);
void buf_char(struct buf *b, char c);
void buf_u64(struct buf *b, uint64_t value);
void buf_i64(struct buf *b, int64_t value);
[[gnu::format(printf, 2, 3)]] void buf_format(struct buf *b, const char *format, ...);

/* Room for `length` more bytes to be written by the caller, or NULL past the limit. */
char *buf_more(struct buf *b, size_t length);

bool buf_is_over(const struct buf *b);
struct text buf_peek(const struct buf *b); /* valid until the next addition */
