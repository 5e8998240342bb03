/* zone.c: see zone.h. The offset at a moment comes from ICU. */
#include "gate/zone.h"
#include "base/clock.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

enum { DAY_MS = 86400000 };

struct zone {
    UCalendar *calendar;
};

struct err zone_open(struct arena *a, const char *name, struct zone **out) {
    UChar id[64], canonical[64];
    UErrorCode status = U_ZERO_ERROR;
    UBool is_system = false;
    int32_t length;
    u_strFromUTF8(id, COUNT(id), &length, name, -1, &status);
    if (U_SUCCESS(status))
        ucal_getCanonicalTimeZoneID(id, length, canonical, COUNT(canonical), &is_system, &status);
    if (U_FAILURE(status) || !is_system)
        return err_make(ERR_CONFIG, text_say_in(a, "there is no time zone %s; name one such as Asia/Shanghai", name));
    struct zone *z = calloc(1, sizeof *z);
    must(z != NULL);
    z->calendar = ucal_open(id, length, "en", UCAL_GREGORIAN, &status);
    must(U_SUCCESS(status));
    *out = z;
    return ok;
}

void zone_close(struct zone *z) {
    if (!z)
        return;
    ucal_close(z->calendar);
    free(z);
}

static int64_t offset_ms(const struct zone *z, int64_t at_ms) {
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(z->calendar, (UDate)at_ms, &status);
    int64_t offset = ucal_get(z->calendar, UCAL_ZONE_OFFSET, &status) +
                     ucal_get(z->calendar, UCAL_DST_OFFSET, &status);
    must(U_SUCCESS(status));
    return offset;
}

static int64_t floor_div(int64_t a, int64_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

static int64_t day_at(const struct zone *z, int64_t at_ms) {
    return floor_div(at_ms + offset_ms(z, at_ms), DAY_MS);
}

/* When the civil day begins: at its midnight, by the offset of before or of after. Where summer
 * time begins at midnight there is none, and the day begins with the offset's change, which is
 * midnight by the old one. */
static int64_t day_start_ms(const struct zone *z, int64_t day) {
    int64_t before = day * DAY_MS - offset_ms(z, (day - 1) * DAY_MS);
    int64_t after = day * DAY_MS - offset_ms(z, (day + 1) * DAY_MS);
    return day_at(z, after) == day && day_at(z, after - 1) < day ? after : before;
}

struct zone_day zone_day_of(const struct zone *z, int64_t now_ms) {
    int64_t day = day_at(z, now_ms);
    struct date d = date_from_day(day), next = d;
    next.day = 1;
    next.month = d.month % 12 + 1;
    next.year += d.month == 12;
    return (struct zone_day){
        .from_ms = day_start_ms(z, day),
        .until_ms = day_start_ms(z, day + 1),
        .month_until_ms = day_start_ms(z, date_to_day(next)),
        .day = (uint16_t)day,
        .month = (uint16_t)((d.year - 1970) * 12 + (int)d.month - 1),
        .month_days = (uint16_t)date_month_days(d.year, d.month),
    };
}
