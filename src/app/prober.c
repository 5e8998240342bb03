/* prober.c: see prober.h.
 *
 * A slot is ten seconds of the wall clock; what is asked in it is spread over its first nine. When the slot's
 * number changes, what was seen is written. So a clock that is set only moves what is written, and
 * availability.h says what that costs; how long an answer may take is measured by the steady clock. */
#include "app/prober.h"
#include "api/catalog.h"
#include "app/asker.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "domain/probe_state.h"
#include "site/status_view.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    TARGETS_MAX = 1024,
    SPREAD_MS = 9000,
    WAIT_MS = 50,
    PASSED_MS = 300000,
    TOKEN_AGAIN_MS = 60000,
    TURN_S = 5,
    DOOR_BYTES_MAX = 300,
    QUERY_BYTES_MAX = 4096, /* longer ones go as a form */
    STATUS_OK = 200,
    STATUS_UNAUTHORIZED = 401,
    STATUS_UNPROCESSABLE = 422,
};

enum expected { EXPECT_PAGE, EXPECT_DATA, EXPECT_BARE, EXPECT_REFUSAL };

struct target {
    const struct endpoint *endpoint; /* NULL: a page */
    const char *path;
    enum expected expected;
    struct text request; /* as it is sent */
    enum service_state state;
    int64_t asked_slot;
    uint64_t passed_ms; /* steady; 0: never */
};

struct prober {
    struct home *home;
    const char *given_door;
    struct arena arena, lasting; /* of a slot; of the requests, until the token changes */
    struct asker *asker;
    struct target targets[TARGETS_MAX];
    unsigned count;
    struct probe_log log;
    struct availability *availability;
    struct probe_state shown;
    char door[DOOR_BYTES_MAX];
    int64_t slot;
    uint64_t token_ms; /* steady: when a token was last asked for */
    bool has_token, is_refused;
    bool pages_failed; /* at some time in this slot */
    bool has_news;     /* a target's state has changed */
    sigset_t ends;
};

static uint64_t steady_ms(void) {
    return clock_monotonic_ns() / 1000000;
}

struct probe_log_place prober_place(struct arena *a, const struct home *home, bool is_reader) {
    return (struct probe_log_place){HOME_PROBES,
                                    text_format_in(a, "%s/probes", home->config.log_name),
                                    &home->keys.probe, is_reader};
}

/* ---- what is asked ---- */

static struct text request_in(struct arena *a, const char *path, struct text query,
                              struct text token) {
    const char *form = "Content-Type: application/x-www-form-urlencoded\r\n";
    struct text head = text_format_in(
        a, "Host: localhost\r\nConnection: close\r\nUser-Agent: alapi-prober\r\n%s%.*s%s",
        token.length ? "token: " : "", TEXT_ARG(token), token.length ? "\r\n" : "");
    if (query.length > QUERY_BYTES_MAX)
        return text_format_in(a, "POST %s HTTP/1.0\r\n%.*s%sContent-Length: %zu\r\n\r\n%.*s", path,
                              TEXT_ARG(head), form, query.length, TEXT_ARG(query));
    return text_format_in(a, "GET %s%s%.*s HTTP/1.0\r\n%.*s\r\n", path, query.length ? "?" : "",
                          TEXT_ARG(query), TEXT_ARG(head));
}

static bool has_required(const struct endpoint *e) {
    for (const struct ask *ask = e->asks; ask && ask->name; ask++)
        if (ask->need == REQUIRED)
            return true;
    return false;
}

static bool has_example(const struct endpoint *e) {
    return e->shows && e->shows[0].asks;
}

/* Would its first example go to somebody outside? */
static bool is_live(const struct endpoint *e) {
    return e->asks_outside && (!has_example(e) || e->shows[0].check == SHOW_LIVE);
}

/* Only if there is something to be seen without bothering anybody outside. */
static bool is_askable(const struct endpoint *e) {
    return is_live(e) ? has_required(e) : e->is_bare || has_example(e);
}

