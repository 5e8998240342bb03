/* ssl_decode.c: what certificates in PEM or DER say. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base64.h"
#include "codec/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum { ASKED_CERTIFICATE };
enum { CERTIFICATES_MAX = 10 };

/* An encrypted block is refused instead of asked a password for. */
static int no_password(char *room, int bytes, int writes, void *context) {
    (void)room, (void)bytes, (void)writes, (void)context;
    return -1;
}

static int64_t days(int64_t ms) {
    return ms >= 0 ? ms / 86400000 : -((-ms + 86399999) / 86400000);
}

static void reply_certificate(struct call *c, X509 *x) {
    struct certificate *t = arena_alloc(c->arena, sizeof *t);
    certificate_read_in(c->arena, x, t);
    reply_object(c, NULL);
    reply_text(c, "common_name", t->common_name);
    reply_text(c, "subject", t->subject);
    reply_text(c, "issuer", t->issuer);
    reply_text(c, "serial_number", t->serial_number);
    reply_list(c, "domains");
    for (size_t i = 0; i < t->name_count; i++)
        reply_text(c, NULL, t->names[i]);
    reply_end_list(c);
    reply_text(c, "valid_from", clock_print_utc_in(c->arena, t->starts_ms));
    reply_text(c, "valid_to", clock_print_utc_in(c->arena, t->ends_ms));
    reply_int(c, "expire_days", days(t->ends_ms - c->now_ms));
    reply_bool(c, "is_expired", c->now_ms > t->ends_ms);
    reply_text(c, "key_type", t->key);
    reply_int(c, "key_bits", t->key_bits);
    reply_text(c, "signature_algorithm", t->signature);
    reply_text(c, "fingerprint_sha256", t->fingerprint_sha256);
    reply_int(c, "version", X509_get_version(x) + 1);
    reply_bool(c, "is_ca", X509_check_ca(x) > 0);
    reply_bool(c, "is_self_signed", X509_self_signed(x, 1) == 1);
    reply_end_object(c);
}

static unsigned reply_pem(struct call *c, struct text t) {
    BIO *in = BIO_new_mem_buf(t.bytes, (int)t.length);
    unsigned count = 0;
    X509 *x;
    while (count < CERTIFICATES_MAX && (x = PEM_read_bio_X509(in, NULL, no_password, NULL)) != NULL) {
        reply_certificate(c, x);
        X509_free(x);
        count++;
    }
    BIO_free(in);
    return count;
}

static unsigned reply_der(struct call *c, struct text t) {
    struct text der;
    if (!base64_decode_in(c->arena, t, &der) || der.length == 0)
        return 0;
    const unsigned char *at = (const unsigned char *)der.bytes;
    X509 *x = d2i_X509(NULL, &at, (long)der.length);
    if (x)
        reply_certificate(c, x);
    X509_free(x);
    return x != NULL;
}

static struct err ssl_decode(struct call *c) {
    struct text t = text_trim(ask_text(c, ASKED_CERTIFICATE));
    bool is_pem = text_find(t, TEXT("-----BEGIN")) != SIZE_MAX;
    reply_object(c, NULL);
    reply_list(c, "certificates");
    unsigned count = is_pem ? reply_pem(c, t) : reply_der(c, t);
    reply_end_list(c);
    reply_int(c, "count", count);
    reply_end_object(c);
    ERR_clear_error();
    if (count == 0)
        return call_invalid(c, ASKED_CERTIFICATE, "没有读到证书：请传 PEM（-----BEGIN CERTIFICATE-----）或 DER 的 base64",
                            "no certificate was read: send PEM (-----BEGIN CERTIFICATE-----) or DER in base64");
    return ok;
}

