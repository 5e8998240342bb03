/* lunar.c: a day in the Chinese calendar, with its pillars and what the almanac says of it. */
#include "call/ask.h"
#include "call/reply.h"
#include "base/must.h"
#include "codec/almanac.h"
#include "codec/ganzhi.h"
#include "codec/lunar.h"
#include "codec/moment.h"
#include "codec/solar_term.h"
#include "data/data.h"

enum { ASKED_DATE, ASKED_UNIX_TIME };
enum { PILLARS = 4 };

static const struct date first_date = {1900, 1, 31}, last_date = {2100, 12, 31};

static struct err find_moment(struct call *c, struct moment *out) {
    if (!ask_has(c, ASKED_DATE)) {
        *out = moment_from_unix(ask_has(c, ASKED_UNIX_TIME) ? ask_int(c, ASKED_UNIX_TIME) : c->now_ms / 1000);
    } else if (!moment_parse(ask_text(c, ASKED_DATE), out)) {
        return call_invalid(c, ASKED_DATE, "date 请写成 2024-12-12 或 2024-12-12 13:00:00",
                            "write date as 2024-12-12 or 2024-12-12 13:00:00");
    }
    if (out->day < date_to_day(first_date) || out->day > date_to_day(last_date))
        return call_invalid(c, ASKED_DATE, "日期请在 1900-01-31 到 2100-12-31 之间",
                            "the day must be from 1900-01-31 to 2100-12-31");
    return ok;
}

static void reply_two_digits(struct call *c, const char *name, unsigned value) {
    reply_text(c, name, text_format_in(c->arena, "%02u", value));
}

static void reply_hour(struct call *c, const char *name, int hour) {
    if (hour == NO_HOUR)
        reply_null(c, name);
    else
        reply_two_digits(c, name, (unsigned)hour);
}

static void reply_lunar_date(struct call *c, const struct lunar *l, struct moment m) {
    static const char *const leap[] = {"", "闰"};
    unsigned hour_branch = m.hour == NO_HOUR ? 0 : ganzhi_of_hour(m.day, (unsigned)m.hour);
    reply_text(c, "lunar_year", text_format_in(c->arena, "%d", l->year));
    reply_two_digits(c, "lunar_month", l->month);
    reply_two_digits(c, "lunar_day", l->day);
    reply_hour(c, "lunar_hour", m.hour);
    reply_text(c, "lunar_year_chinese", lunar_year_name_in(c->arena, l->year));
    reply_text(c, "lunar_month_chinese",
               text_format_in(c->arena, "%s%s", leap[l->is_leap], lunar_month_name(l->month)));
    reply_c(c, "lunar_day_chinese", lunar_day_name(l->day));
    if (m.hour == NO_HOUR)
        reply_null(c, "lunar_hour_chinese");
    else
        reply_text(c, "lunar_hour_chinese", text_format_in(c->arena, "%s时", ganzhi_branch(hour_branch)));
}

/* Year, month, day and hour; the hour is null where no time was given. */
static void reply_pillars(struct call *c, const unsigned pillars[PILLARS], bool has_hour) {
    static const struct {
        const char *names[PILLARS];
        const char *(*say)(unsigned pillar);
    } rows[] = {
        {{"ganzhi_year", "ganzhi_month", "ganzhi_day", "ganzhi_hour"}, ganzhi_name},
        {{"wuxing_year", "wuxing_month", "wuxing_day", "wuxing_hour"}, ganzhi_element},
        {{"color_year", "color_month", "color_day", "color_hour"}, ganzhi_colour},
    };
    for (size_t r = 0; r < COUNT(rows); r++)
        for (size_t i = 0; i < PILLARS; i++)
            reply_c(c, rows[r].names[i], i + 1 < PILLARS || has_hour ? rows[r].say(pillars[i]) : NULL);
}

static void reply_words(struct call *c, const char *name, struct text words) {
    struct text word;
    reply_list(c, name);
    while (text_cut(&words, ' ', &word))
        reply_text(c, NULL, word);
    reply_end_list(c);
}

