/* ask_test.c: parameters: each type good and bad and at the ends of its range, and where they come from. */
#include "test.h"

#include "call/ask.h"

static struct arena arena;
static struct call call;

static const struct endpoint everything = {
    .path = "/api/x",
    .asks = ASKS({"text", ASK_TEXT, OPTIONAL, {"", ""}, 2, 4}, {"plain", ASK_TEXT, OPTIONAL, {"", ""}},
                 {"int", ASK_INT, OPTIONAL, {"", ""}, -3, 5}, {"any", ASK_INT, OPTIONAL, {"", ""}},
                 {"number", ASK_NUMBER, OPTIONAL, {"", ""}, 0, 1.5}, {"bool", ASK_BOOL, OPTIONAL, {"", ""}},
                 {"date", ASK_DATE, OPTIONAL, {"", ""}},
                 {"choice", ASK_CHOICE, OPTIONAL, {"", ""}, .choices = "json|text=txt|SVG"},
                 {"file", ASK_FILE, OPTIONAL, {"", ""}, 0, 4, .aliases = "image|img"},
                 {"ip", ASK_IP, OPTIONAL, {"", ""}}, {"domain", ASK_DOMAIN, OPTIONAL, {"", ""}},
                 {"size", ASK_INT, OPTIONAL, {"", ""}, 1, 9, .fallback = "7", .aliases = "num|limit"}),
};
enum { TEXT_ASK, PLAIN, INT, ANY, NUMBER, BOOL, DATE, CHOICE, FILE_ASK, IP, DOMAIN_ASK, SIZE };

static void begin(const struct endpoint *e) {
    static struct random chance;
    arena_done(&arena);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    call_init(&call, &arena, 0, &chance);
    call.endpoint = e;
}

static int end(void **unused) {
    (void)unused;
    arena_done(&arena);
    return 0;
}

static struct err ask_form(const char *form) {
    begin(&everything);
    try(params_from_form(&call, text_c(form)));
    return ask_check(&call);
}

static struct err ask_one(const char *name, struct text value, bool is_file) {
    begin(&everything);
    try(params_add(&call, text_c(name), value, is_file));
    return ask_check(&call);
}

TEST(each_type_takes_and_refuses) {
    static const struct {
        const char *form;
        enum err_kind wanted;
    } rows[] = {
        {"text=ab", ERR_NONE}, {"text=abcd", ERR_NONE}, {"text=a", ERR_PARAMETER_INVALID},
        {"text=abcde", ERR_PARAMETER_INVALID}, {"text=%E4%BD%A0%E5%A5%BD%E4%BD%A0%E5%A5%BD", ERR_NONE},
        {"text=a%00b", ERR_PARAMETER_INVALID}, {"text=a%01b", ERR_PARAMETER_INVALID},
        {"text=a%0Ab", ERR_NONE}, {"text=%FFab", ERR_PARAMETER_INVALID}, {"text=a%7Fb", ERR_PARAMETER_INVALID},
        {"int=-3", ERR_NONE}, {"int=5", ERR_NONE}, {"int=+2+", ERR_NONE}, {"int=-4", ERR_PARAMETER_INVALID},
        {"int=6", ERR_PARAMETER_INVALID}, {"int=1.0", ERR_PARAMETER_INVALID}, {"int=x", ERR_PARAMETER_INVALID},
        {"any=9223372036854775807", ERR_NONE}, {"any=-9223372036854775808", ERR_NONE},
        {"any=9223372036854775808", ERR_PARAMETER_INVALID},
        {"number=0", ERR_NONE}, {"number=1.5", ERR_NONE}, {"number=1.5000001", ERR_PARAMETER_INVALID},
        {"number=-1e-9", ERR_PARAMETER_INVALID}, {"number=nan", ERR_PARAMETER_INVALID},
        {"number=1e999", ERR_PARAMETER_INVALID},
        {"bool=1", ERR_NONE}, {"bool=TRUE", ERR_NONE}, {"bool=off", ERR_NONE}, {"bool=2", ERR_PARAMETER_INVALID},
        {"bool=1|true", ERR_PARAMETER_INVALID},
        {"date=2024-02-29", ERR_NONE}, {"date=20240229", ERR_NONE}, {"date=2023-02-29", ERR_PARAMETER_INVALID},
        {"date=today", ERR_PARAMETER_INVALID},
        {"choice=json", ERR_NONE}, {"choice=TXT", ERR_NONE}, {"choice=svg", ERR_NONE},
        {"choice=xml", ERR_PARAMETER_INVALID}, {"choice=text%3Dtxt", ERR_PARAMETER_INVALID},
        {"choice=json|text", ERR_PARAMETER_INVALID},
        {"file=MTIzNA==", ERR_NONE}, {"file=MTIzNDU=", ERR_PARAMETER_INVALID}, {"file=!!", ERR_PARAMETER_INVALID},
        {"file=data:image/png;base64,MTIzNA==", ERR_NONE}, {"file=data:,", ERR_PARAMETER_INVALID},
        {"ip=8.8.8.8", ERR_NONE}, {"ip=::1", ERR_NONE}, {"ip=8.8.8", ERR_PARAMETER_INVALID},
        {"domain=Example.COM", ERR_NONE}, {"domain=com", ERR_PARAMETER_INVALID},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = ask_form(rows[i].form);
        if (e.kind != rows[i].wanted)
            fail_msg("%s: %s", rows[i].form, err_name(e.kind));
        if (!e.kind)
            continue;
        want(call.hint.zh && call.hint.en);
        want_int(call.parameter.length, strcspn(rows[i].form, "="));
    }
}

