/* csv_test.c: values as a spreadsheet reads them. */
#include "codec/csv.h"
#include "test.h"

TEST(row_C6__no_value_is_a_formula) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {
        {"plain", "plain"},
        {"", ""},
        {"=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"a,b", "\"a,b\""},
        {"say \"a\"", "\"say \"\"a\"\"\""},
        {"=1,2", "\"'=1,2\""},
        {"a\nb", "\"a\nb\""},
    };
    struct arena arena;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        buf_init(&b, &arena, 1024);
        csv_text(&b, text_c(rows[i].given));
        want_text(buf_peek(&b), rows[i].wanted);
    }
    arena_done(&arena);
}

TESTS(RUN(row_C6__no_value_is_a_formula))
