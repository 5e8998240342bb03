/* sender.c: see sender.h. A round: settle what was answered, list what is due, let a few threads
 * take from the list, settle again. The threads touch files and sockets only; the records are this
 * thread's. */
#include "app/sender.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "domain/delivery.h"
#include "fetch/sms.h"
#include "fetch/smtp.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ROUND_MAX = 512,
    ROUND_MS = 2000, /* then it is looked again who waits: a code does not stand behind a thousand
                        notices */
    AT_ONCE_MAX = 32,
    STOP_FIRST_MS = 1000,
    STOP_MAX_MS = 600000,
    TITLE_RUNES_MAX = 20,
    NONCE_BYTES = 16,
};

/* Of one kind of message; a stopped one is tried again by a single message. */
struct channel {
    enum delivery_channel bit;
    const char *name;
    struct fetch *fetch; /* NULL: not set */
    int64_t stopped_until_ms;
    unsigned stops; /* in a row; 0: it works */
    const char *reason;
};

/* An answer that could not be noted in the outbox. Nothing is sent until it is. */
struct unnoted {
    struct delivery_name name;
    struct carried what;
};

struct sender {
    const struct home *home;
    struct channel mail, sms;
    struct smtp_server smtp;
    struct sms_settings provider;
    struct unnoted unnoted[AT_ONCE_MAX];
    unsigned unnoted_count;
};

/* ---- settings ---- */

static struct err unfit(const char *say) {
    return err_make(ERR_CONFIG, say);
}

static struct err check_file(struct arena *a, const char *setting, const char *path) {
    if (*path && access(path, R_OK) != 0)
        return unfit(text_say_in(
            a, "%s names %s, which cannot be read: put it there or leave the setting empty",
            setting, path));
    return ok;
}

static struct err check_smtp(struct arena *a, const struct config *c) {
    struct text secret;
    if (!*c->smtp_host)
        return *c->smtp_user
                   ? unfit("smtp_user is set without smtp_host: set the server too, or neither")
                   : ok;
    if (!*c->mail_from)
        return unfit("smtp_host is set without mail_from: set the address that mails come from");
    if (*c->smtp_user)
        try(home_secret(a, HOME_SMTP_KEY, &secret));
    return check_file(a, "smtp_authorities", c->smtp_authorities);
}

static struct err check_sms(struct arena *a, const struct config *c) {
    enum sms_provider provider = SMS_NONE;
    struct text secret;
    must(sms_provider_parse(text_c(c->sms_provider), &provider));
    if (provider == SMS_NONE)
        return ok;
    if (provider == SMS_WEBHOOK && !*c->sms_endpoint)
        return unfit("sms_provider is webhook without sms_endpoint: set its URL");
    if (provider != SMS_WEBHOOK &&
        (!*c->sms_key_id || !*c->sms_sign_name || !*c->sms_template_code))
        return unfit("sms_provider is set without sms_key_id, sms_sign_name and sms_template_code: "
                     "set all three");
    if (provider == SMS_TENCENT && !*c->sms_app)
        return unfit("sms_provider is tencent without sms_app: set its SmsSdkAppId");
    try(home_secret(a, HOME_SMS_KEY, &secret));
    return check_file(a, "sms_authorities", c->sms_authorities);
}

struct err sender_check(struct arena *a, const struct config *config) {
    try(check_smtp(a, config));
    return check_sms(a, config);
}

bool sender_is_set(const struct config *config) {
    return *config->smtp_host || strcmp(config->sms_provider, "none") != 0;
}

static struct err channel_open(struct channel *c, const char *authorities) {
    struct fetch_settings settings = {.authorities = *authorities ? authorities : NULL};
    return fetch_open(&settings, &c->fetch);
}

