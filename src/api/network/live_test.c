/* live_test.c: the APIs that ask the network, against stand-ins on loopback. */
#include "shelf.h"
#include "test.h"

#include "api/catalog.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "codec/json_in.h"
#include "fetch/fetch.h"
#include "gate/perform.h"
#include "stand_in_dns.h"
#include "stand_in_tls.h"

#include <stdlib.h>

#include <unistd.h>

static struct stand_in_dns resolver;
static struct stand_in_tls server, web = {.is_plain = true, .answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnope"};
/* Referral and answer in one: the same server is IANA's, the registry's and the registrar's. */
static struct stand_in_tls whois = {.is_plain = true, .answer =
    "refer: local.example.com\r\nRegistrar WHOIS Server: absent.example.com\r\nRegistrar: Good Names\r\n"
    "Creation Date: 1995-08-14\r\nRegistry Expiry Date: 2030-08-13\r\nName Server: A.EXAMPLE.NET\r\n"
    "Domain Status: ok https://example.net/ok\r\n"};
static struct arena arena;
static struct call call;
static struct random chance;
static struct fetch *inside, *outside; /* may ask loopback; may not */
static char authorities[] = "/tmp/alapi_live_test_XXXXXX";

static int begin(void **state) {
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    stand_in_dns_open(&resolver);
    stand_in_tls_open(&server);
    stand_in_tls_open(&web);
    stand_in_tls_open(&whois);
    close(mkstemp(authorities));
    stand_in_tls_write(&server, authorities);
    struct fetch_settings settings = {.resolver = resolver.address, .tls_port = server.port, .whois_port = whois.port,
                                      .whois_root = "local.example.com",
                                      .authorities = authorities, .allow_private = true};
    want_ok(fetch_open(&settings, &inside));
    settings.allow_private = false;
    return fetch_open(&settings, &outside).kind;
}

static int end(void **state) {
    (void)state;
    fetch_close(inside);
    fetch_close(outside);
    stand_in_dns_close(&resolver);
    stand_in_tls_close(&server);
    stand_in_tls_close(&web);
    stand_in_tls_close(&whois);
    unlink(authorities);
    arena_done(&arena);
    return 0;
}

static struct err ask(struct fetch *f, const char *path, const char *query) {
    chance = random_seeded(1);
    call_init(&call, &arena, clock_now_ms(), &chance);
    call.endpoint = api_by_path(path);
    call.catalog = api_catalog;
    call.fetch = f;
    call.data = shelf();
    want(call.endpoint != NULL);
    want_ok(params_from_form(&call, text_c(query)));
    return perform(&call);
}

static json_t *data(struct fetch *f, const char *path, const char *query) {
    json_t *found;
    struct err e = ask(f, path, query);
    if (e.kind)
        fail_msg("%s?%s: %s", path, query, e.say);
    want_ok(json_parse(&arena, envelope_data(&call), &found));
    return found;
}

static void want_refused(struct fetch *f, const char *path, const char *query, enum err_kind kind) {
    struct err e = ask(f, path, query);
    if (e.kind != kind)
        fail_msg("%s?%s: %s (%s)", path, query, err_name(e.kind), e.say ? e.say : "");
    want(call.hint.zh && call.hint.en);
}

static const char *record(const char *query, const char *field) {
    json_t *found = data(outside, "domain/dns", query);
    const char *value = json_string_value(json_object_get(json_array_get(json_object_get(found, "records"), 0), field));
    value = text_c_in(&arena, text_c(value));
    json_decref(found);
    return value;
}

TEST(records_of_each_type) {
    static const struct { const char *query, *field, *value; } rows[] = {
        {"domain=Example.COM", "ip", "93.184.216.34"},
        {"domain=example.com&dns_type=aaaa", "ip", "2606:2800:220:1:248:1893:25c8:1946"},
        {"domain=example.com&dns_type=MX", "target", "mail.example.com"},
        {"domain=example.com&dns_type=TXT", "txt", "v=spf1 -all"},
        {"domain=example.com&dns_type=NS", "target", "a.example.com"},
        {"domain=example.com&dns_type=SOA", "rname", "me.example.com"},
        {"domain=example.com&dns_type=CAA", "value", "ca.example"},
        {"domain=www.example.com&dns_type=CNAME", "target", "example.com"},
        {"domain=www.example.com", "ip", "93.184.216.34"},
        {"domain=1.2.3.4&dns_type=PTR", "target", "host.example.com"},
        {"domain=_sip._tcp.example.com&dns_type=SRV", "target", "sip.example.com"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(record(rows[i].query, rows[i].field), rows[i].value);
}

TEST(dns_refusals) {
    want_refused(outside, "domain/dns", "domain=absent.example.com", ERR_NO_RESULT);
    want_refused(outside, "domain/dns", "domain=empty.example.com", ERR_NO_RESULT);
    want_refused(outside, "domain/dns", "domain=broken.example.com", ERR_SOURCE_FAILED);
    want_refused(outside, "domain/dns", "domain=silent.example.com", ERR_SOURCE_TIMEOUT);
    want_refused(outside, "domain/dns", "domain=_a b.example.com", ERR_PARAMETER_INVALID);
    want_refused(outside, "domain/dns", "domain=_dmarc", ERR_PARAMETER_INVALID);
    want_refused(outside, "domain/dns", "domain=example.com&dns_type=ANY", ERR_PARAMETER_INVALID);
    want_refused(NULL, "domain/dns", "domain=example.com", ERR_SOURCE_UNAVAILABLE);
}

TEST(a_certificate) {
    json_t *found = data(inside, "domain/checkssl", "domain=local.example.com");
    want_text(json_member_text(found, "common_name"), "local.example.com");
    want_text(json_member_text(found, "sn"), "1234AB");
    want(json_is_true(json_object_get(found, "is_ssl")));
    want(json_is_false(json_object_get(found, "is_expire")));
    want_int(json_integer_value(json_object_get(found, "expire_days")), 88);
    want_int(json_integer_value(json_object_get(found, "life_span_in_days")), 90);
    json_decref(found);
    want_refused(outside, "domain/checkssl", "domain=local.example.com", ERR_PARAMETER_INVALID);
    want_refused(outside, "domain/checkssl", "domain=absent.example.com", ERR_NO_RESULT);
}

TEST(a_picture_from_the_web) {
    const char *url = text_say_in(&arena, "url=http://local.example.com:%u/a.png", web.port);
    want_refused(inside, "qr/decode", url, ERR_PARAMETER_INVALID); /* no picture */
    want_text(call.parameter, "url");
    want_refused(outside, "qr/decode", url, ERR_PARAMETER_INVALID); /* private */
    want_refused(outside, "qr/decode", "", ERR_PARAMETER_MISSING);
    want_refused(outside, "qr/decode", "url=http://absent.example.com/", ERR_NO_RESULT);
    want_refused(NULL, "qr/decode", "url=http://example.com/", ERR_SOURCE_UNAVAILABLE);
}

TEST(who_holds_a_domain) {
    json_t *found = data(inside, "whois", "domain=www.example.com");
    want_text(json_member_text(found, "domain"), "example.com");
    want_text(json_member_text(found, "registrar"), "Good Names");
    want_text(json_member_text(found, "expiration_date"), "2030-08-13");
    want(json_is_true(json_object_get(found, "is_reg")));
    want_int(json_array_size(json_object_get(found, "name_server")), 1);
    json_decref(found);
    want_refused(outside, "whois", "domain=example.com", ERR_PARAMETER_INVALID); /* the stand-in is at a private address */
    want_refused(inside, "whois", "domain=com.cn", ERR_PARAMETER_INVALID);
    want_refused(NULL, "whois", "domain=example.com", ERR_SOURCE_UNAVAILABLE);
}

/* The examples of the documentation have the fields that the APIs answer. */
TEST(examples_have_the_shape) {
    static const char *const paths[] = {"domain/dns", "domain/checkssl", "whois"};
    for (size_t i = 0; i < COUNT(paths); i++) {
        const struct show *s = api_by_path(paths[i])->shows;
        json_t *got = data(inside, paths[i], i == 1 ? "domain=local.example.com" : s->asks), *shown;
        want_ok(json_parse(&arena, text_c(s->data), &shown));
        want_int(json_object_size(got), json_object_size(shown));
        const char *name;
        json_t *value;
        json_object_foreach(shown, name, value)
            if (!json_object_get(got, name) || json_typeof(json_object_get(got, name)) != json_typeof(value))
                fail_msg("%s: %s", paths[i], name);
        json_decref(got);
        json_decref(shown);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(records_of_each_type), RUN(dns_refusals), RUN(a_certificate),
                                       RUN(a_picture_from_the_web), RUN(who_holds_a_domain),
                                       RUN(examples_have_the_shape)};
    return cmocka_run_group_tests(tests, begin, end);
}
