/* hostile_test.c: every parameter of every API, fed with what strangers send.
 *
 * Each parameter is tried missing, empty, doubled, of the wrong type, at and beyond its limits, 1 MB long, as
 * broken UTF-8, with control characters and right-to-left marks, as the usual bombs, and with random values
 * (fixed seed), the others as in the API's first example. Law: the call ends with an answer that is
 * well-formed or with one of the refusals that a value may cause, which says what to mend; nothing is
 * overrun (the sanitizers watch), and an arena that is asked for more than its limit stops the program.
 *
 *     api_hostile_test            the whole catalogue, RANDOM_INLINE and RANDOM_WORKER values a parameter
 *     api_hostile_test PATH [N]   one API, N random values: api_hostile_test /api/qr 100000
 */
#include "shelf.h"
#include "test.h"

#include "api/catalog.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "call/refusal.h"
#include "codec/json_in.h"
#include "data/data.h"
#include "gate/perform.h"

#include <stdio.h>
#include <stdlib.h>

enum { RANDOM_INLINE = 10000, RANDOM_WORKER = 200, LONG_BYTES = 1 << 20, ASKS_MOST = 64 };

static struct arena call_arena, value_arena;
static struct random chance;

/* ---- a call ---- */

static bool may_be(enum err_kind kind) {
    switch (kind) {
    case ERR_NONE:
    case ERR_PARAMETER_MISSING:
    case ERR_PARAMETER_INVALID:
    case ERR_PARAMETER_DOUBLED:
    case ERR_NO_RESULT:
    case ERR_REQUEST_MALFORMED:
    case ERR_SOURCE_UNAVAILABLE: /* no network here */
        return true;
    default:
        return false;
    }
}

static void want_whole(const struct endpoint *e, const struct ask *ask, const struct call *c) {
    struct text body = buf_peek(&c->reply);
    json_t *root = NULL;
    if (c->content_type)
        return;
    if (json_parse(&call_arena, body, &root).kind)
        fail_msg("%s answers what is no JSON for a hostile %s: %.*s", e->path, ask ? ask->name : "call",
                 (int)(body.length < 300 ? body.length : 300), body.bytes);
    json_decref(root);
}

/* The first example's parameters, but the one that is tried. */
static void put_usual(struct call *c, const struct endpoint *e, const struct ask *tried) {
    static struct call usual;
    call_init(&usual, &call_arena, 0, &chance);
    want_ok(params_from_form(&usual, text_c(e->shows && e->shows->asks ? e->shows->asks : "")));
    usual.endpoint = e;
    for (unsigned i = 0; e->asks && e->asks[i].name; i++) {
        struct param *p = ask_sent(&usual, i);
        if (p && &e->asks[i] != tried)
            want_ok(params_add(c, p->name, p->value, p->is_file));
    }
}

/* `times` 0 leaves the parameter out. */
static void attack(const struct endpoint *e, const struct ask *ask, struct text value, unsigned times,
                   bool is_file) {
    static struct call c;
    arena_reset(&call_arena);
    call_init(&c, &call_arena, FIXED_NOW_S * 1000LL, &chance);
    c.endpoint = e;
    c.catalog = api_catalog;
    c.data = shelf();
    put_usual(&c, e, ask);
    for (unsigned i = 0; i < times; i++)
        want_ok(params_add(&c, text_c(ask->name), value, is_file));
    struct err err = perform(&c);
    if (!may_be(err.kind))
        fail_msg("%s ends with %s (%s) where %s is \"%.*s\"", e->path, err_name(err.kind), err.say ? err.say : "",
                 ask ? ask->name : "", (int)(value.length < 200 ? value.length : 200), value.bytes);
    if (err.kind)
        envelope_refuse(&c, err);
    want_whole(e, ask, &c);
}

/* ---- values ---- */

