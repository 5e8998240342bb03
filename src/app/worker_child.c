/* worker_child.c: see worker_child.h. libmicrohttpd reads HTTP; one arena a call, freed behind its answer. */
#include "app/worker_child.h"
#include "api/catalog.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "codec/barcode.h"
#include "codec/feed.h"
#include "codec/image.h"
#include "gate/parcel.h"
#include "gate/perform.h"

#include <malloc.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTION_TIMEOUT_S = 10,
    CONNECTION_BYTES = 64 << 10, /* libmicrohttpd's buffers of one connection */
    WATCH_EVERY_MS = 100,
    LAST_WORDS_S = 2,
    HEAP_ARENAS = 2,
    FINISH_MS = 18000,
    FINISH_STEP_MS = 10,
};

struct child {
    const struct worker_child *with;
    struct fetch *fetch;
    _Atomic uint64_t overdue_ns[WORKER_THREADS]; /* of each running call; 0: none */
};

struct job {
    struct arena arena;
    struct buf ask;
    struct random chance;
    struct call call;
};

/* ---- the watch ---- */

static uint64_t twice_limit_ns(const struct endpoint *e) {
    return 2ull * (e->limit_ms ? e->limit_ms : LIMIT_WORKER_MS) * 1000000;
}

static _Atomic uint64_t *watch_begin(struct child *child, const struct endpoint *e) {
    uint64_t overdue_ns = clock_monotonic_ns() + twice_limit_ns(e);
    for (size_t i = 0; i < WORKER_THREADS; i++) {
        uint64_t free_slot = 0;
        if (atomic_compare_exchange_strong(&child->overdue_ns[i], &free_slot, overdue_ns))
            return &child->overdue_ns[i];
    }
    must(!"a thread runs one call at a time");
    return NULL;
}

static void *watch(void *context) {
    struct child *child = context;
    const struct timespec pause = {0, WATCH_EVERY_MS * 1000000L};
    for (;;) {
        nanosleep(&pause, NULL);
        uint64_t now_ns = clock_monotonic_ns();
        for (size_t i = 0; i < WORKER_THREADS; i++) {
            uint64_t overdue_ns = atomic_load(&child->overdue_ns[i]);
            if (overdue_ns == 0 || now_ns < overdue_ns)
                continue;
            alarm(LAST_WORDS_S); /* the stuck call may hold the lock that logging needs */
            log_event(LOG_ERROR, "worker_call_overdue", F_I64("pid", getpid()));
            _exit(WORKER_EXIT_OVERDUE);
        }
    }
}

/* ---- a call ---- */

static struct job *job_new(void) {
    struct job *job = malloc(sizeof *job);
    must(job != NULL);
    arena_init(&job->arena, LIMIT_ARENA_BYTES);
    buf_init(&job->ask, &job->arena, LIMIT_PARCEL_ASK_BYTES);
    job->chance = random_system();
    call_init(&job->call, &job->arena, 0, &job->chance);
    return job;
}

static void job_free(struct job *job) {
    arena_done(&job->arena);
    free(job);
}

static struct err perform_watched(struct child *child, struct call *c) {
    if (!c->endpoint->run)
        return err_make(ERR_API_UNKNOWN, "this API does not run here");
    c->catalog = api_catalog;
    c->data = child->with->data;
    c->fetch = child->fetch;
    c->connectors = child->with->connectors;
    _Atomic uint64_t *slot = watch_begin(child, c->endpoint);
    struct err e = perform(c);
    atomic_store(slot, 0);
    return e;
}

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned status, struct text body) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body.length, (void *)body.bytes, MHD_RESPMEM_PERSISTENT);
    must(response != NULL);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/octet-stream");
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result answer_call(struct child *child, struct job *job, struct MHD_Connection *connection) {
    struct call *c = &job->call;
    if (buf_is_over(&job->ask))
        return answer(connection, MHD_HTTP_CONTENT_TOO_LARGE, TEXT("the parcel is too long\n"));
    struct err e = parcel_ask_open(c, buf_peek(&job->ask), api_catalog);
    if (e.kind == ERR_REQUEST_MALFORMED)
        return answer(connection, MHD_HTTP_BAD_REQUEST, text_c(e.say));
    if (!e.kind)
        e = perform_watched(child, c);
    return answer(connection, MHD_HTTP_OK, parcel_answer_in(&job->arena, c, e));
}

