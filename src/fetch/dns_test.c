/* dns_test.c: questions to a stand-in resolver on loopback. */
#include "test.h"

#include "base/clock.h"
#include "base/limits.h"
#include "fetch/dns.h"
#include "fetch/inside.h"
#include "stand_in_dns.h"

static struct stand_in_dns resolver;
static struct fetch *fetch;
static struct arena arena;

static int begin(void **state) {
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    stand_in_dns_open(&resolver);
    struct fetch_settings settings = {.resolver = resolver.address};
    return fetch_open(&settings, &fetch).kind;
}

static int end(void **state) {
    (void)state;
    fetch_close(fetch);
    stand_in_dns_close(&resolver);
    arena_done(&arena);
    return 0;
}

static struct err ask(const char *name, enum dns_type type, struct dns_answer *out) {
    return dns_ask_in(fetch, &arena, (struct dns_question){text_c(name), type}, out);
}

TEST(records_come_back) {
    struct dns_answer answer;
    want_ok(ask("example.com", DNS_A, &answer));
    want_int(answer.count, 1);
    want_text(ip_print_in(&arena, &answer.records[0].ip), "93.184.216.34");
    want_int(answer.records[0].ttl_s, 300);
    want_ok(ask("example.com", DNS_MX, &answer));
    want_text(answer.records[0].target, "mail.example.com");
    want_ok(ask("4.3.2.1.in-addr.arpa", DNS_PTR, &answer));
    want_text(answer.records[0].target, "host.example.com");
    want_ok(ask("www.example.com", DNS_A, &answer));
    want_int(answer.count, 2);
    want_text(answer.records[0].target, "example.com");
}

TEST(each_refusal_has_its_kind) {
    struct dns_answer answer;
    want_ok(ask("empty.example.com", DNS_A, &answer));
    want_int(answer.count, 0);
    want_err(ask("absent.example.com", DNS_A, &answer), ERR_NO_RESULT);
    want_err(ask("broken.example.com", DNS_A, &answer), ERR_SOURCE_FAILED);
    want_err(ask("garbage.example.com", DNS_A, &answer), ERR_SOURCE_FAILED);
    want(fetch_say_zh(ask("broken.example.com", DNS_A, &answer)) != NULL);
}

TEST(fault_38_silence_ends_at_the_deadline) {
    struct dns_answer answer;
    uint64_t begun_ns = clock_monotonic_ns();
    struct err e = dns_ask_until(fetch, &arena, (struct dns_question){TEXT("silent.example.com"), DNS_A},
                                 begun_ns + 300000000u, &answer);
    want_err(e, ERR_SOURCE_TIMEOUT);
    uint64_t took_ms = (clock_monotonic_ns() - begun_ns) / 1000000;
    want(took_ms >= 290 && took_ms < 2000);
}

TEST(no_resolver_is_unavailable) {
    struct fetch *alone;
    struct dns_answer answer;
    struct fetch_settings settings = {.resolver = "127.0.0.1:1"};
    want_ok(fetch_open(&settings, &alone));
    struct err e = dns_ask_in(alone, &arena, (struct dns_question){TEXT("example.com"), DNS_A}, &answer);
    want_err(e, ERR_SOURCE_UNAVAILABLE);
    fetch_close(alone);
}

TEST(private_addresses_are_refused) {
    static const char *const rows[] = {"local.example.com", "inner.example.com", "127.0.0.1", "::1",
                                       "::ffff:10.0.0.1", "169.254.169.254", "fd00::1"};
    struct addresses found;
    for (size_t i = 0; i < COUNT(rows); i++)
        want_err(fetch_addresses(fetch, &arena, text_c(rows[i]), fetch_deadline_ns(), &found),
                 ERR_PARAMETER_INVALID);
    want_ok(fetch_addresses(fetch, &arena, TEXT("example.com"), fetch_deadline_ns(), &found));
    want_int(found.count, 1);
    want_err(fetch_addresses(fetch, &arena, TEXT("empty.example.com"), fetch_deadline_ns(), &found),
             ERR_NO_RESULT);
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(records_come_back), RUN(each_refusal_has_its_kind),
                                       RUN(fault_38_silence_ends_at_the_deadline), RUN(no_resolver_is_unavailable),
                                       RUN(private_addresses_are_refused)};
    return cmocka_run_group_tests(tests, begin, end);
}
