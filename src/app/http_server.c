/* http_server.c: see http_server.h.
 *
 * A request borrows one of as many desks (store, arena) as there are threads, so it never waits for one.
 * One that hashes a password is handed to the slow lane, its connection sleeping until the answer is
 * there; where the lane is full it is refused at once.
 */
#include "app/http_server.h"
#include "app/slow_lane.h"
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
#include <time.h>
#include <unistd.h>

enum {
    CONNECTIONS_MAX = 256,
    IDLE_S = 30,
    BACKLOG = 128,
    CONNECTION_BYTES = 48 << 10,
    SERVE_THREADS = 4,
    SLOW_WAITING = 16,
    SLOW_THREADS_MAX = 64,
    FINISH_MS = 8000,
    FINISH_STEP_MS = 10,
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
    struct desk desks[SERVE_THREADS + SLOW_THREADS_MAX];
    unsigned desk_count, slow_threads;
    int listener; /* somebody else's; -1: it is ours */
    struct slow_lane *slow;
};

/* What is read of a body while it arrives. */
struct incoming {
    char *body;
    size_t length, room;
    bool over, has_begun;
    /* of a request in the slow lane, and what came of it */
    struct MHD_Connection *connection;
    const char *method;
    struct MHD_Response *response;
    unsigned status;
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
    out->feedback_key = header(c, "X-Feedback-Key");
    out->opts_out = text_equal_c(header(c, "Sec-GPC"), "1") || text_equal_c(header(c, "DNT"), "1");
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
    add(a, response, "Clear-Site-Data", text_c(answer->clear_site_data));
    add(a, response, "Policy-Update", answer->policy_update);
    if (answer->attachment.length)
        add(a, response, "Content-Disposition",
            text_format_in(a, "attachment; filename=\"%.*s\"", TEXT_ARG(answer->attachment)));
    if (answer->retry_after_s)
        add(a, response, "Retry-After", text_format_in(a, "%u", answer->retry_after_s));
}

enum room { ROOM, NO_ROOM };

/* The answer as libmicrohttpd takes it; NULL where there is no memory for it. */
static struct MHD_Response *make_answer(struct http_server *s, struct desk *desk, struct incoming *in,
                                        enum room room) {
    struct request request;
    struct answer answer;
    const char *method = in->method;
    take_request(in->connection, method, in, &request);
    struct domain d =
        home_domain(s->home, &desk->arena, desk->store, &desk->chance, clock_now_ms());
    d.purpose = KEY_FOR_REQUEST;
    if (room == ROOM)
        site_answer(s->site, &d, &request, &answer);
    else
        site_busy(&d, &request, &answer);
    if (answer.status >= 500 && room == ROOM)
        log_event(LOG_ERROR,
                  answer.refused == ERR_INTEGRITY_FAILED ? "record_damaged" : "request_failed",
                  F_C("method", method), F_I64("status", answer.status),
                  F_C("error", answer.refused ? err_name(answer.refused) : ""));
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer.body.length, (void *)(uintptr_t)(answer.body.length ? answer.body.bytes : ""),
        MHD_RESPMEM_MUST_COPY);
    in->status = (unsigned)answer.status;
    if (response)
        add_headers(&desk->arena, response, &request, &answer);
    return response;
}

static enum MHD_Result send_answer(struct incoming *in) {
    if (!in->response)
        return MHD_NO;
    return MHD_queue_response(in->connection, in->status, in->response);
}

static void answer_now(struct http_server *s, struct incoming *in, enum room room) {
    struct desk *desk = desk_take(s);
    in->response = make_answer(s, desk, in, room);
    desk_give(s, desk);
}

/* By a thread of the slow lane: its connection wakes up, and its handler is called once more. */
static void answer_slowly(void *with, void *job) {
    struct incoming *in = job;
    struct MHD_Connection *connection = in->connection;
    answer_now(with, in, ROOM);
    MHD_resume_connection(connection);
}

static bool is_slow(struct http_server *s, const struct incoming *in) {
    struct text rest = text_c((const char *)(in + 1)), path = TEXT("");
    text_cut(&rest, '?', &path);
    return s->slow && site_is_slow(text_c(in->method), path);
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
    if (in->response)
        return send_answer(in);
    in->connection = c;
    in->method = method;
    if (!is_slow(s, in)) {
        answer_now(s, in, ROOM);
        return send_answer(in);
    }
    MHD_suspend_connection(c);
    if (slow_lane_offer(s->slow, in))
        return MHD_YES;
    answer_now(s, in, NO_ROOM);
    MHD_resume_connection(c);
    return MHD_YES;
}

static void forget(void *with, struct MHD_Connection *c, void **state,
                   enum MHD_RequestTerminationCode why) {
    struct incoming *in = *state;
    (void)with;
    (void)c;
    (void)why;
    if (!in)
        return;
    if (in->response)
        MHD_destroy_response(in->response);
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
    for (; s->desk_count < SERVE_THREADS + s->slow_threads; s->desk_count++) {
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
    s->slow = slow_lane_new(s->slow_threads, SLOW_WAITING, &(struct slow_work){answer_slowly, s});
    fd = s->listener;
    if (fd < 0)
        try(listen_at(a, HOME_SERVE_SOCK, &fd));
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, s,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)SERVE_THREADS, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES, MHD_OPTION_NOTIFY_COMPLETED,
        forget, NULL, MHD_OPTION_URI_LOG_CALLBACK, note_target, NULL, MHD_OPTION_END);
    if (s->daemon)
        return ok;
    close(fd);
    return err_make(ERR_IO, "the HTTP server does not start");
}

struct err http_server_start(struct arena *a, const struct http_place *place,
                             struct http_server **out) {
    struct http_server *s = calloc(1, sizeof *s);
    must(s != NULL);
    s->home = place->home;
    s->site = place->site;
    s->listener = place->listener;
    s->slow_threads = (unsigned)s->home->config.password_slots;
    must(s->slow_threads > 0 && s->slow_threads <= SLOW_THREADS_MAX);
    pthread_mutex_init(&s->lock, NULL);
    struct err e = start(a, s);
    if (e.kind) {
        http_server_stop(s);
        return e;
    }
    *out = s;
    return ok;
}

/* libmicrohttpd hangs up on whoever waits when it is stopped. So first no more are taken (they wait for the
 * next of us where the socket is not ours), and those under way are answered; nginx keeps no connection. */
static void finish(struct http_server *s) {
    const struct timespec pause = {0, FINISH_STEP_MS * 1000000L};
    MHD_socket fd = MHD_quiesce_daemon(s->daemon);
    if (fd != MHD_INVALID_SOCKET)
        close(fd);
    for (unsigned waited_ms = 0; waited_ms < FINISH_MS; waited_ms += FINISH_STEP_MS) {
        const union MHD_DaemonInfo *info =
            MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
        if (!info || info->num_connections == 0)
            return;
        nanosleep(&pause, NULL);
    }
}

void http_server_stop(struct http_server *s) {
    if (!s)
        return;
    if (s->daemon)
        finish(s);
    slow_lane_end(s->slow); /* first: the daemon must not end while a connection sleeps */
    if (s->daemon)
        MHD_stop_daemon(s->daemon);
    if (s->daemon && s->listener < 0)
        unlink(HOME_SERVE_SOCK);
    slow_lane_free(s->slow);
    for (unsigned i = 0; i < s->desk_count; i++) {
        store_close(s->desks[i].store);
        arena_done(&s->desks[i].arena);
    }
    pthread_mutex_destroy(&s->lock);
    free(s);
}
