/* serve.c: see serve.h. */
#include "app/serve.h"
#include "api/catalog.h"
#include "app/command.h"
#include "app/drain.h"
#include "app/holidays.h"
#include "app/http_server.h"
#include "app/policy_shelf.h"
#include "app/prober.h"
#include "app/prover.h"
#include "app/mail_desk.h"
#include "app/keeper.h"
#include "app/publisher.h"
#include "app/sender.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "data/data.h"
#include "domain/delivery.h"
#include "domain/erasure.h"
#include "domain/flow.h"
#include "domain/invitation.h"
#include "domain/office.h"
#include "domain/outbox.h"
#include "domain/login.h"
#include "domain/login_trace.h"
#include "domain/probe.h"
#include "domain/reset.h"
#include "domain/ticket_clocks.h"
#include "domain/usage.h"
#include "gate/catalogue.h"
#include "gate/zone.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    PUBLISH_MS = 100,
    AWAIT_MS = 1000,
    PUBLISH_WAIT_MS = 5000,
    DRAIN_MS = 1000,
    KEEP_MS = 10000,
    POLICY_MS = 500,
    TELL_MS = 500,
    PROVE_MS = 1000,
    OUTBOX_DAYS = 1,
    OUTBOX_SENDER_DAYS = 4, /* the sender itself gives up before */
    SEND_MS = 300,
    TRAFFIC_DAYS = 90,
    DAY_MINUTES = 1440,
};
static const int64_t day_ms = 86400000;

/* Where requests wait for the publisher, and wake it. */
struct feed {
    pthread_mutex_t lock;
    pthread_cond_t asked, published;
    int64_t number;
    bool is_asked;
};

struct serve {
    struct feed feed;
    struct home *home;
    struct publisher *publisher;
    struct drain *drain;
    struct store *keeper_store, *sender_store;
    struct sender *sender; /* NULL: none is set */
    struct prover *prover;
    struct site_health health;
    struct policy_shelf *policies;
    struct site site;
    struct site_processor processors[2];
    struct data *data;
    _Atomic bool is_ending;
    _Atomic bool is_proving; /* the prover asks at this program's own door: it ends before that does */
};

/* ---- the catalogue of APIs, for site/ ---- */

static struct text api_path_of(uint32_t id) {
    for (size_t i = 0; api_catalog[i]; i++)
        if (catalogue_api_id(text_c(api_catalog[i]->path)) == id)
            return text_c(api_catalog[i]->path);
    return TEXT("");
}

static bool api_is_known(struct text path) {
    for (size_t i = 0; api_catalog[i]; i++)
        if (text_equal_c(path, api_catalog[i]->path))
            return true;
    return false;
}

/* ---- jobs ---- */

