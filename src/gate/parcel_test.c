/* parcel_test.c: there and back is the same; cut, changed and made-up bytes are refused, never a crash. */
#include "test.h"

#include "call/ask.h"
#include "call/envelope.h"
#include "call/reply.h"
#include "gate/parcel.h"

#include <stdlib.h>

static struct err nothing(struct call *c) {
    (void)c;
    return ok;
}

static const struct endpoint plain = {.path = "/api/plain", .run = nothing};
static const struct endpoint bare = {.path = "/bare", .run = nothing, .is_bare = true};
static const struct endpoint *const catalog[] = {&bare, &plain, NULL};

static struct call given, taken; /* large: the parameter tables */
static struct arena arena;
static struct random chance;

static void begin(void) {
    arena_done(&arena);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    chance = random_seeded(7);
    call_init(&given, &arena, 1717214400123, &chance);
    call_init(&taken, &arena, 0, &chance);
    given.endpoint = taken.endpoint = &plain;
    given.request_id = 0xFEDCBA9876543210u;
    given.language = LANGUAGE_EN;
    want(ip_parse(TEXT("203.0.113.9"), &given.peer));
}

static void add_params(void) {
    want_ok(params_add(&given, TEXT("image"), TEXT("\x89PNG\0\xFF"), true));
    want_ok(params_add(&given, TEXT("text"), TEXT("你好"), false));
    want_ok(params_add(&given, TEXT(""), TEXT(""), false));
}

static bool params_are_same(void) {
    if (given.param_count != taken.param_count)
        return false;
    for (unsigned i = 0; i < given.param_count; i++)
        if (!text_equal(given.params[i].name, taken.params[i].name) ||
            !text_equal(given.params[i].value, taken.params[i].value) ||
            given.params[i].is_file != taken.params[i].is_file)
            return false;
    return true;
}

TEST(an_ask_comes_back_the_same) {
    begin();
    add_params();
    taken.endpoint = NULL;
    struct text parcel = parcel_ask_in(&arena, &given);
    want_ok(parcel_ask_open(&taken, parcel, catalog));
    want(taken.endpoint == &plain);
    want(params_are_same());
    want(taken.language == LANGUAGE_EN);
    want(taken.now_ms == given.now_ms);
    want(taken.request_id == given.request_id);
    want(memcmp(&taken.peer, &given.peer, sizeof given.peer) == 0);
    want(text_equal(parcel, parcel_ask_in(&arena, &taken)));
}

TEST(an_ask_takes_all_parameters_and_no_more) {
    begin();
    for (unsigned i = 0; i < LIMIT_PARAMS; i++)
        want_ok(params_add(&given, TEXT("n"), TEXT("v"), false));
    struct text parcel = parcel_ask_in(&arena, &given);
    want_ok(parcel_ask_open(&taken, parcel, catalog));
    want_int(taken.param_count, LIMIT_PARAMS);
    char *bytes = text_c_in(&arena, parcel);
    size_t count_at = 8 + 1 + 8 + 8 + 16 + 4 + strlen(plain.path);
    want_int(bytes[count_at], LIMIT_PARAMS);
    bytes[count_at]++;
    want_err(parcel_ask_open(&taken, text_of(bytes, parcel.length), catalog), ERR_REQUEST_MALFORMED);
}

TEST(an_ask_for_an_unknown_path_is_refused) {
    static const struct endpoint other = {.path = "/api/other", .run = nothing};
    begin();
    given.endpoint = &other;
    want_err(parcel_ask_open(&taken, parcel_ask_in(&arena, &given), catalog), ERR_API_UNKNOWN);
}

static struct text success(void) {
    begin();
    envelope_open(&given);
    reply_object(&given, NULL);
    reply_text(&given, "name", TEXT("值\""));
    reply_end_object(&given);
    reply_source(&given, (struct source){TEXT("somewhere"), TEXT("2024-01-02"), true});
    buf_c(&given.ignored, "stray, ?");
    envelope_close(&given);
    return parcel_answer_in(&arena, &given, ok);
}

TEST(data_comes_back_inside_the_envelope) {
    struct text parcel = success();
    taken.now_ms = given.now_ms;
    taken.request_id = given.request_id;
    want_ok(parcel_answer_open(&taken, parcel));
    want(text_equal(buf_peek(&taken.reply), buf_peek(&given.reply)));
    want_text(envelope_data(&taken), "{\"name\":\"值\\\"\"}");
    want_text(taken.source.as_of, "2024-01-02");
    want_text(buf_peek(&taken.ignored), "stray, ?");
    want(taken.source.is_stale);
    want_int(taken.status, 200);
}

TEST(a_bare_answer_has_no_envelope) {
    begin();
    given.endpoint = taken.endpoint = &bare;
    envelope_open(&given);
    reply_int(&given, NULL, 5);
    envelope_close(&given);
    want_ok(parcel_answer_open(&taken, parcel_answer_in(&arena, &given, ok)));
    want_text(buf_peek(&taken.reply), "5");
}

TEST(a_body_comes_back_with_its_type) {
    begin();
    envelope_open(&given);
    reply_body(&given, "image/png", TEXT("\x89PNG\0\xFF"));
    envelope_close(&given);
    want_ok(parcel_answer_open(&taken, parcel_answer_in(&arena, &given, ok)));
    want(text_equal(buf_peek(&taken.reply), TEXT("\x89PNG\0\xFF")));
    want(strcmp(envelope_type(&taken), "image/png") == 0);
}

