/* login_work.c: see login_work.h. */
#include "domain/login_work.h"
#include "domain/throttle.h"

enum {
    SLOT_MS = 300000,
    DAY_SLOTS = 288,
    TIMES_USUAL = 10,
    TIMES_MOST = 20,
    WAIT_S = 20,
    WAIT_NAME_S = 60,
    WAITED_HOUR = 10,
    NONCE_BYTES = 16,
    ANSWER_LETTERS = 32
};

/* ---- is it asked for? ---- */

struct demand {
    unsigned bits, wait_s; /* bits 0: nothing is asked */
};

static unsigned bits_of(int64_t failures, int64_t limit) {
    unsigned bits = LOGIN_WORK_BITS;
    for (int64_t more = limit * 2; more <= failures && bits < LOGIN_WORK_BITS_MAX; more *= 2)
        bits++;
    return bits;
}

static struct err demand_of_all(struct domain *d, struct demand *out) {
    struct statement *rate = statement_for(d->store, SQL_LOGIN_RATE);
    int64_t slot = d->now_ms / SLOT_MS, alarm = d->login_alarm;
    bool row;
    if (alarm == 0)
        return ok;
    statement_bind_i64(rate, 1, slot);
    try(statement_step(rate, &row));
    int64_t recent = row ? column_i64(rate, 0) : 0, earlier = row ? column_i64(rate, 1) : 0;
    statement_done(rate);
    int64_t limit = earlier * 2 * TIMES_USUAL / (DAY_SLOTS - 2);
    limit = limit < alarm ? alarm : limit > alarm * TIMES_MOST ? alarm * TIMES_MOST : limit;
    if (recent >= limit)
        *out = (struct demand){bits_of(recent, limit), WAIT_S};
    return ok;
}

static struct err demand_of_name(struct domain *d, const struct digest *name, struct demand *out) {
    struct statement *get = statement_for(d->store, SQL_LOGIN_FAILURE_COUNT);
    bool row;
    statement_bind_bytes(get, 1, digest_text(name));
    statement_bind_i64(get, 2, d->now_ms - 86400000);
    try(statement_step(get, &row));
    int64_t failures = row ? column_i64(get, 0) : 0;
    statement_done(get);
    if (failures < LOGIN_FAILURES_MANY)
        return ok;
    unsigned bits = bits_of(failures, LOGIN_FAILURES_MANY);
    *out = (struct demand){bits > out->bits ? bits : out->bits, WAIT_NAME_S};
    return ok;
}

/* ---- challenges: "<time>.<bits>.<wait>.<nonce>.<mac>" ---- */

struct challenge {
    int64_t issued_ms, bits, wait_s;
    struct text body, mac;
};

static struct text mac_in(struct domain *d, struct text body, struct text prefix, const struct digest *name) {
    struct digest mac = hash_keyed(&d->keys->code, "login work", PARTS(body, prefix, digest_text(name)));
    return base64url_in(d->arena, digest_text(&mac));
}

static struct text challenge_new(struct domain *d, const struct demand *demand, struct text prefix,
                                 const struct digest *name) {
    char nonce[NONCE_BYTES];
    random_bytes(d->chance, nonce, sizeof nonce);
    struct text body =
        text_format_in(d->arena, "%lld.%u.%u.%.*s", (long long)d->now_ms, demand->bits, demand->wait_s,
                       TEXT_ARG(base64url_in(d->arena, text_of(nonce, sizeof nonce))));
    return text_format_in(d->arena, "%.*s.%.*s", TEXT_ARG(body), TEXT_ARG(mac_in(d, body, prefix, name)));
}

