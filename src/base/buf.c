/* buf.c: doubling, in the arena. */
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

enum { ROOM_FIRST = 512 };

void buf_init(struct buf *b, struct arena *a, size_t limit_bytes) {
    *b = (struct buf){.arena = a, .limit = limit_bytes};
}

char *buf_grow(struct buf *b, size_t length) {
    if (b->over || length > b->limit - b->length) {
        b->over = true;
        return NULL;
    }
    if (length > b->room - b->length) {
        size_t room = b->room ? b->room * 2 : ROOM_FIRST;
        while (room < b->length + length)
            room *= 2;
        b->bytes = arena_grow(b->arena, b->bytes, b->room, room);
        b->room = room;
    }
    char *start = b->bytes + b->length;
    b->length += length;
    return start;
}

const char digit_pairs[200] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                              "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                              "8081828384858687888990919293949596979899";

/* Two digits a step: an answer and its headers hold some ninety. */
static void add_digits(struct buf *b, bool is_negative, uint64_t value) {
    char room[21], *end = room + sizeof room, *at = end;
    while (value >= 100) {
        uint64_t rest = value / 100;
        memcpy(at -= 2, &digit_pairs[(value - rest * 100) * 2], 2);
        value = rest;
    }
    if (value >= 10)
        memcpy(at -= 2, &digit_pairs[value * 2], 2);
    else
        *--at = (char)('0' + value);
    if (is_negative)
        *--at = '-';
    buf_add(b, at, (size_t)(end - at));
}

void buf_reserve(struct buf *b, size_t room) {
    if (room <= b->room)
        return;
    b->bytes = arena_grow(b->arena, b->bytes, b->room, room);
    b->room = room;
}

void buf_u64(struct buf *b, uint64_t value) {
    add_digits(b, false, value);
}

void buf_i64(struct buf *b, int64_t value) {
    add_digits(b, value < 0, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void buf_format(struct buf *b, const char *format, ...) {
    char room[256];
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int length = vsnprintf(room, sizeof room, format, values);
    if (length > 0 && (size_t)length < sizeof room) {
        buf_add(b, room, (size_t)length);
    } else if (length > 0) {
        /* vsnprintf ends in a NUL, for which there may be no room below the limit. */
        char *whole = arena_alloc(b->arena, (size_t)length + 1);
        vsnprintf(whole, (size_t)length + 1, format, again);
        buf_add(b, whole, (size_t)length);
    }
    va_end(again);
    va_end(values);
}

bool buf_is_over(const struct buf *b) {
    return b->over;
}

struct text buf_peek(const struct buf *b) {
    return (struct text){b->bytes, b->length};
}
