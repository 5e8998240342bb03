/* format_test.c: forms of an answer, and pages. */
#include "test.h"

#include "call/ask.h"
#include "call/envelope.h"
#include "call/format.h"
#include "call/paging.h"
#include "call/reply.h"
#include "gate/perform.h"

enum { ASKED_PAGE, ASKED_SIZE, ASKED_FORMAT };
enum { ROWS = 5 };

/* The names =1, =2 … with a bar in them. */
static struct err rows(struct call *c) {
    struct paging page = page_of(c, ASKED_PAGE, ROWS);
    reply_list(c, NULL);
    for (uint64_t i = page.from; i < page.until; i++) {
        reply_object(c, NULL);
        reply_text(c, "name", text_format_in(c->arena, "=%d|", (int)i + 1));
        reply_int(c, "square", (int64_t)((i + 1) * (i + 1)));
        reply_end_object(c);
    }
    reply_end_list(c);
    return reply_as(c, ASKED_FORMAT, "name");
}

static const struct endpoint rows_endpoint = {
    .path = "/api/rows", .run = rows, .stands_on = "sums",
    .asks = ASKS(ASK_PAGE, ASK_PAGE_SIZE(2, 4), ASK_FORMAT(FORMS_ALL))};

static struct arena arena;
static struct call call;

static struct text answer(const char *form) {
    struct random chance = random_seeded(1);
    arena_reset(&arena);
    call_init(&call, &arena, 0, &chance);
    call.endpoint = &rows_endpoint;
    want_ok(params_from_form(&call, text_c(form)));
    want_ok(perform(&call));
    return call.content_type ? buf_peek(&call.reply) : envelope_data(&call);
}

TEST(pages_are_cut_and_one_past_the_end_is_empty) {
    want_text(answer(""), "[{\"name\":\"=1|\",\"square\":1},{\"name\":\"=2|\",\"square\":4}]");
    want_text(answer("page=3"), "[{\"name\":\"=5|\",\"square\":25}]");
    want_text(answer("p=2&num=4"), "[{\"name\":\"=5|\",\"square\":25}]");
    want_text(answer("page=4"), "[]");
}

TEST(the_same_rows_in_each_form) {
    want_text(answer("format=text"), "=1|\n=2|");
    want_text(answer("format=plain"), "=1|\n=2|");
    want_text(answer("format=csv"), "name,square\r\n'=1|,1\r\n'=2|,4\r\n");
    want_text(answer("format=md"), "| name | square |\n| --- | --- |\n| =1\\| | 1 |\n| =2\\| | 4 |\n");
    want_text(answer("format=csv&page=9"), "");
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
    const struct CMUnitTest tests[] = {RUN(pages_are_cut_and_one_past_the_end_is_empty), RUN(the_same_rows_in_each_form)};
    return cmocka_run_group_tests(tests, begin, end);
}