/* One of ours, for this name from there, and not over. */
static bool challenge_read(struct domain *d, struct text given, struct text prefix, const struct digest *name,
                           struct challenge *out) {
    struct text rest = given, parts[4];
    size_t length = 0;
    for (unsigned i = 0; i < 4; i++) {
        if (!text_cut(&rest, '.', &parts[i]))
            return false;
        length += parts[i].length + 1;
    }
    out->body = text_part(given, 0, length - 1);
    out->mac = rest;
    struct text wanted = mac_in(d, out->body, prefix, name);
    struct digest a = hash_of(wanted), b = hash_of(out->mac);
    return digest_equal(&a, &b) && text_to_i64(parts[0], &out->issued_ms) &&
           text_to_i64(parts[1], &out->bits) && text_to_i64(parts[2], &out->wait_s) &&
           out->issued_ms <= d->now_ms && d->now_ms - out->issued_ms <= LOGIN_WORK_LIFE_MS;
}

bool login_work_fits(struct text challenge, unsigned bits, struct text answer) {
    if (answer.length == 0 || answer.length > ANSWER_LETTERS)
        return false;
    struct text parts[] = {challenge, TEXT(":"), answer};
    struct digest digest = hash_sha256(parts, sizeof parts / sizeof *parts);
    for (unsigned i = 0; i < bits; i++)
        if (digest.bytes[i / 8] >> (7 - i % 8) & 1)
            return false;
    return true;
}

/* ---- the try ---- */

struct trying {
    struct text prefix;
    const struct login_work *given;
    const struct challenge *challenge;
    bool is_done; /* worked or waited for, and not used before */
};

static struct err take_once(struct domain *d, void *with) {
    struct trying *t = with;
    bool worked = login_work_fits(t->given->challenge, (unsigned)t->challenge->bits, t->given->answer);
    bool waited = d->now_ms - t->challenge->issued_ms >= t->challenge->wait_s * 1000;
    struct err e = worked || waited ? throttle_event(d, "work", t->given->challenge, 1, NULL) : ok;
    if (!e.kind && !worked && waited)
        e = throttle_event(d, "work_waited", t->prefix, WAITED_HOUR, NULL);
    t->is_done = !e.kind && (worked || waited);
    return e.kind == ERR_TOO_MANY_REQUESTS ? ok : e;
}

struct err login_work_check(struct domain *d, struct text prefix, const struct digest *name,
                            const struct login_work *given) {
    struct demand demand = {0, 0};
    struct challenge c;
    try(demand_of_all(d, &demand));
    try(demand_of_name(d, name, &demand));
    if (demand.bits == 0)
        return ok;
    bool is_ours = given->challenge.length && challenge_read(d, given->challenge, prefix, name, &c);
    struct trying t = {prefix, given, &c, false};
    if (is_ours)
        try(domain_in_transaction(d, take_once, &t));
    if (t.is_done)
        return ok;
    int64_t waited_ms = is_ours ? d->now_ms - c.issued_ms : 0;
    bool is_early = is_ours && given->answer.length == 0 && waited_ms < c.wait_s * 1000;
    d->detail.challenge = is_early ? given->challenge : challenge_new(d, &demand, prefix, name);
    d->detail.challenge_bits = is_early ? (unsigned)c.bits : demand.bits;
    d->detail.retry_after_s =
        is_early ? (uint32_t)((c.wait_s * 1000 - waited_ms + 999) / 1000) : demand.wait_s;
    return err_make(ERR_WORK_REQUIRED, "too many log-ins fail: work or wait for this one");
}

struct err login_work_failed(struct domain *d) {
    struct statement *count = statement_for(d->store, SQL_LOGIN_RATE_COUNT);
    statement_bind_i64(count, 1, d->now_ms / SLOT_MS);
    return statement_run(count, NULL);
}

struct err login_work_fitted(struct domain *d, const struct digest *name) {
    struct statement *fitted = statement_for(d->store, SQL_LOGIN_FAILURE_FITTED);
    statement_bind_bytes(fitted, 1, digest_text(name));
    return statement_run(fitted, NULL);
}

struct err login_work_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_LOGIN_RATE_REAP);
    statement_bind_i64(reap, 1, d->now_ms / SLOT_MS - DAY_SLOTS);
    return statement_run(reap, NULL);
}
