/* log_entry.c: see log_entry.h. */
#include "crypt/log_entry.h"
#include "base/buf.h"
#include "base/must.h"

static const char head[] = "alapi entry 1"; /* its NUL belongs to it */

static void put(struct buf *b, uint64_t value, unsigned bytes) {
    while (bytes-- > 0)
        buf_char(b, (char)(value >> 8 * bytes));
}

static void put_text(struct buf *b, struct text t) {
    put(b, t.length, 4);
    buf_text(b, t);
}

struct text log_entry_print_in(struct arena *a, const struct log_entry *e) {
    struct buf b;
    buf_init(&b, a, LOG_ENTRY_BYTES_MAX);
    buf_reserve(&b, 512);
    buf_add(&b, head, sizeof head);
    put(&b, e->seq, 8);
    put(&b, (uint64_t)e->time_ms, 8);
    put(&b, e->actor, 8);
    put(&b, e->subject, 8);
    put_text(&b, e->actor_kind);
    put_text(&b, e->action);
    put_text(&b, e->object);
    put_text(&b, e->purpose);
    put_text(&b, e->sealed);
    must(!buf_is_over(&b));
    return buf_peek(&b);
}

static uint64_t take(struct text *rest, unsigned bytes) {
    uint64_t value = 0;
    for (unsigned i = 0; i < bytes; i++)
        value = value << 8 | (unsigned char)rest->bytes[i];
    *rest = text_of(rest->bytes + bytes, rest->length - bytes);
    return value;
}

static bool take_text(struct text *rest, struct text *out) {
    if (rest->length < 4)
        return false;
    uint64_t length = take(rest, 4);
    if (length > rest->length)
        return false;
    *out = text_of(rest->bytes, (size_t)length);
    *rest = text_of(rest->bytes + length, rest->length - (size_t)length);
    return true;
}

bool log_entry_parse(struct text bytes, struct log_entry *out) {
    struct text rest = text_from(bytes, sizeof head);
    struct log_entry e;
    if (bytes.length > LOG_ENTRY_BYTES_MAX || !text_starts(bytes, text_of(head, sizeof head)) ||
        rest.length < 32)
        return false;
    e.seq = take(&rest, 8);
    e.time_ms = (int64_t)take(&rest, 8);
    e.actor = take(&rest, 8);
    e.subject = take(&rest, 8);
    if (!take_text(&rest, &e.actor_kind) || !take_text(&rest, &e.action) ||
        !take_text(&rest, &e.object) || !take_text(&rest, &e.purpose) ||
        !take_text(&rest, &e.sealed) || rest.length > 0)
        return false;
    *out = e;
    return true;
}
