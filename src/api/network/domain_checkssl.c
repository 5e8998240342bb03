/* domain_checkssl.c: the certificate that a host shows on port 443. */
#include "api/outside.h"
#include "call/ask.h"
#include "call/reply.h"
#include "fetch/tls.h"

enum { ASKED_DOMAIN };
enum { DAY_MS = 86400000 };

static int64_t days(int64_t ms) {
    return ms >= 0 ? ms / DAY_MS : -((-ms + DAY_MS - 1) / DAY_MS); /* downwards: expired today is -1 */
}

/* "2024-06-01 12:00:00" in UTC+8, as the rest of the catalogue gives times. */
static struct text china_time(struct arena *a, int64_t ms) {
    int64_t day = clock_china_day(ms), of_day = ms / 1000 + 8 * 3600 - day * 86400;
    return text_format_in(a, "%.*s %02d:%02d:%02d", TEXT_ARG(date_print_in(a, date_from_day(day))),
                          (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60));
}

static void reply_names(struct call *c, const struct tls_certificate *t) {
    reply_list(c, "domains");
    for (size_t i = 0; i < t->shown.name_count; i++)
        reply_text(c, NULL, t->shown.names[i]);
    reply_end_list(c);
}

/* What the other fields leave out; the reference service hands over its library's record here. */
static void reply_raw(struct call *c, const struct tls_certificate *t) {
    reply_object(c, "raw_json");
    reply_text(c, "subject", t->shown.subject);
    reply_text(c, "issuer", t->shown.issuer);
    reply_text(c, "signature_algorithm", t->shown.signature);
    reply_text(c, "key_type", t->shown.key);
    reply_int(c, "key_bits", t->shown.key_bits);
    reply_text(c, "protocol", t->protocol);
    reply_text(c, "cipher", t->cipher);
    reply_int(c, "chain_length", t->chain_length);
    reply_bool(c, "is_trusted", t->verifies);
    reply_text(c, "trust_result", t->verify_says);
    reply_text(c, "valid_from", clock_print_utc_in(c->arena, t->shown.starts_ms));
    reply_text(c, "valid_to", clock_print_utc_in(c->arena, t->shown.ends_ms));
    reply_end_object(c);
}

static struct err domain_checkssl(struct call *c) {
    struct tls_certificate *t = arena_alloc(c->arena, sizeof *t);
    try(outside_ready(c));
    struct err e = tls_look_in(c->fetch, c->arena, ask_text(c, ASKED_DOMAIN), t);
    if (e.kind)
        return outside_failed(c, ASKED_DOMAIN, e);
    reply_object(c, NULL);
    reply_text(c, "common_name", t->shown.common_name);
    reply_names(c, t);
    reply_text(c, "issuing_agency", t->shown.issuer_organization);
    reply_text(c, "issuer", t->shown.issuer_name);
    reply_text(c, "sn", t->shown.serial_number);
    reply_bool(c, "is_ssl", t->verifies);
    reply_bool(c, "is_expire", c->now_ms > t->shown.ends_ms);
    reply_int(c, "life_span_in_days", days(t->shown.ends_ms - t->shown.starts_ms));
    reply_text(c, "start_date", china_time(c->arena, t->shown.starts_ms));
    reply_text(c, "expire_date", china_time(c->arena, t->shown.ends_ms));
    reply_int(c, "expire_days", days(t->shown.ends_ms - c->now_ms));
    reply_text(c, "fingerprint", t->shown.fingerprint_sha256);
    reply_text(c, "remote_address", ip_print_in(c->arena, &t->remote));
    reply_raw(c, t);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_domain_checkssl = {
    .path = "/api/domain/checkssl",
    .subject = "network",
    .title = {"SSL 证书检测", "Check a site's certificate"},
    .says = {"连接该域名的 443 端口，返回其 TLS 证书：签发机构、有效期、剩余天数、包含的域名、指纹与是否可信。",
             "Connects to port 443 of the domain and answers its TLS certificate: issuer, dates, days left, names, "
             "fingerprint and whether it is trusted."},
    .run = RUN_IN_WORKER(domain_checkssl),
    .asks = ASKS({"domain", ASK_DOMAIN, REQUIRED, {"域名", "The domain"}}),
    .gives = GIVES({"common_name", GIVE_TEXT, {"证书主体的通用名", "Common name of the subject"}},
                   {"domains", GIVE_LIST, {"证书包含的域名与地址", "The names and addresses it is for"}},
                   {"issuing_agency", GIVE_TEXT, {"签发机构", "Organization that issued it"}},
                   {"issuer", GIVE_TEXT, {"签发者通用名", "Common name of the issuer"}},
                   {"sn", GIVE_TEXT, {"序列号，十六进制", "Serial number, hex"}},
                   {"is_ssl", GIVE_BOOL, {"浏览器是否信任：链完整、未过期、域名相符", "Would a browser trust it: chain, dates and name"}},
                   {"is_expire", GIVE_BOOL, {"是否已过期", "Has it expired"}},
                   {"life_span_in_days", GIVE_INT, {"有效期总天数", "Days of its whole life"}},
                   {"start_date", GIVE_TEXT, {"生效时间，UTC+8", "Valid from, UTC+8"}},
                   {"expire_date", GIVE_TEXT, {"到期时间，UTC+8", "Valid until, UTC+8"}},
                   {"expire_days", GIVE_INT, {"剩余天数，过期为负", "Days left, negative once expired"}},
                   {"fingerprint", GIVE_TEXT, {"SHA-256 指纹", "SHA-256 fingerprint"}},
                   {"remote_address", GIVE_TEXT, {"连接的地址", "The address that was connected to"}},
                   {"raw_json", GIVE_OBJECT, {"其他细节：主体、密钥、协议、信任结果", "More: subject, key, protocol, verdict"}}),
    .shows = SHOWS({"domain=example.com",
                    "{\"common_name\":\"example.com\",\"domains\":[\"example.com\",\"www.example.com\"],"
                    "\"issuing_agency\":\"Example CA\",\"issuer\":\"Example CA R1\",\"sn\":\"1234AB\",\"is_ssl\":true,"
                    "\"is_expire\":false,\"life_span_in_days\":90,\"start_date\":\"2024-05-31 12:00:00\","
                    "\"expire_date\":\"2024-08-29 12:00:00\",\"expire_days\":89,\"fingerprint\":"
                    "\"5a2f0c1e9b7d4e63a8c5f1027d94be36c0a7e81f4b2d95637e0c8fa1d3b64f20\",\"remote_address\":\"93.184.216.34\","
                    "\"raw_json\":{\"subject\":\"CN=example.com\",\"issuer\":\"CN=Example CA R1,O=Example CA\","
                    "\"signature_algorithm\":\"ecdsa-with-SHA256\",\"key_type\":\"EC\",\"key_bits\":256,\"protocol\":\"TLSv1.3\","
                    "\"cipher\":\"TLS_AES_256_GCM_SHA384\",\"chain_length\":2,\"is_trusted\":true,\"trust_result\":\"ok\","
                    "\"valid_from\":\"2024-05-31T04:00:00Z\",\"valid_to\":\"2024-08-29T04:00:00Z\"}}",
                    SHOW_LIVE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 1,
    .stands_on = "a live TLS handshake; OpenSSL 3.0 (Apache-2.0); Debian's ca-certificates",
};
