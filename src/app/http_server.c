/* http_server.c: see http_server.h.
 *
 * A request borrows one of as many desks (store, arena) as there are threads, so it never waits for one.
 */
#include "app/http_server.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    CONNECTIONS_MAX = 256,
    IDLE_S = 30,
    BACKLOG = 128,
    CONNECTION_BYTES = 48 << 10,
    SERVE_THREADS = 4
};

struct desk {
    struct arena arena;
    struct store *store;
    struct random chance;
    bool is_taken;
};

struct http_server {
    const struct home *home;
    const struct site *site;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock;
    struct desk desks[SERVE_THREADS];
    unsigned desk_count;
};

/* What is read of a body while it arrives. */
struct incoming {
    char *body;
    size_t length, room;
    bool over, has_begun;
};

static struct desk *desk_take(struct http_server *s) {
    struct desk *found = NULL;
    pthread_mutex_lock(&s->lock);
    for (unsigned i = 0; i < s->desk_count && !found; i++)
        if (!s->desks[i].is_taken)
            found = &s->desks[i];
    must(found != NULL);
    found->is_taken = true;
    pthread_mutex_unlock(&s->lock);
    return found;
}

static void desk_give(struct http_server *s, struct desk *desk) {
    arena_reset(&desk->arena);
    pthread_mutex_lock(&s->lock);
    desk->is_taken = false;
    pthread_mutex_unlock(&s->lock);
}

/* ---- in ---- */

static void take_body(struct incoming *in, const char *bytes, size_t length) {
    if (in->over || length > SITE_BODY_BYTES_MAX - in->length) {
        in->over = true;
        return;
    }
    if (in->room < in->length + length) {
        in->room = in->length + length + 4096;
        in->body = realloc(in->body, in->room);
        must(in->body != NULL);
    }
    memcpy(in->body + in->length, bytes, length);
    in->length += length;
}

