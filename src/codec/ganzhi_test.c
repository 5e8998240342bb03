/* ganzhi_test.c: pillars of known days; every day of the range is compared by test/almanac.test.mjs. */
#include "test.h"

#include "codec/ganzhi.h"

TEST(pillars_of_known_days) {
    static const struct {
        struct date date;
        unsigned hour;
        const char *month, *day, *clock;
    } rows[] = {
        {{2024, 2, 3}, 12, "乙丑", "丁酉", "丙午"},  {{2024, 2, 4}, 0, "丙寅", "戊戌", "壬子"},
        {{2024, 2, 10}, 0, "丙寅", "甲辰", "甲子"},  {{2024, 2, 10}, 22, "丙寅", "甲辰", "乙亥"},
        {{2024, 2, 10}, 23, "丙寅", "甲辰", "丙子"}, {{1949, 10, 1}, 15, "癸酉", "甲子", "壬申"},
        {{1900, 1, 31}, 1, "丁丑", "甲辰", "乙丑"},  {{2100, 12, 31}, 1, "戊子", "丁未", "辛丑"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t day = date_to_day(rows[i].date);
        want_text(text_c(ganzhi_name(ganzhi_of_month(day))), rows[i].month);
        want_text(text_c(ganzhi_name(ganzhi_of_day(day))), rows[i].day);
        want_text(text_c(ganzhi_name(ganzhi_of_hour(day, rows[i].hour))), rows[i].clock);
    }
}

TEST(years) {
    want_text(text_c(ganzhi_name(ganzhi_of_year(1900))), "庚子");
    want_text(text_c(ganzhi_name(ganzhi_of_year(2024))), "甲辰");
    want_text(text_c(ganzhi_animal(ganzhi_of_year(2024))), "龙");
    want_text(text_c(ganzhi_element(ganzhi_of_year(2024))), "木");
    want_text(text_c(ganzhi_colour(ganzhi_of_year(2024))), "青");
    want_text(text_c(ganzhi_branch(ganzhi_of_year(2100))), "申");
}

TESTS(RUN(pillars_of_known_days), RUN(years))