static void reply_almanac(struct call *c, int64_t day, struct text lists) {
    struct almanac a = almanac_of_day(day);
    reply_words(c, "yi", pack_field(lists, 0));
    reply_words(c, "ji", pack_field(lists, 1));
    reply_words(c, "jishen", pack_field(lists, 2));
    reply_words(c, "xiongshen", pack_field(lists, 3));
    reply_c(c, "pengzugan", a.taboo_of_stem);
    reply_c(c, "pengzuzhi", a.taboo_of_branch);
    reply_c(c, "caishen", a.wealth.trigram);
    reply_c(c, "caishen_desc", a.wealth.name);
    reply_c(c, "fushen", a.fortune.trigram);
    reply_c(c, "fushen_desc", a.fortune.name);
    reply_c(c, "xishen", a.joy.trigram);
    reply_c(c, "xishen_desc", a.joy.name);
    reply_c(c, "taishen", a.foetus);
    reply_c(c, "shou", a.mansion->beast);
    reply_c(c, "gong", a.mansion->palace);
    reply_c(c, "xiu", a.mansion->name);
    reply_c(c, "xiu_song", a.mansion->song);
    reply_c(c, "xiu_luck", a.mansion->luck);
    reply_c(c, "xiu_animal", a.mansion->animal);
    reply_c(c, "wuhou", solar_term_pentad(day));
}

static void reply_gregorian(struct call *c, struct moment m) {
    static const char *const weekdays[] = {"日", "一", "二", "三", "四", "五", "六"};
    struct date d = date_from_day(m.day);
    unsigned weekday = date_weekday(m.day);
    struct solar_term term = solar_term_of_day(m.day);
    reply_text(c, "gregorian_year", text_format_in(c->arena, "%d", d.year));
    reply_two_digits(c, "gregorian_month", d.month);
    reply_two_digits(c, "gregorian_day", d.day);
    reply_hour(c, "gregorian_hour", m.hour);
    reply_text(c, "week_name", text_format_in(c->arena, "星期%s", weekdays[weekday]));
    reply_int(c, "week_no", weekday);
    reply_c(c, "term", solar_term_day(term) == m.day ? solar_term_name(term.number) : NULL);
    reply_bool(c, "is_today", m.day == clock_china_day(c->now_ms));
    reply_c(c, "constellation", moment_sign(d));
}

