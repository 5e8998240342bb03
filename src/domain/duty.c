/* duty.c: see duty.h. */
#include "domain/duty.h"
#include "base/clock.h"
#include "base/must.h"
#include "domain/audit.h"

enum { OF_PERSONS = 0, OF_MINORS = 1, YEAR_DAYS = 365 };
static const int64_t day_ms = 86400000, china_ms = 8 * 3600000;

static const struct rule {
    const char *kind;
    int counter;
    int64_t threshold;
    unsigned workdays, days; /* until it is due: one of them */
    bool again;              /* after it was done, as many days after it was due */
    const char *says[2];
} rules[] = {
    {"officer_prepare",
     OF_PERSONS,
     900000,
     30,
     0,
     false,
     {"将满一百万人：准备报送个人信息保护负责人",
      "Nearly a million persons: prepare the report of the privacy officer"}},
    {"officer_report",
     OF_PERSONS,
     1000000,
     30,
     0,
     false,
     {"已满一百万人：三十个工作日内向市级网信部门报送个人信息保护负责人",
      "A million persons: report the privacy officer to the city's cyberspace administration within 30 "
      "working days"}},
    {"audit_two_years",
     OF_PERSONS,
     10000000,
     0,
     2 * YEAR_DAYS,
     true,
     {"已满一千万人：每两年至少一次合规审计", "Ten million persons: a compliance audit every two years"}},
    {"audit_minors",
     OF_MINORS,
     1,
     0,
     YEAR_DAYS,
     true,
     {"处理未成年人信息：每年一次合规审计", "Minors' data: a compliance audit every year"}},
};

static const struct rule *rule_of(struct text kind) {
    for (size_t i = 0; i < COUNT(rules); i++)
        if (text_equal_c(kind, rules[i].kind))
            return &rules[i];
    return NULL;
}

/* The end of that day in China. */
static int64_t due_of(const struct domain *d, const struct rule *rule, int64_t from_ms) {
    int64_t day = clock_china_day(from_ms);
    day = rule->workdays ? workday_after(&d->holidays, day, rule->workdays) : day + rule->days;
    return (day + 1) * day_ms - china_ms;
}

struct opening {
    const struct rule *rule;
    int64_t due_ms, count;
};

static struct err open_rows(struct domain *d, void *with) {
    const struct opening *o = with;
    struct statement *add = statement_for(d->store, SQL_DUTY_ADD);
    statement_bind_text(add, 1, text_c(o->rule->kind));
    statement_bind_i64(add, 2, d->now_ms);
    statement_bind_i64(add, 3, o->due_ms);
    statement_bind_i64(add, 4, o->count);
    try(statement_run(add, NULL));
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_SYSTEM,
                                               .action = "duty.open",
                                               .object = text_c(o->rule->kind),
                                               .purpose = "law"});
}

static struct err follow_rule(struct domain *d, const struct rule *rule, int64_t count) {
    struct opening o = {rule, due_of(d, rule, d->now_ms), count};
    struct statement *last = statement_for(d->store, SQL_DUTY_LAST);
    bool row;
    if (count < rule->threshold)
        return ok;
    statement_bind_text(last, 1, text_c(rule->kind));
    try(statement_step(last, &row));
    bool is_open = row && column_is_none(last, 2);
    int64_t due_ms = row ? column_i64(last, 1) : 0;
    statement_done(last);
    if (is_open || (row && !rule->again))
        return ok;
    if (row)
        o.due_ms = due_of(d, rule, due_ms - 1);
    return domain_in_transaction(d, open_rows, &o);
}

struct err duty_check(struct domain *d, int64_t persons, bool minors) {
    for (size_t i = 0; i < COUNT(rules); i++)
        try(follow_rule(d, &rules[i], rules[i].counter == OF_MINORS ? minors : persons));
    return ok;
}

static struct err number_of(struct domain *d, enum store_sql query, int64_t *out) {
    struct statement *s = statement_for(d->store, query);
    bool row;
    try(statement_step(s, &row));
    *out = row ? column_i64(s, 0) : 0;
    statement_done(s);
    return ok;
}

struct err duty_follow(struct domain *d) {
    int64_t persons, minors;
    try(number_of(d, SQL_ACCOUNT_LAST_NUMBER, &persons));
    if (persons >= rules[0].threshold) /* below it nothing needs to be counted */
        try(number_of(d, SQL_ACCOUNT_COUNT_LIVE, &persons));
    try(number_of(d, SQL_ACCOUNT_HAS_MINOR, &minors));
    return duty_check(d, persons, minors > 0);
}

struct err duty_each(struct domain *d, void (*visit)(void *with, const struct duty *duty), void *with) {
    struct statement *list = statement_for(d->store, SQL_DUTY_LIST);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct duty duty = {.kind = column_text_in(list, d->arena, 0),
                            .opened_ms = column_i64(list, 1),
                            .due_ms = column_i64(list, 2),
                            .count = column_i64(list, 3),
                            .done_ms = column_i64(list, 4)};
        const struct rule *rule = rule_of(duty.kind);
        duty.is_late = !duty.done_ms && duty.due_ms <= d->now_ms;
        for (unsigned i = 0; i < 2; i++)
            duty.says[i] = rule ? rule->says[i] : "";
        visit(with, &duty);
    }
}

struct doing {
    const struct staff_member *by;
    struct text kind;
};

static struct err done_rows(struct domain *d, void *with) {
    const struct doing *x = with;
    struct statement *set = statement_for(d->store, SQL_DUTY_DONE);
    uint64_t changed;
    statement_bind_text(set, 1, x->kind);
    statement_bind_i64(set, 2, d->now_ms);
    statement_bind_i64(set, 3, (int64_t)x->by->subject);
    try(statement_run(set, &changed));
    if (changed == 0)
        return err_make(ERR_NOT_FOUND, "no duty of this kind is open");
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = x->by->subject,
                                               .action = "duty.done",
                                               .object = x->kind,
                                               .purpose = "law"});
}

struct err duty_done(struct domain *d, const struct staff_member *by, struct text kind) {
    struct doing x = {by, kind};
    return domain_in_transaction(d, done_rows, &x);
}