static struct text repeat(const char *piece, size_t bytes) {
    size_t length = strlen(piece), count = bytes / length;
    char *room = arena_alloc(&value_arena, count * length + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(room + i * length, piece, length);
    return text_of(room, count * length);
}

static const char *const nasty[] = {
    "0", "-1", "1", "-0", "00", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "18446744073709551616", "1e308", "1e309", "-1e308", "1e-320", "NaN", "inf", "-inf", "0x7fffffff",
    "1.5", ".", "-", "+", "e", "1,2", "1,,2", ",", "true", "null", "[]", "{}", "[1]", "{\"a\":1}", "[[",
    "{\"a\":", "\"", "'", "\\", "%", "%s%n%x", "%00", "' OR '1'='1", "; drop table account",
    "$(reboot)", "`id`", "../../../../etc/passwd", "..\\..\\", "/etc/passwd", "file:///etc/passwd",
    "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]:80/", "http://0x7f.1/",
    "http://2130706433/", "http://169.254.169.254/latest", "http://localhost:8080/",
    "http://a@127.0.0.1/", "http:///", "http://", "gopher://127.0.0.1:25/", "javascript:alert(1)",
    "data:text/html,<script>", "<script>alert(1)</script>", "<svg onload=alert(1)>",
    "=cmd|' /C calc'!A0", "@SUM(1)", "(a+)+$", "(a|a)*b", "((((((((((a*)*)*)*)*)*)*)*)*)*", "[a-",
    "(?<=a)", "\\1", "(?R)", "a{65535}{65535}", "*", "?", "&a [*a,*a]",
    "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*"
    "b,*b,*b]\nd: &d [*c,*c,*c,*c,*c]\n"
    "e: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*"
    "f,*f]",
    "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!EN"
    "TITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>" "<a>&d;&d;&d;</a>",
    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "<a><b><c>", "</a>", "<?xml",
    "<![CDATA[", "<!--", "2024-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "-1-01-01",
    "1900-01-01", "2100-12-31", "1582-10-10", "24:00:60", "1.2.3", "1.2.3.4.5", "256.0.0.1", "::1",
    "1::2::3", ":::::::", "fe80::1%eth0", "0.0.0.0/0", "1.1.1.1/33", "::/129", "a..b", ".", "..",
    "-a.com", "xn--", "xn--a", "a.b.c.d.e.f", "\xE4\xB8\xAD.\xE5\x9B\xBD", "localhost", "com",
    "\xE2\x80\xAE" "abc", "\xE2\x80\x8F", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xCC\x81",
    "e\xCC\x81\xCC\x81\xCC\x81", "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9",
    "\xEF\xBC\x91\xEF\xBC\x92", "\xD9\xA1\xD9\xA2", "\xF0\x9D\x9F\x99", "\xF3\xA0\x80\x81",
    "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF", "\x01", "\x1B[31m", "a\tb", "a\nb", "a\r\nSet-Cookie: x=1",
    "\x7F", "\xC2\x85", "\xE2\x80\xA8", "  ", "\xE3\x80\x80",
    "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "data:image/png;base64,",
    "data:image/png;base64,AAAA", "iVBORw0KGgoAAAANSUhEUgABhqAAAYagCAYAAAAA", "H4sIAAAAAAAAA",
    "UEsDBBQAAAAIAA==", "JVBERi0xLjQK", "=", "====", "A", "AA=A",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "eyJhbGciOiJub25lIn0.e30.", "a.b.c",
    "a.b", "Bearer", "curl -X POST 'http://a/' -H 'A: b' -d @/etc/passwd", "* * * * *", "*/0 * * * *",
    "0-60 * * * *", "99 99 99 99 99", "P1Y", "1/0", "0^0", "9^9^9^9", "fact(999999999)", "sqrt(-1)",
    "1;2", "((((1))))", "2**2**2**99", "{{a}}", "{{#a}}", "{{/a}}", "{{>a}}",
};

/* Bytes that no literal can hold, or that are long. */
static unsigned bulky(const struct ask *ask, struct text *out) {
    unsigned count = 0;
    static const char *const pieces[] = {"a",   "\xE4\xB8\xAD", "\xF0\x9F\x98\x80", "1",  "[", "{\"a\":", "(", "<a>",
                                         "- ",  "&#",           "\xFF",             "\n", " ", "..",       "=", "*"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        out[count++] = repeat(pieces[i], i < 4 ? LONG_BYTES : 100000);
    double most = ask->high > 0 ? ask->high : LIMIT_TEXT_CHARS;
    if (ask->type == ASK_TEXT && most <= LONG_BYTES / 4) {
        out[count++] = repeat("a", (size_t)most);
        out[count++] = repeat("a", (size_t)most + 1);
        for (size_t i = 1; i < sizeof pieces / sizeof *pieces; i++) { /* the longest of each that is let in */
            size_t a_character = (unsigned char)pieces[i][0] < 0x80 ? 1 : strlen(pieces[i]);
            out[count++] = repeat(pieces[i], (size_t)most * a_character);
        }
    }
    out[count++] = text_of("a\0b", 3);
    out[count++] = text_of("\xC0\x80", 2);
    out[count++] = text_of("\xED\xA0\x80", 3);
    out[count++] = text_of("\xF8\x88\x80\x80\x80", 5);
    out[count++] = text_of("\xE4\xB8", 2);
    return count;
}

static struct text number_text(double value) {
    return text_format_in(&value_arena, "%.17g", value);
}

/* At its limits and just beyond. */
static void attack_limits(const struct endpoint *e, const struct ask *ask) {
    double values[] = {ask->low, ask->high, ask->low - 1, ask->high + 1, ask->low + 0.5, ask->high / 2, -ask->high};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        attack(e, ask, number_text(values[i]), 1, false);
}

/* ---- random values ---- */

static struct text example_value(const struct endpoint *e, unsigned at) {
    static struct call usual;
    call_init(&usual, &value_arena, 0, &chance);
    usual.endpoint = e;
    if (!e->shows || !e->shows->asks || params_from_form(&usual, text_c(e->shows->asks)).kind)
        return TEXT("");
    struct param *p = ask_sent(&usual, at);
    return p ? p->value : TEXT("");
}

static struct text random_text(uint32_t most) {
    size_t length = random_below(&chance, most + 1);
    char *room = arena_alloc(&value_arena, length + 1);
    random_bytes(&chance, room, length);
    return text_of(room, length);
}

/* The example with some bytes changed, doubled or gone: what gets past the first checks. */
static struct text mutated(struct text value) {
    char *room = arena_alloc(&value_arena, value.length * 2 + 16);
    size_t length = value.length, changes = 1 + random_below(&chance, 4);
    memcpy(room, value.bytes, length);
    for (size_t i = 0; i < changes && length; i++) {
        size_t at = random_below(&chance, (uint32_t)length);
        switch (random_below(&chance, 4)) {
        case 0:
            room[at] = (char)random_below(&chance, 256);
            break;
        case 1:
            room[at] = (char)(room[at] ^ (1 << random_below(&chance, 7)));
            break;
        case 2:
            memmove(room + at, room + at + 1, --length - at);
            break;
        default:
            if (length < value.length * 2) {
                memmove(room + at + 1, room + at, length - at);
                length++;
            }
        }
    }
    return text_of(room, length);
}

static const char *random_nasty(void) { return nasty[random_below(&chance, sizeof nasty / sizeof *nasty)]; }

static struct text random_value(struct text example) {
    switch (random_below(&chance, 6)) {
    case 0:
        return random_text(64);
    case 1:
        return text_format_in(&value_arena, "%lld", (long long)random_below(&chance, 1000000) - 500000);
    case 2:
        return text_c(random_nasty());
    case 3:
        return text_format_in(&value_arena, "%.*s%s", TEXT_ARG(example), random_nasty());
    default:
        return mutated(example.length ? example : TEXT("a1"));
    }
}

static void attack_at_random(const struct endpoint *e, unsigned at, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        arena_reset(&value_arena);
        struct text value = random_value(example_value(e, at));
        attack(e, &e->asks[at], value, 1, e->asks[at].type == ASK_FILE && i % 2);
    }
}

/* ---- the catalogue ---- */

static void attack_parameter(const struct endpoint *e, unsigned at, unsigned count) {
    const struct ask *ask = &e->asks[at];
    struct text values[64];
    attack(e, ask, TEXT(""), 0, false);
    attack(e, ask, TEXT(""), 1, false);
    attack(e, ask, TEXT("1"), 2, false);
    for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++)
        attack(e, ask, text_c(nasty[i]), 1, false);
    arena_reset(&value_arena);
    unsigned bulk = bulky(ask, values);
    for (unsigned i = 0; i < bulk; i++) {
        attack(e, ask, values[i], 1, false);
        if (ask->type == ASK_FILE)
            attack(e, ask, values[i], 1, true);
    }
    attack_limits(e, ask);
    attack_at_random(e, at, count);
}

