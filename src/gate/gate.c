/* gate.c: see gate.h. */
#include "gate/gate.h"
#include "base/file.h"
#include "base/clock.h"
#include "base/must.h"
#include "call/list.h"
#include "call/envelope.h"
#include "call/refusal.h"
#include "gate/perform.h"
#include "gate/zone.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROUTES = 2048, /* places of the table; at most half are used */
    POLICY_BYTES = 160,
    DAY_S = 86400,
};

struct route {
    uint32_t api_id;
    const struct endpoint *endpoint;
};

struct policy_text {
    struct plan_record plan; /* that it was made from */
    uint16_t month_days;     /* likewise */
    char bytes[POLICY_BYTES];
    size_t length;
};

struct gate {
    struct catalogue *catalogue;
    struct ledger *ledger;
    struct token_key token_key;
    const struct endpoint *const *catalog;
    const struct data *data;
    struct route routes[ROUTES];
    struct policy_text policies[LIMIT_PLANS];
    struct zone *zone;
    struct zone_day today;
    int64_t now_ms;
};

/* ---- opening ---- */

static void routes_fill(struct gate *g) {
    unsigned count = 0;
    for (size_t i = 0; g->catalog[i]; i++) {
        uint32_t id = catalogue_api_id(text_c(g->catalog[i]->path)), place = id % ROUTES;
        must(++count <= ROUTES / 2);
        while (g->routes[place].endpoint)
            place = (place + 1) % ROUTES;
        g->routes[place] = (struct route){id, g->catalog[i]};
    }
}

static struct err token_key_read(struct arena *a, const char *path, struct token_key *out) {
    struct text bytes;
    try(file_read_in(a, path, sizeof out->bytes, &bytes));
    if (bytes.length != sizeof out->bytes)
        return err_make(ERR_CONFIG, text_say_in(a, "%s must have %zu bytes", path, sizeof out->bytes));
    memcpy(out->bytes, bytes.bytes, sizeof out->bytes);
    return ok;
}

struct err gate_open(struct arena *a, const struct gate_settings *settings, struct gate **out) {
    struct gate *g = calloc(1, sizeof *g);
    must(g != NULL);
    g->catalog = settings->catalog;
    g->data = settings->data;
    routes_fill(g);
    token_digest_prepare();
    struct err e = zone_open(a, settings->zone, &g->zone);
    if (!e.kind)
        e = token_key_read(a, settings->token_key_path, &g->token_key);
    if (!e.kind)
        e = catalogue_open(a, settings->catalogue_path, &g->catalogue);
    if (!e.kind)
        e = ledger_open(a, settings->ledger_path, &g->ledger);
    if (!e.kind)
        e = ledger_join(a, g->ledger);
    if (e.kind) {
        gate_close(g);
        return e;
    }
    *out = g;
    return ok;
}

void gate_close(struct gate *g) {
    if (!g)
        return;
    ledger_close(g->ledger);
    catalogue_close(g->catalogue);
    zone_close(g->zone);
    free(g);
}

void gate_set_clock(struct gate *g, int64_t now_ms) {
    g->now_ms = now_ms;
    if (now_ms < g->today.from_ms || now_ms >= g->today.until_ms)
        g->today = zone_day_of(g->zone, now_ms);
}

/* ---- route ---- */

static const struct endpoint *route_find(const struct gate *g, struct text path, uint32_t api_id) {
    for (uint32_t place = api_id % ROUTES; g->routes[place].endpoint; place = (place + 1) % ROUTES)
        if (g->routes[place].api_id == api_id && text_equal_c(path, g->routes[place].endpoint->path))
            return g->routes[place].endpoint;
    return NULL;
}

struct err gate_route(struct gate *g, struct call *c, struct passage *p, struct text path, struct text host) {
    static const struct text old_prefix = {"/v2/api/", 8}, old_host = {"v2.", 3};
    p->request_id = ledger_id_next(g->ledger, g->now_ms);
    p->began_ms = g->now_ms;
    p->face = text_starts(host, old_host) ? FACE_OLD : FACE_NEW;
    if (text_starts(path, old_prefix)) {
        p->face = FACE_OLD;
        path = text_from(path, 3);
    }
    p->api_id = catalogue_api_id(path);
    p->endpoint = route_find(g, path, p->api_id);
    if (!p->endpoint)
        p->api_id = 0;
    gate_resume(g, c, p, c->arena);
    return p->endpoint ? ok : err_make(ERR_API_UNKNOWN, "no such path");
}

