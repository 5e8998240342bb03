/* log_test.c: a value cannot forge a line, and a line is one write. */
#include "test.h"

#include "base/log.h"

#include <unistd.h>

static size_t said(char *room, size_t size, struct text value) {
    int ends[2], kept = dup(STDERR_FILENO);
    want_int(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    log_event(LOG_WARN, "tested", F_TEXT("value", value), F_I64("count", -5));
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(ends[1]);
    ssize_t got = read(ends[0], room, size - 1);
    close(ends[0]);
    want(got > 0);
    room[got] = 0;
    return (size_t)got;
}

TEST(a_line_is_as_promised) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {
        {"plain", " value=plain count=-5\n"},
        {"two words", " value=\"two words\" count=-5\n"},
        {"a\nt=forged level=info", " value=\"a?t=forged level=info\" count=-5\n"},
        {"say \"x\\\"", " value=\"say \\\"x\\\\\\\"\" count=-5\n"},
        {"", " value=\"\" count=-5\n"},
        {"\x1b[31m\x7f", " value=\"?[31m?\" count=-5\n"},
    };
    char room[4096];
    for (size_t i = 0; i < COUNT(rows); i++) {
        said(room, sizeof room, text_c(rows[i].given));
        want(strstr(room, "level=warn program=alapi event=tested value=") != NULL);
        assert_string_equal(strstr(room, " value="), rows[i].wanted);
    }
}

TEST(a_long_value_is_cut_and_the_line_still_ends) {
    char room[4096], value[3000];
    memset(value, 'x', sizeof value);
    size_t length = said(room, sizeof room, text_of(value, sizeof value));
    want_int(length, 2048);
    want_int(room[length - 1], '\n');
    want(strchr(room, '\n') == room + length - 1);
}

TESTS(RUN(a_line_is_as_promised), RUN(a_long_value_is_cut_and_the_line_still_ends))