static enum expected expected_of(const struct endpoint *e) {
    return is_live(e) ? EXPECT_REFUSAL : e->is_bare ? EXPECT_BARE : EXPECT_DATA;
}

static void add_target(struct prober *p, const struct endpoint *e, const char *path,
                       enum expected expected) {
    must(p->count < TARGETS_MAX);
    p->targets[p->count++] =
        (struct target){.endpoint = e, .path = path, .expected = expected, .asked_slot = -1};
}

static void list_targets(struct prober *p) {
    add_target(p, NULL, "/", EXPECT_PAGE);
    add_target(p, NULL, "/status.json", EXPECT_PAGE);
    for (size_t i = 0; api_catalog[i]; i++) {
        const struct endpoint *e = api_catalog[i];
        if (is_askable(e))
            add_target(p, e, e->path, expected_of(e));
    }
}

static void write_requests(struct prober *p, struct text token) {
    for (unsigned i = 0; i < p->count; i++) {
        struct target *t = &p->targets[i];
        bool has_asks = t->endpoint && t->expected != EXPECT_REFUSAL && has_example(t->endpoint);
        const char *asks = has_asks ? t->endpoint->shows[0].asks : "";
        t->request = request_in(&p->lasting, t->path, text_c(asks), t->endpoint ? token : TEXT(""));
    }
}

/* The lasting requests are in use while one is under way, so a new token waits for the end of those: it is
 * looked for at the beginning of a slot, when none is. */
static void look_for_token(struct prober *p) {
    struct text token = TEXT("");
    bool is_due = !p->token_ms || steady_ms() - p->token_ms >= TOKEN_AGAIN_MS;
    if ((p->has_token && !p->is_refused) || !is_due)
        return;
    p->token_ms = steady_ms();
    struct err e = prober_token(&p->arena, p->home, p->is_refused, &token);
    if (e.kind)
        log_event(LOG_ERROR, "prober_without_token", F_C("say", e.say ? e.say : err_name(e.kind)));
    p->has_token = !e.kind;
    p->is_refused = false;
    arena_reset(&p->lasting);
    write_requests(p, token);
}

/* ---- what is answered ---- */

static bool is_as_expected(enum expected expected, int status, struct text head) {
    switch (expected) {
    case EXPECT_DATA:
        return status == STATUS_OK && (text_find(head, TEXT("\"success\":true")) != SIZE_MAX ||
                                       text_find(head, TEXT("X-Request-Id")) != SIZE_MAX);
    case EXPECT_REFUSAL:
        return status == STATUS_UNPROCESSABLE;
    default:
        return status == STATUS_OK;
    }
}

static void take_answer(void *with, unsigned tag, int status, struct text head) {
    struct prober *p = with;
    struct target *t = &p->targets[tag];
    bool is_good = is_as_expected(t->expected, status, head);
    enum service_state state = is_good ? SERVICE_OPERATIONAL : SERVICE_DOWN;
    p->has_news = p->has_news || t->state != state;
    t->state = state;
    if (is_good && t->expected == EXPECT_DATA)
        t->passed_ms = steady_ms();
    if (!is_good && !t->endpoint)
        p->pages_failed = true;
    if (t->endpoint && status == STATUS_UNAUTHORIZED)
        p->is_refused = true;
}

/* ---- what it comes to ---- */

static void judge_pages(const struct prober *p, struct probe_state *s) {
    s->pages = SERVICE_UNKNOWN;
    for (unsigned i = 0; i < p->count; i++)
        if (!p->targets[i].endpoint)
            s->pages = service_state_worse(s->pages, p->targets[i].state);
}

