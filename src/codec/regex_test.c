/* regex_test.c: what is found, what is refused, and what would never end. */
#include "test.h"

#include "codec/regex.h"
#include "base/limits.h"

static struct arena arena;

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

TEST(finds_groups_and_names) {
    struct regex_fault fault;
    struct regex_match m;
    struct regex *r = regex_new(&arena, TEXT("(?<y>\\d{4})-(\\d\\d)(x)?"), 0, &fault);
    want(r != NULL);
    want_int(regex_group_count(r), 3);
    want_text(regex_group_name(r, 1), "y");
    want_text(regex_group_name(r, 2), "");
    want_int(regex_search(r, TEXT("a 2024-05 b"), 0, &m), REGEX_FOUND);
    want_text(m.groups[0], "2024-05");
    want_text(m.groups[1], "2024");
    want(m.groups[3].bytes == NULL);
    want_int(m.start, 2);
    want_int(regex_search(r, TEXT("a 2024-05 b"), 3, &m), REGEX_NOTHING);
    regex_free(r);
}

TEST(refuses_what_is_none_and_what_never_ends) {
    struct regex_fault fault;
    struct regex_match m;
    want(regex_new(&arena, TEXT("a("), 0, &fault) == NULL);
    want_int(fault.at, 2);
    want(regex_new(&arena, TEXT("\\C"), 0, &fault) == NULL);
    struct regex *r = regex_new(&arena, TEXT("(a+)+$"), 0, &fault);
    want_int(regex_search(r, TEXT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), 0, &m), REGEX_TOO_MUCH);
    regex_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(finds_groups_and_names), RUN(refuses_what_is_none_and_what_never_ends)};
    return cmocka_run_group_tests(tests, begin, end);
}
