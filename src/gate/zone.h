/* zone.h: the calendar days and months of the service's time zone, read from the system's tz database.
 *
 * Contract   one day is looked up at its start and then good until its end, so a call costs two
 *            comparisons. Days shorter or longer than 24 hours are as long as they are.
 * Source     tzdata (public domain) through ICU's calendar.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct zone;

struct zone_day {
    int64_t from_ms, until_ms;     /* this day */
    int64_t month_until_ms;        /* the start of the next month */
    uint16_t day, month;           /* since 1970-01-01 in that zone */
    uint16_t month_days;
};

[[nodiscard]] struct err zone_open(struct arena *a, const char *name, struct zone **out);
void zone_close(struct zone *z);
struct zone_day zone_day_of(const struct zone *z, int64_t now_ms);
