/* perform_test.c: a whole call of made-up APIs: it answers, it fails, it says too much. */
#include "test.h"

#include "call/ask.h"
#include "call/envelope.h"
#include "call/reply.h"
#include "codec/json_in.h"
#include "data/data.h"
#include "gate/perform.h"

#include <stdio.h>

static struct arena arena;
static struct call call;

/* A text of as many bytes as it is asked for. */
static struct err fill(struct call *c) {
    size_t length = (size_t)ask_int(c, 0);
    char *bytes = arena_alloc(c->arena, length);
    memset(bytes, 'x', length);
    reply_object(c, NULL);
    reply_text(c, "fill", text_of(bytes, length));
    if (ask_bool(c, 1))
        return call_nothing(c, "没有", "none");
    reply_end_object(c);
    return ok;
}

static const struct endpoint filler = {
    .path = "/api/fill",
    .run = fill,
    .asks = ASKS({"length", ASK_INT, REQUIRED, {"", ""}, 0, 9000000}, {"fail", ASK_BOOL, OPTIONAL, {"", ""}, .fallback = "0"}),
};
static const struct endpoint needy = {.path = "/api/needy", .run = fill, .asks = ASKS({0}), .needs = NEEDS(DATA_IP)};

static struct err ask(const struct endpoint *e, const char *form) {
    static struct random chance;
    arena_done(&arena);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    call_init(&call, &arena, 0, &chance);
    call.endpoint = e;
    try(params_from_form(&call, text_c(form)));
    return perform(&call);
}

static int end(void **unused) {
    (void)unused;
    arena_done(&arena);
    return 0;
}

static void want_json(void) {
    json_t *root;
    want_ok(json_parse(&arena, buf_peek(&call.reply), &root));
    json_decref(root);
}

TEST(it_answers) {
    want_ok(ask(&filler, "length=3"));
    want_text(envelope_data(&call), "{\"fill\":\"xxx\"}");
    want_json();
}

TEST(it_fails) {
    want_err(ask(&filler, ""), ERR_PARAMETER_MISSING);
    struct err e = ask(&filler, "length=3&fail=1");
    want_err(e, ERR_NO_RESULT);
    envelope_refuse(&call, e);
    want_text(envelope_data(&call), "null");
    want_json();
}

/* Each length around the limit either answers whole or is refused by name. */
TEST(the_longest_answer) {
    size_t answered = 0;
    for (size_t short_by = 140; short_by > 0; short_by--) {
        char form[32];
        snprintf(form, sizeof form, "length=%u", (unsigned)(LIMIT_REPLY_BYTES - short_by));
        struct err e = ask(&filler, form);
        if (e.kind) {
            want_err(e, ERR_PARAMETER_INVALID);
            want(strstr(call.hint.en, "8 MiB") != NULL);
            envelope_refuse(&call, e);
        }
        answered += !e.kind;
        want(text_starts(buf_peek(&call.reply), TEXT("{")) && text_ends(buf_peek(&call.reply), TEXT("}")));
        want(buf_peek(&call.reply).length <= LIMIT_REPLY_BYTES);
    }
    want(answered > 0 && answered < 140);
}

TEST(a_missing_data_set_is_told_before_anything_runs) {
    struct err e = ask(&needy, "");
    want_err(e, ERR_SOURCE_UNAVAILABLE);
    want(call.retry_after_s > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(it_answers), RUN(it_fails), RUN(the_longest_answer),
                                       RUN(a_missing_data_set_is_told_before_anything_runs)};
    return cmocka_run_group_tests(tests, NULL, end);
}
