/* sms.c: what is common to the providers: where it goes, the POST, what a word of theirs means. */
#include "fetch/sms.h"
#include "base/must.h"
#include "codec/base64.h"
#include "codec/digest.h"
#include "codec/ip.h"
#include "fetch/inside.h"
#include "fetch/sms_inside.h"

#include <curl/curl.h>

static const struct sms_provider_door *const doors[] = {
    [SMS_ALIYUN] = &sms_aliyun, [SMS_TENCENT] = &sms_tencent, [SMS_WEBHOOK] = &sms_webhook};
static const char *const providers[] = {"none", "aliyun", "tencent", "webhook"};
static const char *const kinds[SMS_KINDS] = {"notice", "code", "known", "guardian", "invitation"};

bool sms_provider_parse(struct text name, enum sms_provider *out) {
    for (unsigned i = 0; i < COUNT(providers); i++) {
        if (!text_equal_c(name, providers[i]))
            continue;
        *out = (enum sms_provider)i;
        return true;
    }
    return false;
}

const char *sms_kind_name(enum sms_kind kind) {
    must(kind < SMS_KINDS);
    return kinds[kind];
}

bool sms_kind_parse(struct text name, enum sms_kind *out) {
    for (unsigned i = 0; i < SMS_KINDS; i++) {
        if (!text_equal_c(name, kinds[i]))
            continue;
        *out = (enum sms_kind)i;
        return true;
    }
    return false;
}

/* ---- for the providers ---- */

void sms_header_put(struct sms_request *r, const char *name, struct text value) {
    must(r->header_count < SMS_HEADERS_MAX);
    r->headers[r->header_count++] = (struct sms_header){name, value};
}

struct text sms_headers_in(struct arena *a, const struct sms_request *r) {
    struct text all = TEXT("");
    for (unsigned i = 0; i < r->header_count; i++)
        all = text_format_in(a, "%.*s%s:%.*s\n", TEXT_ARG(all), r->headers[i].name,
                             TEXT_ARG(r->headers[i].value));
    return all;
}

struct text sms_header_names_in(struct arena *a, const struct sms_request *r) {
    struct text all = TEXT("");
    for (unsigned i = 0; i < r->header_count; i++)
        all = text_format_in(a, "%.*s%s%s", TEXT_ARG(all), i ? ";" : "", r->headers[i].name);
    return all;
}

struct text sms_sha256_in(struct arena *a, struct text t) {
    struct digest d;
    must(digest_of(TEXT("sha256"), t, &d));
    return digest_hex_in(a, &d);
}

struct text sms_hmac_in(struct arena *a, struct text key, struct text t) {
    struct digest d;
    must(digest_hmac(TEXT("sha256"), key, t, &d));
    return text_copy_in(a, text_of((const char *)d.bytes, d.length));
}

struct text sms_hmac_hex_in(struct arena *a, struct text key, struct text t) {
    return hex_encode_in(a, sms_hmac_in(a, key, t));
}

struct carried sms_meaning_of(const struct sms_meaning *rows, size_t count, struct text word,
                              unsigned status) {
    for (size_t i = 0; word.length && i < count; i++) {
        if (!text_starts(word, text_c(rows[i].word)))
            continue;
        bool says_sent = rows[i].fate == CARRIED_SENT;
        if (says_sent && (status != 200 || !text_equal_c(word, rows[i].word)))
            break;
        return (struct carried){rows[i].fate, rows[i].reason, says_sent ? 0 : status};
    }
    return (struct carried){CARRIED_LATER, "answer_unknown", status};
}

/* ---- where it goes ---- */

static bool is_this_machine(struct text host) {
    return text_equal_c(host, "localhost") || text_equal_c(host, "127.0.0.1") ||
           text_equal_c(host, "[::1]");
}

static struct text part_in(struct arena *a, CURLU *url, CURLUPart part) {
    char *value = NULL;
    if (curl_url_get(url, part, &value, 0) != CURLUE_OK)
        return TEXT("");
    struct text found = text_copy_in(a, text_c(value));
    curl_free(value);
    return found;
}

