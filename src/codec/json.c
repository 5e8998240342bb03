/* json.c: the writer. Strings are copied in runs; only what must be escaped is (RFC 8259 §7). */
#include "codec/json.h"
#include "base/must.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 32 };

void json_init(struct json *j, struct buf *out) {
    *j = (struct json){.out = out};
}

/* Does the next item of this level need a comma? From now on one does. */
static inline bool comma_due(struct json *j) {
    uint64_t bit = 1ull << j->depth;
    bool due = j->depth > 0 && (j->has_items & bit);
    j->has_items |= bit;
    return due;
}

static inline void before_value(struct json *j) {
    if (j->after_name)
        j->after_name = false;
    else if (comma_due(j))
        buf_char(j->out, ',');
}

static void open_level(struct json *j, char c) {
    before_value(j);
    must(j->depth < DEPTH_MAX);
    buf_char(j->out, c);
    j->depth++;
    j->has_items &= ~(1ull << j->depth);
}

static void close_level(struct json *j, char c) {
    must(j->depth > 0 && !j->after_name);
    j->depth--;
    buf_char(j->out, c);
}

void json_open_object(struct json *j) { open_level(j, '{'); }
void json_open_list(struct json *j) { open_level(j, '['); }
void json_close_object(struct json *j) { close_level(j, '}'); }
void json_close_list(struct json *j) { close_level(j, ']'); }

static void put_escape(struct buf *b, unsigned char c) {
    switch (c) {
    case '"':
        buf_c(b, "\\\"");
        return;
    case '\\':
        buf_c(b, "\\\\");
        return;
    case '\n':
        buf_c(b, "\\n");
        return;
    case '\r':
        buf_c(b, "\\r");
        return;
    case '\t':
        buf_c(b, "\\t");
        return;
    default:
        buf_format(b, "\\u%04x", c);
    }
}

/* ASCII that needs no escape. For each byte the top bit says no: it is set already, or c - 0x20, or
 * (c ^ '"') - 1, or (c ^ '\\') - 1 borrows. A borrow may reach the next byte: a yes is sure, a no is not. */
static bool eight_are_plain(const char *bytes) {
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t word, quote, slash;
    memcpy(&word, bytes, sizeof word);
    quote = word ^ ones * '"';
    slash = word ^ ones * '\\';
    return ((word | (word - ones * 0x20) | (quote - ones) | (slash - ones)) & tops) == 0;
}

/* The bytes of the character at `at`, which is not ASCII; 0 where it is not UTF-8. Most are of
 * three bytes, and of those only the ones that begin with E0 or ED need a closer look (RFC 3629,
 * 4). */
static inline size_t rune_bytes(const unsigned char *at, size_t left) {
    if (left >= 3 && (at[0] & 0xF0) == 0xE0 && at[0] != 0xE0 && at[0] != 0xED && (at[1] & 0xC0) == 0x80 &&
        (at[2] & 0xC0) == 0x80)
        return 3;
    struct text rest = text_of((const char *)at, left);
    return text_rune(&rest) < 0 ? 0 : left - rest.length;
}

/* How many bytes at the start of `t` can be copied as they are. */
static size_t plain_run(struct text t) {
    static const bool is_plain[256] = {[' '] = true, ['!'] = true, ['#' ... '['] = true, [']' ... 0x7F] = true};
    const unsigned char *start = (const unsigned char *)t.bytes, *at = start, *end = start + t.length;
    while (at < end) {
        const unsigned char *before = at, *stop = end - at > 8 ? at + 8 : end;
        if (*at >= 0x80)
            at += rune_bytes(at, (size_t)(end - at));
        else if (end - at >= 8 && eight_are_plain((const char *)at))
            at += 8;
        else
            while (at < stop && is_plain[*at])
                at++;
        if (at == before)
            break;
    }
    return (size_t)(at - start);
}

/* The usual string needs no escape: it takes its room once. */
static void put_plain_string(struct buf *b, struct text t) {
    char *room = buf_more(b, t.length + 2);
    if (!room)
        return;
    *room++ = '"';
    if (t.length)
        memcpy(room, t.bytes, t.length);
    room[t.length] = '"';
}

static void put_string(struct buf *b, struct text t) {
    if (plain_run(t) == t.length) {
        put_plain_string(b, t);
        return;
    }
    buf_char(b, '"');
    while (t.length) {
        size_t run = plain_run(t);
        buf_add(b, t.bytes, run);
        t = text_from(t, run);
        if (t.length == 0)
            break;
        unsigned char c = (unsigned char)t.bytes[0];
        if (c < 0x80)
            put_escape(b, c);
        else
            buf_c(b, "\xEF\xBF\xBD");
        t = text_from(t, 1);
    }
    buf_char(b, '"');
}

void json_name_text(struct json *j, struct text name) {
    must(j->depth > 0 && !j->after_name);
    before_value(j);
    put_string(j->out, name);
    buf_char(j->out, ':');
    j->after_name = true;
}

/* A name of ours needs no look at its bytes. Room for all that is written is taken by the caller. */
static inline char *name_write(char *room, bool has_comma, struct text name) {
    if (has_comma)
        *room++ = ',';
    *room++ = '"';
    memcpy(room, name.bytes, name.length);
    memcpy(room + name.length, "\":", 2);
    return room + name.length + 2;
}

void json_name_of(struct json *j, struct text name) {
    must(j->depth > 0 && !j->after_name);
    bool has_comma = comma_due(j);
    char *room = buf_more(j->out, has_comma + name.length + 3);
    j->after_name = true;
    if (room)
        name_write(room, has_comma, name);
}

/* Most items are a name and a text without escapes: they take their room once. */
void json_put_text_of(struct json *j, struct text name, struct text value) {
    if (plain_run(value) != value.length) {
        json_name_of(j, name);
        json_text(j, value);
        return;
    }
    must(j->depth > 0 && !j->after_name);
    bool has_comma = comma_due(j);
    char *room = buf_more(j->out, has_comma + name.length + 3 + value.length + 2);
    if (!room)
        return;
    room = name_write(room, has_comma, name);
    *room++ = '"';
    if (value.length)
        memcpy(room, value.bytes, value.length);
    room[value.length] = '"';
}

void json_text(struct json *j, struct text value) {
    before_value(j);
    put_string(j->out, value);
}

void json_i64(struct json *j, int64_t value) {
    before_value(j);
    buf_i64(j->out, value);
}

void json_u64(struct json *j, uint64_t value) {
    before_value(j);
    buf_u64(j->out, value);
}

void json_number(struct json *j, double value) {
    before_value(j);
    if (!isfinite(value)) {
        buf_c(j->out, "null");
        return;
    }
    char room[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(room, sizeof room, "%.*g", digits, value);
        if (strtod(room, NULL) == value)
            break;
    }
    buf_c(j->out, room);
}

void json_bool(struct json *j, bool value) {
    before_value(j);
    buf_c(j->out, value ? "true" : "false");
}

void json_none(struct json *j) {
    before_value(j);
    buf_c(j->out, "null");
}

void json_raw(struct json *j, struct text json) {
    before_value(j);
    buf_text(j->out, json);
}

void json_put_c(struct json *j, const char *name, const char *value) {
    json_name(j, name);
    if (value)
        json_text(j, text_c(value));
    else
        json_none(j);
}

void json_put_i64(struct json *j, const char *name, int64_t value) {
    json_name(j, name);
    json_i64(j, value);
}

void json_put_bool(struct json *j, const char *name, bool value) {
    json_name(j, name);
    json_bool(j, value);
}
