/* publisher.c: see publisher.h. */
#include "app/publisher.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "domain/consent.h"
#include "domain/publication.h"
#include "domain/token.h"
#include "gate/catalogue.h"
#include "gate/ledger.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_BYTES = 64 << 20, ROOM_BESIDES = 1000 };

struct publisher {
    const struct home *home;
    struct arena arena; /* of one round */
    struct store *store;
    struct random chance;
    struct catalogue *catalogue;
    struct ledger *ledger;
    int role;
};

static struct domain domain_of(struct publisher *p) {
    return home_domain(p->home, &p->arena, p->store, &p->chance, clock_now_ms());
}

/* ---- one record ---- */

static void rule_take(void *with, bool is_api, struct text value) {
    struct token_rules *rules = with;
    if (is_api && rules->api_count < LIMIT_TOKEN_RULES)
        rules->apis[rules->api_count++] = catalogue_api_id(value);
    else if (!is_api && rules->network_count < LIMIT_TOKEN_RULES &&
             ip_network_parse(value, &rules->networks[rules->network_count]))
        rules->network_count++;
}

static struct err consent_flags(struct domain *d, int64_t account, uint16_t *flags) {
    struct token_consent held;
    try(agreement_of_tokens(d, account, &held));
    unsigned agreed = held.is_program ? TOKEN_AGREED_ALWAYS : (unsigned)held.version;
    must(agreed <= TOKEN_AGREED_ALWAYS);
    *flags |= (uint16_t)(agreed << TOKEN_AGREED_SHIFT) | (held.is_declined ? TOKEN_DECLINED : 0);
    return ok;
}

static struct err token_publish(struct publisher *p, struct domain *d, struct catalogue *into,
                                const struct token *t) {
    struct token_rules rules = {.network_count = 0};
    struct token_record record = {.id = t->id, .row = (uint32_t)t->row, .account = (uint32_t)t->account,
                                  .expires_s = (uint32_t)t->expires_s, .plan = (uint16_t)t->plan};
    must(t->digest.length == TOKEN_DIGEST_BYTES);
    memcpy(record.digest, t->digest.bytes, TOKEN_DIGEST_BYTES);
    if (t->revoked_ms)
        record.flags |= TOKEN_REVOKED;
    if (!text_equal_c(t->account_state, "active"))
        record.flags |= TOKEN_SUSPENDED;
    try(consent_flags(d, t->account, &record.flags));
    try(token_rules_each(d, t->id, rule_take, &rules));
    try(ledger_reserve_row(&p->arena, p->ledger, record.row));
    return catalogue_put_token(into, &record, &rules);
}

static struct err plan_publish(void *with, const struct plan *plan) {
    struct plan_record record = {.rate_per_s = plan->rate, .quota_day = plan->quota_day,
                                 .quota_month = plan->quota_month, .price_percent = plan->price_percent};
    size_t length = plan->name.length < sizeof record.name ? plan->name.length : sizeof record.name - 1;
    memcpy(record.name, plan->name.bytes, length);
    catalogue_put_plan(with, (uint16_t)plan->id, &record);
    return ok;
}

/* What consent is demanded now, and from when on what: the clock of the data plane does the rest. */
static struct err demand_publish(struct domain *d, struct catalogue *into) {
    struct policy_demand found;
    try(publication_demand(d, &found));
    struct catalogue_demand demand = {.now = (uint32_t)found.now, .next = (uint32_t)found.next,
                                      .next_s = (uint32_t)((found.next_ms + 999) / 1000)},
                            was = catalogue_demand(into);
    if (demand.now != was.now || demand.next != was.next || (demand.next && demand.next_s != was.next_s))
        catalogue_set_demand(into, &demand);
    return ok;
}

/* ---- everything, into a new file ---- */

/* d->arena is emptied for each token: there may be a million. */
static struct err fill(struct publisher *p, struct domain *d, struct catalogue *fresh) {
    struct token t;
    int64_t last;
    try(change_last(d, &last));
    try(demand_publish(d, fresh));
    try(plan_each(d, plan_publish, fresh));
    for (uint64_t after = 0;; after = t.id) {
        arena_reset(d->arena);
        try(token_next(d, after, &t));
        if (t.id == 0)
            break;
        try(token_publish(p, d, fresh, &t));
    }
    catalogue_set_feed(fresh, (uint64_t)last);
    return ok;
}

