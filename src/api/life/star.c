/* star.c: what the stars are said to have in store. */
#include "api/connected.h"

#include "data/data.h"

#ifndef ALAPI_NO_WORKER_LANE

enum { ASKED_STAR };
enum { SIGN_ZH, SIGN_EN };
enum { SIGN_KEYS_MAX = 12 };

/* The sign's full Chinese name: what the file of a provider is given as {star}. */
static struct err star_run(struct call *c) {
    struct arena *a = c->arena;
    struct text asked = text_trim(ask_text(c, ASKED_STAR)), value;
    struct text lower = text_lower_in(a, asked);
    struct text full = text_ends(asked, TEXT("座")) ? asked : text_format_in(a, "%.*s座", TEXT_ARG(asked));
    if (text_equal_c(full, "牡羊座"))
        full = TEXT("白羊座");
    if (text_equal_c(full, "魔羯座") || text_equal_c(full, "山羊座"))
        full = TEXT("摩羯座");
    for (unsigned i = 1; i <= SIGN_KEYS_MAX; i++) {
        if (!pack_find(data_pack(c->data, DATA_OWN_TEXTS), text_format_in(a, "g%04u", i), &value))
            continue;
        struct text zh = pack_field(value, SIGN_ZH), en = text_lower_in(a, pack_field(value, SIGN_EN));
        if (text_equal(zh, full) || text_equal(en, lower))
            return connector_run_with(c, &(struct named_value){TEXT("star"), zh}, 1);
    }
    return call_invalid(c, ASKED_STAR, "不是十二星座之一，如 白羊座、aries",
                        "none of the twelve signs, such as aries");
}

#endif