const struct endpoint endpoint_ssl_decode = {
    .path = "/api/ssl/decode",
    .subject = "network",
    .title = {"SSL 证书解析", "Read a certificate"},
    .says = {"解析 PEM 或 base64 的 DER 证书（最多 10 张）：主体、颁发者、域名、有效期、密钥、签名算法、指纹。只读出内容，不验证信任链；不要发送私钥。",
             "Reads certificates in PEM, or one in DER as base64 (10 at most): subject, issuer, names, validity, key, signature, fingerprint. "
             "They are read, not verified. Don't send private keys."},
    .run = RUN_IN_WORKER(ssl_decode),
    .asks = ASKS({"certificate", ASK_TEXT, REQUIRED, {"PEM 文本，或 DER 的 base64", "The PEM, or DER in base64"}, 1, 60000, .aliases = "pem|cert|text"}),
    .gives = GIVES({"certificates", GIVE_LIST, {"证书", "The certificates"}},
                   {"certificates[].common_name", GIVE_TEXT, {"通用名", "Common name"}},
                   {"certificates[].subject", GIVE_TEXT, {"主体", "Subject"}}, {"certificates[].issuer", GIVE_TEXT, {"颁发者", "Issuer"}},
                   {"certificates[].serial_number", GIVE_TEXT, {"序列号（十六进制）", "Serial number, hex"}},
                   {"certificates[].domains", GIVE_LIST, {"域名与 IP", "Names and addresses it is for"}},
                   {"certificates[].valid_from", GIVE_TEXT, {"生效时间，UTC", "Good from, UTC"}},
                   {"certificates[].valid_to", GIVE_TEXT, {"到期时间，UTC", "Good until, UTC"}},
                   {"certificates[].expire_days", GIVE_INT, {"剩余天数，过期为负", "Days left; negative when over"}},
                   {"certificates[].is_expired", GIVE_BOOL, {"是否过期", "Has it expired"}},
                   {"certificates[].key_type", GIVE_TEXT, {"密钥类型", "Kind of key"}}, {"certificates[].key_bits", GIVE_INT, {"密钥位数", "Its bits"}},
                   {"certificates[].signature_algorithm", GIVE_TEXT, {"签名算法", "Signature algorithm"}},
                   {"certificates[].fingerprint_sha256", GIVE_TEXT, {"SHA-256 指纹", "SHA-256 fingerprint"}},
                   {"certificates[].version", GIVE_INT, {"X.509 版本", "Version of X.509"}},
                   {"certificates[].is_ca", GIVE_BOOL, {"是否 CA 证书", "Is it an authority's"}},
                   {"certificates[].is_self_signed", GIVE_BOOL, {"是否自签名", "Is it signed by itself"}},
                   {"count", GIVE_INT, {"证书数", "How many"}}),
    .shows = SHOWS({"certificate=-----BEGIN CERTIFICATE-----%0AMIIBzDCCAXKgAwIBAgIUOfAZ/eqK77MNsTauN4DuxDszB38wCgYIKoZIzj0E"
                    "AwIwKDEQMA4GA1UECgwHRXhhbXBsZTEUMBIGA1UEAwwLZXhhbXBsZS5jb20wHhcNMjYxMTI0MDgyMzI5WhcNMzYxMT"
                    "IxMDgyMzI5WjAoMRAwDgYDVQQKDAdFeGFtcGxlMRQwEgYDVQQDDAtleGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqG"
                    "SM49AwEHA0IABB2hYja2P7c9YBDFUGboHXMCp9/RNh%2BZQ4bhJO7CzK1N4NL/6m8J0wsPZ2YAzE4RkZfF74QcivpE"
                    "HpSN6hLajjujejB4MB0GA1UdDgQWBBQJm3NaPfxM3y6jn59tUxlZq6QNqzAfBgNVHSMEGDAWgBQJm3NaPfxM3y6jn5"
                    "9tUxlZq6QNqzAPBgNVHRMBAf8EBTADAQH/MCUGA1UdEQQeMByCC2V4YW1wbGUuY29tgg0qLmV4YW1wbGUuY29tMAoG"
                    "CCqGSM49BAMCA0gAMEUCIQCp%2B8kthXa8qn8p2qR1jF5f%2Bf4DxD6ry0%2BX%2BeH7EdTj9gIgdcQuqPVLIZlKNx"
                    "vyxpGUeQQw%2BESrGyk36gJwf81B1V4=%0A-----END CERTIFICATE-----",
                    "{\"certificates\":[{\"common_name\":\"example.com\",\"subject\":\"CN=example.com,O=E"
                    "xample\",\"issuer\":\"CN=example.com,O=Example\",\"serial_number\":\"39F019FDEA8AEFB"
                    "30DB136AE3780EEC43B33077F\",\"domains\":[\"example.com\",\"*.example.com\"],\"valid_"
                    "from\":\"2026-11-24T08:23:29Z\",\"valid_to\":\"2036-11-21T08:23:29Z\",\"expire_days\""
                    ":4556,\"is_expired\":false,\"key_type\":\"EC\",\"key_bits\":256,\"signature_algorith"
                    "m\":\"ecdsa-with-SHA256\",\"fingerprint_sha256\":\"17be3fbe1693a6a785ac75b4e843f6636"
                    "d247c63468d65ac6bba50a77a720794\",\"version\":3,\"is_ca\":true,\"is_self_signed\":tr"
                    "ue}],\"count\":1}", SHOW_EXACT},
                   {"certificate=MIIBzDCCAXKgAwIBAgIUOfAZ/eqK77MNsTauN4DuxDszB38wCgYIKoZIzj0EAwIwKDEQMA4GA1UECgwHRXhhbXBsZT"
                    "EUMBIGA1UEAwwLZXhhbXBsZS5jb20wHhcNMjYxMTI0MDgyMzI5WhcNMzYxMTIxMDgyMzI5WjAoMRAwDgYDVQQKDAdF"
                    "eGFtcGxlMRQwEgYDVQQDDAtleGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABB2hYja2P7c9YBDFUG"
                    "boHXMCp9/RNh%2BZQ4bhJO7CzK1N4NL/6m8J0wsPZ2YAzE4RkZfF74QcivpEHpSN6hLajjujejB4MB0GA1UdDgQWBB"
                    "QJm3NaPfxM3y6jn59tUxlZq6QNqzAfBgNVHSMEGDAWgBQJm3NaPfxM3y6jn59tUxlZq6QNqzAPBgNVHRMBAf8EBTAD"
                    "AQH/MCUGA1UdEQQeMByCC2V4YW1wbGUuY29tgg0qLmV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIQCp%2B8kt"
                    "hXa8qn8p2qR1jF5f%2Bf4DxD6ry0%2BX%2BeH7EdTj9gIgdcQuqPVLIZlKNxvyxpGUeQQw%2BESrGyk36gJwf81B1V"
                    "4=",
                    "{\"certificates\":[{\"common_name\":\"example.com\",\"subject\":\"CN=example.com,O=E"
                    "xample\",\"issuer\":\"CN=example.com,O=Example\",\"serial_number\":\"39F019FDEA8AEFB"
                    "30DB136AE3780EEC43B33077F\",\"domains\":[\"example.com\",\"*.example.com\"],\"valid_"
                    "from\":\"2026-11-24T08:23:29Z\",\"valid_to\":\"2036-11-21T08:23:29Z\",\"expire_days\""
                    ":4556,\"is_expired\":false,\"key_type\":\"EC\",\"key_bits\":256,\"signature_algorith"
                    "m\":\"ecdsa-with-SHA256\",\"fingerprint_sha256\":\"17be3fbe1693a6a785ac75b4e843f6636"
                    "d247c63468d65ac6bba50a77a720794\",\"version\":3,\"is_ca\":true,\"is_self_signed\":tr"
                    "ue}],\"count\":1}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .stands_on = "RFC 5280; OpenSSL 3.0 (Apache-2.0)",
};