static struct err rebuild(struct publisher *p) {
    struct domain d = domain_of(p);
    struct catalogue *fresh;
    uint64_t tokens;
    try(token_count(&d, &tokens));
    uint64_t room = tokens + tokens / 2 + ROOM_BESIDES;
    try(catalogue_create(&p->arena, HOME_CATALOGUE,
                         room < LIMIT_TOKENS ? (uint32_t)room : LIMIT_TOKENS, &fresh));
    struct arena each;
    arena_init(&each, ARENA_BYTES);
    d.arena = &each;
    struct err e = store_begin_reading(p->store);
    if (!e.kind) {
        e = fill(p, &d, fresh);
        store_rollback(p->store);
    }
    e.say = e.say ? text_say_in(&p->arena, "%s", e.say) : NULL;
    arena_done(&each);
    if (!e.kind)
        e = catalogue_publish(&p->arena, fresh, p->catalogue);
    if (e.kind) {
        catalogue_close(fresh);
        return e;
    }
    p->catalogue = fresh;
    log_event(LOG_INFO, "catalogue_made", F_I64("tokens", (int64_t)tokens));
    return ok;
}

/* ---- following ---- */

static struct err change_apply(struct publisher *p, struct domain *d, const struct change *change) {
    if (change->is_plan) {
        struct plan plan;
        struct err e = plan_by_id(d, (int64_t)change->id, &plan);
        if (e.kind == ERR_NOT_FOUND)
            return ok;
        try(e);
        return plan_publish(p->catalogue, &plan);
    }
    struct token t;
    struct err e = token_of(d, 0, change->id, &t);
    if (e.kind == ERR_NOT_FOUND) {
        catalogue_remove_token(p->catalogue, change->id);
        return ok;
    }
    try(e);
    return token_publish(p, d, p->catalogue, &t);
}

struct err publisher_follow(struct publisher *p) {
    bool did = false;
    arena_reset(&p->arena);
    struct domain now = domain_of(p);
    try(demand_publish(&now, p->catalogue));
    for (;;) {
        struct domain d = domain_of(p);
        struct change change;
        try(change_next(&d, (int64_t)catalogue_feed(p->catalogue), &change));
        if (change.number == 0) /* what is in force is forgotten: it may name what was erased */
            return did ? change_forget(&d, (int64_t)catalogue_feed(p->catalogue)) : ok;
        did = true;
        struct err e = change_apply(p, &d, &change);
        if (e.kind == ERR_LIMIT_REACHED) {
            try(rebuild(p));
            continue;
        }
        try(e);
        catalogue_set_feed(p->catalogue, (uint64_t)change.number);
        arena_reset(&p->arena);
    }
}

int64_t publisher_feed(const struct publisher *p) { return (int64_t)catalogue_feed(p->catalogue); }

/* ---- the role ---- */

/* True where the file can be followed on from: whole, and neither new nor ahead of the records (an older
 * backup was brought back). Changes in force are forgotten, so a new file is made from everything. */
static bool can_follow(struct publisher *p) {
    struct domain d = domain_of(p);
    int64_t last = 0;
    uint64_t feed = catalogue_feed(p->catalogue);
    return catalogue_is_sound(p->catalogue) && feed > 0 && !change_last(&d, &last).kind &&
           feed <= (uint64_t)last;
}

static struct err open_all(struct arena *a, struct publisher *p) {
    try(home_take_role(a, "publish", &p->role));
    try(home_store(a, &p->store));
    try(ledger_open(a, HOME_LEDGER, &p->ledger));
    struct err e = catalogue_open_writer(a, HOME_CATALOGUE, &p->catalogue);
    if (!e.kind && can_follow(p))
        return publisher_follow(p);
    try(rebuild(p));
    return publisher_follow(p);
}

struct err publisher_open(struct arena *a, const struct home *h, struct publisher **out) {
    struct publisher *p = calloc(1, sizeof *p);
    must(p != NULL);
    p->home = h;
    p->role = -1;
    p->chance = random_system();
    arena_init(&p->arena, ARENA_BYTES);
    struct err e = open_all(a, p);
    if (e.kind) {
        e.say = e.say ? text_say_in(a, "%s", e.say) : NULL;
        publisher_close(p);
        return e;
    }
    *out = p;
    return ok;
}

void publisher_close(struct publisher *p) {
    if (!p)
        return;
    catalogue_close(p->catalogue);
    ledger_close(p->ledger);
    store_close(p->store);
    if (p->role >= 0)
        close(p->role);
    arena_done(&p->arena);
    free(p);
}

struct err publisher_once(struct arena *a, const struct home *h) {
    struct publisher *p;
    struct err e = publisher_open(a, h, &p);
    if (e.kind == ERR_BUSY)
        return ok; /* the one that holds the role sees the change */
    try(e);
    publisher_close(p);
    return ok;
}
