/* birthday_test.c: the days on which ages, signs and animals change. */
#include "test.h"

#include "codec/birthday.h"

TEST(ages) {
    static const struct date today = {2024, 6, 1};
    static const struct {
        struct date born;
        int age;
    } rows[] = {{{2024, 6, 1}, 0},   {{2023, 6, 1}, 1},   {{2023, 6, 2}, 0},  {{1949, 12, 31}, 74},
                {{2000, 2, 29}, 24}, {{2000, 5, 31}, 24}, {{2024, 6, 2}, -1}, {{1900, 1, 1}, 124}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        want_int(birthday_age(rows[i].born, today), rows[i].age);
    want_int(birthday_age((struct date){2000, 2, 29}, (struct date){2001, 2, 28}), 0);
    want_int(birthday_age((struct date){2000, 2, 29}, (struct date){2001, 3, 1}), 1);
}

TEST(star_signs_change_on_their_days) {
    static const struct {
        unsigned month, day;
        const char *before, *from;
    } rows[] = {{1, 20, "摩羯座", "水瓶座"}, {2, 19, "水瓶座", "双鱼座"},  {3, 21, "双鱼座", "白羊座"},
                {4, 20, "白羊座", "金牛座"}, {5, 21, "金牛座", "双子座"},  {6, 22, "双子座", "巨蟹座"},
                {7, 23, "巨蟹座", "狮子座"}, {8, 23, "狮子座", "处女座"},  {9, 23, "处女座", "天秤座"},
                {10, 24, "天秤座", "天蝎座"}, {11, 23, "天蝎座", "射手座"}, {12, 22, "射手座", "摩羯座"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct date day = {2000, rows[i].month, rows[i].day};
        struct date before = date_from_day(date_to_day(day) - 1);
        want_text(text_c(birthday_star_sign(before)), rows[i].before);
        want_text(text_c(birthday_star_sign(day)), rows[i].from);
    }
    want_text(text_c(birthday_star_sign((struct date){2000, 1, 1})), "摩羯座");
}

/* New Year's days as almanacs print them; the day before still belongs to the old animal. */
TEST(animals_change_at_the_chinese_new_year) {
    static const struct {
        struct date new_year;
        const char *before, *from;
    } rows[] = {
        {{1900, 1, 31}, "亥猪", "子鼠"}, {{1949, 1, 29}, "子鼠", "丑牛"}, {{1954, 2, 3}, "巳蛇", "午马"},
        {{1985, 2, 20}, "子鼠", "丑牛"}, {{2000, 2, 5}, "卯兔", "辰龙"},  {{2023, 1, 22}, "寅虎", "卯兔"},
        {{2024, 2, 10}, "卯兔", "辰龙"}, {{2027, 2, 6}, "午马", "未羊"},  {{2033, 1, 31}, "子鼠", "丑牛"},
        {{2100, 2, 9}, "未羊", "申猴"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct date before = date_from_day(date_to_day(rows[i].new_year) - 1);
        want_text(text_c(birthday_animal(before)), rows[i].before);
        want_text(text_c(birthday_animal(rows[i].new_year)), rows[i].from);
    }
    want_text(text_c(birthday_animal((struct date){1899, 1, 1})), "亥猪");
}

TESTS(RUN(ages), RUN(star_signs_change_on_their_days), RUN(animals_change_at_the_chinese_new_year))