/* Host with its port as the header says it, path, and the URL before its query. */
static bool read_place(struct arena *a, struct text endpoint, struct sms_request *r) {
    CURLU *url = curl_url();
    must(url != NULL);
    bool is_url = !text_has_nul(endpoint) &&
                  curl_url_set(url, CURLUPART_URL, text_c_in(a, endpoint), 0) == CURLUE_OK;
    struct text scheme = part_in(a, url, CURLUPART_SCHEME), host = part_in(a, url, CURLUPART_HOST);
    struct text port = part_in(a, url, CURLUPART_PORT);
    bool has_more = part_in(a, url, CURLUPART_QUERY).length ||
                    part_in(a, url, CURLUPART_USER).length ||
                    part_in(a, url, CURLUPART_FRAGMENT).length;
    r->path = part_in(a, url, CURLUPART_PATH);
    curl_url_cleanup(url);
    r->host = port.length ? text_format_in(a, "%.*s:%.*s", TEXT_ARG(host), TEXT_ARG(port)) : host;
    r->url = text_format_in(a, "%.*s://%.*s%.*s", TEXT_ARG(scheme), TEXT_ARG(r->host),
                            TEXT_ARG(r->path));
    return is_url && !has_more && host.length &&
           (text_equal_c(scheme, "https") ||
            (text_equal_c(scheme, "http") && is_this_machine(host)));
}

bool sms_endpoint_fits(struct arena *a, struct text url) {
    struct sms_request r = {.header_count = 0};
    return read_place(a, url, &r);
}

/* ---- the POST ---- */

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    struct buf *body = context;
    buf_add(body, bytes, size * count);
    return buf_is_over(body) ? 0 : size * count;
}

static struct curl_slist *headers_of(struct arena *a, const struct sms_request *r) {
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    if (r->body.length == 0)
        list = curl_slist_append(
            list, "Content-Type:"); /* what is there must be signed; so it is not there */
    for (unsigned i = 0; i < r->header_count; i++)
        list = curl_slist_append(
            list, text_say_in(a, "%s: %.*s", r->headers[i].name, TEXT_ARG(r->headers[i].value)));
    if (r->authorization.length)
        list = curl_slist_append(list,
                                 text_say_in(a, "Authorization: %.*s", TEXT_ARG(r->authorization)));
    must(list != NULL);
    return list;
}

static void set_up(CURL *curl, struct fetch *f, struct arena *a, const struct sms_request *r,
                   long time_ms) {
    struct curl_blob authorities = {f->authorities, f->authorities_length, CURL_BLOB_NOCOPY};
    curl_easy_setopt(curl, CURLOPT_URL,
                     text_say_in(a, "%.*s%s%.*s", TEXT_ARG(r->url), r->query.length ? "?" : "",
                                 TEXT_ARG(r->query)));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)r->body.length);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, r->body.length ? r->body.bytes : "");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, time_ms);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "alapi");
    curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(curl, CURLOPT_CAINFO, NULL);
    if (authorities.len)
        curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &authorities);
}

static const char *connection_fault(CURLcode done) {
    switch (done) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return "certificate";
    case CURLE_SSL_CONNECT_ERROR:
        return "tls";
    case CURLE_OPERATION_TIMEDOUT:
        return "timeout";
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return "down";
    default:
        return "broken_off";
    }
}

static struct carried post(struct fetch *f, struct arena *a, const struct sms_provider_door *door,
                           const struct sms_request *r, long time_ms) {
    struct buf body;
    long status = 0;
    CURL *curl = curl_easy_init();
    must(curl != NULL);
    struct curl_slist *headers = headers_of(a, r);
    buf_init(&body, a, SMS_ANSWER_BYTES_MAX);
    set_up(curl, f, a, r, time_ms);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    CURLcode done = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    if (buf_is_over(&body))
        return (struct carried){CARRIED_STOPPED, "reply_endless", 0};
    if (done != CURLE_OK)
        return (struct carried){CARRIED_STOPPED, connection_fault(done), 0};
    return door->judge(a, (unsigned)status, buf_peek(&body));
}

struct carried sms_send(struct fetch *f, struct arena *a, const struct sms_settings *settings,
                        const struct sms *sms, int64_t now_ms) {
    struct sms_request r = {.header_count = 0};
    must(settings->provider > SMS_NONE && settings->provider < COUNT(doors));
    const struct sms_provider_door *door = doors[settings->provider];
    const char *endpoint =
        settings->endpoint && *settings->endpoint ? settings->endpoint : door->endpoint;
    if (!endpoint || !read_place(a, text_c(endpoint), &r))
        return (struct carried){CARRIED_STOPPED, "endpoint_unfit", 0};
    if (settings->provider != SMS_WEBHOOK && *settings->templates[sms->kind] == '\0')
        return (struct carried){CARRIED_LATER, "template_missing", 0};
    if (sms->to.length < 8 || sms->to.bytes[0] != '+' || text_has_control(sms->to))
        return (struct carried){CARRIED_REFUSED, "number_invalid", 0};
    door->build(a, settings, sms, now_ms, &r);
    return post(f, a, door, &r, settings->time_ms ? (long)settings->time_ms : SMS_TIME_MS);
}
