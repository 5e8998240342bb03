/* envelope_test.c: both faces, byte for byte, and what happens at the limit of an answer. */
#include "test.h"

#include "call/envelope.h"
#include "call/reply.h"
#include "codec/json_in.h"

static struct arena arena;
static struct call call;
static const struct endpoint plain = {.path = "/api/x"}, bare = {.path = "/openapi.json", .is_bare = true};

static void begin(const struct endpoint *e, enum face face, enum language language) {
    static struct random chance;
    arena_done(&arena);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    call_init(&call, &arena, 1795464364999, &chance);
    call.endpoint = e;
    call.face = face;
    call.language = language;
    call.request_id = 9007199254740993u; /* past what a JSON number of JavaScript holds */
    call.units = 1;
}

static int end(void **unused) {
    (void)unused;
    arena_done(&arena);
    return 0;
}

static void want_reply(const char *wanted) {
    want_text(buf_peek(&call.reply), wanted);
    json_t *root;
    want_ok(json_parse(&arena, buf_peek(&call.reply), &root));
    json_decref(root);
}

static void run(void) {
    envelope_open(&call);
    reply_object(&call, NULL);
    reply_text(&call, "name", TEXT("\u4f60\"\n"));
    reply_list(&call, "list");
    reply_int(&call, NULL, 1);
    reply_c(&call, NULL, NULL);
    reply_bool(&call, NULL, false);
    reply_number(&call, NULL, 0.5);
    reply_end_list(&call);
    reply_end_object(&call);
    envelope_close(&call);
}

#define DATA "{\"name\":\"\u4f60\\\"\\n\",\"list\":[1,null,false,0.5]}"

TEST(the_new_face) {
    begin(&plain, FACE_NEW, LANGUAGE_ZH);
    run();
    want_reply("{\"request_id\":\"9007199254740993\",\"success\":true,\"message\":\"success\",\"code\":200,\"data\":" DATA
               ",\"time\":1795464364,\"usage\":1}");
    want_text(envelope_data(&call), DATA);
    want_int(call.status, 200);
    assert_string_equal(envelope_type(&call), "application/json; charset=utf-8");
}

TEST(the_old_face) {
    begin(&plain, FACE_OLD, LANGUAGE_ZH);
    run();
    want_reply("{\"code\":200,\"msg\":\"success\",\"data\":" DATA
               ",\"log_id\":\"9007199254740993\",\"time\":1795464364,\"usage\":1}");
    want_text(envelope_data(&call), DATA);
}

TEST(a_source_follows_the_usage) {
    begin(&plain, FACE_NEW, LANGUAGE_ZH);
    call.source = (struct source){TEXT("a \"set\""), TEXT("2026-01-01"), true};
    run();
    want(text_ends(buf_peek(&call.reply),
                   TEXT("\"usage\":1,\"source\":{\"name\":\"a \\\"set\\\"\",\"as_of\":\"2026-01-01\",\"stale\":true}}")));
}

TEST(a_refusal_of_the_new_face) {
    begin(&plain, FACE_NEW, LANGUAGE_EN);
    envelope_open(&call);
    reply_object(&call, NULL); /* what was half written goes */
    call.parameter = TEXT("date");
    call.hint = (struct words){"请传日期", "send a date"};
    envelope_refuse(&call, err_make(ERR_PARAMETER_INVALID, "for the log"));
    want_reply("{\"request_id\":\"9007199254740993\",\"success\":false,\"message\":\"A parameter is invalid\",\"code\":422,"
               "\"data\":null,\"time\":1795464364,\"usage\":0,\"error\":\"parameter_invalid\",\"hint\":\"send a date\","
               "\"parameter\":\"date\"}");
    want_int(call.status, 422);
    want_int(call.units, 0);
    begin(&plain, FACE_NEW, LANGUAGE_ZH);
    envelope_refuse(&call, err_make(ERR_TOKEN_MISSING, NULL));
    want_reply("{\"request_id\":\"9007199254740993\",\"success\":false,\"message\":\"缺少 token\",\"code\":401,\"data\":null,"
               "\"time\":1795464364,\"usage\":0,\"error\":\"token_missing\",\"hint\":"
               "\"在请求头 token 或 Authorization: Bearer 中带上你的 token\"}");
}

TEST(a_refusal_of_the_old_face) {
    begin(&plain, FACE_OLD, LANGUAGE_ZH);
    envelope_refuse(&call, err_make(ERR_QUOTA_EXCEEDED, NULL));
    want_int(call.status, 200);
    want(text_starts(buf_peek(&call.reply),
                     TEXT("{\"code\":102,\"msg\":\"配额已用完\",\"data\":null,\"log_id\":\"9007199254740993\",")));
    want(text_find(buf_peek(&call.reply), TEXT("\"error\":\"quota_exceeded\"")) != SIZE_MAX);
}

TEST(the_inside_is_not_told) {
    begin(&plain, FACE_NEW, LANGUAGE_EN);
    envelope_refuse(&call, err_make(ERR_IO, "cannot open /etc/secret"));
    want_int(call.status, 500);
    want(text_find(buf_peek(&call.reply), TEXT("\"error\":\"internal\"")) != SIZE_MAX);
    want(text_find(buf_peek(&call.reply), TEXT("secret")) == SIZE_MAX);
}

TEST(a_body_that_is_no_json) {
    begin(&plain, FACE_NEW, LANGUAGE_ZH);
    envelope_open(&call);
    reply_body(&call, "image/png", TEXT("\x89PNG"));
    envelope_close(&call);
    want_text(buf_peek(&call.reply), "\x89PNG");
    assert_string_equal(envelope_type(&call), "image/png");
    envelope_refuse(&call, err_make(ERR_INTERNAL, NULL));
    assert_string_equal(envelope_type(&call), "application/json; charset=utf-8");
}

TEST(a_bare_answer) {
    begin(&bare, FACE_NEW, LANGUAGE_ZH);
    run();
    want_reply(DATA);
    want_text(envelope_data(&call), DATA);
}

/* An answer whose frame does not fit is over, never cut. */
TEST(the_limit_of_an_answer) {
    size_t frame = 0;
    for (size_t past = 0; past <= 1; past++) {
        begin(&plain, FACE_NEW, LANGUAGE_ZH);
        char *fill = arena_alloc(&arena, LIMIT_REPLY_BYTES);
        memset(fill, 'x', LIMIT_REPLY_BYTES);
        if (!frame) {
            envelope_open(&call);
            reply_text(&call, NULL, TEXT(""));
            envelope_close(&call);
            frame = call.reply.length;
            call.json.has_items = 0;
        }
        envelope_open(&call);
        reply_text(&call, NULL, text_of(fill, LIMIT_REPLY_BYTES - frame + past));
        want(!buf_is_over(&call.reply));
        envelope_close(&call);
        want_int(buf_is_over(&call.reply), past);
        envelope_refuse(&call, err_make(ERR_PARAMETER_INVALID, NULL));
        want(!buf_is_over(&call.reply));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(the_new_face), RUN(the_old_face), RUN(a_source_follows_the_usage), RUN(a_refusal_of_the_new_face),
        RUN(a_refusal_of_the_old_face), RUN(the_inside_is_not_told), RUN(a_body_that_is_no_json),
        RUN(a_bare_answer), RUN(the_limit_of_an_answer)};
    return cmocka_run_group_tests(tests, NULL, end);
}