void gate_resume(struct gate *g, struct call *c, const struct passage *p, struct arena *a) {
    c->arena = a;
    c->now_ms = p->began_ms;
    c->data = g->data;
    c->catalog = g->catalog;
    c->endpoint = p->endpoint;
    c->request_id = p->request_id;
    c->face = p->face;
    c->language = p->language;
    c->peer = p->peer;
    c->units = p->units;
}

/* ---- authenticate ---- */

static bool caller_may_call(const struct caller *caller, const struct endpoint *e) {
    return rules_allow_api(caller->rules, catalogue_api_id(text_c(e->path)));
}

/* ERR_POLICY_CONSENT_REQUIRED where the token's person has not agreed to what is demanded by now; what
 * will be demanded is left in the passage, for a header. */
static struct err consent_check(const struct gate *g, struct passage *p) {
    uint32_t agreed = (uint32_t)(p->token.flags & TOKEN_AGREED) >> TOKEN_AGREED_SHIFT;
    struct catalogue_demand demand = catalogue_demand(g->catalogue);
    bool is_due = demand.next && g->now_ms / 1000 >= (int64_t)demand.next_s;
    p->policy_now = is_due ? demand.next : demand.now;
    if ((p->token.flags & TOKEN_DECLINED) || agreed < p->policy_now)
        return err_make(ERR_POLICY_CONSENT_REQUIRED, "the token's person has not agreed to the policy in force");
    if (agreed < demand.next) {
        p->policy_next = demand.next;
        p->policy_next_s = demand.next_s;
    }
    return ok;
}

static struct err token_check(const struct gate *g, struct passage *p, const struct endpoint *e) {
    const struct token_record *t = &p->token;
    if (t->flags & TOKEN_REVOKED)
        return err_make(ERR_TOKEN_REVOKED, "the token has been revoked");
    if (t->expires_s && g->now_ms / 1000 >= (int64_t)t->expires_s)
        return err_make(ERR_TOKEN_EXPIRED, "the token has expired");
    if (t->flags & TOKEN_SUSPENDED)
        return err_make(ERR_ACCOUNT_SUSPENDED, "the account is suspended");
    try(consent_check(g, p));
    if (!rules_allow_ip(p->rules, &p->peer))
        return err_make(ERR_IP_NOT_ALLOWED, "the address is not in the token's list");
    if (e && e->access == ACCESS_TOKEN && !rules_allow_api(p->rules, p->api_id) && e->price_units)
        return err_make(ERR_API_NOT_ALLOWED, "the API is not in the token's list");
    return ok;
}

static struct err busy(void) {
    return err_make(ERR_BUSY, "the service is busy");
}

/* The checksum tells a slip of the pen from a token that does not exist. */
static struct err no_such_token(struct text token) {
    uint64_t id;
    return token_parse(token, &id) ? err_make(ERR_TOKEN_UNKNOWN, "no such token")
                                   : err_make(ERR_TOKEN_MALFORMED, "the token's checksum is wrong");
}

struct err gate_authenticate(struct gate *g, struct call *c, struct passage *p, struct text token) {
    unsigned char digest[TOKEN_DIGEST_BYTES];
    uint64_t id;
    if (token.length == 0)
        return p->endpoint->access == ACCESS_PUBLIC ? ok : err_make(ERR_TOKEN_MISSING, "no token was sent");
    if (!token_parse_shape(token, &id))
        return err_make(ERR_TOKEN_MALFORMED, "the token's shape is wrong");
    switch (catalogue_find(g->catalogue, id, &p->token, &p->rules)) {
    case CATALOGUE_BUSY:
        return busy();
    case CATALOGUE_NONE:
        return no_such_token(token);
    case CATALOGUE_FOUND:
        break;
    }
    token_digest(&g->token_key, token, digest);
    if (!token_digest_equal(digest, p->token.digest))
        return no_such_token(token);
    try(token_check(g, p, p->endpoint));
    if (!catalogue_plan(g->catalogue, p->token.plan, &p->plan))
        return busy();
    p->is_known = true;
    p->row = p->token.row;
    p->plan_number = p->token.plan;
    c->caller = (struct caller){.is_known = true, .token_row = p->row, .account = p->token.account,
                                .plan = p->plan.name, .may_call = caller_may_call, .rules = p->rules};
    return ok;
}

/* ---- limit ---- */

static struct ledger_limits limits_of(const struct passage *p) {
    return (struct ledger_limits){p->plan.rate_per_s, p->plan.quota_day, p->plan.quota_month};
}

static struct ledger_time time_of(const struct gate *g) {
    return (struct ledger_time){g->now_ms, g->today.day, g->today.month,
                                (uint32_t)(g->today.until_ms / 60000)};
}