/* Called at the head of a request, for each piece of its body, and at its end.
 * tidy: parameters: libmicrohttpd's own */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *bytes, size_t *length,
                                  void **job_slot) {
    struct job *job = *job_slot;
    (void)version;
    if (!job) {
        *job_slot = job_new();
        if (strcmp(method, "POST") != 0 || strcmp(url, "/") != 0)
            return answer(connection, MHD_HTTP_METHOD_NOT_ALLOWED, TEXT("POST a parcel to /\n"));
        return MHD_YES;
    }
    if (*length) {
        /* Too much is read to its end too, and dropped: who writes does not hear an answer before. */
        buf_add(&job->ask, bytes, *length);
        *length = 0;
        return MHD_YES;
    }
    return answer_call(context, job, connection);
}

static void on_end(void *context, struct MHD_Connection *connection, void **job_slot,
                   enum MHD_RequestTerminationCode why) {
    (void)context, (void)connection, (void)why;
    if (*job_slot)
        job_free(*job_slot);
    *job_slot = NULL;
}

/* ---- the process ---- */

static struct MHD_Daemon *listen_on(struct child *child) {
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, on_request, child,
                            MHD_OPTION_LISTEN_SOCKET, child->with->listener,
                            MHD_OPTION_THREAD_POOL_SIZE, (unsigned)WORKER_THREADS,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)WORKER_THREADS, /* one each */
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_TIMEOUT_S,
                            MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
}

/* The kernel forgets the death signal when the user changes, so it is asked for behind that. */
static struct err settle(const struct worker_child *with) {
    try(sandbox_drop_root(&with->user));
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != with->parent)
        return err_make(ERR_CONFIG, "the parent is gone");
    signal(SIGPIPE, SIG_IGN);
    mallopt(M_ARENA_MAX, HEAP_ARENAS); /* each reserves address space, of which there is a limit */
    return ok;
}

static struct err open_all(struct child *child) {
    try(settle(child->with));
    try(image_begin());
    barcode_begin();
    feed_begin();
    try(fetch_open(&child->with->fetch, &child->fetch));
    return sandbox_enter();
}

static void wait_for_end(void) {
    sigset_t ends;
    int which;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigwait(&ends, &which);
}

/* libmicrohttpd hangs up on whoever waits when it is stopped: so first no more calls are taken and those
 * that run are answered. The parent's patience is a little longer than ours. */
static void finish(struct MHD_Daemon *daemon) {
    const struct timespec pause = {0, FINISH_STEP_MS * 1000000L};
    MHD_quiesce_daemon(daemon);
    for (unsigned waited_ms = 0; waited_ms < FINISH_MS; waited_ms += FINISH_STEP_MS) {
        const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
        if (!info || info->num_connections == 0)
            return;
        nanosleep(&pause, NULL);
    }
}

/* _exit and not exit: handlers of libraries have no business behind the sandbox's door. */
_Noreturn void worker_child_run(const struct worker_child *with) {
    static struct child child;
    pthread_t watcher;
    child.with = with;
    struct err e = open_all(&child);
    struct MHD_Daemon *daemon = e.kind ? NULL : listen_on(&child);
    if (!daemon || pthread_create(&watcher, NULL, watch, &child) != 0) {
        log_event(LOG_ERROR, "worker_start_failed", F_C("why", e.say ? e.say : "its threads cannot be started"));
        _exit(EXIT_FAILURE);
    }
    wait_for_end();
    finish(daemon);
    _exit(EXIT_SUCCESS);
}
