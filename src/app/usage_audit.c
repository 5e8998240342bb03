/* usage_audit.c: see usage_audit.h. */
#include "app/usage_audit.h"
#include "base/clock.h"
#include "base/must.h"
#include "domain/token.h"
#include "domain/usage.h"
#include "gate/ledger.h"
#include "gate/zone.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAUSE_MS = 100 };

struct part {
    uint64_t spent_day, spent_month, reserved_day, reserved_month;
};

struct audit {
    struct hand *hand;
    struct ledger *ledger;
    struct zone *zone;
    struct zone_day today;
    struct part *parts; /* by row: what the ledger holds and the records do not yet */
    bool is_reserved;
};

static void add_part(void *with, const struct ledger_sum *sum) {
    struct audit *audit = with;
    struct part *part = &audit->parts[sum->row];
    struct zone_day day = zone_day_of(audit->zone, (int64_t)sum->minute * 60000);
    bool is_today = day.day == audit->today.day, is_month = day.month == audit->today.month;
    if (audit->is_reserved) {
        part->reserved_day += is_today ? sum->units : 0;
        part->reserved_month += is_month ? sum->units : 0;
    } else {
        part->spent_day += is_today ? sum->units : 0;
        part->spent_month += is_month ? sum->units : 0;
    }
}

/* A closed epoch whose number the records bear is in them already. */
static struct err parts_read(struct audit *audit) {
    uint64_t stored;
    memset(audit->parts, 0, sizeof *audit->parts * LIMIT_TOKENS);
    audit->is_reserved = true;
    ledger_each_reserved(audit->ledger, add_part, audit);
    audit->is_reserved = false;
    ledger_each_open(audit->ledger, add_part, audit);
    try(usage_epoch(&audit->hand->domain, &stored));
    if (stored != ledger_closed(audit->ledger))
        ledger_each(audit->ledger, add_part, audit);
    return ok;
}

/* Two days of one month, and the month's own first and last day, as usage_of_token wants them. */
static void days_of(const struct audit *audit, int64_t out[static 3]) {
    struct date first = date_from_day(audit->today.day);
    out[0] = audit->today.day;
    first.day = 1;
    out[1] = date_to_day(first);
    out[2] = out[1] + audit->today.month_days - 1;
}

static struct err token_check(struct audit *audit, const struct token *t, struct usage_audit *sum) {
    struct arena *a = audit->hand->domain.arena;
    struct ledger_limits none = {0};
    struct ledger_time time = {clock_now_ms(), audit->today.day, audit->today.month};
    int64_t days[3];
    uint64_t day, month;
    const struct part *part = &audit->parts[t->row];
    days_of(audit, days);
    try(usage_of_token(&audit->hand->domain, t->account, t->id, days, &day, &month));
    struct ledger_view used = ledger_look(audit->ledger, (uint32_t)t->row, &none, &time);
    uint64_t day_sum = day + part->spent_day + part->reserved_day;
    uint64_t month_sum = month + part->spent_month + part->reserved_month;
    sum->tokens++;
    sum->units_month += month_sum;
    if ((used.day_used == day_sum && used.month_used == month_sum) || sum->is_wrong)
        return ok;
    sum->is_wrong = true;
    sum->first_wrong = text_say_in(
        a,
        "token %.*s of account #%lld: the ledger has charged %llu today and %llu this month, but "
        "spent and reserved are "
        "%llu + %llu today and %llu + %llu this month",
        TEXT_ARG(token_id_print_in(a, t->id)), (long long)t->account,
        (unsigned long long)used.day_used, (unsigned long long)used.month_used,
        (unsigned long long)(day + part->spent_day), (unsigned long long)part->reserved_day,
        (unsigned long long)(month + part->spent_month), (unsigned long long)part->reserved_month);
    return ok;
}

struct visit {
    struct audit *audit;
    struct usage_audit *sum;
};

static struct err check_one(struct domain *d, void *with, const struct token *t) {
    struct visit *v = with;
    (void)d;
    return token_check(v->audit, t, v->sum);
}

static struct err look_once(struct audit *audit, struct usage_audit *out) {
    struct visit v = {audit, out};
    *out = (struct usage_audit){.is_wrong = false};
    audit->today = zone_day_of(audit->zone, clock_now_ms());
    try(parts_read(audit));
    for (int64_t number = 0;; out->accounts++) {
        try(account_next(&audit->hand->domain, number, &number));
        if (!number)
            return ok;
        try(token_each(&audit->hand->domain, number, check_one, &v));
    }
}

static struct err look(struct audit *audit, struct usage_audit *out) {
    struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000};
    for (unsigned i = 0; i < AUDIT_TRIES; i++) {
        try(look_once(audit, out));
        if (!out->is_wrong)
            return ok;
        nanosleep(&pause, NULL);
    }
    return ok;
}

struct err usage_audit(struct arena *a, struct hand *h, struct usage_audit *out) {
    struct audit audit = {.hand = h};
    try(zone_open(a, h->home.config.zone, &audit.zone));
    struct err e = ledger_open(a, HOME_LEDGER, &audit.ledger);
    if (!e.kind) {
        audit.parts = calloc(LIMIT_TOKENS, sizeof *audit.parts);
        must(audit.parts != NULL);
        e = look(&audit, out);
    }
    free(audit.parts);
    ledger_close(audit.ledger);
    zone_close(audit.zone);
    return e;
}