/* A list costs what its values would cost one by one. */
static unsigned price_of(struct call *c, const struct passage *p) {
    uint64_t units = (uint64_t)p->endpoint->price_units * list_length(c);
    return (unsigned)((units * p->plan.price_percent + 99) / 100);
}

static uint32_t seconds_until(int64_t now_ms, int64_t until_ms) {
    return until_ms > now_ms ? (uint32_t)((until_ms - now_ms + 999) / 1000) : 1;
}

static struct err over_limit(struct gate *g, struct call *c, struct passage *p, enum ledger_answer why) {
    if (why == LEDGER_FULL)
        return busy();
    if (why == LEDGER_RATE) {
        c->retry_after_s = (uint32_t)((p->charge.rate_wait_ms + 999) / 1000);
        return err_make(ERR_RATE_EXCEEDED, "the rate is exceeded");
    }
    c->retry_after_s =
        seconds_until(g->now_ms, why == LEDGER_DAY ? g->today.until_ms : g->today.month_until_ms);
    return err_make(ERR_QUOTA_EXCEEDED, "the quota is used up");
}

static uint64_t left_of(uint64_t limit, uint64_t used) { return limit > used ? limit - used : 0; }

/* What /api/limits shows; the headers are made from the same figures. */
static void show_limits(const struct gate *g, struct call *c, const struct passage *p) {
    struct caller *k = &c->caller;
    uint32_t day_s = seconds_until(g->now_ms, g->today.until_ms);
    uint32_t month_s = seconds_until(g->now_ms, g->today.month_until_ms);
    if (p->plan.rate_per_s)
        k->limits[k->limit_count++] = (struct limit_view){"rate", p->plan.rate_per_s, p->charge.rate_left, 1, 1};
    if (p->plan.quota_day)
        k->limits[k->limit_count++] = (struct limit_view){
            "day", p->plan.quota_day, left_of(p->plan.quota_day, p->charge.day_used), DAY_S, day_s};
    if (p->plan.quota_month)
        k->limits[k->limit_count++] = (struct limit_view){
            "month", p->plan.quota_month, left_of(p->plan.quota_month, p->charge.month_used),
            g->today.month_days * DAY_S, month_s};
}

struct err gate_limit(struct gate *g, struct call *c, struct passage *p) {
    try(perform_ready(c));
    if (!p->is_known)
        return ok;
    struct ledger_limits limits = limits_of(p);
    struct ledger_time time = time_of(g);
    unsigned units = price_of(c, p);
    enum ledger_answer answer = ledger_take(g->ledger, p->row, p->api_id, units, &limits, &time, &p->charge);
    p->is_weighed = answer != LEDGER_FULL;
    if (answer != LEDGER_TAKEN)
        return over_limit(g, c, p, answer);
    p->is_charged = true;
    p->units = c->units = units;
    show_limits(g, c, p);
    return ok;
}

/* ---- perform, shape ---- */

struct err gate_queue(struct gate *g, struct passage *p) {
    if (!ledger_queue_enter(g->ledger))
        return busy();
    p->is_queued = true;
    return ok;
}

struct err gate_perform(struct gate *g, struct call *c, struct passage *p) {
    try(perform(c));
    gate_answer(g, c, p);
    return ok;
}

void gate_answer(struct gate *g, struct call *c, struct passage *p) {
    if (p->is_charged)
        ledger_answer(g->ledger, &p->charge);
    p->is_answered = true;
    p->status = c->status;
}

static void charge_return(struct gate *g, struct passage *p) {
    if (!p->is_charged || p->is_answered)
        return;
    ledger_give_turn(g->ledger, &p->charge, g->now_ms);
    ledger_give_back(g->ledger, &p->charge);
    p->charge.day_used -= p->units;
    p->charge.month_used -= p->units;
    p->is_answered = true;
    p->units = 0;
}

void gate_refuse(struct gate *g, struct call *c, struct passage *p, struct err e) {
    charge_return(g, p);
    p->status = refusal_of(e.kind)->status;
    envelope_refuse(c, e);
}

void gate_meter(struct gate *g, struct passage *p, int status) {
    uint16_t counted = p->is_exposed ? LIMIT_STATUS_EXPOSED : (uint16_t)(p->status ? p->status : status);
    if (p->is_queued)
        ledger_queue_leave(g->ledger);
    p->is_queued = false;
    charge_return(g, p); /* the caller went away before its answer was made */
    if (p->is_charged)
        ledger_count(g->ledger, &p->charge, counted);
    else
        ledger_count_free(g->ledger, p->row, p->api_id, counted, p->began_ms ? p->began_ms : g->now_ms);
    p->is_charged = false;
}

