/* url_test.c: RFC 3986, 5.4 and 6.2. */
#include "test.h"

#include "codec/url.h"
#include "base/limits.h"

TEST(parts) {
    struct url u;
    want(url_parse(TEXT("https://me:pw@Example.com:8080/a/b?x=1#f"), &u));
    want_text(u.scheme, "https");
    want_text(u.user, "me");
    want_text(u.password, "pw");
    want_text(u.host, "Example.com");
    want_text(u.port, "8080");
    want_text(u.path, "/a/b");
    want_text(u.query, "x=1");
    want_text(u.fragment, "f");
    want(url_parse(TEXT("mailto:a@b.c"), &u) && !u.has_authority);
    want_text(u.path, "a@b.c");
    want(url_parse(TEXT("http://[2001:db8::1]/"), &u));
    want_text(u.host, "[2001:db8::1]");
}

TEST(what_is_none) {
    static const char *const rows[] = {"", "a", "//a", ":a", "1a:b", "http://a b/", "http://a:70000/", "http://a:x/",
                                       "http://[::1", "http://[1]/", "http://[::1]x/"};
    struct url u;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (url_parse(text_c(rows[i]), &u))
            fail_msg("%s", rows[i]);
}

TEST(normal_forms) {
    static const struct { const char *given, *want; } rows[] = {
        {"HTTP://www.EXAMPLE.com/", "http://www.example.com/"},
        {"eXAMPLE://a/./b/../b/%63/%7bfoo%7d", "example://a/b/c/%7Bfoo%7D"},
        {"http://example.com", "http://example.com/"},
        {"http://example.com:/", "http://example.com/"},
        {"http://example.com:80/", "http://example.com/"},
        {"https://example.com:80/", "https://example.com:80/"},
        {"http://a.b/../../c/", "http://a.b/c/"},
        {"http://a.b/c/..", "http://a.b/"},
        {"http://a.b/100%", "http://a.b/100%25"},
        {"http://\xE4\xBE\x8B\xE5\xAD\x90.\xE4\xB8\xAD\xE5\x9B\xBD/\xE4\xB8\xAD", "http://xn--fsqu00a.xn--fiqs8s/%E4%B8%AD"},
    };
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct url u;
        want(url_parse(text_c(rows[i].given), &u));
        want_text(url_normal_in(&a, &u), rows[i].want);
    }
    arena_done(&a);
}

TESTS(RUN(parts), RUN(what_is_none), RUN(normal_forms))