TEST(a_type_that_would_split_headers_is_refused) {
    begin();
    envelope_open(&given);
    reply_body(&given, "text/plain\r\nSet-Cookie: a=b", TEXT("x"));
    envelope_close(&given);
    want_err(parcel_answer_open(&taken, parcel_answer_in(&arena, &given, ok)), ERR_SOURCE_FAILED);
}

TEST(a_refusal_comes_back_with_its_hints) {
    begin();
    given.parameter = TEXT("image");
    given.retry_after_s = 60;
    struct err e = call_failed(&given, ERR_PARAMETER_INVALID, "坏", "bad");
    struct err back = parcel_answer_open(&taken, parcel_answer_in(&arena, &given, e));
    want_err(back, ERR_PARAMETER_INVALID);
    want(strcmp(back.say, "bad") == 0);
    want(strcmp(taken.hint.zh, "坏") == 0);
    want(strcmp(taken.hint.en, "bad") == 0);
    want_text(taken.parameter, "image");
    want_int(taken.retry_after_s, 60);
}

TEST(every_kind_of_refusal_crosses) {
    for (int kind = ERR_NONE + 1; kind < ERR_COUNT; kind++) {
        begin();
        struct err e = err_make((enum err_kind)kind, NULL);
        want_err(parcel_answer_open(&taken, parcel_answer_in(&arena, &given, e)), (enum err_kind)kind);
        want(taken.hint.zh == NULL);
    }
}

TEST(an_answer_that_overflows_the_reply_is_refused) {
    begin();
    envelope_open(&given);
    char *large = arena_alloc(&arena, LIMIT_REPLY_BYTES - 4096);
    memset(large, '1', LIMIT_REPLY_BYTES - 4096);
    json_raw(&given.json, text_of(large, LIMIT_REPLY_BYTES - 4096));
    given.data_end = given.reply.length;
    want_err(parcel_answer_open(&taken, parcel_answer_in(&arena, &given, ok)), ERR_SOURCE_FAILED);
}

/* Exactly sized copies on the heap, so that ASan sees a read past the end. */
static void open_both(struct text t) {
    char *copy = malloc(t.length ? t.length : 1);
    if (t.length)
        memcpy(copy, t.bytes, t.length);
    struct text parcel = text_of(copy, t.length);
    struct err e = parcel_ask_open(&taken, parcel, catalog);
    want(e.kind == ERR_NONE || e.kind == ERR_REQUEST_MALFORMED || e.kind == ERR_API_UNKNOWN);
    if (e.kind == ERR_NONE) /* the law: what parses prints back to the same bytes */
        want(text_equal(parcel_ask_in(&arena, &taken), parcel));
    taken.endpoint = &plain;
    taken.content_type = NULL;
    e = parcel_answer_open(&taken, parcel);
    want(e.kind < ERR_COUNT);
    free(copy);
}

TEST(a_parcel_cut_anywhere_is_refused) {
    begin();
    add_params();
    struct text ask = parcel_ask_in(&arena, &given);
    for (size_t i = 0; i < ask.length; i++) {
        open_both(text_part(ask, 0, i));
        want_err(parcel_ask_open(&taken, text_part(ask, 0, i), catalog), ERR_REQUEST_MALFORMED);
    }
    struct text answer = success();
    for (size_t i = 0; i < answer.length; i++)
        want_err(parcel_answer_open(&taken, text_part(answer, 0, i)), ERR_SOURCE_FAILED);
}

TEST(a_parcel_with_bytes_behind_it_is_refused) {
    begin();
    struct text ask = parcel_ask_in(&arena, &given);
    char *more = arena_alloc(&arena, ask.length + 1);
    memcpy(more, ask.bytes, ask.length);
    struct text longer = text_of(more, ask.length + 1);
    want_err(parcel_ask_open(&taken, longer, catalog), ERR_REQUEST_MALFORMED);
}

TEST(changed_bytes_never_crash) {
    for (unsigned round = 0; round < 4000; round++) {
        struct text parcel;
        if (round % 2) {
            parcel = success();
        } else {
            begin();
            add_params();
            parcel = parcel_ask_in(&arena, &given);
        }
        chance = random_seeded(round + 1);
        char *bytes = text_c_in(&arena, parcel);
        for (unsigned n = 1 + random_below(&chance, 4); n; n--)
            bytes[random_below(&chance, (uint32_t)parcel.length)] = (char)random_u64(&chance);
        open_both(text_part(text_of(bytes, parcel.length), 0, parcel.length - random_below(&chance, 2)));
    }
    arena_done(&arena);
}

TESTS(RUN(an_ask_comes_back_the_same), RUN(an_ask_takes_all_parameters_and_no_more),
      RUN(an_ask_for_an_unknown_path_is_refused), RUN(data_comes_back_inside_the_envelope),
      RUN(a_bare_answer_has_no_envelope), RUN(a_body_comes_back_with_its_type),
      RUN(a_type_that_would_split_headers_is_refused), RUN(a_refusal_comes_back_with_its_hints),
      RUN(every_kind_of_refusal_crosses), RUN(an_answer_that_overflows_the_reply_is_refused),
      RUN(a_parcel_cut_anywhere_is_refused), RUN(a_parcel_with_bytes_behind_it_is_refused),
      RUN(changed_bytes_never_crash))
