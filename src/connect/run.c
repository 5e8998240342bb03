/* run.c: see run.h. Which provider is asked, and what becomes of its answer; how one is asked stands in
 * ask.c. */
#include "connect/run.h"
#include "base/must.h"
#include "call/reply.h"
#include "codec/digest.h"
#include "connect/connectors.h"
#include "connect/errand.h"

enum {
    RETRY_AFTER_S = 30,
    MARGIN_MS = 700, /* of the call's time, for us */
    LEAST_MS = 300,  /* less is not worth asking */
    STALE_S = 86400,
    QUESTION_BYTES_MAX = 4 << 20,
};

struct running {
    struct call *call;
    struct connectors *all;
    const struct named_value *made;
    unsigned made_count;
    unsigned char digest[KEEP_DIGEST_BYTES];
    uint64_t ends_ns;
    struct errand_end worst; /* of the last that failed */
    unsigned switched_on, asked;
};

/* ---- what is asked, as a digest ---- */

static void put_part(struct buf *b, struct text t) {
    buf_format(b, "%zu:", t.length);
    buf_text(b, t);
}

static bool make_digest(struct running *r) {
    struct call *c = r->call;
    struct digest d;
    struct buf b;
    buf_init(&b, c->arena, QUESTION_BYTES_MAX);
    put_part(&b, text_c(c->endpoint->path));
    put_part(&b, c->language == LANGUAGE_EN ? TEXT("en") : TEXT("zh"));
    for (unsigned i = 0; c->endpoint->asks && c->endpoint->asks[i].name; i++)
        put_part(&b, ask_has(c, i) ? ask_text(c, i) : TEXT(""));
    for (unsigned i = 0; i < r->made_count; i++)
        put_part(&b, r->made[i].value);
    if (buf_is_over(&b) || !digest_of(TEXT("sha256"), buf_peek(&b), &d))
        return false;
    memcpy(r->digest, d.bytes, sizeof r->digest);
    return true;
}

/* ---- what was kept ---- */

static struct text source_name_in(struct call *c, const struct connector *with) {
    enum connector_word word = c->language == LANGUAGE_EN ? WORD_NAME_EN : WORD_NAME_ZH;
    return text_copy_in(c->arena, connector_value(with, NULL, word));
}

static void reply_kept(struct call *c, const struct kept *k, bool is_stale) {
    json_raw(&c->json, k->data);
    c->source = (struct source){k->source, clock_print_utc_in(c->arena, k->made_ms), is_stale};
}

/* The first part that is switched on says how long. */
static const struct connector_part *first_part(const struct running *r,
                                               const struct connector **connector) {
    for (unsigned i = 0; i < r->all->count; i++) {
        const struct connector_part *part = connector_part_of(r->all->all[i], r->call->endpoint);
        *connector = r->all->all[i];
        if (part)
            return part;
    }
    return NULL;
}

static bool is_personal(const struct running *r) {
    bool is = r->call->endpoint->is_personal;
    for (unsigned i = 0; i < r->all->count && !is; i++) {
        const struct connector_part *part = connector_part_of(r->all->all[i], r->call->endpoint);
        is = part && connector_says_yes(r->all->all[i], part, WORD_PERSONAL);
    }
    return is;
}

/* An answer that is young enough; `word` WORD_KEEP or WORD_STALE. */
static bool recall(struct running *r, enum connector_word word, uint64_t missing_s) {
    struct call *c = r->call;
    const struct connector *connector;
    const struct connector_part *part = first_part(r, &connector);
    struct kept k;
    if (!part || is_personal(r))
        return false;
    int64_t most_ms = (int64_t)connector_number(connector, part, word, missing_s) * 1000;
    if (most_ms == 0 || !keep_find_in(r->all->keep, c->arena, r->digest, &k) ||
        c->now_ms - k.made_ms >= most_ms)
        return false;
    reply_kept(c, &k, word == WORD_STALE);
    return true;
}

/* ---- asking ---- */

static void tell(const struct running *r, const char *event, const struct connector *with,
                 const struct errand_end *end) {
    if (r->all->settings.tell)
        r->all->settings.tell(&(struct connector_news){event, with->name, end->why, end->status});
}

static unsigned left_ms(const struct running *r) {
    uint64_t now_ns = clock_monotonic_ns();
    return now_ns >= r->ends_ns ? 0 : (unsigned)((r->ends_ns - now_ns) / 1000000);
}

static void keep_answer(struct running *r, struct kept *k) {
    if (!is_personal(r))
        keep_put(r->all->keep, r->digest, k);
}