static struct err open_mail(struct arena *a, struct sender *s) {
    const struct config *c = &s->home->config;
    struct text password = TEXT("");
    if (*c->smtp_user)
        try(home_secret(a, HOME_SMTP_KEY, &password));
    s->smtp = (struct smtp_server){.host = c->smtp_host,
                                   .port = (uint16_t)c->smtp_port,
                                   .is_tls_at_once = strcmp(c->smtp_tls, "implicit") == 0,
                                   .user = *c->smtp_user ? c->smtp_user : NULL,
                                   .password = text_c_in(a, password),
                                   .hello = strchr(c->mail_from, '@') + 1};
    return channel_open(&s->mail, c->smtp_authorities);
}

static struct err open_sms(struct arena *a, struct sender *s) {
    const struct config *c = &s->home->config;
    s->provider =
        (struct sms_settings){.endpoint = c->sms_endpoint,
                              .key_id = c->sms_key_id,
                              .sign_name = c->sms_sign_name,
                              .app = c->sms_app,
                              .region = c->sms_region,
                              .templates = {[SMS_NOTICE] = c->sms_template_notice,
                                            [SMS_CODE] = c->sms_template_code,
                                            [SMS_KNOWN] = c->sms_template_known,
                                            [SMS_GUARDIAN] = c->sms_template_guardian,
                                            [SMS_INVITATION] = c->sms_template_invitation}};
    must(sms_provider_parse(text_c(c->sms_provider), &s->provider.provider));
    try(home_secret(a, HOME_SMS_KEY, &s->provider.key));
    return channel_open(&s->sms, c->sms_authorities);
}

struct err sender_open(struct arena *a, const struct home *home, struct sender **out) {
    *out = NULL;
    try(sender_check(a, &home->config));
    if (!sender_is_set(&home->config))
        return ok;
    struct sender *s = calloc(1, sizeof *s);
    must(s != NULL);
    *s = (struct sender){.home = home,
                         .mail = {.bit = DELIVERY_MAIL, .name = "mail"},
                         .sms = {.bit = DELIVERY_SMS, .name = "sms"}};
    *out = s;
    if (*home->config.smtp_host)
        try(open_mail(a, s));
    return strcmp(home->config.sms_provider, "none") == 0 ? ok : open_sms(a, s);
}

void sender_close(struct sender *s) {
    if (!s)
        return;
    fetch_close(s->mail.fetch);
    fetch_close(s->sms.fetch);
    free(s);
}

/* ---- one round ---- */

struct round {
    struct sender *sender;
    const char *outbox;
    const _Atomic bool *is_ending;
    struct delivery_name list[ROUND_MAX];
    struct carried what[ROUND_MAX]; /* reason NULL: not tried */
    bool unnoted[ROUND_MAX];
    unsigned count;
    uint64_t until_ns;
    _Atomic unsigned next;
    _Atomic unsigned stopped; /* bits of channels that stopped in this round */
    _Atomic bool cannot_note;
};

static struct carried carry_mail(struct sender *s, struct arena *a, const struct letter *letter) {
    struct smtp_mail mail = {text_c(s->home->config.mail_from), letter->to, letter->content};
    return smtp_send(s->mail.fetch, a, &s->smtp, &mail);
}

static struct text first_runes(struct text t, unsigned most) {
    struct text rest = t;
    for (unsigned i = 0; i < most && rest.length; i++)
        if (text_rune(&rest) < 0)
            break;
    return text_part(t, 0, t.length - rest.length);
}