static void judge_calls(struct prober *p, struct probe_state *s) {
    struct probe_api *others = arena_alloc(&p->arena, TARGETS_MAX * sizeof *others);
    uint64_t now_ms = steady_ms();
    s->apis = others;
    for (unsigned i = 0; i < p->count; i++) {
        const struct target *t = &p->targets[i];
        if (!t->endpoint)
            continue;
        s->asked += t->state != SERVICE_UNKNOWN;
        s->failed += t->state == SERVICE_DOWN;
        s->passed +=
            t->state == SERVICE_OPERATIONAL && t->passed_ms && now_ms - t->passed_ms < PASSED_MS;
        if (t->state != SERVICE_OPERATIONAL)
            others[s->api_count++] = (struct probe_api){text_c(t->path), t->state};
    }
    for (size_t i = 0; api_catalog[i]; i++)
        if (!is_askable(api_catalog[i]))
            others[s->api_count++] =
                (struct probe_api){text_c(api_catalog[i]->path), SERVICE_UNKNOWN};
    s->calls = !s->asked                   ? SERVICE_UNKNOWN
               : s->failed * 2 >= s->asked ? SERVICE_DOWN
               : s->failed                 ? SERVICE_DEGRADED
                                           : SERVICE_OPERATIONAL;
}

static struct probe_state judge(struct prober *p, int64_t now_ms) {
    struct probe_state s = {.time_ms = now_ms, .fault = text_c(p->log.fault)};
    judge_pages(p, &s);
    judge_calls(p, &s);
    s.state = s.pages == SERVICE_UNKNOWN ? SERVICE_UNKNOWN : service_state_worse(s.pages, s.calls);
    s.since_ms = s.state == p->shown.state && p->shown.since_ms ? p->shown.since_ms : now_ms;
    s.sum = availability_sum(p->availability, p->slot);
    return s;
}

static void report(struct err e, const char *what) {
    if (e.kind)
        log_event(LOG_ERROR, "prober_cannot_write", F_C("what", what),
                  F_C("say", e.say ? e.say : err_name(e.kind)));
}

static void show(struct prober *p, const struct probe_state *s) {
    struct probe_log_place place = prober_place(&p->arena, p->home, false);
    struct text name = text_c(p->home->config.operator_name);
    report(probe_state_write(&p->arena, &place, s), "now");
    report(file_write_whole(&p->arena, HOME_PROBES "/status.html",
                            status_page_in(&p->arena, s, name), 0640),
           "page");
    report(
        file_write_whole(&p->arena, HOME_PROBES "/status.json", status_json_in(&p->arena, s), 0640),
        "json");
    if (s->state != p->shown.state)
        log_event(s->state == SERVICE_OPERATIONAL ? LOG_INFO : LOG_WARN, "service_state",
                  F_C("state", service_state_name(s->state)), F_I64("apis_failed", s->failed));
    p->shown = *s;
    p->shown.apis = NULL; /* they were of the slot */
    p->shown.api_count = 0;
}

static void show_change(struct prober *p, int64_t now_ms) {
    struct probe_state s = judge(p, now_ms);
    p->has_news = false;
    if (s.state != p->shown.state || s.pages != p->shown.pages || s.calls != p->shown.calls)
        show(p, &s);
}

/* What could not be written was not seen. */
static void end_slot(struct prober *p) {
    int64_t now_ms = clock_now_ms();
    struct probe_state s = judge(p, now_ms);
    if (p->pages_failed)
        s.state = service_state_worse(s.state, SERVICE_DOWN);
    struct probe_line line = {p->slot, s.state, s.pages == SERVICE_OPERATIONAL && !p->pages_failed,
                              s.asked, s.failed};
    struct err e =
        s.state == SERVICE_UNKNOWN ? ok : probe_log_append(&p->arena, &p->log, &line, now_ms);
    report(e, "log");
    if (!e.kind && s.state != SERVICE_UNKNOWN)
        availability_put(p->availability, p->slot, s.state);
    p->pages_failed = false;
}

/* ---- the loop ---- */

static void find_door(struct prober *p) {
    struct text door;
    if (p->given_door)
        snprintf(p->door, sizeof p->door, "%s", p->given_door);
    else if (file_read_in(&p->arena, HOME_DOOR, DOOR_BYTES_MAX - 1, &door).kind == ERR_NONE)
        snprintf(p->door, sizeof p->door, "%.*s", TEXT_ARG(text_trim(door)));
    else
        snprintf(p->door, sizeof p->door, "%s:%llu", p->home->config.listen_address,
                 (unsigned long long)p->home->config.listen_port);
}