/* True where this provider's word is the last one. */
static bool ask_one(struct running *r, struct connector *with, const struct connector_part *part,
                    struct err *result) {
    struct call *c = r->call;
    struct errand errand = {.call = c,
                            .connector = with,
                            .part = part,
                            .made = r->made,
                            .made_count = r->made_count,
                            .time_ms = left_ms(r)};
    struct text data;
    struct errand_end end = errand_run_in(&errand, &data);
    r->asked++;
    if (end.fate == ERRAND_DONE) {
        struct kept k = {c->now_ms, source_name_in(c, with), data};
        (void)keep_note(r->all->keep, with->place, c->now_ms, true);
        keep_answer(r, &k);
        reply_kept(c, &k, false);
        *result = ok;
        return true;
    }
    if (end.fate == ERRAND_NOTHING || end.fate == ERRAND_INVALID) {
        (void)keep_note(r->all->keep, with->place, c->now_ms, true);
        *result =
            end.fate == ERRAND_NOTHING
                ? call_nothing(c, "没有查到结果，请检查参数", "nothing was found for these parameters")
                : call_failed(c, ERR_PARAMETER_INVALID, "数据来源不接受这些参数，请对照文档检查其格式",
                              "the source does not take these parameters; compare their form with the "
                              "documentation");
        return true;
    }
    tell(r, end.fate == ERRAND_REFUSED ? "provider_refused" : "provider_failed", with, &end);
    if (keep_note(r->all->keep, with->place, c->now_ms, false))
        tell(r, "provider_paused", with, &end);
    r->worst = end;
    return false;
}

static bool ask_all(struct running *r, struct err *result) {
    struct call *c = r->call;
    for (unsigned i = 0; i < r->all->count; i++) {
        struct connector *with = r->all->all[i];
        const struct connector_part *part = connector_part_of(with, c->endpoint);
        if (!part)
            continue;
        r->switched_on++;
        if (left_ms(r) < LEAST_MS || !keep_may_ask(r->all->keep, with->place, c->now_ms))
            continue;
        if (ask_one(r, with, part, result))
            return true;
    }
    return false;
}

/* ---- refusals ---- */

static struct err nobody(struct call *c) {
    const char *group = c->endpoint->connector;
    c->retry_after_s = RETRY_AFTER_S;
    return call_failed(
        c, ERR_SOURCE_UNAVAILABLE,
        text_say_in(c->arena,
                    "此接口还没有数据来源，未计费；运营者在 alapi.conf 的 connectors 中为 %s "
                    "组启用一个（alapi connector "
                    "list 列出可用的），密钥放在 state/keys/connectors/<来源>.key",
                    group),
        text_say_in(c->arena,
                    "this API has no source yet; nothing was charged; the operator names one for the group "
                    "%s in the "
                    "setting connectors of alapi.conf (alapi connector list shows them), its key in "
                    "state/keys/connectors/PROVIDER.key",
                    group));
}

static struct err all_failed(struct running *r) {
    struct call *c = r->call;
    if (r->asked && r->worst.fate == ERRAND_LATE)
        return call_failed(c, ERR_SOURCE_TIMEOUT, "数据来源没有及时回答，未计费；请稍后再试",
                           "the source did not answer in time; nothing was charged; try again later");
    if (r->asked && r->worst.fate == ERRAND_FAILED)
        return call_failed(c, ERR_SOURCE_FAILED, "数据来源的回答有误，未计费；请稍后再试",
                           "the source answered wrongly; nothing was charged; try again later");
    c->retry_after_s = RETRY_AFTER_S;
    return call_failed(c, ERR_SOURCE_UNAVAILABLE, "数据来源暂不可用，未计费；请稍后再试",
                       "the source is not available now; nothing was charged; try again later");
}

struct err connector_run_with(struct call *c, const struct named_value *made, unsigned count) {
    unsigned limit_ms = c->endpoint->limit_ms ? c->endpoint->limit_ms : LIMIT_WORKER_MS;
    struct running r = {.call = c,
                        .all = c->connectors,
                        .made = made,
                        .made_count = count,
                        .ends_ns = clock_monotonic_ns() + (limit_ms - MARGIN_MS) * 1000000ull};
    struct err result;
    must(c->endpoint->connector && c->endpoint->asks_outside);
    const struct connector *connector;
    if (!r.all || !first_part(&r, &connector))
        return nobody(c);
    if (!make_digest(&r))
        return err_make(ERR_BODY_TOO_LARGE, "the parameters are too long");
    if (recall(&r, WORD_KEEP, c->endpoint->keep_s))
        return ok;
    if (ask_all(&r, &result))
        return result;
    if (recall(&r, WORD_STALE, c->endpoint->keep_s ? STALE_S : 0)) {
        tell(&r, "provider_stale", connector, &r.worst);
        return ok;
    }
    return all_failed(&r);
}

struct err connector_run(struct call *c) {
    return connector_run_with(c, NULL, 0);
}