TEST(values_are_canonical) {
    want_ok(ask_form("int=-3&number=.5&bool=yes&date=2024/2/9&choice=TXT&ip=::ffff:1.2.3.4&domain=A.b&file=MTI="));
    want_int(ask_int(&call, INT), -3);
    want(ask_number(&call, INT) == -3 && ask_number(&call, NUMBER) == .5);
    want(ask_bool(&call, BOOL));
    want_int(ask_date(&call, DATE).day, 9);
    want(ask_is(&call, CHOICE, "text") && ask_int(&call, CHOICE) == 1);
    want(ip_v4(&call.asked[IP].ip) == 0x01020304);
    want_text(ask_text(&call, DOMAIN_ASK), "a.b");
    want_text(ask_text(&call, FILE_ASK), "12");
    want(!ask_has(&call, TEXT_ASK) && !ask_has(&call, ANY));
    want(ask_has(&call, SIZE) && ask_int(&call, SIZE) == 7); /* its fallback */
    want_ok(ask_form("choice=svg"));
    want(ask_is(&call, CHOICE, "SVG"));
}

TEST(a_text_without_limits_has_a_thousand_characters) {
    char word[1001];
    memset(word, 'x', sizeof word);
    want_ok(ask_one("plain", text_of(word, LIMIT_TEXT_CHARS), false));
    want_err(ask_one("plain", text_of(word, LIMIT_TEXT_CHARS + 1), false), ERR_PARAMETER_INVALID);
    want(strstr(call.hint.en, "1 to 1000 characters") && strstr(call.hint.zh, "1 到 1000 个字符"));
}

TEST(a_file_is_raw_bytes) {
    want_ok(ask_one("img", text_of("\0\xFF\x01", 3), true));
    want(text_equal(ask_text(&call, FILE_ASK), text_of("\0\xFF\x01", 3)));
    want_ok(ask_one("file", text_of("1234", 4), true));
    want_err(ask_one("file", text_of("12345", 5), true), ERR_PARAMETER_INVALID);
    want_err(ask_one("text", text_of("\xFF\xFF", 2), true), ERR_PARAMETER_INVALID);
    want_ok(ask_one("text", text_of("ab", 2), true)); /* a text sent as a file is its text */
}

