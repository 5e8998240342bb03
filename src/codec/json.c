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

static void before_value(struct json *j) {
    if (j->after_name) {
        j->after_name = false;
        return;
    }
    uint64_t bit = 1ull << j->depth;
    if (j->depth > 0 && (j->has_items & bit))
        buf_char(j->out, ',');
    j->has_items |= bit;
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

/* How many bytes at the start of `t` can be copied as they are. */
static size_t plain_run(struct text t) {
    struct text rest = t;
    while (rest.length) {
        if (rest.length >= 8 && eight_are_plain(rest.bytes)) {
            rest.bytes += 8;
            rest.length -= 8;
            continue;
        }
        unsigned char c = (unsigned char)rest.bytes[0];
        if (c < 0x20 || c == '"' || c == '\\')
            break;
        if (c < 0x80) {
            rest.bytes++;
            rest.length--;
        } else if (text_rune(&rest) < 0) {
            break;
        }
    }
    return t.length - rest.length;
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

/* A name of ours needs no look at its bytes: comma, quotes and colon go out with it in one piece. */
void json_name(struct json *j, const char *name) {
    must(j->depth > 0 && !j->after_name);
    before_value(j);
    size_t length = strlen(name);
    char *room = buf_more(j->out, length + 3);
    j->after_name = true;
    if (!room)
        return;
    room[0] = '"';
    memcpy(room + 1, name, length);
    memcpy(room + 1 + length, "\":", 2);
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

void json_put_text(struct json *j, const char *name, struct text value) {
    json_name(j, name);
    json_text(j, value);
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
