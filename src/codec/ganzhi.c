/* ganzhi.c: see ganzhi.h. */
#include "codec/ganzhi.h"
#include "base/must.h"
#include "codec/solar_term.h"

enum { STEMS = 10, BRANCHES = 12, DAY_ANCHOR = 17 /* 1970-01-01 is 辛巳 */ };

static unsigned fold(int64_t count) {
    return (unsigned)((count % GANZHI_CYCLE + GANZHI_CYCLE) % GANZHI_CYCLE);
}

unsigned ganzhi_of_year(int lunar_year) { return fold(lunar_year - 1984); }

/* The month that begins with 立春 of 1984 is 丙寅 (2): February of each year counts from there. */
unsigned ganzhi_of_month(int64_t day) {
    struct date d = date_from_day(day);
    bool is_begun = day >= solar_term_day((struct solar_term){d.year, 2 * d.month - 2});
    return fold((d.year - 1984) * 12 + (int64_t)d.month - !is_begun);
}

unsigned ganzhi_of_day(int64_t day) { return fold(day + DAY_ANCHOR); }

unsigned ganzhi_of_hour(int64_t day, unsigned hour) {
    return fold((day + DAY_ANCHOR) * BRANCHES + (hour + 1) / 2);
}

const char *ganzhi_name(unsigned pillar) {
    static const char *const names[GANZHI_CYCLE] = {
        "甲子", "乙丑", "丙寅", "丁卯", "戊辰", "己巳", "庚午", "辛未", "壬申", "癸酉", "甲戌",
        "乙亥", "丙子", "丁丑", "戊寅", "己卯", "庚辰", "辛巳", "壬午", "癸未", "甲申", "乙酉",
        "丙戌", "丁亥", "戊子", "己丑", "庚寅", "辛卯", "壬辰", "癸巳", "甲午", "乙未", "丙申",
        "丁酉", "戊戌", "己亥", "庚子", "辛丑", "壬寅", "癸卯", "甲辰", "乙巳", "丙午", "丁未",
        "戊申", "己酉", "庚戌", "辛亥", "壬子", "癸丑", "甲寅", "乙卯", "丙辰", "丁巳", "戊午",
        "己未", "庚申", "辛酉", "壬戌", "癸亥",
    };
    must(pillar < GANZHI_CYCLE);
    return names[pillar];
}

const char *ganzhi_element(unsigned pillar) {
    static const char *const elements[] = {"木", "火", "土", "金", "水"};
    return elements[pillar % STEMS / 2];
}

const char *ganzhi_colour(unsigned pillar) {
    static const char *const colours[] = {"青", "红", "黄", "白", "黑"};
    return colours[pillar % STEMS / 2];
}

const char *ganzhi_animal(unsigned pillar) {
    static const char *const animals[BRANCHES] = {"鼠", "牛", "虎", "兔", "龙", "蛇",
                                                  "马", "羊", "猴", "鸡", "狗", "猪"};
    return animals[pillar % BRANCHES];
}

const char *ganzhi_branch(unsigned pillar) {
    static const char *const branches[BRANCHES] = {"子", "丑", "寅", "卯", "辰", "巳",
                                                   "午", "未", "申", "酉", "戌", "亥"};
    return branches[pillar % BRANCHES];
}
