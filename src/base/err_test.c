/* err_test.c: the names that callers see: all there, no two the same, words of small letters. */
#include "test.h"

static struct err fails(enum err_kind kind) {
    try(ok);
    try(err_make(kind, "no"));
    return ok;
}

TEST(names_are_whole_and_unique) {
    for (int i = 0; i < ERR_COUNT; i++) {
        const char *name = err_name((enum err_kind)i);
        want(name && *name);
        want_int(strspn(name, "abcdefghijklmnopqrstuvwxyz_"), strlen(name));
        for (int k = 0; k < i; k++)
            assert_string_not_equal(name, err_name((enum err_kind)k));
    }
    assert_string_equal(err_name(ERR_QUOTA_EXCEEDED), "quota_exceeded");
}

TEST(try_hands_on_the_first_error) {
    want_err(fails(ERR_BUSY), ERR_BUSY);
    assert_string_equal(fails(ERR_BUSY).say, "no");
    want_ok(fails(ERR_NONE));
}

TESTS(RUN(names_are_whole_and_unique), RUN(try_hands_on_the_first_error))
