/* smtp.c: one curl handle a mail. curl tells only the last reply's number, and 550 means one thing
 * at MAIL and another at RCPT: so we watch which command went out last. */
#include "fetch/smtp.h"
#include "base/must.h"
#include "codec/ip.h"
#include "fetch/inside.h"

#include <curl/curl.h>
#include <linux/tcp.h> /* glibc's own lacks the count of received bytes */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum stage { STAGE_HELLO, STAGE_FROM, STAGE_TO, STAGE_CONTENT };

struct delivery {
    enum stage stage;
    struct text rest; /* of the content */
    int socket;       /* -1: none yet; curl closes it */
    bool too_much;    /* the server said more than it may */
    const _Atomic bool *is_ending;
};

/* ---- what may reach the wire ---- */

static bool is_address(struct text t) {
    if (t.length < 3 || t.length > 254 || text_find_char(t, '@') == SIZE_MAX)
        return false;
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        if (c <= ' ' || c >= 0x7F || c == '<' || c == '>' || c == '"' || c == ',' || c == '\\')
            return false;
    }
    return true;
}

/* Every line ends in CR LF, and nothing else is a CR or an LF: so no server can see another end of
 * the mail than we do. */
static bool is_content(struct text t) {
    for (size_t i = 0; i < t.length; i++) {
        bool has_pair = t.bytes[i] == '\r' && i + 1 < t.length && t.bytes[i + 1] == '\n';
        if (t.bytes[i] == '\0' || t.bytes[i] == '\n' || (t.bytes[i] == '\r' && !has_pair))
            return false;
        i += has_pair;
    }
    return text_ends(t, TEXT("\r\n"));
}

/* ---- what curl asks us ---- */

static size_t give_content(char *room, size_t size, size_t count, void *context) {
    struct delivery *d = context;
    size_t length = size * count < d->rest.length ? size * count : d->rest.length;
    if (length)
        memcpy(room, d->rest.bytes, length);
    d->rest = text_from(d->rest, length);
    return length;
}

static int watch(CURL *curl, curl_infotype type, char *bytes, size_t length, void *context) {
    static const struct {
        const char *command;
        enum stage stage;
    } rows[] = {{"MAIL FROM:", STAGE_FROM}, {"RCPT TO:", STAGE_TO}, {"DATA", STAGE_CONTENT}};
    struct delivery *d = context;
    (void)curl;
    for (size_t i = 0; type == CURLINFO_HEADER_OUT && i < COUNT(rows); i++)
        if (text_starts(text_of(bytes, length), text_c(rows[i].command)))
            d->stage = rows[i].stage;
    return 0;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose,
                                 struct curl_sockaddr *address) {
    struct delivery *d = context;
    (void)purpose;
    d->socket = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    return d->socket;
}

/* curl throws away what is too long of a line, but has no end of throwing away. */
static int check_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t e) {
    struct delivery *d = context;
    struct tcp_info info = {.tcpi_bytes_received = 0};
    socklen_t size = sizeof info;
    (void)a, (void)b, (void)c, (void)e;
    if (d->is_ending && *d->is_ending && d->stage < STAGE_CONTENT)
        return 1;
    if (d->socket < 0 || getsockopt(d->socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return 0;
    d->too_much = info.tcpi_bytes_received > SMTP_REPLY_BYTES_MAX;
    return d->too_much;
}

/* ---- one mail ---- */

static const char *url_in(struct arena *a, const struct smtp_server *s) {
    struct ip ip;
    bool is_v6 = ip_parse(text_c(s->host), &ip) && !ip_is_v4(&ip);
    return text_say_in(a, "%s://%s%s%s:%u/%s", s->is_tls_at_once ? "smtps" : "smtp",
                       is_v6 ? "[" : "", s->host, is_v6 ? "]" : "", s->port, s->hello);
}

static void set_server(CURL *curl, struct fetch *f, struct arena *a, const struct smtp_server *s) {
    struct curl_blob authorities = {f->authorities, f->authorities_length, CURL_BLOB_NOCOPY};
    long time_ms = s->time_ms ? (long)s->time_ms : SMTP_TIME_MS;
    curl_easy_setopt(curl, CURLOPT_URL, url_in(a, s));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, time_ms);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     time_ms < SMTP_CONNECT_MS ? time_ms : SMTP_CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(curl, CURLOPT_CAINFO, NULL);
    if (authorities.len)
        curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &authorities);
    if (s->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, s->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, s->password ? s->password : "");
    }
}

