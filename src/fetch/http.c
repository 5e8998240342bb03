/* http.c: one curl handle a call. Two bolts on the same door: curl is told the checked addresses
 * (CURLOPT_RESOLVE), and no socket is opened to an address that may not be asked. */
#include "fetch/http.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/must.h"
#include "codec/host.h"
#include "fetch/inside.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REDIRECTS_MAX = 3, URL_BYTES_MAX = 8000, UNPRIVILEGED_PORT = 1024 };

struct errand {
    struct fetch *fetch;
    struct arena *arena;
    uint64_t deadline_ns;
    const struct http_request *request;
    bool is_followed; /* by a redirection: what was to be sent was sent */
    struct buf body;
    bool met_private; /* a socket to a private address was asked for */
};

struct place {
    const char *url; /* as curl's own parser prints it, so that both mean the same host */
    struct text host;
    long port;
};

static struct text url_part_in(struct arena *a, CURLU *url, CURLUPart part, unsigned flags) {
    char *value = NULL;
    if (curl_url_get(url, part, &value, flags) != CURLUE_OK)
        return TEXT("");
    struct text found = text_copy_in(a, text_c(value));
    curl_free(value);
    return found;
}

static bool read_place(struct arena *a, CURLU *url, struct place *out) {
    struct text scheme = url_part_in(a, url, CURLUPART_SCHEME, 0);
    struct text host = url_part_in(a, url, CURLUPART_HOST, 0);
    uint64_t port;
    struct ip literal;
    if (!text_equal_c(scheme, "http") && !text_equal_c(scheme, "https"))
        return false;
    if (url_part_in(a, url, CURLUPART_USER, 0).length || url_part_in(a, url, CURLUPART_PASSWORD, 0).length)
        return false;
    if (!text_to_u64(url_part_in(a, url, CURLUPART_PORT, CURLU_DEFAULT_PORT), &port))
        return false;
    if (port != 80 && port != 443 && (port < UNPRIVILEGED_PORT || port > UINT16_MAX))
        return false;
    if (text_starts(host, TEXT("[")) && text_ends(host, TEXT("]")))
        host = text_part(host, 1, host.length - 2);
    if (!ip_parse(host, &literal)) {
        if (!host_normalize_in(a, host, &host))
            return false;
        if (curl_url_set(url, CURLUPART_HOST, text_c_in(a, host), 0) != CURLUE_OK)
            return false;
    }
    curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0);
    *out = (struct place){text_c_in(a, url_part_in(a, url, CURLUPART_URL, 0)), host, (long)port};
    return true;
}

static struct err parse_place(struct arena *a, struct text t, struct place *out) {
    CURLU *url = curl_url();
    must(url != NULL);
    bool is_sound = t.length > 0 && t.length <= URL_BYTES_MAX && !text_has_nul(t) &&
                    curl_url_set(url, CURLUPART_URL, text_c_in(a, t), CURLU_URLENCODE) == CURLUE_OK &&
                    read_place(a, url, out);
    curl_url_cleanup(url);
    return is_sound ? ok : fetch_fail(FAULT_URL_INVALID);
}

static struct ip ip_of(const struct sockaddr *address) {
    struct ip ip = {{0}};
    if (address->sa_family == AF_INET)
        return ip_from_v4(ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        for (size_t i = 0; i < sizeof ip.bytes; i++)
            ip.bytes[i] = ((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr[i];
    return ip; /* other families: the unspecified address, which is not public */
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    struct errand *errand = context;
    struct ip ip = ip_of(&address->addr);
    (void)purpose;
    if (!fetch_may_ask(errand->fetch, &ip)) {
        errand->met_private = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    struct errand *errand = context;
    buf_add(&errand->body, bytes, size * count);
    return buf_is_over(&errand->body) ? 0 : size * count;
}

/* "example.com:443:93.184.216.34,[2606:2800::1]"; nothing for a host that is an address itself. */
static struct curl_slist *pinned(struct arena *a, const struct place *place, const struct addresses *all) {
    struct ip literal;
    if (ip_parse(place->host, &literal))
        return NULL;
    const char *line = text_say_in(a, "%.*s:%ld:", TEXT_ARG(place->host), place->port);
    for (size_t i = 0; i < all->count; i++) {
        struct text ip = ip_print_in(a, &all->list[i]);
        line = text_say_in(a, ip_is_v4(&all->list[i]) ? "%s%s%.*s" : "%s%s[%.*s]", line, i ? "," : "",
                           TEXT_ARG(ip));
    }
    return curl_slist_append(NULL, line);
}

static struct curl_slist *header_list(const struct http_request *r) {
    struct curl_slist *list =
        curl_slist_append(NULL, "Expect:"); /* no 100-continue: it costs a round trip */
    for (const char *const *h = r->headers; h && *h; h++)
        list = curl_slist_append(list, *h);
    return list;
}

static void set_sending(CURL *curl, const struct errand *errand, struct curl_slist *headers) {
    const struct http_request *r = errand->request;
    if (r->takes_packed)
        curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    if (errand->is_followed)
        return;
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    if (r->body.length) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.length);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, r->body.bytes);
    }
    if (r->method)
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, r->method);
}