static void attack_api(const struct endpoint *e, unsigned count) {
    unsigned asks = 0;
    chance = random_seeded(1);
    attack(e, NULL, TEXT(""), 0, false);
    while (e->asks && e->asks[asks].name)
        asks++;
    must(asks < ASKS_MOST);
    for (unsigned i = 0; i < asks; i++) /* so many values an API, not a parameter */
        attack_parameter(e, i, count / asks + 1);
}

TEST(no_value_breaks_an_inline_api) {
    for (size_t i = 0; api_catalog[i]; i++)
        if (api_catalog[i]->lane == LANE_INLINE)
            attack_api(api_catalog[i], RANDOM_INLINE);
}

TEST(no_value_breaks_a_worker_api) {
    for (size_t i = 0; api_catalog[i]; i++)
        if (api_catalog[i]->lane == LANE_WORKER)
            attack_api(api_catalog[i], RANDOM_WORKER);
}

static int attack_one(const char *path, const char *count) {
    const struct endpoint *e = api_by_path(path);
    int64_t times = RANDOM_INLINE;
    must(e != NULL);
    if (count)
        must(text_to_i64(text_c(count), &times));
    attack_api(e, (unsigned)times);
    return 0;
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {RUN(no_value_breaks_an_inline_api), RUN(no_value_breaks_a_worker_api)};
    arena_init(&call_arena, LIMIT_ARENA_BYTES);
    arena_init(&value_arena, LIMIT_ARENA_BYTES);
    if (argc > 1)
        return attack_one(argv[1], argc > 2 ? argv[2] : NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
