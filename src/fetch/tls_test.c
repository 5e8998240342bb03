/* tls_test.c: looking at a stand-in's certificate on loopback. */
#include "test.h"

#include "base/clock.h"
#include "base/limits.h"
#include "fetch/inside.h"
#include "fetch/tls.h"
#include "stand_in_dns.h"
#include "stand_in_tls.h"

#include <stdlib.h>

#include <unistd.h>

static struct stand_in_dns resolver;
static struct stand_in_tls server, plain = {.is_plain = true, .answer = "HTTP/1.1 200 OK\r\n\r\n"},
                                   silent = {.is_silent = true};
static struct arena arena;
static char authorities[] = "/tmp/alapi_tls_test_XXXXXX";

static int begin(void **state) {
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    stand_in_dns_open(&resolver);
    stand_in_tls_open(&server);
    stand_in_tls_open(&plain);
    stand_in_tls_open(&silent);
    close(mkstemp(authorities));
    stand_in_tls_write(&server, authorities);
    return 0;
}

static int end(void **state) {
    (void)state;
    stand_in_dns_close(&resolver);
    stand_in_tls_close(&server);
    stand_in_tls_close(&plain);
    stand_in_tls_close(&silent);
    unlink(authorities);
    arena_done(&arena);
    return 0;
}

static struct err look(struct fetch_settings settings, const char *host, struct tls_certificate *out) {
    struct fetch *f;
    settings.resolver = resolver.address;
    settings.tls_port = settings.tls_port ? settings.tls_port : server.port;
    want_ok(fetch_open(&settings, &f));
    struct err e = tls_look_in(f, &arena, text_c(host), out);
    fetch_close(f);
    return e;
}

TEST(a_certificate_is_read) {
    struct tls_certificate c;
    want_ok(look((struct fetch_settings){.allow_private = true, .authorities = authorities}, "local.example.com", &c));
    want_text(c.shown.common_name, "local.example.com");
    want_text(c.shown.issuer_organization, "Stand-in");
    want_text(c.shown.issuer_name, "local.example.com");
    want_text(c.shown.subject, "CN=local.example.com,O=Stand-in");
    want_text(c.shown.serial_number, "1234AB");
    want_int(c.shown.fingerprint_sha256.length, 64);
    want_text(c.shown.signature, "ecdsa-with-SHA256");
    want_text(c.shown.key, "EC");
    want_int(c.shown.key_bits, 256);
    want_int(c.shown.name_count, 3);
    want_text(c.shown.names[1], "*.example.com");
    want_text(c.shown.names[2], "127.0.0.1");
    want_int((c.shown.ends_ms - c.shown.starts_ms) / 86400000, 90);
    want(llabs(c.shown.starts_ms + 86400000 - clock_now_ms()) < 60000);
    want_text(c.protocol, "TLSv1.3");
    want_text(ip_print_in(&arena, &c.remote), "127.0.0.1");
    want(c.verifies);
    want_text(c.verify_says, "ok");
}

TEST(what_does_not_verify_is_reported) {
    struct tls_certificate c;
    want_ok(look((struct fetch_settings){.allow_private = true, .authorities = "/dev/null"}, "local.example.com", &c));
    want(!c.verifies);
    want_text(c.verify_says, "self-signed certificate");
    want_ok(look((struct fetch_settings){.allow_private = true, .authorities = authorities}, "127.0.0.1", &c));
    want(c.verifies);
}

TEST(private_hosts_are_refused) {
    struct tls_certificate c;
    want_err(look((struct fetch_settings){.allow_private = false}, "local.example.com", &c), ERR_PARAMETER_INVALID);
    want_err(look((struct fetch_settings){.allow_private = false}, "127.0.0.1", &c), ERR_PARAMETER_INVALID);
}

TEST(faults_have_their_kinds) {
    struct tls_certificate c;
    struct fetch_settings s = {.allow_private = true, .tls_port = 1};
    want_err(look(s, "local.example.com", &c), ERR_SOURCE_FAILED);
    want_err(look(s, "absent.example.com", &c), ERR_NO_RESULT);
    s.tls_port = plain.port;
    want_err(look(s, "local.example.com", &c), ERR_SOURCE_FAILED);
    s.tls_port = silent.port;
    uint64_t begun_ns = clock_monotonic_ns();
    want_err(look(s, "local.example.com", &c), ERR_SOURCE_TIMEOUT);
    want((clock_monotonic_ns() - begun_ns) / 1000000 < LIMIT_FETCH_MS + 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(a_certificate_is_read), RUN(what_does_not_verify_is_reported),
                                       RUN(private_hosts_are_refused), RUN(faults_have_their_kinds)};
    return cmocka_run_group_tests(tests, begin, end);
}
