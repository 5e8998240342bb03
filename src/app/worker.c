/* worker.c: see worker.h. The data packs are mapped before the children are made, so all share them and none
 * needs to reach the files; paths are relative to the home, so that folders above it need not be readable. */
#include "app/worker.h"
#include "api/catalog.h"
#include "app/config.h"
#include "app/worker_child.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOCKET_PATH "state/worker.sock"
#define LOCK_PATH   "state/worker.lock"

enum {
    PAUSE_LEAST_MS = 100,
    PAUSE_MOST_MS = 5000,
    LIVED_WELL_MS = 10000,
    END_MS = 20000, /* what the children have to finish their calls */
    BACKLOG = LIMIT_WORKER_QUEUE + 16,
};

struct place { /* of one child */
    pid_t pid; /* 0: none */
    uint64_t started_ms, start_at_ms;
    unsigned pause_ms;
};

struct parent {
    struct worker_child with;
    struct place places[WORKER_PROCESSES_MAX];
    unsigned count;
    int lock;
    bool is_ending;
};

static uint64_t now_ms(void) {
    return clock_monotonic_ns() / 1000000;
}

/* ---- the socket ---- */

static struct err enter_home(struct arena *a, const char *home) {
    try(file_make_folder(a, home, 0750));
    if (chdir(home) != 0)
        return file_fault(a, "enter", home);
    return file_make_folder(a, "state", 0750);
}

static struct err take_lock(struct arena *a, int *out) {
    int lock = open(LOCK_PATH, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (lock < 0)
        return file_fault(a, "open", LOCK_PATH);
    if (flock(lock, LOCK_EX | LOCK_NB) == 0) {
        *out = lock;
        return ok;
    }
    close(lock);
    return err_make(ERR_CONFIG, "another worker runs in this home; stop it first, or name another with --home");
}

/* We hold the lock, so a socket that is there is a dead worker's. */
static struct err bind_socket(struct arena *a, const struct sandbox_user *user, int *out) {
    struct sockaddr_un at = {.sun_family = AF_UNIX, .sun_path = SOCKET_PATH};
    int s = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (s < 0)
        return file_fault(a, "open", SOCKET_PATH);
    unlink(SOCKET_PATH);
    mode_t mask = umask(0117);
    bool is_bound = bind(s, (struct sockaddr *)&at, sizeof at) == 0;
    umask(mask);
    bool is_ours = !user->is_set || chown(SOCKET_PATH, user->user, user->group) == 0;
    if (is_bound && is_ours && listen(s, BACKLOG) == 0) {
        *out = s;
        return ok;
    }
    struct err e = file_fault(a, "bind", SOCKET_PATH);
    close(s);
    return e;
}

/* ---- the children ---- */

static void start(struct parent *p, struct place *place) {
    pid_t pid = fork();
    if (pid == 0)
        worker_child_run(&p->with);
    place->started_ms = now_ms();
    place->pid = pid > 0 ? pid : 0;
    if (pid < 0)
        place->start_at_ms = place->started_ms + PAUSE_MOST_MS;
}

static void note_end(struct parent *p, struct place *place, int status) {
    uint64_t lived_ms = now_ms() - place->started_ms;
    if (lived_ms >= LIVED_WELL_MS || place->pause_ms == 0)
        place->pause_ms = PAUSE_LEAST_MS;
    else if ((place->pause_ms *= 2) > PAUSE_MOST_MS)
        place->pause_ms = PAUSE_MOST_MS;
    place->start_at_ms = now_ms() + place->pause_ms;
    if (!p->is_ending)
        log_event(LOG_WARN, "worker_child_ended", F_I64("pid", place->pid),
                  F_I64("status", WIFEXITED(status) ? WEXITSTATUS(status) : -1),
                  F_I64("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0), F_I64("lived_ms", lived_ms),
                  F_I64("pause_ms", place->pause_ms));
    place->pid = 0;
}

static void reap(struct parent *p) {
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (unsigned i = 0; i < p->count; i++)
            if (p->places[i].pid == pid)
                note_end(p, &p->places[i], status);
}

/* Starts who is due; gives the milliseconds until the next is. */
static uint64_t start_due(struct parent *p) {
    uint64_t wait_ms = 60000;
    for (unsigned i = 0; i < p->count; i++) {
        struct place *place = &p->places[i];
        uint64_t now = now_ms();
        if (place->pid == 0 && place->start_at_ms <= now)
            start(p, place);
        else if (place->pid == 0 && place->start_at_ms - now < wait_ms)
            wait_ms = place->start_at_ms - now;
    }
    return wait_ms;
}

static bool has_children(const struct parent *p) {
    for (unsigned i = 0; i < p->count; i++)
        if (p->places[i].pid)
            return true;
    return false;
}

static void tell_all(const struct parent *p, int which) {
    for (unsigned i = 0; i < p->count; i++)
        if (p->places[i].pid)
            kill(p->places[i].pid, which);
}

static int wait_signal(const sigset_t *signals, uint64_t most_ms) {
    struct timespec most = {(time_t)(most_ms / 1000), (long)(most_ms % 1000) * 1000000};
    return sigtimedwait(signals, NULL, &most);
}

static void end_all(struct parent *p, const sigset_t *signals) {
    uint64_t ends_ms = now_ms() + END_MS;
    p->is_ending = true;
    tell_all(p, SIGTERM);
    for (reap(p); has_children(p); reap(p)) {
        uint64_t now = now_ms();
        if (now >= ends_ms)
            tell_all(p, SIGKILL);
        wait_signal(signals, now >= ends_ms ? 100 : ends_ms - now);
    }
}

static void supervise(struct parent *p) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, NULL); /* the children inherit it and wait for theirs by sigwait */
    for (;;) {
        uint64_t wait_ms = start_due(p);
        int which = wait_signal(&signals, wait_ms);
        if (which == SIGTERM || which == SIGINT)
            break;
        reap(p);
    }
    end_all(p, &signals);
}

