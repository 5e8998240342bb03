/* json_test.c: the writer against jansson: what it prints is read back as the value that was meant. */
#include "test.h"

#include "base/random.h"
#include "codec/json.h"
#include "codec/json_in.h"

#include <math.h>

static struct arena arena;
static struct buf out;
static struct json j;

static void begin(void) {
    arena_done(&arena);
    arena_init(&arena, 8 << 20);
    buf_init(&out, &arena, 1 << 20);
    json_init(&j, &out);
}

TEST(strings) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {
        {"", "\"\""},
        {"a\"b\\c/", "\"a\\\"b\\\\c/\""},
        {"\n\r\t\b\f\x01\x1f\x7f", "\"\\n\\r\\t\\u0008\\u000c\\u0001\\u001f\x7f\""},
        {"\u4f60\u597d\U0001F600", "\"\u4f60\u597d\U0001F600\""},
        {"a\xFF\xFE", NULL}, /* no UTF-8: only that it comes back as some */
        {"\xE4\xBD", NULL},
        {"\xED\xA0\x80", NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        begin();
        json_text(&j, text_c(rows[i].given));
        want(text_is_utf8(buf_peek(&out)));
        json_t *back;
        want_ok(json_parse(&arena, buf_peek(&out), &back));
        if (text_is_utf8(text_c(rows[i].given))) {
            want_text(buf_peek(&out), rows[i].wanted);
            assert_string_equal(json_string_value(back), rows[i].given);
        }
        json_decref(back);
    }
    begin();
    json_text(&j, text_of("a\0b", 3));
    want_text(buf_peek(&out), "\"a\\u0000b\"");
    begin();
    json_text(&j, TEXT("x\xFF\u4f60\xE4"));
    want_text(buf_peek(&out), "\"x\xEF\xBF\xBD\u4f60\xEF\xBF\xBD\"");
}

TEST(numbers_come_back) {
    static const double rows[] = {0, -0.0, 1, 0.1, 1.0 / 3, 1e15, 1e16, 123456789012345678.0, 5e-324,
                                  1e308, 2.2e-16, -1e-300, 0.30000000000000004, 100.5};
    for (size_t i = 0; i < COUNT(rows); i++) {
        begin();
        json_number(&j, rows[i]);
        json_t *back;
        want_ok(json_parse(&arena, buf_peek(&out), &back));
        want(json_number_value(back) == rows[i]);
        json_decref(back);
    }
    begin();
    json_number(&j, 0.1);
    want_text(buf_peek(&out), "0.1");
    begin();
    json_open_list(&j);
    json_number(&j, NAN);
    json_number(&j, -INFINITY);
    json_u64(&j, UINT64_MAX);
    json_i64(&j, INT64_MIN);
    json_close_list(&j);
    want_text(buf_peek(&out), "[null,null,18446744073709551615,-9223372036854775808]");
}

TEST(commas_and_names) {
    begin();
    json_open_object(&j);
    json_put_text(&j, "a", TEXT("x"));
    json_put_c(&j, "b", NULL);
    json_put_i64(&j, "c", -1);
    json_put_bool(&j, "d", true);
    json_name(&j, "e");
    json_open_list(&j);
    json_open_object(&j);
    json_close_object(&j);
    json_open_list(&j);
    json_close_list(&j);
    json_none(&j);
    json_raw(&j, TEXT("{\"z\":1}"));
    json_bool(&j, false);
    json_close_list(&j);
    json_name_text(&j, TEXT("f\"\u4f60"));
    json_open_object(&j);
    json_close_object(&j);
    json_put_c(&j, "g", "y");
    json_close_object(&j);
    want_text(buf_peek(&out), "{\"a\":\"x\",\"b\":null,\"c\":-1,\"d\":true,\"e\":[{},[],null,{\"z\":1},false],"
                              "\"f\\\"\u4f60\":{},\"g\":\"y\"}");
}

TEST(thirty_two_levels) {
    begin();
    for (int i = 0; i < 32; i++)
        json_open_list(&j);
    json_i64(&j, 1);
    json_i64(&j, 2);
    for (int i = 0; i < 32; i++)
        json_close_list(&j);
    json_t *back;
    want_ok(json_parse(&arena, buf_peek(&out), &back));
    json_decref(back);
}

static json_t *random_value(struct random *r, unsigned depth);