/* ---- headers (draft-ietf-httpapi-ratelimit-headers-10) ---- */

static void put_policy(struct buf *b, const char *name, uint64_t quota, uint64_t window_s) {
    if (!quota)
        return;
    buf_c(b, b->length ? ", \"" : "\"");
    buf_c(b, name);
    buf_c(b, "\";q=");
    buf_u64(b, quota);
    buf_c(b, ";w=");
    buf_u64(b, window_s);
}

static void policy_make(struct gate *g, struct policy_text *text, const struct plan_record *plan) {
    struct arena a;
    struct buf b;
    arena_init(&a, 1 << 20);
    buf_init(&b, &a, POLICY_BYTES);
    put_policy(&b, "rate", plan->rate_per_s, 1);
    put_policy(&b, "day", plan->quota_day, DAY_S);
    put_policy(&b, "month", plan->quota_month, (uint64_t)g->today.month_days * DAY_S);
    if (b.length == 0) /* no limit of its own: what holds for everybody */
        buf_format(&b, "\"concurrency\";q=%u;qu=\"concurrent-requests\"", LIMIT_INFLIGHT);
    memcpy(text->bytes, b.bytes, b.length);
    text->length = b.length;
    text->plan = *plan;
    text->month_days = g->today.month_days;
    arena_done(&a);
}

struct text gate_policy_header(struct gate *g, const struct passage *p) {
    struct policy_text *text = &g->policies[p->plan_number];
    if (!p->is_known)
        return TEXT("");
    if (text->length == 0 || text->month_days != g->today.month_days ||
        memcmp(&text->plan, &p->plan, sizeof p->plan) != 0)
        policy_make(g, text, &p->plan);
    return text_of(text->bytes, text->length);
}

/* `name` is as it is written: "rate";r= */
static void put_left(struct buf *b, struct text name, uint64_t left, uint64_t reset_s) {
    if (b->length)
        buf_c(b, ", ");
    buf_text(b, name);
    buf_u64(b, left);
    buf_c(b, ";t=");
    buf_u64(b, reset_s);
}

/* What the take found; a call that was refused before it looks now. */
static struct ledger_view limits_view(const struct gate *g, const struct passage *p) {
    struct ledger_limits limits = limits_of(p);
    struct ledger_time time = time_of(g);
    if (!p->is_weighed)
        return ledger_look(g->ledger, p->row, &limits, &time);
    return (struct ledger_view){p->charge.day_used, p->charge.month_used, p->charge.rate_left, 0};
}

struct text gate_limit_header_in(struct arena *a, struct gate *g, const struct passage *p) {
    struct buf b;
    if (!p->is_known)
        return TEXT("");
    struct ledger_view view = limits_view(g, p);
    buf_init(&b, a, POLICY_BYTES);
    if (p->plan.rate_per_s)
        put_left(&b, TEXT("\"rate\";r="), view.rate_left, 1);
    if (p->plan.quota_day)
        put_left(&b, TEXT("\"day\";r="), left_of(p->plan.quota_day, view.day_used),
                 seconds_until(g->now_ms, g->today.until_ms));
    if (p->plan.quota_month)
        put_left(&b, TEXT("\"month\";r="), left_of(p->plan.quota_month, view.month_used),
                 seconds_until(g->now_ms, g->today.month_until_ms));
    if (b.length == 0)
        buf_format(&b, "\"concurrency\";r=%u", LIMIT_INFLIGHT - 1);
    return buf_peek(&b);
}

/* ---- the policy to come ---- */

struct text gate_policy_update_in(struct arena *a, const struct passage *p) {
    if (!p->policy_next)
        return TEXT("");
    return text_format_in(a, "version=%u; by=%.*s", p->policy_next,
                          TEXT_ARG(clock_print_utc_in(a, (int64_t)p->policy_next_s * 1000)));
}

/* The text (RFC 6903) and what differs from what was agreed to. */
struct text gate_policy_link_in(struct arena *a, const struct passage *p) {
    unsigned agreed = (unsigned)(p->token.flags & TOKEN_AGREED) >> TOKEN_AGREED_SHIFT;
    if (!p->policy_now)
        return TEXT("</policy>; rel=\"privacy-policy\"");
    if (!agreed || agreed == p->policy_now)
        agreed = p->policy_now - 1;
    return text_format_in(a, "</policy/%u>; rel=\"privacy-policy\", </policy/%u...%u>; rel=\"describedby\"",
                          p->policy_now, agreed, p->policy_now);
}