const struct endpoint endpoint_star = {
    .path = "/api/star",
    .subject = "life",
    .title = {"星座运势", "Horoscope"},
    .says = {"某星座今日、明日、本周与本月的运势，仅供娱乐；来源没有的字段为 null。",
             "What the stars are said to have in store for a sign: today, tomorrow, this "
             "week, this month. For amusement; what the source has not is null."},
    CONNECTED_BY("star", star_run),
    .asks = ASKS({"star",
                  ASK_TEXT,
                  REQUIRED,
                  {"星座：白羊、白羊座、aries 皆可",
                   "The sign: aries, 白羊 or 白羊座"},
                  2,
                  20}),
    .gives = GIVES({"day", GIVE_OBJECT, {"今日运势", "Today"}},
                   {"day.ji", GIVE_TEXT, {"忌", "What to leave"}},
                   {"day.yi", GIVE_TEXT, {"宜", "What to do"}},
                   {"day.all", GIVE_TEXT, {"综合指数", "All in all"}},
                   {"day.date", GIVE_TEXT, {"日期", "Date"}},
                   {"day.love", GIVE_TEXT, {"爱情指数", "Love"}},
                   {"day.work", GIVE_TEXT, {"事业指数", "Work"}},
                   {"day.money", GIVE_TEXT, {"财富指数", "Money"}},
                   {"day.health", GIVE_TEXT, {"健康指数", "Health"}},
                   {"day.notice", GIVE_TEXT, {"提醒", "A hint"}},
                   {"day.discuss", GIVE_TEXT, {"商谈指数", "Talks"}},
                   {"day.all_text", GIVE_TEXT, {"综合运势", "All in all, in words"}},
                   {"day.love_text", GIVE_TEXT, {"爱情运势", "Love, in words"}},
                   {"day.work_text", GIVE_TEXT, {"事业运势", "Work, in words"}},
                   {"day.lucky_star", GIVE_TEXT, {"速配星座", "Sign that goes well with it"}},
                   {"day.money_text", GIVE_TEXT, {"财富运势", "Money, in words"}},
                   {"day.health_text", GIVE_TEXT, {"健康运势", "Health, in words"}},
                   {"day.lucky_color", GIVE_TEXT, {"幸运颜色", "Lucky colour"}},
                   {"day.lucky_number", GIVE_TEXT, {"幸运数字", "Lucky number"}},
                   {"tomorrow", GIVE_OBJECT, {"明日运势", "Tomorrow"}},
                   {"tomorrow.ji", GIVE_TEXT, {"忌", "What to leave"}},
                   {"tomorrow.yi", GIVE_TEXT, {"宜", "What to do"}},
                   {"tomorrow.all", GIVE_TEXT, {"综合指数", "All in all"}},
                   {"tomorrow.date", GIVE_TEXT, {"日期", "Date"}},
                   {"tomorrow.love", GIVE_TEXT, {"爱情指数", "Love"}},
                   {"tomorrow.work", GIVE_TEXT, {"事业指数", "Work"}},
                   {"tomorrow.money", GIVE_TEXT, {"财富指数", "Money"}},
                   {"tomorrow.health", GIVE_TEXT, {"健康指数", "Health"}},
                   {"tomorrow.notice", GIVE_TEXT, {"提醒", "A hint"}},
                   {"tomorrow.discuss", GIVE_TEXT, {"商谈指数", "Talks"}},
                   {"tomorrow.all_text", GIVE_TEXT, {"综合运势", "All in all, in words"}},
                   {"tomorrow.love_text", GIVE_TEXT, {"爱情运势", "Love, in words"}},
                   {"tomorrow.take_star", GIVE_TEXT, {"贵人星座", "Sign of a friend"}},
                   {"tomorrow.work_text", GIVE_TEXT, {"事业运势", "Work, in words"}},
                   {"tomorrow.lucky_star", GIVE_TEXT, {"速配星座", "Sign that goes well with it"}},
                   {"tomorrow.money_text", GIVE_TEXT, {"财富运势", "Money, in words"}},
                   {"tomorrow.health_text", GIVE_TEXT, {"健康运势", "Health, in words"}},
                   {"tomorrow.lucky_color", GIVE_TEXT, {"幸运颜色", "Lucky colour"}},
                   {"tomorrow.lucky_number", GIVE_TEXT, {"幸运数字", "Lucky number"}},
                   {"week", GIVE_OBJECT, {"本周运势", "This week"}},
                   {"week.ji", GIVE_TEXT, {"忌", "What to leave"}},
                   {"week.yi", GIVE_TEXT, {"宜", "What to do"}},
                   {"week.all", GIVE_TEXT, {"综合指数", "All in all"}},
                   {"week.date", GIVE_TEXT, {"日期", "Date"}},
                   {"week.love", GIVE_TEXT, {"爱情指数", "Love"}},
                   {"week.work", GIVE_TEXT, {"事业指数", "Work"}},
                   {"week.money", GIVE_TEXT, {"财富指数", "Money"}},
                   {"week.health", GIVE_TEXT, {"健康指数", "Health"}},
                   {"week.notice", GIVE_TEXT, {"提醒", "A hint"}},
                   {"week.all_text", GIVE_TEXT, {"综合运势", "All in all, in words"}},
                   {"week.love_text", GIVE_TEXT, {"爱情运势", "Love, in words"}},
                   {"week.work_text", GIVE_TEXT, {"事业运势", "Work, in words"}},
                   {"week.money_text", GIVE_TEXT, {"财富运势", "Money, in words"}},
                   {"week.health_text", GIVE_TEXT, {"健康运势", "Health, in words"}},
                   {"month", GIVE_OBJECT, {"本月运势", "This month"}},
                   {"month.ji", GIVE_TEXT, {"忌", "What to leave"}},
                   {"month.yi", GIVE_TEXT, {"宜", "What to do"}},
                   {"month.all", GIVE_TEXT, {"综合指数", "All in all"}},
                   {"month.date", GIVE_TEXT, {"日期", "Date"}},
                   {"month.love", GIVE_TEXT, {"爱情指数", "Love"}},
                   {"month.work", GIVE_TEXT, {"事业指数", "Work"}}),
    .shows = SHOWS({"star=aries",
                    "{\"day\":{\"ji\":null,\"yi\":null,\"all\":\"85%\",\"date\":\"2024-06-01\",\"love"
                    "\":\"80%\",\"work\":\"80%\",\"money\":\"75%\",\"health\":\"90%\",\"notice\":null"
                    ",\"discuss\":null,\"all_text\":\"适合整理计划的一天。\",\"love_text\":null,\"wor"
                    "k_text\":null,\"lucky_star\":\"天秤座\",\"money_text\":null,\"health_text\":null"
                    ",\"lucky_color\":\"蓝色\",\"lucky_number\":\"8\"},\"tomorrow\":{\"ji\":null,\"yi"
                    "\":null,\"all\":\"85%\",\"date\":\"2024-06-01\",\"love\":\"80%\",\"work\":\"80%"
                    "\",\"money\":\"75%\",\"health\":\"90%\",\"notice\":null,\"discuss\":null,\"all_t"
                    "ext\":\"适合整理计划的一天。\",\"love_text\":null,\"take_star\":null,\"work_text"
                    "\":null,\"lucky_star\":\"天秤座\",\"money_text\":null,\"health_text\":null,\"luc"
                    "ky_color\":\"蓝色\",\"lucky_number\":\"8\"},\"week\":{\"ji\":null,\"yi\":null,\""
                    "all\":\"85%\",\"date\":\"2024-06-01\",\"love\":\"80%\",\"work\":\"80%\",\"money"
                    "\":\"75%\",\"health\":\"90%\",\"notice\":null,\"all_text\":\"适合整理计划的一天"
                    "。\",\"love_text\":null,\"work_text\":null,\"money_text\":null,\"health_text\":n"
                    "ull},\"month\":{\"ji\":null,\"yi\":null,\"all\":\"85%\",\"date\":\"2024-06-01\","
                    "\"love\":\"80%\",\"work\":\"80%\"}}",
                    SHOW_LIVE}),
    .price_units = 2,
    .keep_s = 3600,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
