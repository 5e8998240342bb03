/* supervisor.c: see supervisor.h. One signalfd for ends and requests to end; a timeout for the pauses. */
#include "app/supervisor.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAUSE_FIRST_MS = 100, PAUSE_MAX_MS = 5000, GOOD_LIFE_MS = 10000, END_MS = 10000, TICK_MS = 50 };

struct child {
    const struct supervised *program;
    pid_t pid; /* 0 = waits to be started */
    uint64_t started_ms, start_at_ms;
    unsigned pause_ms;
    bool is_reloading; /* it was asked to end, to be started again */
};

struct supervisor {
    struct child children[SUPERVISED_MAX];
    unsigned count;
    int signals;
    bool is_ending, is_asked_to_reload, has_terminal;
};

static uint64_t now_ms(void) { return clock_monotonic_ns() / 1000000; }

static void in_child(const struct supervised *program, pid_t parent) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (program->listener == SUPERVISED_LISTENER)
        fcntl(SUPERVISED_LISTENER, F_SETFD, 0);
    else if (program->listener && dup3(program->listener, SUPERVISED_LISTENER, 0) < 0)
        _exit(1);
    if (getppid() != parent)
        _exit(1); /* it died before the kernel knew that we want to be told */
    execv(program->argv[0], (char *const *)program->argv);
    log_event(LOG_ERROR, "program_not_started", F_C("path", program->argv[0]), F_C("why", strerror(errno)));
    _exit(127);
}

static void child_start(struct child *c) {
    pid_t parent = getpid();
    c->started_ms = now_ms();
    c->is_reloading = false;
    if (c->program->socket)
        unlink(c->program->socket); /* nginx that was killed leaves it, and does not start where it is */
    c->pid = fork();
    if (c->pid == 0)
        in_child(c->program, parent);
    if (c->pid < 0) {
        log_event(LOG_ERROR, "program_not_started", F_C("name", c->program->name), F_C("why", strerror(errno)));
        c->pid = 0;
        c->start_at_ms = now_ms() + PAUSE_MAX_MS;
        return;
    }
    setpgid(c->pid, c->pid); /* whoever of the two comes first */
}

/* The rest of the group goes too: an nginx worker whose master was killed would keep the port. */
static void child_ended(struct supervisor *s, struct child *c, int status) {
    kill(-c->pid, SIGKILL);
    bool lived_well = now_ms() - c->started_ms >= GOOD_LIFE_MS;
    c->pause_ms = lived_well || !c->pause_ms ? PAUSE_FIRST_MS : c->pause_ms * 2;
    if (c->pause_ms > PAUSE_MAX_MS)
        c->pause_ms = PAUSE_MAX_MS;
    c->start_at_ms = now_ms() + (c->is_reloading ? 0 : c->pause_ms);
    if (!s->is_ending && !c->is_reloading)
        log_event(LOG_WARN, "program_ended", F_C("name", c->program->name), F_I64("pid", c->pid),
                  F_I64("exit", WIFEXITED(status) ? WEXITSTATUS(status) : -1),
                  F_I64("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0), F_I64("restart_in_ms", c->pause_ms));
    c->pid = 0;
}

static void reap(struct supervisor *s) {
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (unsigned i = 0; i < s->count; i++)
            if (s->children[i].pid == pid)
                child_ended(s, &s->children[i], status);
}

static void signals_take(struct supervisor *s) {
    struct signalfd_siginfo info;
    while (read(s->signals, &info, sizeof info) == sizeof info)
        if (info.ssi_signo == SIGHUP && s->has_terminal == (isatty(STDIN_FILENO) == 1))
            s->is_asked_to_reload = true;
        else if (info.ssi_signo != SIGCHLD)
            s->is_ending = true;
}

static void wait_for_news(struct supervisor *s) {
    struct pollfd p = {.fd = s->signals, .events = POLLIN};
    poll(&p, 1, TICK_MS);
    signals_take(s);
    reap(s);
}

static bool any_lives(const struct supervisor *s) {
    for (unsigned i = 0; i < s->count; i++)
        if (s->children[i].pid)
            return true;
    return false;
}

static void tell_all(const struct supervisor *s, int signal) {
    for (unsigned i = 0; i < s->count; i++)
        if (s->children[i].pid)
            kill(signal == SIGKILL ? -s->children[i].pid : s->children[i].pid, signal);
}

static void end_all(struct supervisor *s) {
    uint64_t until = now_ms() + END_MS;
    s->is_ending = true;
    tell_all(s, SIGTERM);
    while (any_lives(s) && now_ms() < until)
        wait_for_news(s);
    tell_all(s, SIGKILL);
    while (any_lives(s))
        wait_for_news(s);
}

static void reload_all(struct supervisor *s, const struct supervisor_asks *asks) {
    s->is_asked_to_reload = false;
    if (!asks->reload(asks->with))
        return;
    for (unsigned i = 0; i < s->count; i++) {
        struct child *c = &s->children[i];
        if (!c->pid || !c->program->reload_signal)
            continue;
        c->is_reloading = c->program->reload_signal == SIGTERM;
        kill(c->pid, c->program->reload_signal);
    }
}

static void watch(struct supervisor *s, const struct supervisor_asks *asks) {
    for (bool is_ready = false; !s->is_ending; is_ready = is_ready || asks->ready(asks->with)) {
        if (s->is_asked_to_reload)
            reload_all(s, asks);
        for (unsigned i = 0; i < s->count; i++)
            if (!s->children[i].pid && now_ms() >= s->children[i].start_at_ms)
                child_start(&s->children[i]);
        wait_for_news(s);
    }
}

void supervisor_run(const struct supervised *programs, unsigned count, const struct supervisor_asks *asks) {
    struct supervisor s = {.count = count, .has_terminal = isatty(STDIN_FILENO) == 1};
    sigset_t ours, before;
    must(count <= SUPERVISED_MAX);
    sigemptyset(&ours);
    sigaddset(&ours, SIGCHLD);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGHUP);
    sigprocmask(SIG_BLOCK, &ours, &before);
    s.signals = signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
    must(s.signals >= 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* orphans of a killed program are ours to reap */
    for (unsigned i = 0; i < count; i++)
        s.children[i].program = &programs[i];
    watch(&s, asks);
    end_all(&s);
    close(s.signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
}