static void set_mail(CURL *curl, struct arena *a, const struct smtp_mail *mail,
                     struct curl_slist *to, struct delivery *d) {
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, text_say_in(a, "<%.*s>", TEXT_ARG(mail->from)));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_content);
    curl_easy_setopt(curl, CURLOPT_READDATA, d);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)mail->content.length);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); /* to `watch` alone, which keeps nothing */
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, watch);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, d);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, d);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, check_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, d);
}

static struct carried stopped(const char *reason, unsigned code) {
    return (struct carried){CARRIED_STOPPED, reason, code};
}

/* The connection itself: what every mail would meet. */
static const char *connection_fault(CURLcode done) {
    switch (done) {
    case CURLE_USE_SSL_FAILED:
        return "no_starttls";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return "certificate";
    case CURLE_SSL_CONNECT_ERROR:
        return "tls";
    case CURLE_LOGIN_DENIED:
        return "login_refused";
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return "down";
    default:
        return NULL;
    }
}

/* At RCPT and behind it a number speaks of this mail; 421 says that the server is about to close.
 */
static struct carried judge_reply(enum stage stage, unsigned code) {
    if (code == 421)
        return stopped("busy", code);
    if (stage == STAGE_FROM)
        return stopped(code >= 500 ? "sender_refused" : "busy", code);
    if (code >= 500)
        return (struct carried){CARRIED_REFUSED,
                                stage == STAGE_TO ? "recipient_refused" : "content_refused", code};
    return (struct carried){CARRIED_LATER, "not_now", code};
}

static struct carried judge(CURL *curl, CURLcode done, const struct delivery *d) {
    long last = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &last);
    unsigned code = last >= 200 && last < 600 ? (unsigned)last : 0;
    const char *fault = connection_fault(done);
    if (done == CURLE_OK)
        return (struct carried){CARRIED_SENT, "sent", code};
    if (d->too_much)
        return stopped("reply_endless", 0);
    if (fault)
        return stopped(fault, code >= 400 ? code : 0);
    if (done != CURLE_OPERATION_TIMEDOUT && code >= 400 && d->stage != STAGE_HELLO)
        return judge_reply(d->stage, code);
    const char *reason = done == CURLE_OPERATION_TIMEDOUT ? "timeout" : "broken_off";
    if (d->stage >= STAGE_TO) /* perhaps it is this mail that the server chokes on */
        return (struct carried){CARRIED_LATER, reason, 0};
    return stopped(code >= 400 ? "server_refuses" : reason, code >= 400 ? code : 0);
}

struct carried smtp_send(struct fetch *f, struct arena *a, const struct smtp_server *server,
                         const struct smtp_mail *mail) {
    struct delivery d = {.rest = mail->content, .socket = -1, .is_ending = server->is_ending};
    if (!is_address(mail->from) || !is_address(mail->to) || !is_content(mail->content))
        return (struct carried){CARRIED_REFUSED, "malformed", 0};
    CURL *curl = curl_easy_init();
    must(curl != NULL);
    struct curl_slist *to = curl_slist_append(NULL, text_say_in(a, "<%.*s>", TEXT_ARG(mail->to)));
    must(to != NULL);
    set_server(curl, f, a, server);
    set_mail(curl, a, mail, to, &d);
    struct carried what = judge(curl, curl_easy_perform(curl), &d);
    curl_easy_cleanup(curl);
    curl_slist_free_all(to);
    return what;
}
