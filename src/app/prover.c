/* prover.c: see prover.h. */
#include "app/prover.h"
#include "app/command.h"
#include "app/probes.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/audit_log.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

enum { PROBES_MS = 60000, PRUNE_MS = 3600000, CANARY_FIRST_MS = 600000, CANARY_AGAIN_MS = 3600000 };

struct prover {
    const struct home *home;
    struct policy_shelf *policies;
    struct site_health *health;
    struct store *store;
    struct arena arena;
    struct random chance;
    int64_t started_ms, probed_ms, pruned_ms, canary_ms; /* when last */
    bool has_noted_start;
    pid_t canary; /* 0: none is on its way */
};

extern char **environ;

struct err prover_open(struct arena *a, const struct home *home, struct policy_shelf *policies,
                       struct site_health *health, struct prover **out) {
    struct prover *p = calloc(1, sizeof *p);
    must(p != NULL);
    *p = (struct prover){.home = home,
                         .policies = policies,
                         .health = health,
                         .chance = random_system(),
                         .started_ms = clock_now_ms()};
    arena_init(&p->arena, LIMIT_ARENA_BYTES);
    *out = p;
    return home_store(a, &p->store);
}

void prover_close(struct prover *p) {
    if (!p)
        return;
    if (p->canary && kill(p->canary, SIGTERM) == 0) /* its left-over is erased by the next one */
        waitpid(p->canary, NULL, 0);
    store_close(p->store);
    arena_done(&p->arena);
    free(p);
}

static bool is_time(int64_t *last_ms, int64_t now_ms, int64_t every_ms) {
    if (now_ms >= *last_ms && now_ms - *last_ms < every_ms)
        return false;
    *last_ms = now_ms;
    return true;
}

/* ---- the canary ---- */

static void canary_end(struct prover *p) {
    int status;
    if (!p->canary || waitpid(p->canary, &status, WNOHANG) == 0)
        return;
    p->canary = 0;
    log_event(status ? LOG_ERROR : LOG_INFO, "canary_ended", F_I64("status", status));
}

static struct err canary_begin(struct prover *p, struct domain *d) {
    char *const words[] = {(char *)command_program(&p->arena), "canary", "--home", ".", NULL};
    bool is_due;
    try(probe_is_due(d, PROBE_canary_residue, &is_due));
    if (!is_due || p->canary || d->now_ms - p->started_ms < CANARY_FIRST_MS ||
        !is_time(&p->canary_ms, d->now_ms, CANARY_AGAIN_MS))
        return ok;
    posix_spawnattr_t attributes; /* our own signals wait for sigwait: it must not inherit that */
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int why = posix_spawn(&p->canary, words[0], NULL, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    if (why == 0)
        return ok;
    p->canary = 0;
    errno = why;
    return file_fault(&p->arena, "cannot start", words[0]);
}

/* ---- a step ---- */

static struct err note_start(struct prover *p, struct domain *d) {
    if (p->has_noted_start)
        return ok;
    try(audit_note(d, &(struct audit_event){.actor_kind = AUDIT_SYSTEM,
                                            .action = "service.start",
                                            .object = TEXT(ALAPI_VERSION),
                                            .purpose = "accountability"}));
    p->has_noted_start = true;
    return ok;
}

static struct err step(struct prover *p, struct domain *d) {
    enum probe_id first;
    unsigned failed;
    uint64_t pruned;
    try(note_start(p, d));
    try(audit_sign_when_due(d));
    canary_end(p);
    if (is_time(&p->probed_ms, d->now_ms, PROBES_MS)) {
        const struct probes_room room = {d, p->home, policy_shelf_now(p->policies)};
        try(probes_run(&room, false));
        try(canary_begin(p, d));
    }
    try(probes_failed(d, &failed, &first));
    p->health->probes_failed = failed;
    if (is_time(&p->pruned_ms, d->now_ms, PRUNE_MS))
        do
            try(audit_prune(d, &pruned));
        while (pruned);
    return ok;
}

struct err prover_step(struct prover *p) {
    arena_reset(&p->arena); /* so the last error's sentence lives until now */
    struct domain d = home_domain(p->home, &p->arena, p->store, &p->chance, clock_now_ms());
    d.purpose = KEY_FOR_PROOF;
    return step(p, &d);
}
