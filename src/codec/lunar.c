/* lunar.c: see lunar.h. */
#include "codec/lunar.h"
#include "base/must.h"

#define FIRST_DAY (-25537) /* 1900-01-31 */
enum { LEAP_SHIFT = 13, SHORT_MONTH = 29, MONTHS = 12 };

/* A year: bit i is set where its month i, counted from 0 with the leap month, has 30 days; the bits from
 * LEAP_SHIFT on are the number of the month that is followed by its leap month, or 0. */
static const unsigned years[] = {
    0x116d2, 0x00752, 0x00ea5, 0x0b64a, 0x0064b, 0x00a9b, 0x09556, 0x0056a, 0x00b59, 0x05752, /* 1900 */
    0x00752, 0x0db25, 0x00b25, 0x00a4b, 0x0b4ab, 0x002ad, 0x0056b, 0x04b69, 0x00da9, 0x0fd92, /* 1910 */
    0x00e92, 0x00d25, 0x0ba4d, 0x00a56, 0x002b6, 0x095b5, 0x006d4, 0x00ea9, 0x05e92, 0x00e92, /* 1920 */
    0x0cd26, 0x0052b, 0x00a57, 0x0b2b6, 0x00b5a, 0x006d4, 0x06ec9, 0x00749, 0x0f693, 0x00a93, /* 1930 */
    0x0052b, 0x0ca5b, 0x00aad, 0x0056a, 0x09b55, 0x00ba4, 0x00b49, 0x05a93, 0x00a95, 0x0f52d, /* 1940 */
    0x00536, 0x00aad, 0x0b5aa, 0x005b2, 0x00da5, 0x07d4a, 0x00d4a, 0x10a95, 0x00a97, 0x00556, /* 1950 */
    0x0cab5, 0x00ad5, 0x006d2, 0x08ea5, 0x00ea5, 0x0064a, 0x06c97, 0x00a9b, 0x0f55a, 0x0056a, /* 1960 */
    0x00b69, 0x0b752, 0x00b52, 0x00b25, 0x0964b, 0x00a4b, 0x114ab, 0x002ad, 0x0056d, 0x0cb69, /* 1970 */
    0x00da9, 0x00d92, 0x09d25, 0x00d25, 0x15a4d, 0x00a56, 0x002b6, 0x0c5b5, 0x006d5, 0x00ea9, /* 1980 */
    0x0be92, 0x00e92, 0x00d26, 0x06a56, 0x00a57, 0x114d6, 0x0035a, 0x006d5, 0x0b6c9, 0x00749, /* 1990 */
    0x00693, 0x0952b, 0x0052b, 0x00a5b, 0x0555a, 0x0056a, 0x0fb55, 0x00ba4, 0x00b49, 0x0ba93, /* 2000 */
    0x00a95, 0x0052d, 0x08aad, 0x00ab5, 0x135aa, 0x005d2, 0x00da5, 0x0dd4a, 0x00d4a, 0x00c95, /* 2010 */
    0x0952e, 0x00556, 0x00ab5, 0x055b2, 0x006d2, 0x0cea5, 0x00725, 0x0064b, 0x0ac97, 0x00cab, /* 2020 */
    0x0055a, 0x06ad6, 0x00b69, 0x17752, 0x00b52, 0x00b25, 0x0da4b, 0x00a4b, 0x004ab, 0x0a55b, /* 2030 */
    0x005ad, 0x00b6a, 0x05b52, 0x00d92, 0x0fd25, 0x00d25, 0x00a55, 0x0b4ad, 0x004b6, 0x005b5, /* 2040 */
    0x06daa, 0x00ec9, 0x11e92, 0x00e92, 0x00d26, 0x0ca56, 0x00a57, 0x004d6, 0x086d5, 0x00755, /* 2050 */
    0x00749, 0x06e93, 0x00693, 0x0f52b, 0x0052b, 0x00a5b, 0x0b55a, 0x0056a, 0x00b65, 0x0974a, /* 2060 */
    0x00b4a, 0x11a95, 0x00a95, 0x0052d, 0x0caad, 0x00ab5, 0x005aa, 0x08ba5, 0x00da5, 0x00d4a, /* 2070 */
    0x07c95, 0x00c96, 0x0f94e, 0x00556, 0x00ab5, 0x0b5b2, 0x006d2, 0x00ea5, 0x08e4a, 0x0068b, /* 2080 */
    0x10c97, 0x004ab, 0x0055b, 0x0cad6, 0x00b6a, 0x00752, 0x09725, 0x00b45, 0x00a8b, 0x0549b, /* 2090 */
    0x004ab, /* 2100 */
};
_Static_assert(COUNT(years) == LUNAR_YEAR_MAX - LUNAR_YEAR_MIN + 1, "a year each");

static unsigned leap_of(unsigned year) { return year >> LEAP_SHIFT; }
static unsigned months_of(unsigned year) { return MONTHS + (leap_of(year) != 0); }
static unsigned month_days(unsigned year, unsigned i) { return SHORT_MONTH + (year >> i & 1); }

static int64_t year_days(unsigned year) {
    unsigned long_months = (unsigned)__builtin_popcount(year & ((1u << LEAP_SHIFT) - 1));
    return (int64_t)(SHORT_MONTH * months_of(year) + long_months);
}

bool lunar_from_day(int64_t day, struct lunar *out) {
    int64_t left = day - FIRST_DAY;
    size_t y = 0;
    if (left < 0)
        return false;
    while (y < COUNT(years) && left >= year_days(years[y]))
        left -= year_days(years[y++]);
    if (y == COUNT(years))
        return false;
    unsigned i = 0, leap = leap_of(years[y]);
    while (left >= month_days(years[y], i))
        left -= month_days(years[y], i++);
    bool is_behind_leap = leap && i >= leap;
    *out = (struct lunar){LUNAR_YEAR_MIN + (int)y, i + 1 - is_behind_leap, (unsigned)left + 1,
                          leap && i == leap, month_days(years[y], i)};
    return true;
}

const char *lunar_month_name(unsigned month) {
    static const char *const names[] = {"正月", "二月", "三月", "四月", "五月", "六月",
                                        "七月", "八月", "九月", "十月", "冬月", "腊月"};
    must(month >= 1 && month <= COUNT(names));
    return names[month - 1];
}

const char *lunar_day_name(unsigned day) {
    static const char *const names[] = {
        "初一", "初二", "初三", "初四", "初五", "初六", "初七", "初八", "初九", "初十",
        "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十",
        "廿一", "廿二", "廿三", "廿四", "廿五", "廿六", "廿七", "廿八", "廿九", "三十"};
    must(day >= 1 && day <= COUNT(names));
    return names[day - 1];
}

struct text lunar_year_name_in(struct arena *a, int year) {
    static const char *const digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    must(year >= 1000 && year <= 9999);
    return text_format_in(a, "%s%s%s%s", digits[year / 1000], digits[year / 100 % 10],
                          digits[year / 10 % 10], digits[year % 10]);
}
