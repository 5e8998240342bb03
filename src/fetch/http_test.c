/* http_test.c: getting files from stand-ins on loopback, and everything that must not be got. */
#include "test.h"

#include "base/limits.h"
#include "fetch/http.h"
#include "fetch/inside.h"
#include "stand_in_dns.h"
#include "stand_in_tls.h"

#include <stdlib.h>

#include <unistd.h>

static struct stand_in_dns resolver;
static struct stand_in_tls plain = {.is_plain = true}, secure;
static struct arena arena;
static char authorities[] = "/tmp/alapi_http_test_XXXXXX";

static int begin(void **state) {
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    stand_in_dns_open(&resolver);
    stand_in_tls_open(&plain);
    stand_in_tls_open(&secure);
    close(mkstemp(authorities));
    stand_in_tls_write(&secure, authorities);
    setenv("http_proxy", "http://127.0.0.1:1", 1); /* must not be looked at */
    return 0;
}

static int end(void **state) {
    (void)state;
    stand_in_dns_close(&resolver);
    stand_in_tls_close(&plain);
    stand_in_tls_close(&secure);
    unlink(authorities);
    arena_done(&arena);
    return 0;
}

static struct err get(bool allow_private, const char *url, struct http_answer *out) {
    struct fetch_settings settings = {.resolver = resolver.address, .authorities = authorities,
                                      .allow_private = allow_private};
    struct fetch *f;
    want_ok(fetch_open(&settings, &f));
    struct err e = http_get_in(f, &arena, text_c(url), 100, out);
    fetch_close(f);
    return e;
}

static const char *at(const struct stand_in_tls *s, const char *scheme, const char *host) {
    return text_say_in(&arena, "%s://%s:%u/a", scheme, host, s->port);
}

TEST(a_file_is_got) {
    struct http_answer answer;
    plain.answer = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\nabcd";
    secure.answer = plain.answer;
    want_ok(get(true, at(&plain, "http", "local.example.com"), &answer));
    want_text(answer.body, "abcd");
    want_text(answer.content_type, "image/png");
    want_ok(get(true, at(&plain, "http", "127.0.0.1"), &answer));
    want_ok(get(true, at(&secure, "https", "local.example.com"), &answer));
    want_text(answer.body, "abcd");
}

TEST(a_certificate_for_another_name_is_refused) {
    struct http_answer answer;
    want_err(get(true, at(&secure, "https", "127.0.0.2"), &answer), ERR_SOURCE_FAILED);
    want_err(get(true, at(&plain, "https", "local.example.com"), &answer), ERR_SOURCE_FAILED);
}

TEST(an_ipv6_address_is_connected_to) {
    struct http_answer answer;
    /* nobody listens there; that is heard from the connection, not from curl's parser */
    want(get(true, at(&secure, "https", "[::1]"), &answer).say == fetch_fail(FAULT_CONNECT).say);
}

TEST(fault_38_nothing_private_is_reached) {
    static const char *const rows[] = {
        "http://local.example.com/", "http://inner.example.com/", "http://127.0.0.1/", "http://127.1/",
        "http://2130706433/",        "http://0x7f.1/",           "http://[::1]/",     "http://[::ffff:7f00:1]/",
        "http://169.254.169.254/latest/meta-data/", "http://0/", "http://10.0.0.1:8080/",
    };
    struct http_answer answer;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = get(false, rows[i], &answer);
        if (e.kind != ERR_PARAMETER_INVALID)
            fail_msg("%s: %s: %s", rows[i], err_name(e.kind), e.say);
    }
}

TEST(odd_urls_are_refused) {
    static const char *const rows[] = {
        "", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "http://",
        "http://user:word@example.com/", "http://example.com:22/", "javascript:alert(1)", "example",
        "http://localhost/", "http://exa mple.com/", "dict://example.com:1111/", "http://example.com:99999/",
    };
    struct http_answer answer;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (get(true, rows[i], &answer).kind != ERR_PARAMETER_INVALID)
            fail_msg("%s was taken", rows[i]);
}

TEST(fault_38_redirects_are_followed_and_checked) {
    struct http_answer answer;
    secure.answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    plain.answer = text_say_in(&arena, "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
                               at(&secure, "https", "local.example.com"));
    want_ok(get(true, at(&plain, "http", "local.example.com"), &answer));
    want_text(answer.body, "ok");
    plain.answer = "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n";
    want_err(get(true, at(&plain, "http", "local.example.com"), &answer), ERR_PARAMETER_INVALID);
    plain.answer = "HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n";
    want_err(get(true, at(&plain, "http", "local.example.com"), &answer), ERR_SOURCE_FAILED);
}

TEST(fault_38_size_is_limited) {
    struct http_answer answer;
    plain.answer = text_say_in(&arena, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n%0100d", 7);
    want_ok(get(true, at(&plain, "http", "local.example.com"), &answer));
    plain.answer = text_say_in(&arena, "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n%0101d", 7);
    want_err(get(true, at(&plain, "http", "local.example.com"), &answer), ERR_PARAMETER_INVALID);
    plain.answer = text_say_in(&arena, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n%0101d", 7);
    want_err(get(true, at(&plain, "http", "local.example.com"), &answer), ERR_PARAMETER_INVALID);
}

TEST(fault_38_other_statuses_are_failures) {
    struct http_answer answer;
    plain.answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    want_err(get(true, at(&plain, "http", "local.example.com"), &answer), ERR_SOURCE_FAILED);
    want_err(get(true, "http://absent.example.com/", &answer), ERR_NO_RESULT);
    want_err(get(true, "http://local.example.com:1025/", &answer), ERR_SOURCE_FAILED);
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(a_file_is_got), RUN(a_certificate_for_another_name_is_refused),
                                       RUN(an_ipv6_address_is_connected_to), RUN(fault_38_nothing_private_is_reached), RUN(odd_urls_are_refused),
                                       RUN(fault_38_redirects_are_followed_and_checked), RUN(fault_38_size_is_limited),
                                       RUN(fault_38_other_statuses_are_failures)};
    return cmocka_run_group_tests(tests, begin, end);
}
