/* policy_shelf.c: see policy_shelf.h. */
#include "app/policy_shelf.h"
#include "app/facts.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "domain/announcement.h"

#include <stdlib.h>

enum { NOTICE_BATCH = 200, COMPARE_MS = 10000 };

struct shelf {
    struct arena arena;
    struct policy policy;
    const struct published *list;
    struct shelf *older;
};

struct policy_shelf {
    const struct home *home;
    struct site_health *health;
    struct store *store;
    struct random chance;
    struct arena arena; /* of one round */
    _Atomic(struct shelf *) now;
    struct policy_demand seen;
    int64_t compared_ms;
    bool has_resumed;
};

static struct domain domain_of(struct policy_shelf *s, struct arena *a) {
    struct domain d = home_domain(s->home, a, s->store, &s->chance, clock_now_ms());
    d.purpose = KEY_FOR_NOTICE;
    return d;
}

const struct policy *policy_shelf_now(void *shelf) {
    struct policy_shelf *s = shelf;
    return &atomic_load(&s->now)->policy;
}

static void shelf_free(struct shelf *shelf) {
    while (shelf) {
        struct shelf *older = shelf->older;
        arena_done(&shelf->arena);
        free(shelf);
        shelf = older;
    }
}

static struct err read_shelf(struct policy_shelf *s) {
    struct shelf *fresh = calloc(1, sizeof *fresh);
    must(fresh != NULL);
    arena_init(&fresh->arena, LIMIT_ARENA_BYTES);
    struct domain d = domain_of(s, &fresh->arena);
    struct err e = publication_read(&d, &fresh->policy, &fresh->list);
    if (e.kind) {
        e.say = e.say ? text_say_in(&s->arena, "%s", e.say) : NULL;
        shelf_free(fresh);
        return e;
    }
    fresh->older = atomic_load(&s->now);
    atomic_store(&s->now, fresh);
    s->compared_ms = 0;
    return ok;
}

/* What the system does now, against what the policy in force was published with. */
static struct err compare(struct policy_shelf *s, struct domain *d) {
    const struct shelf *shelf = atomic_load(&s->now);
    struct text live;
    struct buf why;
    if (d->now_ms - s->compared_ms < COMPARE_MS)
        return ok;
    s->compared_ms = d->now_ms;
    try(facts_of_home(d, &s->home->config, &live));
    buf_init(&why, d->arena, FACTS_BYTES_MAX);
    unsigned kinds = facts_compare(
        shelf->list[shelf->policy.count - shelf->policy.scheduled - 1].facts, live, &why);
    if (atomic_exchange(&s->health->policy_behind, kinds) != kinds && kinds)
        log_event(LOG_ERROR, "policy_behind", F_I64("kinds", kinds));
    return ok;
}

static struct err tell(struct policy_shelf *s, struct domain *d, bool *more_out) {
    if (!s->has_resumed)
        try(announcement_resume(d));
    s->has_resumed = false; /* until the batch has ended well */
    try(announcement_work(d, NOTICE_BATCH, ANNOUNCE_ALL, more_out));
    s->has_resumed = true;
    return ok;
}

struct err policy_shelf_follow(struct policy_shelf *s, bool *more_out) {
    struct policy_demand found;
    arena_reset(&s->arena);
    struct domain d = domain_of(s, &s->arena);
    *more_out = false;
    try(publication_demand(&d, &found));
    if (!atomic_load(&s->now) || found.count != s->seen.count || found.in_force != s->seen.in_force)
        try(read_shelf(s));
    s->seen = found;
    try(compare(s, &d));
    return tell(s, &d, more_out);
}

static struct err open_inside(struct arena *a, struct policy_shelf *s) {
    struct text facts;
    try(home_store(a, &s->store));
    struct domain d = domain_of(s, &s->arena);
    try(facts_of_home(&d, &s->home->config, &facts));
    try(publication_first(&d, policy_texts, facts));
    return read_shelf(s);
}

struct err policy_shelf_open(struct arena *a, const struct home *home, struct site_health *health,
                             struct policy_shelf **out) {
    struct policy_shelf *s = calloc(1, sizeof *s);
    must(s != NULL);
    s->home = home;
    s->health = health;
    s->chance = random_system();
    arena_init(&s->arena, LIMIT_ARENA_BYTES);
    struct err e = open_inside(a, s);
    if (e.kind) {
        e.say = e.say ? text_say_in(a, "%s", e.say) : NULL;
        policy_shelf_close(s);
        return e;
    }
    *out = s;
    return ok;
}

void policy_shelf_close(struct policy_shelf *s) {
    if (!s)
        return;
    shelf_free(atomic_load(&s->now));
    store_close(s->store);
    arena_done(&s->arena);
    free(s);
}
