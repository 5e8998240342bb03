/* claims.c: see claims.h. */
#include "domain/claims.h"
#include "base/must.h"

enum { RECOUNT_MS = 10 * 60000, FACT_MS = 5 * 60000, YEAR_DAYS = 365, SUM_DAYS = 3, DAY_MINUTES = 1440 };
static const int64_t day_ms = 86400000;

static const struct rule {
    const char *id;
    int64_t least;
    enum store_sql count; /* SQL_COUNT: comes in as a fact */
    bool is_percent;
    const char *says[2], *counted;
} rules[] = {
    {"accounts",
     1000000,
     SQL_ACCOUNT_COUNT_LIVE,
     false,
     {"注册用户", "registered users"},
     "accounts that are not being erased"},
    {"developers",
     2000000,
     SQL_ACCOUNT_COUNT_LIVE,
     false,
     {"开发者", "developers"},
     "accounts that are not being erased"},
    {"partners",
     1000,
     SQL_ORGANISATION_COUNT_VERIFIED,
     false,
     {"合作企业", "partner companies"},
     "organisations with an active account that the operator has verified"},
    {"calls",
     10000000000,
     SQL_CLAIM_CALLS,
     false,
     {"年调用次数", "calls a year"},
     "calls of the last 365 days that were metered and stored"},
    {"apis",
     100,
     SQL_COUNT,
     false,
     {"优质接口", "APIs"},
     "APIs whose examples passed in the last five minutes"},
    {"availability",
     999000,
     SQL_COUNT,
     true,
     {"服务可用性", "availability"},
     "seconds of the last 30 days in which the prober was answered"},
};

/* ---- printing ---- */

static struct text grouped_in(struct arena *a, int64_t value) {
    struct text tail = TEXT("");
    for (; value >= 1000; value /= 1000)
        tail = text_format_in(a, ",%03lld%.*s", (long long)(value % 1000), TEXT_ARG(tail));
    return text_format_in(a, "%lld%.*s", (long long)value, TEXT_ARG(tail));
}

struct text claim_print_in(struct arena *a, int64_t value, bool is_english) {
    static const struct {
        int64_t from, unit;
        const char *word;
    } steps[] = {{100000000, 100000000, "亿"}, {10000, 10000, "万"}, {1000, 1000, NULL}, {100, 100, NULL}};
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (value < steps[i].from)
            continue;
        int64_t whole = value / steps[i].unit;
        if (!is_english && steps[i].word)
            return text_format_in(a, "%lld%s+", (long long)whole, steps[i].word);
        struct text digits = is_english ? grouped_in(a, whole * steps[i].unit)
                                        : text_format_in(a, "%lld", (long long)(whole * steps[i].unit));
        return text_format_in(a, "%.*s+", TEXT_ARG(digits));
    }
    return text_format_in(a, "%lld", (long long)value);
}

struct text claim_percent_in(struct arena *a, int64_t ppm) {
    return text_format_in(a, "%lld.%02lld%%", (long long)(ppm / 10000), (long long)(ppm % 10000 / 100));
}

/* ---- the figures ---- */

static struct err read_value(struct domain *d, const char *id, struct claim *out) {
    struct statement *get = statement_for(d->store, SQL_CLAIM_GET);
    bool row;
    statement_bind_text(get, 1, text_c(id));
    try(statement_step(get, &row));
    out->value = row ? column_i64(get, 0) : 0;
    out->as_of_ms = row ? column_i64(get, 1) : 0;
    statement_done(get);
    return ok;
}

static void take_fact(struct domain *d, const struct claim_facts *facts, bool is_percent,
                      struct claim *out) {
    out->value = is_percent ? facts->availability_ppm : facts->apis_passed;
    out->as_of_ms = is_percent ? facts->availability_ms : facts->apis_ms;
    if (d->now_ms - out->as_of_ms > FACT_MS)
        out->as_of_ms = 0; /* too old to be said */
}

struct err claims_each(struct domain *d, const struct claim_facts *facts,
                       void (*visit)(void *with, const struct claim *c), void *with) {
    for (size_t i = 0; i < COUNT(rules); i++) {
        const struct rule *rule = &rules[i];
        struct claim c = {.id = rule->id, .says = {rule->says[0], rule->says[1]}, .counted = rule->counted};
        if (rule->count == SQL_COUNT)
            take_fact(d, facts, rule->is_percent, &c);
        else
            try(read_value(d, rule->id, &c));
        c.is_shown = c.as_of_ms > 0 && c.value >= rule->least;
        for (unsigned language = 0; language < 2 && c.is_shown; language++)
            c.shown[language] = rule->is_percent ? claim_percent_in(d->arena, c.value)
                                                 : claim_print_in(d->arena, c.value, language == 1);
        visit(with, &c);
    }
    return ok;
}

/* ---- counting ---- */

static struct err count_one(struct domain *d, const struct rule *rule) {
    struct statement *count = statement_for(d->store, rule->count);
    bool row;
    if (rule->count == SQL_CLAIM_CALLS)
        statement_bind_i64(count, 1, d->now_ms / day_ms - YEAR_DAYS);
    try(statement_step(count, &row));
    int64_t value = row ? column_i64(count, 0) : 0;
    statement_done(count);
    struct statement *put = statement_for(d->store, SQL_CLAIM_PUT);
    statement_bind_text(put, 1, text_c(rule->id));
    statement_bind_i64(put, 2, value);
    statement_bind_i64(put, 3, d->now_ms);
    return statement_run(put, NULL);
}

static struct err sum_days(struct domain *d) {
    struct statement *sum = statement_for(d->store, SQL_TRAFFIC_DAY_SUM);
    statement_bind_i64(sum, 1, (d->now_ms / day_ms - SUM_DAYS) * DAY_MINUTES);
    try(statement_run(sum, NULL));
    struct statement *reap = statement_for(d->store, SQL_TRAFFIC_DAY_REAP);
    statement_bind_i64(reap, 1, d->now_ms / day_ms - YEAR_DAYS);
    return statement_run(reap, NULL);
}

static struct err recount(struct domain *d, void *with) {
    (void)with;
    try(sum_days(d));
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i].count != SQL_COUNT)
            try(count_one(d, &rules[i]));
    return ok;
}

struct err claims_follow(struct domain *d) {
    struct claim first;
    try(read_value(d, rules[0].id, &first));
    int64_t age_ms = d->now_ms - first.as_of_ms;
    return age_ms >= 0 && age_ms < RECOUNT_MS ? ok : domain_in_transaction(d, recount, NULL);
}