static struct carried carry_sms(struct sender *s, struct arena *a, const struct letter *letter,
                                int64_t now_ms) {
    static const enum sms_kind kinds[MESSAGE_KINDS] = {[MESSAGE_NOTICE] = SMS_NOTICE,
                                                       [MESSAGE_CODE] = SMS_CODE,
                                                       [MESSAGE_KNOWN] = SMS_KNOWN,
                                                       [MESSAGE_GUARDIAN] = SMS_GUARDIAN,
                                                       [MESSAGE_INVITATION] = SMS_INVITATION};
    struct random chance = random_system();
    unsigned long long nonce[NONCE_BYTES / 8] = {random_u64(&chance), random_u64(&chance)};
    bool is_notice = letter->kind == MESSAGE_NOTICE;
    struct sms sms = {.kind = kinds[letter->kind],
                      .to = letter->to,
                      .parameter =
                          is_notice ? first_runes(letter->subject, TITLE_RUNES_MAX) : letter->code,
                      .text = text_trim(letter->body),
                      .id = letter->id,
                      .nonce = text_format_in(a, "%016llx%016llx", nonce[0], nonce[1])};
    return sms_send(s->sms.fetch, a, &s->provider, &sms, now_ms);
}

static void carry_one(struct round *r, unsigned at, struct arena *a) {
    static const struct carried malformed = {CARRIED_REFUSED, "malformed", 0};
    const struct delivery_name *name = &r->list[at];
    const struct carried *what = &r->what[at];
    struct letter letter;
    int64_t now_ms = clock_now_ms();
    struct text from = text_c(r->sender->home->config.mail_from);
    struct err e = delivery_read(a, r->outbox, name, from, &letter);
    if (e.kind == ERR_NOT_FOUND)
        return;
    if (e.kind)
        what = &malformed;
    else if (delivery_is_late(&letter, now_ms))
        what = &delivery_late;
    else if (name->channel == DELIVERY_MAIL)
        r->what[at] = carry_mail(r->sender, a, &letter);
    else
        r->what[at] = carry_sms(r->sender, a, &letter, now_ms);
    if (what->fate == CARRIED_STOPPED)
        r->stopped |= name->channel;
    r->unnoted[at] = delivery_mark(a, r->outbox, name, what, clock_now_ms()).kind != ERR_NONE;
    if (r->unnoted[at])
        r->cannot_note = true;
    r->what[at] = *what;
}

static bool goes_on(const struct round *r) {
    return !*r->is_ending && !r->cannot_note && clock_monotonic_ns() < r->until_ns;
}

/* Takes from the list until it is empty, the round is over, or an answer could not be noted. */
static void *carry_some(void *with) {
    struct round *r = with;
    struct arena arena;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    for (unsigned at; goes_on(r) && (at = r->next++) < r->count;) {
        if (!(r->stopped & r->list[at].channel))
            carry_one(r, at, &arena);
        arena_reset(&arena);
    }
    arena_done(&arena);
    return NULL;
}

static void carry_all(struct round *r, unsigned at_once) {
    pthread_t helpers[AT_ONCE_MAX];
    unsigned wanted = r->count < at_once ? r->count : at_once, begun = 0;
    must(wanted <= AT_ONCE_MAX);
    while (begun < wanted && pthread_create(&helpers[begun], NULL, carry_some, r) == 0)
        begun++;
    if (begun == 0)
        carry_some(r);
    for (unsigned i = 0; i < begun; i++)
        pthread_join(helpers[i], NULL);
}

/* ---- what came of it ---- */

static void log_fate(const char *channel, const struct carried *what) {
    static const char *const words[] = {[CARRIED_SENT] = "sent",
                                        [CARRIED_LATER] = "put_off",
                                        [CARRIED_REFUSED] = "refused",
                                        [CARRIED_STOPPED] = "stopped"};
    log_event(what->fate == CARRIED_SENT ? LOG_INFO : LOG_WARN, "message", F_C("channel", channel),
              F_C("fate", words[what->fate]), F_C("reason", what->reason),
              F_I64("code", what->code));
}

/* Whether the other side was really there. */
static bool is_proof(const struct carried *what) {
    return what->fate == CARRIED_SENT || what->code != 0;
}

static void channel_stop(struct channel *c, const struct carried *why, int64_t now_ms) {
    bool is_news = c->stops == 0 || strcmp(c->reason, why->reason) != 0;
    int64_t pause = (int64_t)STOP_FIRST_MS << c->stops;
    c->stopped_until_ms = now_ms + (pause < STOP_MAX_MS ? pause : STOP_MAX_MS);
    c->stops += c->stops < 16;
    c->reason = why->reason;
    if (is_news)
        log_fate(c->name, why);
}

