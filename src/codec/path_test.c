/* path_test.c: paths that mean what they say, and those that others read differently. */
#include "test.h"

#include "codec/path.h"

TEST(fault_14_paths) {
    static const struct {
        const char *path;
        bool is_plain;
    } rows[] = {
        {"/", true},
        {"/api/uuid", true},
        {"/api/uuid/", true},
        {"/docs/a.b..c/...", true},
        {"/%E4%BD%A0", true},
        {"/100%", true},
        {"/a%zz", true},
        {"/a/../b", false},
        {"/a/..", false},
        {"//a", false},
        {"/a//b", false},
        {"/a\\b", false},
        {"/a%5cb", false},
        {"/a%5Cb", false},
        {"/..%2fa", false},
        {"/%2e%2e/a", false},
        {"/%252e%252e/a", false},
        {"/a%252f%252e./b", false},
        {"/a%00", false},
        {"/a%2500", false},
        {"/a/%2fb", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        want_int(path_is_plain(text_c(rows[i].path)), rows[i].is_plain);
    want(!path_is_plain(text_of("/a\0b", 4)));
}

TESTS(RUN(fault_14_paths))
