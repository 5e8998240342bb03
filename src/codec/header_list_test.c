/* header_list_test.c: headers line by line, folded ones, and where a list ends. */
#include "test.h"

#include "codec/header_list.h"
#include "base/limits.h"

TEST(lines_folds_and_what_is_none) {
    struct arena a;
    struct header h;
    struct text rest = TEXT("HTTP/1.1 200 OK\r\nServer: nginx\r\nX-A: 1,\r\n  2\r\n\r\nB:\nno header");
    arena_init(&a, LIMIT_ARENA_BYTES);
    want_int(header_next_in(&a, &rest, &h), HEADER_HERE);
    want_text(h.name, "Server");
    want_text(h.value, "nginx");
    want_int(header_next_in(&a, &rest, &h), HEADER_HERE);
    want_text(h.value, "1, 2");
    want_int(header_next_in(&a, &rest, &h), HEADER_HERE);
    want_text(h.name, "B");
    want_text(h.value, "");
    want_int(header_next_in(&a, &rest, &h), HEADER_BROKEN);
    want_text(rest, "no header");
    rest = TEXT("\r\n \n");
    want_int(header_next_in(&a, &rest, &h), HEADER_END);
    arena_done(&a);
}

TESTS(RUN(lines_folds_and_what_is_none))
