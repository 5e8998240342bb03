/* when.c: see when.h. */
#include "domain/when.h"
#include "base/clock.h"
#include "domain/account.h"

enum { CHINA_HOURS = 8, INSTANT_BYTES = 20 };
static const int64_t day_ms = 86400000, hour_ms = 3600000;

static bool parse_clock(struct text t, int64_t *ms_out) {
    struct text hour, minute, second;
    uint64_t h, m, s;
    if (!text_cut(&t, ':', &hour) || !text_cut(&t, ':', &minute) || !text_cut(&t, ':', &second) ||
        t.length || !text_to_u64(hour, &h) || !text_to_u64(minute, &m) || !text_to_u64(second, &s) ||
        h > 23 || m > 59 || s > 59)
        return false;
    *ms_out = (int64_t)(h * 3600 + m * 60 + s) * 1000;
    return true;
}

struct err when_parse(struct domain *d, const char *field, struct text given, bool is_end,
                      int64_t *ms_out) {
    struct text t = text_trim(given);
    struct date date;
    int64_t clock_ms;
    *ms_out = 0;
    if (t.length == 0)
        return ok;
    if (date_parse(text_part(t, 0, 10), &date)) {
        int64_t day = date_to_day(date);
        if (t.length == 10) {
            *ms_out = (day + is_end) * day_ms - CHINA_HOURS * hour_ms;
            return ok;
        }
        if (t.length == INSTANT_BYTES && t.bytes[10] == 'T' && t.bytes[19] == 'Z' &&
            parse_clock(text_part(t, 11, 8), &clock_ms)) {
            *ms_out = day * day_ms + clock_ms;
            return ok;
        }
    }
    return domain_refuse(d, ERR_FIELD_INVALID, field,
                         "a time is a day such as 2027-01-31, or 2027-01-31T12:00:00Z");
}

static struct err by_subject(struct domain *d, uint64_t subject, int64_t *number_out) {
    struct statement *find = statement_for(d->store, SQL_ACCOUNT_BY_SUBJECT);
    bool row;
    statement_bind_i64(find, 1, (int64_t)subject);
    try(statement_step(find, &row));
    *number_out = row ? column_i64(find, 0) : 0;
    statement_done(find);
    return ok;
}

struct err account_named(struct domain *d, struct text name, int64_t *number_out) {
    struct text t = text_trim(name);
    struct identity who;
    uint64_t number;
    *number_out = 0;
    if (t.length > 1 && t.bytes[0] == '#' && text_to_u64(text_from(t, 1), &number) && number <= INT64_MAX)
        *number_out = (int64_t)number;
    else if (text_to_u64(t, &number) && number <= INT64_MAX)
        try(by_subject(d, number, number_out));
    if (*number_out == 0 && identity_guess(d, t, &who))
        try(account_find(d, &who, number_out));
    return *number_out ? ok : err_make(ERR_NOT_FOUND, "there is no such account");
}