static void begin_slot(struct prober *p, int64_t slot) {
    arena_reset(&p->arena);
    p->slot = slot;
    find_door(p);
    look_for_token(p);
    struct probe_state s = judge(p, clock_now_ms());
    show(p, &s);
}

/* Who asks in this slot, from the first on; the pages come first. */
static void ask_those_due(struct prober *p, int64_t into_slot_ms) {
    for (unsigned i = 0; i < p->count; i++) {
        struct target *t = &p->targets[i];
        bool is_due = into_slot_ms >= (int64_t)i * SPREAD_MS / p->count && t->asked_slot != p->slot;
        if (is_due && (!t->endpoint || p->has_token) &&
            asker_begin(p->asker, p->door, t->request, i))
            t->asked_slot = p->slot;
    }
}

static void block_ends(struct prober *p) {
    sigemptyset(&p->ends);
    sigaddset(&p->ends, SIGTERM);
    sigaddset(&p->ends, SIGINT);
    sigprocmask(SIG_BLOCK, &p->ends, NULL);
}

static bool is_told_to_end(const struct prober *p, unsigned within_s) {
    const struct timespec wait = {.tv_sec = within_s};
    return sigtimedwait(&p->ends, NULL, &wait) > 0;
}

/* One looks, a second waits until it has ended. *role_out -1: it was told to end meanwhile. */
static struct err take_turn(struct arena *a, struct prober *p, int *role_out) {
    for (;;) {
        struct err e = home_take_role(a, "prober", role_out);
        if (e.kind != ERR_BUSY)
            return e;
        if (is_told_to_end(p, TURN_S))
            return ok;
    }
}

static void look(struct prober *p) {
    while (!is_told_to_end(p, 0)) {
        int64_t now_ms = clock_now_ms(), slot = now_ms / (SLOT_S * 1000);
        if (slot != p->slot) {
            while (p->slot &&
                   asker_busy(p->asker)) /* of the slot that is over: each has its time */
                asker_wait(p->asker, WAIT_MS, take_answer, p);
            if (p->slot)
                end_slot(p);
            begin_slot(p, slot);
        }
        ask_those_due(p, now_ms % (SLOT_S * 1000));
        asker_wait(p->asker, WAIT_MS, take_answer, p);
        if (p->has_news)
            show_change(p, now_ms);
    }
}

static void take_line(void *with, const struct probe_line *line) {
    availability_put(with, line->slot, line->state);
}

static struct err open_prober(struct arena *a, struct prober *p) {
    struct probe_log_place place = prober_place(a, p->home, false);
    arena_init(&p->arena, LIMIT_ARENA_BYTES);
    arena_init(&p->lasting, LIMIT_ARENA_BYTES);
    p->asker = asker_new();
    p->availability = availability_new();
    list_targets(p);
    struct err e = probe_log_open(&p->arena, &place, take_line, p->availability, &p->log);
    if (e.kind)
        return err_make(e.kind, text_say_in(a, "%s", e.say));
    if (p->log.fault[0])
        log_event(LOG_ERROR, "probe_log_damaged", F_C("say", p->log.fault));
    return ok;
}

struct err prober_run(struct arena *a, struct home *home, const char *door) {
    int role = -1;
    struct prober *p = calloc(1, sizeof *p);
    must(p != NULL);
    p->home = home;
    p->given_door = door;
    block_ends(p);
    struct err e = take_turn(a, p, &role);
    if (!e.kind && role >= 0)
        e = open_prober(a, p);
    if (!e.kind && role >= 0) {
        log_event(LOG_INFO, "prober_started", F_I64("targets", p->count));
        look(p);
        log_event(LOG_INFO, "prober_ended", F_I64("lines", p->log.lines));
    }
    asker_free(p->asker);
    availability_free(p->availability);
    arena_done(&p->arena);
    arena_done(&p->lasting);
    free(p);
    if (role >= 0)
        close(role);
    return e;
}