static void set_up(CURL *curl, struct errand *errand, const struct place *place, struct curl_slist *pins) {
    struct fetch *f = errand->fetch;
    struct curl_blob authorities = {f->authorities, f->authorities_length, CURL_BLOB_NOCOPY};
    curl_easy_setopt(curl, CURLOPT_URL, place->url);
    curl_easy_setopt(curl, CURLOPT_RESOLVE, pins);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, errand);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, errand);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)fetch_left_ms(errand->deadline_ns) + 1);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)errand->body.limit);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "alapi");
    curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(curl, CURLOPT_CAINFO, NULL);
    if (authorities.len)
        curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &authorities);
}

static struct err judge(CURLcode done, const struct errand *errand) {
    if (errand->met_private)
        return fetch_fail(FAULT_ADDRESS_PRIVATE);
    if (buf_is_over(&errand->body) || done == CURLE_FILESIZE_EXCEEDED)
        return fetch_fail(FAULT_HTTP_TOO_LARGE);
    if (done == CURLE_OPERATION_TIMEDOUT)
        return fetch_fail(FAULT_CONNECT_TIMEOUT);
    if (done == CURLE_COULDNT_CONNECT)
        return fetch_fail(FAULT_CONNECT);
    if (done == CURLE_SSL_CONNECT_ERROR || done == CURLE_PEER_FAILED_VERIFICATION)
        return fetch_fail(FAULT_HANDSHAKE);
    return done == CURLE_OK ? ok : fetch_fail(FAULT_HTTP);
}

/* One request. `next_out` is where it redirects to, else empty. */
static struct err get_once(struct errand *errand, const struct place *place, struct http_answer *out,
                           struct text *next_out) {
    struct addresses all;
    char *next = NULL, *type = NULL;
    long status = 0;
    try(fetch_addresses(errand->fetch, errand->arena, place->host, errand->deadline_ns, &all));
    CURL *curl = curl_easy_init();
    must(curl != NULL);
    struct curl_slist *pins = pinned(errand->arena, place, &all);
    struct curl_slist *headers = header_list(errand->request);
    errand->body.length = 0;
    set_up(curl, errand, place, pins);
    set_sending(curl, errand, headers);
    CURLcode done = curl_easy_perform(curl);
    struct err e = judge(done, errand);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &next);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    *next_out = done == CURLE_OK && next ? text_copy_in(errand->arena, text_c(next)) : TEXT("");
    *out = (struct http_answer){buf_peek(&errand->body), text_copy_in(errand->arena, text_c(type)),
                                (unsigned)status};
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    curl_slist_free_all(pins);
    return next_out->length ? ok : e;
}

static uint64_t ends_ns(const struct http_request *r) {
    return r->time_ms ? clock_monotonic_ns() + r->time_ms * 1000000ull : fetch_deadline_ns();
}

struct err http_ask_in(struct fetch *f, struct arena *a, const struct http_request *request,
                       struct http_answer *out) {
    struct fetch with = *f; /* borrowed, with the one door more that the operator opened */
    with.settings.allow_private = f->settings.allow_private || request->may_be_private;
    struct errand errand = {
        .fetch = &with, .arena = a, .deadline_ns = ends_ns(request), .request = request};
    struct text next = request->url;
    buf_init(&errand.body, a, request->bytes_max);
    for (unsigned i = 0; i <= request->redirects_max; i++) {
        struct place place = {.port = 0};
        struct http_answer answer;
        try(parse_place(a, next, &place));
        try(get_once(&errand, &place, &answer, &next));
        if (next.length) {
            errand.is_followed = true;
            with.settings.allow_private = f->settings.allow_private;
            continue;
        }
        *out = answer;
        return ok;
    }
    return fetch_fail(FAULT_HTTP_REDIRECTS);
}

struct err http_get_in(struct fetch *f, struct arena *a, struct text url, size_t bytes_max,
                       struct http_answer *out) {
    struct http_request request = {.url = url, .bytes_max = bytes_max, .redirects_max = REDIRECTS_MAX};
    struct http_answer answer;
    try(http_ask_in(f, a, &request, &answer));
    if (answer.status != 200)
        return fetch_fail(FAULT_HTTP_STATUS);
    *out = answer;
    return ok;
}
