/* solar_term.c: see solar_term.h. */
#include "codec/solar_term.h"
#include "base/must.h"
#include "codec/sun.h"

#include <math.h>

#define PI 3.14159265358979323846
#define J2000_MS 946728000000.0 /* 2000-01-01 12:00 as if it were UTC */
#define DAY_MS 86400000.0
#define CENTURY_DAYS 36525.0
enum { CHINA_MS = 8 * 3600000, NEWTON_STEPS = 2, PENTAD_DAYS = 5, PENTADS = 3 };

static const char *const names[SOLAR_TERMS] = {
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至"};

/* 月令七十二候, three a term, from 小寒 on; the spelling of lunar-javascript (MIT). */
static const char *const pentads[SOLAR_TERMS * PENTADS] = {
    "雁北乡", "鹊始巢", "雉始雊", "鸡始乳", "征鸟厉疾", "水泽腹坚", "东风解冻", "蛰虫始振",
    "鱼陟负冰", "獭祭鱼", "候雁北", "草木萌动", "桃始华", "仓庚鸣", "鹰化为鸠", "玄鸟至",
    "雷乃发声", "始电", "桐始华", "田鼠化为鴽", "虹始见", "萍始生", "鸣鸠拂其羽", "戴胜降于桑",
    "蝼蝈鸣", "蚯蚓出", "王瓜生", "苦菜秀", "靡草死", "麦秋至", "螳螂生", "鵙始鸣", "反舌无声",
    "鹿角解", "蜩始鸣", "半夏生", "温风至", "蟋蟀居壁", "鹰始挚", "腐草为萤", "土润溽暑",
    "大雨行时", "凉风至", "白露降", "寒蝉鸣", "鹰乃祭鸟", "天地始肃", "禾乃登", "鸿雁来",
    "玄鸟归", "群鸟养羞", "雷始收声", "蛰虫坯户", "水始涸", "鸿雁来宾", "雀入大水为蛤",
    "菊有黄花", "豺乃祭兽", "草木黄落", "蛰虫咸俯", "水始冰", "地始冻", "雉入大水为蜃",
    "虹藏不见", "天气上升地气下降", "闭塞而成冬", "鹖鴠不鸣", "虎始交", "荔挺出", "蚯蚓结",
    "麋角解", "水泉动",
};

const char *solar_term_name(unsigned number) {
    must(number < SOLAR_TERMS);
    return names[number];
}

/* A Newton step shrinks the error a thousandfold at least; the mean sun starts within two days. */
int64_t solar_term_ms(struct solar_term term) {
    double wanted = (term.year - 2000) * 2 * PI + (285 + 15.0 * term.number) * PI / 180;
    double mean_speed = 628.3319653318;
    double t = (wanted - 1.75347 - PI) / mean_speed;
    for (int i = 0; i < NEWTON_STEPS; i++)
        t += (wanted - sun_longitude(t)) / sun_speed(t);
    double days = t * CENTURY_DAYS;
    double seconds = (J2000_MS + days * DAY_MS) / 1000 - sun_delta_t_s(2000 + days / 365.2425);
    return (int64_t)floor(seconds + 0.5) * 1000;
}

int64_t solar_term_day(struct solar_term term) { return clock_china_day(solar_term_ms(term)); }

struct solar_term solar_term_of_day(int64_t day) {
    struct date d = date_from_day(day);
    struct solar_term in_month = {d.year, 2 * d.month - 1};
    if (day >= solar_term_day(in_month))
        return in_month;
    in_month.number--;
    if (day >= solar_term_day(in_month))
        return in_month;
    return in_month.number ? (struct solar_term){d.year, in_month.number - 1}
                           : (struct solar_term){d.year - 1, SOLAR_TERMS - 1};
}

struct solar_term solar_term_next(struct solar_term term) {
    if (term.number + 1 < SOLAR_TERMS)
        return (struct solar_term){term.year, term.number + 1};
    return (struct solar_term){term.year + 1, 0};
}

const char *solar_term_pentad(int64_t day) {
    struct solar_term term = solar_term_of_day(day);
    int64_t third = (day - solar_term_day(term)) / PENTAD_DAYS;
    return pentads[term.number * PENTADS + (third < PENTADS ? third : PENTADS - 1)];
}
