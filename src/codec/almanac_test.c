/* almanac_test.c: known days; every day of the range is compared by test/almanac.test.mjs. */
#include "test.h"

#include "codec/almanac.h"

TEST(new_year_2024) {
    struct almanac a = almanac_of_day(date_to_day((struct date){2024, 2, 10}));
    want_text(text_c(a.taboo_of_stem), "甲不开仓财物耗散");
    want_text(text_c(a.taboo_of_branch), "辰不哭泣必主重丧");
    want_text(text_c(a.wealth.name), "东北");
    want_text(text_c(a.fortune.trigram), "坎");
    want_text(text_c(a.joy.trigram), "艮");
    want_text(text_c(a.foetus), "占门栖 房内东");
    want_text(text_c(a.mansion->name), "氐");
    want_text(text_c(a.mansion->beast), "青龙");
}

TEST(mansions_and_weekdays_go_together) { /* 房虚昴星 fall on Sundays */
    for (int64_t day = -30000; day < 50000; day++) {
        const char *name = almanac_of_day(day).mansion->name;
        bool is_sun = !strcmp(name, "房") || !strcmp(name, "虚") || !strcmp(name, "昴") || !strcmp(name, "星");
        want_int(is_sun, date_weekday(day) == 0);
    }
}

TESTS(RUN(new_year_2024), RUN(mansions_and_weekdays_go_together))
