/* form_test.c: queries and form bodies as clients write them. */
#include "test.h"

#include "codec/form.h"

static struct arena arena;

/* "name=value;" for each pair, decoded; the error's name where one is broken. */
static struct text read_all(struct text form) {
    struct buf b;
    struct text rest = form, name, value;
    buf_init(&b, &arena, 4096);
    while (form_next(&rest, &name, &value)) {
        struct err e = form_decode_in(&arena, name, &name);
        if (!e.kind)
            e = form_decode_in(&arena, value, &value);
        if (e.kind)
            return text_c(err_name(e.kind));
        buf_format(&b, "%.*s=%.*s;", TEXT_ARG(name), TEXT_ARG(value));
    }
    return buf_peek(&b);
}

TEST(pairs) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {
        {"", ""},
        {"a=1&b=2", "a=1;b=2;"},
        {"a=1&&b=2&", "a=1;b=2;"},
        {"a", "a=;"},
        {"a=", "a=;"},
        {"=1", "=1;"},
        {"a=b=c", "a=b=c;"},
        {"a+b=c+d", "a b=c d;"},
        {"w=%E4%BD%A0%e5%a5%bd", "w=\u4f60\u597d;"},
        {"a=%2B%26%3D", "a=+&=;"},
        {"%61=%62", "a=b;"},
        {"a=%", "request_malformed"},
        {"a=%4", "request_malformed"},
        {"a=%4g", "request_malformed"},
        {"a=%zz", "request_malformed"},
        {"%=a", "request_malformed"},
        {"a=%41", "a=A;"},
        {"a=1;b=2", "a=1;b=2;"},
    };
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(read_all(text_c(rows[i].given)), rows[i].wanted);
    want_text(read_all(text_of(NULL, 0)), "");
    arena_done(&arena);
}

TEST(every_byte_comes_back) {
    char bytes[256];
    struct buf b;
    struct text back;
    arena_init(&arena, 1 << 20);
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    buf_init(&b, &arena, 4096);
    form_encode(&b, text_of(bytes, 256));
    want_ok(form_decode_in(&arena, buf_peek(&b), &back));
    want(text_equal(back, text_of(bytes, 256)));
    want(text_starts(buf_peek(&b), TEXT("%00%01")));
    want(text_find(buf_peek(&b), TEXT("%2C-.%2F0123456789%3A")) != SIZE_MAX);
    arena_done(&arena);
}

TEST(what_is_plain_is_not_copied) {
    struct text given = TEXT("plain"), got;
    arena_init(&arena, 1 << 20);
    want_ok(form_decode_in(&arena, given, &got));
    want(got.bytes == given.bytes);
    arena_done(&arena);
}

TESTS(RUN(pairs), RUN(every_byte_comes_back), RUN(what_is_plain_is_not_copied))
