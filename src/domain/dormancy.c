/* dormancy.c: accounts that nobody uses (retention.h). */
#include "domain/clock_watch.h"
#include "domain/erasure.h"
#include "domain/outbox.h"
#include "domain/retention.h"

static const int64_t day_ms = 86400000;

struct err dormancy_seen(struct domain *d, int64_t account) {
    struct statement *seen = statement_for(d->store, SQL_DORMANCY_SEEN);
    statement_bind_i64(seen, 1, account);
    statement_bind_i64(seen, 2, d->now_ms);
    return statement_run(seen, NULL);
}

/* Calls are counted by days in the service's zone; a day more does no harm. */
static struct err next_dormant(struct domain *d, int64_t after, int64_t *number_out,
                               unsigned *notices_out) {
    struct statement *next = statement_for(d->store, SQL_DORMANCY_NEXT);
    int64_t since_ms = d->now_ms - DORMANT_DAYS * day_ms;
    bool row;
    statement_bind_i64(next, 1, since_ms);
    statement_bind_i64(next, 2, d->now_ms - DORMANT_STEP_DAYS * day_ms);
    statement_bind_i64(next, 3, since_ms / day_ms - 1);
    statement_bind_i64(next, 4, after);
    try(statement_step(next, &row));
    *number_out = row ? column_i64(next, 0) : 0;
    *notices_out = row ? (unsigned)column_i64(next, 1) : 0;
    statement_done(next);
    return ok;
}

static struct err send(struct domain *d, const struct account *account, unsigned number) {
    struct identity to;
    struct text shown = account->email.length ? account->email : account->phone;
    unsigned left = (DORMANT_NOTICES - number + 1) * DORMANT_STEP_DAYS;
    if (shown.length == 0 || !identity_guess(d, shown, &to))
        return ok;
    return outbox_put(
        d, &to,
        text_format_in(d->arena, "%.*s：账户将因长期未使用而注销 / your unused account",
                       TEXT_ARG(d->service)),
        text_format_in(
            d->arena,
            "您的账户已超过二十四个月未登录或调用。这是第 %u 次提醒：%u 天内登录一次即可保留，"
            "否则将按隐私政策注销并删除全部数据。\r\n\r\n"
            "Your account was neither logged in to nor called with for more than 24 months. This "
            "is notice "
            "%u of %d: log in within %u days to keep it; otherwise it is cancelled and all its "
            "data deleted.",
            number, left, number, DORMANT_NOTICES, left));
}

static struct err note_told(struct domain *d, const struct account *account) {
    struct statement *told = statement_for(d->store, SQL_DORMANCY_TOLD);
    statement_bind_i64(told, 1, account->number);
    statement_bind_i64(told, 2, account->created_ms);
    statement_bind_i64(told, 3, d->now_ms);
    return statement_run(told, NULL);
}

/* A notice is written down before it is sent: a killed job rather tells once too little than each day. */
static struct err treat(struct domain *d, int64_t number, unsigned notices) {
    struct account account;
    struct text receipt;
    struct err e = account_read(d, number, &account);
    if (e.kind)
        return e.kind == ERR_NOT_FOUND || e.kind == ERR_INTEGRITY_FAILED ? ok : e;
    if (notices >= DORMANT_NOTICES) {
        e = erasure_begin(d, &account, &receipt);
        return e.kind == ERR_LEGAL_HOLD ? ok : e;
    }
    try(note_told(d, &account));
    return send(d, &account, notices + 1);
}

struct err dormancy_step(struct domain *d, int64_t *after) {
    try(clock_trusted(d));
    for (unsigned i = 0; i < DORMANT_MOST; i++) {
        int64_t number;
        unsigned notices;
        try(next_dormant(d, *after, &number, &notices));
        *after = number;
        if (number == 0)
            return ok;
        try(treat(d, number, notices));
    }
    return ok;
}