/* ---- the providers ---- */

static void tell(const struct connector_news *news) {
    bool is_news = strcmp(news->event, "provider_failed") == 0 || strcmp(news->event, "provider_stale") == 0;
    log_event(is_news ? LOG_WARN : LOG_ERROR, news->event, F_C("connector", news->connector), F_C("why", news->why),
              F_I64("status", news->status));
}

/* Read before root's rights are given up, for the keys are nobody else's to read. */
static struct err open_connectors(struct arena *a, struct connectors **out) {
    struct config config;
    try(config_load(a, "alapi.conf", &config));
    struct connectors_settings settings = {.list = config.connectors, .home = ".", .catalog = api_catalog, .tell = tell};
    *out = connectors_open(&settings);
    return ok;
}

struct err worker_run(struct arena *a, const struct worker_settings *settings) {
    struct parent p = {.with = {.parent = getpid(), .fetch = {.resolver = settings->resolver}},
                       .count = settings->processes};
    try(sandbox_find_user(a, settings->user, &p.with.user));
    struct data *data = data_open(settings->data_folder);
    p.with.data = data;
    struct err e = enter_home(a, settings->home);
    if (!e.kind)
        e = open_connectors(a, &p.with.connectors);
    if (!e.kind)
        e = take_lock(a, &p.lock);
    if (!e.kind)
        e = bind_socket(a, &p.with.user, &p.with.listener);
    if (!e.kind) {
        log_event(LOG_INFO, "worker_started", F_I64("processes", p.count), F_I64("threads", WORKER_THREADS));
        supervise(&p);
        unlink(SOCKET_PATH);
        log_event(LOG_INFO, "worker_stopped", F_I64("processes", p.count));
    }
    connectors_free(p.with.connectors);
    data_close(data);
    return e;
}