static json_t *random_string(struct random *r) {
    struct buf b;
    buf_init(&b, &arena, 400);
    for (uint32_t n = random_below(r, 12); n > 0; n--) {
        char room[4];
        uint32_t kind = random_below(r, 4);
        uint32_t rune = random_below(r, kind == 0 ? 0x30 : kind == 1 ? 0x80 : kind == 2 ? 0xD800 : 0x10FFFF);
        if (rune >= 0xD800 && rune <= 0xDFFF)
            rune = '\\';
        buf_text(&b, text_rune_print(room, (int32_t)rune));
    }
    return json_stringn(buf_peek(&b).length ? b.bytes : "", b.length);
}

static json_t *random_object(struct random *r, unsigned depth) {
    json_t *value = json_object();
    for (uint32_t n = random_below(r, 5); n > 0; n--) {
        const char *name = text_say_in(&arena, "n%u\"\\\u4f60", random_below(r, 1000));
        json_object_set_new(value, name, random_value(r, depth - 1));
    }
    return value;
}

static json_t *random_value(struct random *r, unsigned depth) {
    double number;
    switch (random_below(r, depth ? 8 : 6)) {
    case 0:
        return json_null();
    case 1:
        return json_boolean(random_below(r, 2));
    case 2:
        return json_integer((json_int_t)random_u64(r));
    case 3:
        random_bytes(r, &number, sizeof number);
        return json_real(isfinite(number) ? number : 0.5);
    case 6:
        return random_object(r, depth);
    case 7: {
        json_t *value = json_array();
        for (uint32_t n = random_below(r, 5); n > 0; n--)
            json_array_append_new(value, random_value(r, depth - 1));
        return value;
    }
    default:
        return random_string(r);
    }
}

static void write_value(const json_t *value) {
    const char *name;
    json_t *item;
    size_t i;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        json_open_object(&j);
        json_object_foreach((json_t *)value, name, item) {
            json_name_text(&j, text_c(name));
            write_value(item);
        }
        json_close_object(&j);
        return;
    case JSON_ARRAY:
        json_open_list(&j);
        json_array_foreach(value, i, item) write_value(item);
        json_close_list(&j);
        return;
    case JSON_STRING:
        json_text(&j, text_of(json_string_value(value), json_string_length(value)));
        return;
    case JSON_INTEGER:
        json_i64(&j, json_integer_value(value));
        return;
    case JSON_REAL:
        json_number(&j, json_real_value(value));
        return;
    case JSON_NULL:
        json_none(&j);
        return;
    default:
        json_bool(&j, json_is_true(value));
    }
}

/* A real that is whole is printed without a point, so jansson reads an integer: equal in value. */
static bool same_value(const json_t *a, const json_t *b) {
    const char *name;
    json_t *item;
    if (json_is_real(a) && json_is_number(b))
        return json_real_value(a) == json_number_value(b);
    if (json_typeof(a) != json_typeof(b))
        return false;
    if (json_is_array(a)) {
        bool same = json_array_size(a) == json_array_size(b);
        for (size_t i = 0; same && i < json_array_size(a); i++)
            same = same_value(json_array_get(a, i), json_array_get(b, i));
        return same;
    }
    if (!json_is_object(a))
        return json_equal(a, b);
    bool same = json_object_size(a) == json_object_size(b);
    json_object_foreach((json_t *)a, name, item) same = same && same_value(item, json_object_get(b, name));
    return same;
}

TEST(random_values_come_back) {
    struct random r = random_seeded(20);
    for (int i = 0; i < 2000; i++) {
        begin();
        json_t *value = random_value(&r, 5), *back;
        write_value(value);
        want_ok(json_parse(&arena, buf_peek(&out), &back));
        if (!same_value(value, back))
            fail_msg("%.*s", TEXT_ARG(buf_peek(&out)));
        json_decref(value);
        json_decref(back);
    }
    arena_done(&arena);
}

/* The writer looks at eight bytes at once: every byte of ASCII at every place of such a step. */
TEST(every_byte_at_every_place) {
    for (unsigned byte = 1; byte < 0x80; byte++) {
        for (size_t place = 0; place < 20; place++) {
            char given[21] = "abcdefghijklmnopqrst";
            json_t *back;
            given[place] = (char)byte;
            begin();
            json_text(&j, text_c(given));
            want_ok(json_parse(&arena, buf_peek(&out), &back));
            want(strcmp(json_string_value(back), given) == 0);
            json_decref(back);
        }
    }
    arena_done(&arena);
}

TESTS(RUN(strings), RUN(every_byte_at_every_place), RUN(numbers_come_back), RUN(commas_and_names),
      RUN(thirty_two_levels), RUN(random_values_come_back))