static struct err lunar(struct call *c) {
    struct moment m = {.hour = NO_HOUR};
    struct lunar l;
    struct text lists;
    try(find_moment(c, &m));
    must(lunar_from_day(m.day, &l));
    bool has_hour = m.hour != NO_HOUR;
    unsigned pillars[PILLARS] = {ganzhi_of_year(l.year), ganzhi_of_month(m.day), ganzhi_of_day(m.day),
                                 has_hour ? ganzhi_of_hour(m.day, (unsigned)m.hour) : 0};
    struct text key = text_format_in(c->arena, "%s%s", ganzhi_branch(pillars[1]), ganzhi_name(pillars[2]));
    if (!pack_find(data_pack(c->data, DATA_ALMANAC), key, &lists))
        return err_make(ERR_SOURCE_UNAVAILABLE, "the almanac lacks a day");
    reply_object(c, NULL);
    reply_lunar_date(c, &l, m);
    reply_pillars(c, pillars, has_hour);
    reply_c(c, "animal", ganzhi_animal(pillars[0]));
    reply_bool(c, "is_leap", l.is_leap);
    reply_bool(c, "is_same_year", l.year == date_from_day(m.day).year);
    reply_gregorian(c, m);
    reply_almanac(c, m.day, lists);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_lunar = {
    .path = "/api/lunar",
    .subject = "calendar",
    .title = {"农历查询", "Chinese calendar and almanac"},
    .says = {"查询公历一天的农历、干支、节气、宜忌与黄历，1900-01-31 到 2100-12-31，按北京时间；date 与 unix_time 都不传"
             "则为现在，都传则取 date。年柱和生肖从正月初一换，月柱从交节当天换，日柱从零点换，时柱从 23 点换"
             "（23 点后的时干按次日推）。只给日期时，与时辰有关的字段为 null。黄历为传统民俗，仅供参考。",
             "A Gregorian day in the Chinese calendar, from 1900-01-31 to 2100-12-31 in UTC+8: lunar date, pillars, "
             "solar term, what is good and bad to do, and the almanac. Without date and unix_time it is now; with "
             "both, date counts. The year's pillar and animal change with the lunar new year, the month's on the "
             "day of its jie, the day's at midnight, the hour's from 23:00 on (whose stem is then that of the day "
             "to come). Where only a date is given, what needs an hour is null. The almanac is folklore."},
    .run = lunar,
    .asks = ASKS({"date", ASK_TEXT, OPTIONAL,
                  {"日期 2024-12-12，也可带时间 2024-12-12 13:00:00",
                   "A day, 2024-12-12, or with a time, 2024-12-12 13:00:00"}, 8, 32},
                 {"unix_time", ASK_INT, OPTIONAL, {"Unix 时间，秒", "Unix time in seconds"}, -2206425600,
                  4133951999}),
    .gives = GIVES(
        {"lunar_year", GIVE_TEXT, {"农历年", "Lunar year"}},
        {"lunar_month", GIVE_TEXT, {"农历月，两位数", "Lunar month, two digits"}},
        {"lunar_day", GIVE_TEXT, {"农历日，两位数", "Lunar day, two digits"}},
        {"lunar_hour", GIVE_TEXT, {"时，两位数；没有给时间则为 null",
         "Hour, two digits; null where no time was given"}},
        {"lunar_year_chinese", GIVE_TEXT, {"农历年，汉字", "Lunar year in characters"}},
        {"lunar_month_chinese", GIVE_TEXT, {"农历月，汉字，闰月带“闰”",
         "Lunar month in characters, 闰 before a leap month"}},
        {"lunar_day_chinese", GIVE_TEXT, {"农历日，汉字", "Lunar day in characters"}},
        {"lunar_hour_chinese", GIVE_TEXT, {"时辰；没有给时间则为 null", "Double hour; null where no time was given"}},
        {"ganzhi_year", GIVE_TEXT, {"年柱干支", "Of the year: the pillar"}},
        {"ganzhi_month", GIVE_TEXT, {"月柱干支", "Of the month: the pillar"}},
        {"ganzhi_day", GIVE_TEXT, {"日柱干支", "Of the day: the pillar"}},
        {"ganzhi_hour", GIVE_TEXT, {"时柱干支；没有给时间则为 null",
         "Of the hour: the pillar; null where no time was given"}},
        {"wuxing_year", GIVE_TEXT, {"年柱天干五行", "Of the year: the element of the stem"}},
        {"wuxing_month", GIVE_TEXT, {"月柱天干五行", "Of the month: the element of the stem"}},
        {"wuxing_day", GIVE_TEXT, {"日柱天干五行", "Of the day: the element of the stem"}},
        {"wuxing_hour", GIVE_TEXT, {"时柱天干五行；没有给时间则为 null",
         "Of the hour: the element of the stem; null where no time was given"}},
        {"color_year", GIVE_TEXT, {"年柱天干颜色", "Of the year: the colour of the stem"}},
        {"color_month", GIVE_TEXT, {"月柱天干颜色", "Of the month: the colour of the stem"}},
        {"color_day", GIVE_TEXT, {"日柱天干颜色", "Of the day: the colour of the stem"}},
        {"color_hour", GIVE_TEXT, {"时柱天干颜色；没有给时间则为 null",
         "Of the hour: the colour of the stem; null where no time was given"}},
        {"animal", GIVE_TEXT, {"生肖，随农历年", "Zodiac animal of the lunar year"}},
        {"is_leap", GIVE_BOOL, {"是否闰月", "Whether the month is a leap month"}},
        {"is_same_year", GIVE_BOOL, {"农历年与公历年是否相同",
         "Whether lunar and Gregorian year have the same number"}},
        {"gregorian_year", GIVE_TEXT, {"公历年", "Gregorian year"}},
        {"gregorian_month", GIVE_TEXT, {"公历月，两位数", "Gregorian month, two digits"}},
        {"gregorian_day", GIVE_TEXT, {"公历日，两位数", "Gregorian day, two digits"}},
        {"gregorian_hour", GIVE_TEXT, {"时，两位数；没有给时间则为 null",
         "Hour, two digits; null where no time was given"}},
        {"week_name", GIVE_TEXT, {"星期", "Day of the week"}},
        {"week_no", GIVE_INT, {"星期，0 为星期日", "Day of the week, 0 = Sunday"}},
        {"term", GIVE_TEXT, {"当天交的节气，没有则为 null", "Solar term that begins on the day, or null"}},
        {"is_today", GIVE_BOOL, {"是否今天（北京时间）", "Whether it is today in UTC+8"}},
        {"constellation", GIVE_TEXT, {"星座", "Western zodiac sign"}},
        {"yi", GIVE_LIST, {"宜", "Good to do"}},
        {"ji", GIVE_LIST, {"忌", "Bad to do"}},
        {"jishen", GIVE_LIST, {"吉神宜趋", "Good spirits"}},
        {"xiongshen", GIVE_LIST, {"凶神宜忌", "Evil spirits"}},
        {"pengzugan", GIVE_TEXT, {"彭祖百忌，天干", "Taboo of Pengzu by the stem"}},
        {"pengzuzhi", GIVE_TEXT, {"彭祖百忌，地支", "Taboo of Pengzu by the branch"}},
        {"caishen", GIVE_TEXT, {"财神所在的卦", "Trigram of the god of wealth"}},
        {"caishen_desc", GIVE_TEXT, {"财神方位", "Direction of the god of wealth"}},
        {"fushen", GIVE_TEXT, {"福神所在的卦", "Trigram of the god of fortune"}},
        {"fushen_desc", GIVE_TEXT, {"福神方位", "Direction of the god of fortune"}},
        {"xishen", GIVE_TEXT, {"喜神所在的卦", "Trigram of the god of joy"}},
        {"xishen_desc", GIVE_TEXT, {"喜神方位", "Direction of the god of joy"}},
        {"taishen", GIVE_TEXT, {"胎神占方", "Place of the foetal god"}},
        {"shou", GIVE_TEXT, {"四象", "Celestial beast of the mansion"}},
        {"gong", GIVE_TEXT, {"四宫", "Palace of the mansion"}},
        {"xiu", GIVE_TEXT, {"二十八宿", "Lunar mansion"}},
        {"xiu_song", GIVE_TEXT, {"星宿歌诀", "Verse of the mansion"}},
        {"xiu_luck", GIVE_TEXT, {"星宿吉凶", "Luck of the mansion"}},
        {"xiu_animal", GIVE_TEXT, {"星宿动物", "Animal of the mansion"}},
        {"wuhou", GIVE_TEXT, {"物候（七十二候）", "Pentad of the solar term"}}),
    .shows = SHOWS({"date=2024-02-10",
                    "{\"lunar_year\":\"2024\",\"lunar_month\":\"01\",\"lunar_day\":\"01\",\"lunar_hour\":null,\"lun"
                    "ar_year_chinese\":\"二零二四\",\"lunar_month_chinese\":\"正月\",\"lunar_day_chinese\":\"初一\""
                    ",\"lunar_hour_chinese\":null,\"ganzhi_year\":\"甲辰\",\"ganzhi_month\":\"丙寅\",\"ganzhi_day\""
                    ":\"甲辰\",\"ganzhi_hour\":null,\"wuxing_year\":\"木\",\"wuxing_month\":\"火\",\"wuxing_day\":"
                    "\"木\",\"wuxing_hour\":null,\"color_year\":\"青\",\"color_month\":\"红\",\"color_day\":\"青\","
                    "\"color_hour\":null,\"animal\":\"龙\",\"is_leap\":false,\"is_same_year\":true,\"gregorian_year"
                    "\":\"2024\",\"gregorian_month\":\"02\",\"gregorian_day\":\"10\",\"gregorian_hour\":null,\"week"
                    "_name\":\"星期六\",\"week_no\":6,\"term\":null,\"is_today\":false,\"constellation\":\"水瓶\","
                    "\"yi\":[\"嫁娶\",\"开光\",\"求嗣\",\"会亲友\",\"安床\",\"牧养\",\"塑绘\",\"针灸\"],\"ji\":[\""
                    "入宅\",\"移徙\",\"出火\",\"分居\",\"安香\",\"作灶\",\"开市\",\"交易\",\"立券\",\"安葬\",\"动土"
                    "\",\"伐木\"],\"jishen\":[\"守日\",\"天巫\",\"福德\",\"六仪\",\"金堂\",\"金匮\"],\"xiongshen\":"
                    "[\"厌对\",\"招摇\",\"九空\",\"九坎\",\"九焦\",\"复日\"],\"pengzugan\":\"甲不开仓财物耗散\",\"p"
                    "engzuzhi\":\"辰不哭泣必主重丧\",\"caishen\":\"艮\",\"caishen_desc\":\"东北\",\"fushen\":\"坎\""
                    ",\"fushen_desc\":\"正北\",\"xishen\":\"艮\",\"xishen_desc\":\"东北\",\"taishen\":\"占门栖 房内"
                    "东\",\"shou\":\"青龙\",\"gong\":\"东\",\"xiu\":\"氐\",\"xiu_song\":\"氐星造作主灾凶，费尽田园"
                    "仓库空，埋葬不可用此日，悬绳吊颈祸重重，若是婚姻离别散，夜招浪子入房中，行船必定遭沉没，更生聋"
                    "哑子孙穷。\",\"xiu_luck\":\"凶\",\"xiu_animal\":\"貉\",\"wuhou\":\"蛰虫始振\"}",
                    SHOW_EXACT},
                   {"date=2025-07-25",
                    "{\"lunar_year\":\"2025\",\"lunar_month\":\"06\",\"lunar_day\":\"01\",\"lunar_hour\":null,\"lun"
                    "ar_year_chinese\":\"二零二五\",\"lunar_month_chinese\":\"闰六月\",\"lunar_day_chinese\":\"初一"
                    "\",\"lunar_hour_chinese\":null,\"ganzhi_year\":\"乙巳\",\"ganzhi_month\":\"癸未\",\"ganzhi_day"
                    "\":\"乙未\",\"ganzhi_hour\":null,\"wuxing_year\":\"木\",\"wuxing_month\":\"水\",\"wuxing_day\""
                    ":\"木\",\"wuxing_hour\":null,\"color_year\":\"青\",\"color_month\":\"黑\",\"color_day\":\"青\""
                    ",\"color_hour\":null,\"animal\":\"蛇\",\"is_leap\":true,\"is_same_year\":true,\"gregorian_year"
                    "\":\"2025\",\"gregorian_month\":\"07\",\"gregorian_day\":\"25\",\"gregorian_hour\":null,\"week"
                    "_name\":\"星期五\",\"week_no\":5,\"term\":null,\"is_today\":false,\"constellation\":\"狮子\","
                    "\"yi\":[\"嫁娶\",\"祭祀\",\"出行\",\"裁衣\",\"冠笄\",\"交易\",\"雕刻\",\"纳财\",\"造畜稠\",\""
                    "造车器\",\"教牛马\"],\"ji\":[\"移徙\",\"入宅\",\"栽种\",\"动土\",\"破土\",\"作灶\",\"安葬\",\""
                    "行丧\",\"伐木\",\"上梁\"],\"jishen\":[\"守日\",\"不将\",\"圣心\"],\"xiongshen\":[\"月建\",\"小"
                    "时\",\"土府\",\"元武\"],\"pengzugan\":\"乙不栽植千株不长\",\"pengzuzhi\":\"未不服药毒气入肠\","
                    "\"caishen\":\"艮\",\"caishen_desc\":\"东北\",\"fushen\":\"坤\",\"fushen_desc\":\"西南\",\"xish"
                    "en\":\"乾\",\"xishen_desc\":\"西北\",\"taishen\":\"碓磨厕 房内北\",\"shou\":\"青龙\",\"gong\":"
                    "\"东\",\"xiu\":\"亢\",\"xiu_song\":\"亢星造作长房当，十日之中主有殃，田地消磨官失职，接运定是"
                    "虎狼伤，嫁娶婚姻用此日，儿孙新妇守空房，埋葬若还用此日，当时害祸主重伤。\",\"xiu_luck\":\"凶\""
                    ",\"xiu_animal\":\"龙\",\"wuhou\":\"腐草为萤\"}",
                    SHOW_EXACT},
                   {"unix_time=1717214400",
                    "{\"lunar_year\":\"2024\",\"lunar_month\":\"04\",\"lunar_day\":\"25\",\"lunar_hour\":\"12\",\"l"
                    "unar_year_chinese\":\"二零二四\",\"lunar_month_chinese\":\"四月\",\"lunar_day_chinese\":\"廿五"
                    "\",\"lunar_hour_chinese\":\"午时\",\"ganzhi_year\":\"甲辰\",\"ganzhi_month\":\"己巳\",\"ganzhi"
                    "_day\":\"丙申\",\"ganzhi_hour\":\"甲午\",\"wuxing_year\":\"木\",\"wuxing_month\":\"土\",\"wuxi"
                    "ng_day\":\"火\",\"wuxing_hour\":\"木\",\"color_year\":\"青\",\"color_month\":\"黄\",\"color_da"
                    "y\":\"红\",\"color_hour\":\"青\",\"animal\":\"龙\",\"is_leap\":false,\"is_same_year\":true,\"g"
                    "regorian_year\":\"2024\",\"gregorian_month\":\"06\",\"gregorian_day\":\"01\",\"gregorian_hour"
                    "\":\"12\",\"week_name\":\"星期六\",\"week_no\":6,\"term\":null,\"is_today\":true,\"constellati"
                    "on\":\"双子\",\"yi\":[\"纳采\",\"嫁娶\",\"裁衣\",\"理发\",\"出行\",\"修造\",\"动土\",\"进人口"
                    "\",\"开市\",\"交易\",\"立券\",\"挂匾\",\"移徙\",\"上梁\",\"栽种\",\"纳畜\"],\"ji\":[\"伐木\","
                    "\"安葬\",\"安床\",\"祭祀\",\"祈福\"],\"jishen\":[\"天德合\",\"天愿\",\"相日\",\"六合\",\"五富"
                    "\",\"不将\",\"续世\",\"除神\",\"鸣吠\"],\"xiongshen\":[\"河魁\",\"死神\",\"月刑\",\"游祸\",\""
                    "五虚\",\"血忌\",\"复日\",\"五离\",\"天刑\"],\"pengzugan\":\"丙不修灶必见灾殃\",\"pengzuzhi\":"
                    "\"申不安床鬼祟入房\",\"caishen\":\"坤\",\"caishen_desc\":\"西南\",\"fushen\":\"乾\",\"fushen_d"
                    "esc\":\"西北\",\"xishen\":\"坤\",\"xishen_desc\":\"西南\",\"taishen\":\"厨灶炉 房内北\",\"shou"
                    "\":\"青龙\",\"gong\":\"东\",\"xiu\":\"氐\",\"xiu_song\":\"氐星造作主灾凶，费尽田园仓库空，埋葬"
                    "不可用此日，悬绳吊颈祸重重，若是婚姻离别散，夜招浪子入房中，行船必定遭沉没，更生聋哑子孙穷。\""
                    ",\"xiu_luck\":\"凶\",\"xiu_animal\":\"貉\",\"wuhou\":\"麦秋至\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_ALMANAC),
};