static void channel_judge(struct channel *c, const struct round *r, int64_t now_ms) {
    const struct carried *stop = NULL;
    bool is_there = false;
    for (unsigned i = 0; i < r->count; i++) {
        const struct carried *what = &r->what[i];
        if (r->list[i].channel != c->bit || !what->reason)
            continue;
        if (what->fate == CARRIED_STOPPED) {
            stop = what;
            continue;
        }
        log_fate(c->name, what);
        is_there |= is_proof(what);
    }
    if (stop)
        channel_stop(c, stop, now_ms);
    else if (is_there)
        c->stops = 0;
}

/* Of a channel that is stopped nothing is taken, and when its time is over the first alone. */
static void take_turns(const struct channel *c, struct round *r) {
    unsigned kept = 0, of_channel = 0;
    for (unsigned i = 0; i < r->count; i++)
        if (r->list[i].channel != c->bit || c->stops == 0 || of_channel++ == 0)
            r->list[kept++] = r->list[i];
    r->count = kept;
}

static bool is_open(const struct channel *c, int64_t now_ms) {
    bool is_over = now_ms >= c->stopped_until_ms || c->stopped_until_ms > now_ms + STOP_MAX_MS;
    return c->fetch && (c->stops == 0 || is_over);
}

/* At most one for each helper, since they end at the first. */
static void remember_unnoted(struct sender *s, const struct round *r) {
    for (unsigned i = 0; i < r->count; i++) {
        if (!r->unnoted[i])
            continue;
        must(s->unnoted_count < AT_ONCE_MAX);
        s->unnoted[s->unnoted_count++] = (struct unnoted){r->list[i], r->what[i]};
    }
}

static struct err note_unnoted(struct sender *s, struct domain *d) {
    while (s->unnoted_count) {
        const struct unnoted *u = &s->unnoted[s->unnoted_count - 1];
        try(delivery_mark(d->arena, d->outbox, &u->name, &u->what, d->now_ms));
        s->unnoted_count--;
    }
    return ok;
}

static struct err one_round(struct sender *s, struct domain *d, struct round *r) {
    int64_t now_ms = d->now_ms = clock_now_ms();
    unsigned channels = (is_open(&s->mail, now_ms) ? DELIVERY_MAIL : 0u) |
                        (is_open(&s->sms, now_ms) ? DELIVERY_SMS : 0u);
    try(note_unnoted(s, d));
    try(delivery_settle(d, NULL));
    try(delivery_due(d, channels, r->list, ROUND_MAX, &r->count));
    take_turns(&s->mail, r);
    take_turns(&s->sms, r);
    if (r->count == 0)
        return ok;
    r->until_ns = clock_monotonic_ns() + ROUND_MS * 1000000ull;
    carry_all(r, (unsigned)s->home->config.send_at_once);
    channel_judge(&s->mail, r, clock_now_ms());
    channel_judge(&s->sms, r, clock_now_ms());
    remember_unnoted(s, r);
    try(note_unnoted(s, d));
    return delivery_settle(d, NULL);
}

struct err sender_step(struct sender *s, struct domain *d, const _Atomic bool *is_ending,
                       struct site_health *health, bool *more_out) {
    struct round *r = calloc(1, sizeof *r);
    must(r != NULL);
    *r = (struct round){.sender = s, .outbox = d->outbox, .is_ending = is_ending};
    s->smtp.is_ending = is_ending;
    struct err e = one_round(s, d, r);
    health->mail_stopped = s->mail.stops > 0;
    health->sms_stopped = s->sms.stops > 0;
    *more_out = !e.kind && r->count > 1 && !r->stopped;
    free(r);
    return e;
}