static void pause_ms(unsigned ms) {
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

/* Says a job's trouble once when it begins and once when it is over. */
static void report(_Atomic bool *fails, const char *job, struct err e) {
    bool failed = e.kind != ERR_NONE;
    if (atomic_exchange(fails, failed) == failed)
        return;
    if (failed)
        log_event(LOG_ERROR, "job_fails", F_C("job", job), F_C("error", err_name(e.kind)),
                  F_C("say", e.say));
    else
        log_event(LOG_INFO, "job_works_again", F_C("job", job));
}

static struct timespec from_now(unsigned ms) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

static void await_published(void *with, int64_t change) {
    struct feed *feed = &((struct serve *)with)->feed;
    struct timespec until = from_now(AWAIT_MS);
    pthread_mutex_lock(&feed->lock);
    feed->is_asked = true;
    pthread_cond_signal(&feed->asked);
    while (feed->number < change &&
           pthread_cond_timedwait(&feed->published, &feed->lock, &until) == 0)
        continue;
    pthread_mutex_unlock(&feed->lock);
}

static void *run_publisher(void *with) {
    struct serve *s = with;
    while (!s->is_ending) {
        key_client_sweep(s->home->key_client);
        report(&s->health.publisher_fails, "publisher", publisher_follow(s->publisher));
        struct timespec until = from_now(PUBLISH_MS);
        pthread_mutex_lock(&s->feed.lock);
        s->feed.number = publisher_feed(s->publisher);
        pthread_cond_broadcast(&s->feed.published);
        while (!s->feed.is_asked &&
               pthread_cond_timedwait(&s->feed.asked, &s->feed.lock, &until) == 0)
            continue;
        s->feed.is_asked = false;
        pthread_mutex_unlock(&s->feed.lock);
    }
    return NULL;
}

static void *run_drain(void *with) {
    struct serve *s = with;
    struct drain_news news;
    for (bool last = false; !last;) {
        last = s->is_ending; /* once more at the end */
        struct err e = drain_step(s->drain, &news);
        report(&s->health.drain_fails, "drain", e);
        if (!e.kind) {
            s->health.drained_ms = clock_now_ms();
            s->health.epoch = (int64_t)news.epoch;
        }
        for (unsigned waited = 0; waited < DRAIN_MS && !s->is_ending; waited += PUBLISH_MS)
            pause_ms(PUBLISH_MS);
    }
    return NULL;
}

static struct err keep(struct serve *s, struct domain *d) {
    int64_t outbox_days = s->sender ? OUTBOX_SENDER_DAYS : OUTBOX_DAYS;
    try(office_follow(d)); /* a hold that ends may begin an erasure */
    try(erasure_finish(d, ERASURE_ALL));
    try(login_reap(d));
    try(flow_reap(d));
    try(outbox_reap(d, d->now_ms - outbox_days * day_ms));
    try(delivery_reap(d));
    try(invitation_reap(d));
    try(ticket_watch(d));
    try(ticket_reap(d));
    try(mail_refused_reap(d));
    struct statement *throttles = statement_for(d->store, SQL_THROTTLE_REAP);
    statement_bind_i64(throttles, 1, d->now_ms - day_ms / 24);
    try(statement_run(throttles, NULL));
    return traffic_reap(d, d->now_ms / 60000 - TRAFFIC_DAYS * DAY_MINUTES);
}

/* What a person waits for: messages that a request left to us, so that it costs the same for everybody. */
static struct err tell(struct serve *s, struct domain *d) {
    (void)s;
    try(reset_send(d));
    try(login_trace_move(d));
    return login_tell_failures(d);
}

static void keep_some(struct serve *s, struct arena *arena, struct random *chance,
                      struct err (*work)(struct serve *s, struct domain *d), _Atomic bool *fails) {
    struct domain d = home_domain(s->home, arena, s->keeper_store, chance, clock_now_ms());
    report(fails, "keeper", work(s, &d));
    arena_reset(arena);
}

static void keep_round(struct serve *s, struct keeper *keeper, struct arena *arena, struct random *chance,
                       _Atomic bool *fails) {
    struct domain d = home_domain(s->home, arena, s->keeper_store, chance, clock_now_ms());
    report(fails, "keeper_round", keeper_round(keeper, &s->home->config, &d));
    arena_reset(arena);
}

static void *run_keeper(void *with) {
    struct serve *s = with;
    struct random chance = random_system();
    struct arena arena;
    _Atomic bool fails = false, tell_fails = false, round_fails = false;
    struct keeper keeper = {0};
    arena_init(&arena, LIMIT_ARENA_BYTES);
    while (!s->is_ending) {
        keep_some(s, &arena, &chance, keep, &fails);
        keep_round(s, &keeper, &arena, &chance, &round_fails);
        for (unsigned waited = 0; waited < KEEP_MS && !s->is_ending; waited += PUBLISH_MS) {
            if (waited % TELL_MS == 0)
                keep_some(s, &arena, &chance, tell, &tell_fails);
            pause_ms(PUBLISH_MS);
        }
    }
    arena_done(&arena);
    return NULL;
}

static void *run_sender(void *with) {
    struct serve *s = with;
    struct random chance = random_system();
    struct arena arena;
    _Atomic bool fails = false;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    while (s->sender && !s->is_ending) {
        struct domain d = home_domain(s->home, &arena, s->sender_store, &chance, clock_now_ms());
        bool more = false;
        report(&fails, "sender", sender_step(s->sender, &d, &s->is_ending, &s->health, &more));
        arena_reset(&arena);
        for (unsigned waited = 0; waited < SEND_MS && !more && !s->is_ending; waited += PUBLISH_MS)
            pause_ms(PUBLISH_MS);
    }
    arena_done(&arena);
    return NULL;
}

static void *run_policies(void *with) {
    struct serve *s = with;
    _Atomic bool fails = false;
    while (!s->is_ending) {
        bool more = false;
        report(&fails, "policies", policy_shelf_follow(s->policies, &more));
        for (unsigned waited = 0; !more && waited < POLICY_MS && !s->is_ending; waited += PUBLISH_MS)
            pause_ms(PUBLISH_MS);
    }
    return NULL;
}

static void *run_prover(void *with) {
    struct serve *s = with;
    _Atomic bool fails = false;
    while (s->is_proving) {
        report(&fails, "prover", prover_step(s->prover));
        for (unsigned waited = 0; waited < PROVE_MS && s->is_proving; waited += PUBLISH_MS)
            pause_ms(PUBLISH_MS);
    }
    return NULL;
}

/* ---- start and end ---- */

static struct err zone_hours(struct arena *a, const struct config *config, int64_t *out) {
    struct zone *zone;
    int64_t now = clock_now_ms();
    try(zone_open(a, config->zone, &zone));
    struct zone_day day = zone_day_of(zone, now);
    *out = (day.day * day_ms - day.from_ms) / 3600000;
    zone_close(zone);
    return ok;
}

/* Whoever is handed an address or a number to deliver to; nobody where messages stay files. */
static void name_processors(struct serve *s) {
    const struct config *c = &s->home->config;
    unsigned count = 0;
    if (*c->smtp_host)
        s->processors[count++] =
            (struct site_processor){text_c(c->smtp_host), {"投递邮件", "delivers mails"}};
    if (strcmp(c->sms_provider, "none") != 0)
        s->processors[count++] =
            (struct site_processor){text_c(c->sms_provider), {"投递短信", "delivers short messages"}};
    s->site.processors = s->processors;
    s->site.processor_count = count;
}

static struct err fill_site(struct arena *a, struct serve *s, bool is_development) {
    try(policy_shelf_open(a, s->home, &s->health, &s->policies));
    s->site = (struct site){.policy = policy_shelf_now(s->policies),
                            .policy_now = policy_shelf_now,
                            .policy_with = s->policies,
                            .origin = text_c(s->home->config.public_origin),
                            .operator_name = text_c(s->home->config.operator_name),
                            .operator_contact = text_c(s->home->config.operator_contact),
                            .operator_code = text_c(s->home->config.operator_code),
                            .operator_address = text_c(s->home->config.operator_address),
                            .operator_court = text_c(s->home->config.operator_court),
                            .version = TEXT(ALAPI_VERSION),
                            .catalog = api_catalog,
                            .is_development = is_development,
                            .started_ms = clock_now_ms(),
                            .health = &s->health,
                            .probes = prober_place(a, s->home, true),
                            .api_path = api_path_of,
                            .api_known = api_is_known,
                            .await_published = await_published,
                            .await_with = s};
    name_processors(s);
    return zone_hours(a, &s->home->config, &s->site.zone_hours);
}

static bool password_is_known(const void *with, struct text password) {
    struct text place;
    return pack_find(with, password, &place);
}

/* Without them everything goes on; doctor says what is missing. */
static void open_reference_data(struct serve *s, const char *folder) {
    s->data = data_open(folder);
    s->home->holidays = holidays_of(s->data);
    static const uint8_t needs[] = {DATA_PASSWORDS, DATA_NONE};
    if (data_is_available(s->data, needs))
        s->home->known_passwords =
            (struct password_list){password_is_known, data_pack(s->data, DATA_PASSWORDS)};
}

static struct err open_parts(struct arena *a, struct serve *s, bool is_development) {
    try(fill_site(a, s, is_development));
    open_reference_data(s, command_data_folder(a));
    struct err e = publisher_open(a, s->home, &s->publisher);
    for (unsigned waited = 0; e.kind == ERR_BUSY && waited < PUBLISH_WAIT_MS;
         waited += PUBLISH_MS) {
        pause_ms(PUBLISH_MS); /* a command is at it */
        e = publisher_open(a, s->home, &s->publisher);
    }
    try(e);
    try(drain_open(a, s->home, &s->drain));
    try(home_store(a, &s->keeper_store));
    try(home_store(a, &s->sender_store));
    try(sender_open(a, s->home, &s->sender));
    return prover_open(a, s->home, s->policies, &s->health, &s->prover);
}

static struct err run_until_signal(struct arena *a, struct serve *s, int listener) {
    static void *(*const jobs[])(void *) = {run_publisher, run_drain, run_keeper, run_sender, run_policies};
    pthread_t prover;
    struct http_server *server;
    pthread_t threads[COUNT(jobs)];
    sigset_t ends;
    int which;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    const struct http_place place = {s->home, &s->site, listener};
    try(http_server_start(a, &place, &server));
    for (size_t i = 0; i < COUNT(jobs); i++)
        must(pthread_create(&threads[i], NULL, jobs[i], s) == 0);
    s->is_proving = true;
    must(pthread_create(&prover, NULL, run_prover, s) == 0);
    log_event(LOG_INFO, "serve_started", F_C("socket", HOME_SERVE_SOCK));
    while (sigwait(&ends, &which) == EINTR)
        continue;
    s->is_proving = false;
    pthread_join(prover, NULL);
    http_server_stop(server);
    s->is_ending = true;
    for (size_t i = 0; i < COUNT(jobs); i++)
        pthread_join(threads[i], NULL);
    log_event(LOG_INFO, "serve_ended", F_I64("signal", which));
    return ok;
}

struct err serve_run(struct arena *a, struct home *home, const struct serve_options *how) {
    int role;
    try(home_take_role(a, "serve", &role));
    struct serve *s = calloc(1, sizeof *s);
    must(s != NULL);
    s->home = home;
    pthread_mutex_init(&s->feed.lock, NULL);
    pthread_cond_init(&s->feed.asked, NULL);
    pthread_cond_init(&s->feed.published, NULL);
    s->health.drained_ms = clock_now_ms();
    struct err e = open_parts(a, s, how->is_development);
    if (!e.kind)
        e = run_until_signal(a, s, how->listener);
    if (e.say)
        e.say = text_say_in(a, "%s", e.say);
    drain_close(s->drain);
    publisher_close(s->publisher);
    sender_close(s->sender);
    store_close(s->sender_store);
    prover_close(s->prover);
    store_close(s->keeper_store);
    policy_shelf_close(s->policies);
    data_close(s->data);
    free(s);
    close(role);
    return e;
}
