/* test.h: cmocka with fewer words.
 *
 *     TEST(text_trims) { want_text(text_trim(text_c(" a ")), "a"); }
 *     TESTS(text_trims)
 */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/must.h"
#include "base/text.h"

#define TEST(name) static void name(void **state_unused_ __attribute__((unused)))

#define TESTS(...)                                                                                 \
    int main(void) {                                                                               \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                           \
        return cmocka_run_group_tests(tests, NULL, NULL);                                          \
    }
#define RUN(name) cmocka_unit_test(name)

#define want(claim)           assert_true(claim)
#define want_int(given, wanted) assert_int_equal(given, wanted)
#define want_ok(expression)                                                                        \
    do {                                                                                           \
        struct err e_ = (expression);                                                              \
        if (e_.kind)                                                                               \
            fail_msg("%s: %s", err_name(e_.kind), e_.say ? e_.say : "");                           \
    } while (0)
#define want_err(expression, wanted) assert_string_equal(err_name((expression).kind), err_name(wanted))
#define want_text(given, wanted)                                                                   \
    do {                                                                                           \
        struct text given_ = (given);                                                              \
        struct text wanted_ = text_c(wanted);                                                      \
        if (!text_equal(given_, wanted_))                                                          \
            fail_msg("\"%.*s\" is not \"%s\"", TEXT_ARG(given_), wanted);                          \
    } while (0)
