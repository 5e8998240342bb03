/* fetch.c: what is opened once, and the one table of sentences about what can go wrong outside. */
#include "fetch/inside.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/must.h"
#include "fetch/dns.h"

#include <ares.h>
#include <curl/curl.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>

#define DEFAULT_AUTHORITIES "/etc/ssl/certs/ca-certificates.crt" /* where Debian's ca-certificates keeps them */

enum { AUTHORITIES_BYTES_MAX = 4 << 20 };

static const struct {
    enum err_kind kind;
    const char *zh, *en;
} faults[] = {
    [FAULT_ADDRESS_PRIVATE] = {ERR_PARAMETER_INVALID, "该地址属于内网或保留地址段，不能访问；请换用公网地址",
                               "the address is private or reserved and is not asked; use a public one"},
    [FAULT_URL_INVALID] = {ERR_PARAMETER_INVALID, "网址无效：请传 http 或 https 网址，不带用户名，端口为 80、443 或 1024 以上",
                           "not a URL that can be fetched: send http or https, without a user name, port 80, 443 "
                           "or from 1024"},
    [FAULT_NAME_UNKNOWN] = {ERR_NO_RESULT, "该域名不存在，请核对拼写", "there is no such domain; check its spelling"},
    [FAULT_NAME_WITHOUT_ADDRESS] = {ERR_NO_RESULT, "该域名没有 A 或 AAAA 记录，请核对域名",
                                    "the domain has no address (A or AAAA record); check the name"},
    [FAULT_RESOLVER_UNREACHABLE] = {ERR_SOURCE_UNAVAILABLE, "域名服务器无法连接，未计费；请稍后再试",
                                    "the resolver cannot be reached; nothing was charged; try again later"},
    [FAULT_RESOLVER_TIMEOUT] = {ERR_SOURCE_TIMEOUT, "域名服务器未在时限内应答，未计费；请稍后再试",
                                "the resolver did not answer in time; nothing was charged; try again later"},
    [FAULT_RESOLVER_FAILED] = {ERR_SOURCE_FAILED, "该域名的域名服务器应答有误，未计费；请稍后再试，并检查该域名的解析设置",
                               "the name servers of the domain answered wrongly; nothing was charged; try again "
                               "later and check the domain's set-up"},
    [FAULT_CONNECT] = {ERR_SOURCE_FAILED, "对方主机拒绝连接或无法到达，未计费；请核对域名与端口",
                       "the host refused the connection or cannot be reached; nothing was charged; check the name"},
    [FAULT_CONNECT_TIMEOUT] = {ERR_SOURCE_TIMEOUT, "对方主机未在时限内应答，未计费；请稍后再试",
                               "the host did not answer in time; nothing was charged; try again later"},
    [FAULT_HANDSHAKE] = {ERR_SOURCE_FAILED, "对方主机没有完成 TLS 握手，未计费；请确认该端口提供 HTTPS",
                         "the host did not complete the TLS handshake; nothing was charged; check that it serves HTTPS"},
    [FAULT_HTTP] = {ERR_SOURCE_FAILED, "对方网站应答有误，未计费；请核对网址", "the site answered wrongly; nothing was charged; check the URL"},
    [FAULT_HTTP_STATUS] = {ERR_SOURCE_FAILED, "对方网站没有返回该文件（状态码不是 200），未计费；请核对网址",
                           "the site did not give the file (its status is not 200); nothing was charged; check the URL"},
    [FAULT_HTTP_REDIRECTS] = {ERR_SOURCE_FAILED, "对方网站跳转过多，未计费；请使用最终网址",
                              "the site redirects too often; nothing was charged; send the final URL"},
    [FAULT_HTTP_TOO_LARGE] = {ERR_PARAMETER_INVALID, "该网址的文件过大；请换一个较小的文件",
                              "the file behind the URL is too large; use a smaller one"},
    [FAULT_WHOIS] = {ERR_SOURCE_FAILED, "WHOIS 服务器没有应答内容，未计费；请稍后再试",
                     "the WHOIS server said nothing; nothing was charged; try again later"},
    [FAULT_WHOIS_UNKNOWN] = {ERR_NO_RESULT, "该后缀没有公开的 WHOIS 服务器，无法查询",
                             "the top level domain has no public WHOIS server"},
};

