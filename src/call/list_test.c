/* list_test.c: many values in one call. */
#include "test.h"

#include "call/ask.h"
#include "call/envelope.h"
#include "call/list.h"
#include "call/reply.h"
#include "gate/perform.h"

#include <string.h>

/* Even numbers are doubled; odd ones are not found. */
static struct err twice(struct call *c) {
    reply_object(c, NULL);
    reply_int(c, "twice", 2 * ask_int(c, 0));
    if (ask_int(c, 0) % 2)
        return call_nothing(c, "奇数没有", "odd numbers are not here");
    reply_end_object(c);
    return ok;
}

static const struct endpoint twice_endpoint = {
    .path = "/api/twice", .run = twice, .many = 1, .stands_on = "sums",
    .asks = ASKS({"n", ASK_INT, REQUIRED, {"数", "a number"}, 0, 1000, .aliases = "number"})};

static struct arena arena;
static struct call call;

static struct err ask(const char *form) {
    struct random chance = random_seeded(1);
    arena_reset(&arena);
    call_init(&call, &arena, 0, &chance);
    call.endpoint = &twice_endpoint;
    want_ok(params_from_form(&call, text_c(form)));
    return perform(&call);
}

static void want_data(const char *form, const char *data) {
    want_ok(ask(form));
    want_text(envelope_data(&call), data);
}

TEST(one_value_is_answered_as_ever) {
    want_data("n=4", "{\"twice\":8}");
    want_data("number=4", "{\"twice\":8}");
    want_int(list_length(&call), 1);
}

TEST(many_values_are_answered_in_their_order) {
    want_data("n=4,2", "[{\"asked\":\"4\",\"data\":{\"twice\":8}},{\"asked\":\"2\",\"data\":{\"twice\":4}}]");
    want_data("n=4%EF%BC%8C+2%0A", "[{\"asked\":\"4\",\"data\":{\"twice\":8}},{\"asked\":\"2\",\"data\":{\"twice\":4}}]");
    want_data("n=[6]", "[{\"asked\":\"6\",\"data\":{\"twice\":12}}]");
}

TEST(a_value_that_is_refused_spoils_no_other) {
    want_ok(ask("n=3,4,x"));
    want(strstr(text_c_in(&arena, envelope_data(&call)),
                "{\"asked\":\"3\",\"data\":null,\"error\":\"no_result\",\"hint\":\"奇数没有\"},"
                "{\"asked\":\"4\",\"data\":{\"twice\":8}},{\"asked\":\"x\",\"data\":null,\"error\":\"parameter_invalid\"") != NULL);
}

TEST(a_list_without_one_answer_is_refused_with_its_first_reason) {
    want_int(ask("n=3,x").kind, ERR_NO_RESULT);
    want_text(text_c(call.hint.zh), "奇数没有");
}

TEST(a_list_has_its_limit) {
    char form[1024] = "n=2";
    for (int i = 1; i < (int)LIMIT_LIST; i++)
        strncat(form, ",2", sizeof form - strlen(form) - 1);
    want_ok(ask(form));
    want_int(list_length(&call), 100);
    strncat(form, ",2", sizeof form - strlen(form) - 1);
    want_int(ask(form).kind, ERR_PARAMETER_INVALID);
    want_text(call.parameter, "n");
}

static int begin(void **state) {
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(one_value_is_answered_as_ever), RUN(many_values_are_answered_in_their_order),
        RUN(a_value_that_is_refused_spoils_no_other), RUN(a_list_without_one_answer_is_refused_with_its_first_reason),
        RUN(a_list_has_its_limit)};
    return cmocka_run_group_tests(tests, begin, end);
}