TEST(names) {
    static const struct {
        const char *form;
        enum err_kind wanted;
        const char *ignored;
    } rows[] = {
        {"num=3", ERR_NONE, ""},
        {"limit=3&x=1&y=2", ERR_NONE, "x, y"},
        {"num=3&limit=4", ERR_PARAMETER_DOUBLED, ""},
        {"size=3&num=3", ERR_PARAMETER_DOUBLED, ""},
        {"size=3&size=3", ERR_PARAMETER_DOUBLED, ""},
        {"size=&num=3", ERR_NONE, ""}, /* an empty value counts as not sent */
        {"num=3&size=", ERR_NONE, ""},
        {"size=&size=", ERR_NONE, ""},
        {"Size=3", ERR_NONE, "Size"},
        {"num|limit=3", ERR_NONE, "num|limit"},
        {"a%0D%0AX:1=1&b,c=2&%E4%BD%A0=3&=4", ERR_NONE, "?, ?, ?, ?"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = ask_form(rows[i].form);
        if (e.kind != rows[i].wanted)
            fail_msg("%s: %s", rows[i].form, err_name(e.kind));
        if (e.kind)
            want_text(call.parameter, "size");
        want_text(buf_peek(&call.ignored), rows[i].ignored);
    }
    want_ok(ask_form("num=3&size="));
    want_int(ask_int(&call, SIZE), 3);
}

static const struct endpoint needy = {
    .path = "/api/y", .asks = ASKS({"word", ASK_TEXT, REQUIRED, {"", ""}, .aliases = "text"})};

TEST(what_is_required) {
    begin(&needy);
    struct err e = ask_check(&call);
    want_err(e, ERR_PARAMETER_MISSING);
    want_text(call.parameter, "word");
    want(strstr(call.hint.en, "missing parameter word") && strstr(call.hint.zh, "缺少参数 word"));
    begin(&needy);
    want_ok(params_from_form(&call, TEXT("word=")));
    want_err(ask_check(&call), ERR_PARAMETER_MISSING);
    begin(&needy);
    want_ok(params_from_form(&call, TEXT("text=a")));
    want_ok(ask_check(&call));
    want_text(ask_text(&call, 0), "a");
}

TEST(an_api_without_parameters) {
    static const struct endpoint bare = {.path = "/api/z"};
    begin(&bare);
    want_ok(params_from_form(&call, TEXT("a=1")));
    want_ok(ask_check(&call));
    want_text(buf_peek(&call.ignored), "a");
}

TEST(sixty_four_parameters) {
    for (unsigned count = LIMIT_PARAMS; count <= LIMIT_PARAMS + 1; count++) {
        struct buf form;
        begin(&everything);
        buf_init(&form, &arena, 4096);
        for (unsigned i = 0; i < count; i++)
            buf_format(&form, "p%u=1&", i);
        struct err e = params_from_form(&call, buf_peek(&form));
        want_err(e, count <= LIMIT_PARAMS ? ERR_NONE : ERR_REQUEST_MALFORMED);
    }
    want(call.hint.zh && strstr(call.hint.en, "at most 64"));
}

TEST(names_at_their_limit_are_told) {
    char name[LIMIT_PARAM_NAME_BYTES + 2];
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = 0;
    want_ok(ask_one(name + 1, TEXT("1"), false));
    want_text(buf_peek(&call.ignored), name + 1);
    want_ok(ask_one(name, TEXT("1"), false));
    want_text(buf_peek(&call.ignored), "?");
}

#define MULTI(...) "--B\r\nContent-Disposition: form-data; " __VA_ARGS__ "\r\n--B--"

TEST(bodies) {
    static const struct {
        const char *type, *body;
        enum err_kind wanted;
    } rows[] = {
        {"application/json", "{\"size\":3}", ERR_NONE},
        {"application/json; charset=utf-8", "{\"size\":\"3\"}", ERR_NONE},
        {"Application/JSON", "{\"size\":3.0}", ERR_NONE},
        {"application/vnd.x+json", "{\"size\":3,\"text\":null}", ERR_NONE},
        {"application/json", "{\"size\":3,\"x\":{\"y\":[1]}}", ERR_NONE},
        {"application/json", "[3]", ERR_REQUEST_MALFORMED},
        {"application/json", "3", ERR_REQUEST_MALFORMED},
        {"application/json", "size=3", ERR_REQUEST_MALFORMED},
        {"application/json", "{\"size\":3,\"size\":3}", ERR_PARAMETER_DOUBLED},
        {"application/x-www-form-urlencoded", "size=3", ERR_NONE},
        {"application/x-www-form-urlencoded", "size=%3", ERR_REQUEST_MALFORMED},
        {"", " {\"size\":3}", ERR_NONE},
        {"", "size=3", ERR_NONE},
        {"text/plain", "size=3", ERR_NONE},
        {"text/plain;charset=UTF-8", "{\"size\":3}", ERR_NONE},
        {"text/xml", "<size>3</size>", ERR_REQUEST_MALFORMED},
        {"multipart/form-data; boundary=B", MULTI("name=\"size\"\r\n\r\n3"), ERR_NONE},
        {"multipart/mixed; boundary=B", MULTI("name=\"size\"\r\nContent-Length: 1\r\n\r\n3"), ERR_NONE},
        {"multipart/form-data", MULTI("name=\"size\"\r\n\r\n3"), ERR_REQUEST_MALFORMED},
        {"multipart/form-data; boundary=C", MULTI("name=\"size\"\r\n\r\n3"), ERR_REQUEST_MALFORMED},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        begin(&everything);
        struct err e = params_from_body(&call, text_c(rows[i].type), text_c(rows[i].body));
        if (!e.kind)
            e = ask_check(&call);
        if (e.kind != rows[i].wanted)
            fail_msg("%s %s: %s %s", rows[i].type, rows[i].body, err_name(e.kind), e.say ? e.say : "");
        if (!e.kind)
            want_int(ask_int(&call, SIZE), 3);
        else if (e.kind == ERR_PARAMETER_DOUBLED)
            want_text(call.parameter, "size");
    }
    begin(&everything);
    want_ok(params_from_body(&call, TEXT("text/xml"), TEXT(""))); /* no body, no fault */
}

TEST(the_token_is_taken_out) {
    begin(&everything);
    want_ok(params_from_form(&call, TEXT("size=3&token=abc&text=ab")));
    want_text(params_take_token(&call), "abc");
    want_int(call.param_count, 2);
    want_text(params_take_token(&call), "");
    want_ok(ask_check(&call));
    want_int(call.ignored.length, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(each_type_takes_and_refuses), RUN(values_are_canonical),
        RUN(a_text_without_limits_has_a_thousand_characters), RUN(a_file_is_raw_bytes), RUN(names),
        RUN(what_is_required), RUN(an_api_without_parameters), RUN(sixty_four_parameters),
        RUN(names_at_their_limit_are_told), RUN(bodies), RUN(the_token_is_taken_out)};
    return cmocka_run_group_tests(tests, NULL, end);
}