struct err fetch_fail(enum fetch_fault fault) {
    must(fault < COUNT(faults));
    return err_make(faults[fault].kind, faults[fault].en);
}

const char *fetch_say_zh(struct err e) {
    for (size_t i = 0; i < COUNT(faults); i++)
        if (faults[i].en == e.say)
            return faults[i].zh;
    return NULL;
}

/* A certificate is looked at whatever it is worth, so old protocols and weak keys are let through here;
 * nothing secret is ever sent over these connections. */
static SSL_CTX *tls_context(const char *authorities) {
    SSL_CTX *tls = SSL_CTX_new(TLS_client_method());
    must(tls != NULL);
    SSL_CTX_set_security_level(tls, 0);
    SSL_CTX_set_min_proto_version(tls, TLS1_VERSION);
    SSL_CTX_set_verify(tls, SSL_VERIFY_NONE, NULL);
    SSL_CTX_set_options(tls, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_load_verify_file(tls, authorities); /* none: certificates are reported as not verifying */
    return tls;
}

static void read_authorities(struct fetch *f, const char *path) {
    FILE *file = fopen(path, "re");
    if (!file)
        return;
    f->authorities = malloc(AUTHORITIES_BYTES_MAX);
    must(f->authorities != NULL);
    f->authorities_length = fread(f->authorities, 1, AUTHORITIES_BYTES_MAX, file);
    fclose(file);
}

struct err fetch_open(const struct fetch_settings *settings, struct fetch **out) {
    if (ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS)
        return err_make(ERR_IO, "c-ares cannot be started");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        ares_library_cleanup();
        return err_make(ERR_IO, "libcurl cannot be started");
    }
    struct fetch *f = calloc(1, sizeof *f);
    must(f != NULL);
    const char *authorities = settings->authorities ? settings->authorities : DEFAULT_AUTHORITIES;
    f->settings = *settings;
    f->tls = tls_context(authorities);
    read_authorities(f, authorities);
    *out = f;
    return ok;
}

void fetch_close(struct fetch *f) {
    if (!f)
        return;
    SSL_CTX_free(f->tls);
    free(f->authorities);
    free(f);
    curl_global_cleanup();
    ares_library_cleanup();
}

bool fetch_may_ask(const struct fetch *f, const struct ip *ip) {
    return f->settings.allow_private || ip_is_public(ip);
}

static void add_addresses(struct addresses *all, const struct dns_answer *answer, enum dns_type type) {
    for (size_t i = 0; i < answer->count && all->count < FETCH_ADDRESSES_MAX; i++)
        if (answer->records[i].type == type)
            all->list[all->count++] = answer->records[i].ip;
}

/* IPv6 is asked for only where there is no IPv4: most hosts have both, and one question is enough. */
static struct err resolve(struct fetch *f, struct arena *a, struct text host, uint64_t deadline_ns,
                          struct addresses *out) {
    static const enum dns_type types[] = {DNS_A, DNS_AAAA};
    for (size_t i = 0; i < COUNT(types) && out->count == 0; i++) {
        struct dns_answer answer;
        try(dns_ask_until(f, a, (struct dns_question){host, types[i]}, deadline_ns, &answer));
        add_addresses(out, &answer, types[i]);
    }
    return out->count ? ok : fetch_fail(FAULT_NAME_WITHOUT_ADDRESS);
}

struct err fetch_addresses(struct fetch *f, struct arena *a, struct text host, uint64_t deadline_ns,
                           struct addresses *out) {
    struct addresses found = {.count = 0};
    if (ip_parse(host, &found.list[0]))
        found.count = 1;
    else
        try(resolve(f, a, host, deadline_ns, &found));
    for (size_t i = 0; i < found.count; i++)
        if (!fetch_may_ask(f, &found.list[i]))
            return fetch_fail(FAULT_ADDRESS_PRIVATE);
    *out = found;
    return ok;
}

uint64_t fetch_deadline_ns(void) {
    return clock_monotonic_ns() + LIMIT_FETCH_MS * 1000000ull;
}

int fetch_left_ms(uint64_t deadline_ns) {
    uint64_t now_ns = clock_monotonic_ns();
    return now_ns >= deadline_ns ? 0 : (int)((deadline_ns - now_ns + 999999) / 1000000);
}
