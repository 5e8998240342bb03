/* zone_test.c: days and months at their edges, with and without summer time. */
#include "test.h"

#include "gate/zone.h"

enum { HOUR_MS = 3600000 };

static struct arena arena;

static struct zone *opened(const char *name) {
    struct zone *z;
    want_ok(zone_open(&arena, name, &z));
    return z;
}

TEST(an_unknown_zone_is_told) {
    static const char *const names[] = {"Mars/Olympus", "", "Asia/Shanghaix", "é",
                                        "a name that is much longer than any zone's name could be, and then some more"};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct zone *z;
        struct err e = zone_open(&arena, names[i], &z);
        want_err(e, ERR_CONFIG);
        want(strstr(e.say, "Asia/Shanghai") != NULL);
    }
}

/* Days found by python's zoneinfo (tzdata 2024a): start, end, end of the month, in Unix seconds. */
TEST(days) {
    static const struct {
        const char *zone;
        int64_t at_s, from_s, until_s, month_until_s;
        uint16_t day, month, month_days;
    } rows[] = {
        {"Asia/Shanghai", 1733932800, 1733932800, 1734019200, 1735660800, 20069, 659, 31}, /* 2024-12-12 */
        {"Asia/Shanghai", 1733932799, 1733846400, 1733932800, 1735660800, 20068, 659, 31},
        {"Asia/Shanghai", 1709135999, 1709049600, 1709136000, 1709222400, 19781, 649, 29}, /* 2024-02-28 */
        {"Europe/Berlin", 1711839600, 1711839600, 1711922400, 1711922400, 19813, 650, 31}, /* 23 h */
        {"Europe/Berlin", 1711922399, 1711839600, 1711922400, 1711922400, 19813, 650, 31},
        {"Europe/Berlin", 1729980000, 1729980000, 1730070000, 1730415600, 20023, 657, 31}, /* 25 h */
        {"Europe/Berlin", 1730069999, 1729980000, 1730070000, 1730415600, 20023, 657, 31},
        {"Asia/Kathmandu", 1717179299, 1717092900, 1717179300, 1717179300, 19874, 652, 31},
        {"UTC", 0, 0, 86400, 2678400, 0, 0, 31},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct zone *z = opened(rows[i].zone);
        struct zone_day d = zone_day_of(z, rows[i].at_s * 1000);
        want_int(d.from_ms, rows[i].from_s * 1000);
        want_int(d.until_ms, rows[i].until_s * 1000);
        want_int(d.month_until_ms, rows[i].month_until_s * 1000);
        want_int(d.day, rows[i].day);
        want_int(d.month, rows[i].month);
        want_int(d.month_days, rows[i].month_days);
        zone_close(z);
    }
}

/* Every day begins where the last one ends, has its number, and its last millisecond is still in it. */
TEST(days_follow_each_other) {
    static const char *const zones[] = {"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu",
                                        "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "America/Havana", "UTC"};
    for (size_t i = 0; i < COUNT(zones); i++) {
        struct zone *z = opened(zones[i]);
        struct zone_day d = zone_day_of(z, 1500000000000);
        unsigned shorter = 0, longer = 0;
        for (unsigned k = 0; k < 4000; k++) {
            struct zone_day next = zone_day_of(z, d.until_ms), last = zone_day_of(z, d.until_ms - 1);
            if (next.from_ms != d.until_ms || next.day != d.day + 1 || last.day != d.day ||
                last.from_ms != d.from_ms)
                fail_msg("%s: day %u", zones[i], d.day);
            want(next.month == d.month ? d.month_until_ms > next.from_ms
                                       : next.month == d.month + 1 && d.month_until_ms == next.from_ms);
            shorter += d.until_ms - d.from_ms < 24 * HOUR_MS;
            longer += d.until_ms - d.from_ms > 24 * HOUR_MS;
            d = next;
        }
        want(i != 0 || shorter + longer == 0);
        want(i != 1 || (shorter == 11 && longer >= 10));
        zone_close(z);
    }
}

static int begin(void **unused) {
    (void)unused;
    arena_init(&arena, 1 << 20);
    return 0;
}

static int end(void **unused) {
    (void)unused;
    arena_done(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(an_unknown_zone_is_told), RUN(days), RUN(days_follow_each_other)};
    return cmocka_run_group_tests(tests, begin, end);
}
