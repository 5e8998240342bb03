/* holidays.c: see holidays.h. */
#include "app/holidays.h"
#include "api/calendar/holiday_years.h"

#include <stdio.h>

static enum day_kind kind_of(const void *with, int64_t day) {
    struct date date = date_from_day(day);
    struct text row;
    char key[32];
    int length = snprintf(key, sizeof key, "%04d-%02u-%02u", date.year, date.month, date.day);
    if (!pack_find(with, text_of(key, (size_t)length), &row))
        return DAY_PLAIN;
    return text_equal_c(pack_field(row, 0), "off") ? DAY_OFF : DAY_WORKED;
}

struct holidays holidays_of(const struct data *data) {
    struct holidays h = {.kind_of = NULL};
    struct text first, last;
    uint64_t first_year = 0, last_year = 0;
    static const uint8_t needs[] = {DATA_HOLIDAY, DATA_NONE};
    if (!data_is_available(data, needs))
        return h;
    const struct pack *pack = data_pack(data, DATA_HOLIDAY);
    if (!holiday_years(pack, &first, &last) || !text_to_u64(first, &first_year) ||
        !text_to_u64(last, &last_year))
        return h;
    return (struct holidays){kind_of, pack, (int)first_year, (int)last_year};
}