static struct text header(struct MHD_Connection *c, const char *name) {
    return text_c(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

/* The path and the query as they came: MHD hands over the raw target through its log hook. */
static void *note_target(void *with, const char *target, struct MHD_Connection *connection) {
    (void)with;
    (void)connection;
    struct incoming *in = calloc(1, sizeof *in + strlen(target) + 1);
    must(in != NULL);
    memcpy(in + 1, target, strlen(target) + 1);
    return in;
}

static void take_request(struct MHD_Connection *c, const char *method, struct incoming *in,
                         struct request *out) {
    struct text target = text_c((const char *)(in + 1)), rest = target;
    *out = (struct request){.method = text_c(method)};
    text_cut(&rest, '?', &out->path);
    out->query = rest;
    out->body = text_of(in->body, in->length);
    out->body_over = in->over;
    out->content_type = header(c, "Content-Type");
    out->cookie = header(c, "Cookie");
    out->origin = header(c, "Origin");
    out->host = header(c, "Host");
    out->fetch_site = header(c, "Sec-Fetch-Site");
    out->csrf = header(c, "X-CSRF-Token");
    out->language = header(c, "Accept-Language");
    out->accept = header(c, "Accept");
    out->user_agent = header(c, "User-Agent");
    out->address = header(c, "X-Real-IP");
    out->is_tls = text_equal_c(header(c, "X-Forwarded-Proto"), "https");
}

/* ---- out ---- */

static void add(struct arena *a, struct MHD_Response *response, const char *name,
                struct text value) {
    if (value.length)
        MHD_add_response_header(response, name, text_c_in(a, value));
}

static void add_headers(struct arena *a, struct MHD_Response *response,
                        const struct request *request, const struct answer *answer) {
    static const struct {
        const char *name, *value;
    } always[] = {
        {"Content-Security-Policy",
         "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
         "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"X-Frame-Options", "DENY"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    };
    for (size_t i = 0; i < COUNT(always); i++)
        MHD_add_response_header(response, always[i].name, always[i].value);
    if (request->is_tls)
        MHD_add_response_header(response, "Strict-Transport-Security",
                                "max-age=31536000; includeSubDomains");
    MHD_add_response_header(response, "Cache-Control",
                            answer->is_private ? "no-store" : "no-cache");
    add(a, response, "Content-Type", text_c(answer->content_type));
    for (unsigned i = 0; i < answer->cookie_count; i++)
        add(a, response, "Set-Cookie", answer->cookies[i]);
    add(a, response, "X-CSRF-Token", answer->csrf);
    add(a, response, "Allow", answer->allow);
    add(a, response, "Location", answer->location);
    if (answer->attachment.length)
        add(a, response, "Content-Disposition",
            text_format_in(a, "attachment; filename=\"%.*s\"", TEXT_ARG(answer->attachment)));
    if (answer->retry_after_s)
        add(a, response, "Retry-After", text_format_in(a, "%u", answer->retry_after_s));
}

static enum MHD_Result send_answer(struct http_server *s, struct desk *desk,
                                   struct MHD_Connection *c, const char *method,
                                   struct incoming *in) {
    struct request request;
    struct answer answer;
    take_request(c, method, in, &request);
    struct domain d =
        home_domain(s->home, &desk->arena, desk->store, &desk->chance, clock_now_ms());
    site_answer(s->site, &d, &request, &answer);
    if (answer.status >= 500)
        log_event(LOG_ERROR, "request_failed", F_C("method", method),
                  F_I64("status", answer.status));
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer.body.length, (void *)(uintptr_t)(answer.body.length ? answer.body.bytes : ""),
        MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    add_headers(&desk->arena, response, &request, &answer);
    enum MHD_Result result = MHD_queue_response(c, (unsigned)answer.status, response);
    MHD_destroy_response(response);
    return result;
}

/* tidy: parameters: libmicrohttpd names them */
static enum MHD_Result handle(void *with, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *bytes,
                              size_t *length, void **state) {
    struct http_server *s = with;
    struct incoming *in = *state;
    (void)url;
    (void)version;
    if (!in->has_begun) { /* the head alone; the body follows */
        in->has_begun = true;
        return MHD_YES;
    }
    if (*length) {
        take_body(in, bytes, *length);
        *length = 0;
        return MHD_YES;
    }
    struct desk *desk = desk_take(s);
    enum MHD_Result result = send_answer(s, desk, c, method, in);
    desk_give(s, desk);
    return result;
}

static void forget(void *with, struct MHD_Connection *c, void **state,
                   enum MHD_RequestTerminationCode why) {
    struct incoming *in = *state;
    (void)with;
    (void)c;
    (void)why;
    if (!in)
        return;
    if (in->body && in->length)
        secret_wipe(in->body, in->length); /* it may hold a password */
    free(in->body);
    free(in);
    *state = NULL;
}

/* ---- the server ---- */

static struct err listen_at(struct arena *a, const char *path, int *fd_out) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    must(strlen(path) < sizeof address.sun_path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    unlink(path); /* we hold the serve lock: whoever made it is gone */
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        chmod(path, 0660) != 0 || listen(fd, BACKLOG) != 0) {
        struct err e = file_fault(a, "cannot listen at", path);
        if (fd >= 0)
            close(fd);
        return e;
    }
    *fd_out = fd;
    return ok;
}

static struct err open_desks(struct arena *a, struct http_server *s) {
    for (; s->desk_count < SERVE_THREADS; s->desk_count++) {
        struct desk *desk = &s->desks[s->desk_count];
        try(home_store(a, &desk->store));
        arena_init(&desk->arena, LIMIT_ARENA_BYTES);
        desk->chance = random_system();
    }
    return ok;
}

static struct err start(struct arena *a, struct http_server *s) {
    int fd = -1;
    try(open_desks(a, s));
    try(listen_at(a, HOME_SERVE_SOCK, &fd));
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, handle, s,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
        s->desk_count > 1 ? s->desk_count : 0u, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES, MHD_OPTION_NOTIFY_COMPLETED,
        forget, NULL, MHD_OPTION_URI_LOG_CALLBACK, note_target, NULL, MHD_OPTION_END);
    if (s->daemon)
        return ok;
    close(fd);
    return err_make(ERR_IO, "the HTTP server does not start");
}

struct err http_server_start(struct arena *a, const struct home *home, const struct site *site,
                             struct http_server **out) {
    struct http_server *s = calloc(1, sizeof *s);
    must(s != NULL);
    s->home = home;
    s->site = site;
    pthread_mutex_init(&s->lock, NULL);
    struct err e = start(a, s);
    if (e.kind) {
        http_server_stop(s);
        return e;
    }
    *out = s;
    return ok;
}

void http_server_stop(struct http_server *s) {
    if (!s)
        return;
    if (s->daemon) {
        MHD_stop_daemon(s->daemon);
        unlink(HOME_SERVE_SOCK);
    }
    for (unsigned i = 0; i < s->desk_count; i++) {
        store_close(s->desks[i].store);
        arena_done(&s->desks[i].arena);
    }
    pthread_mutex_destroy(&s->lock);
    free(s);
}
