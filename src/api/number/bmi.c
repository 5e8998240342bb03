/* bmi.c: body mass index, its class by the Chinese and the international standard, and basal
 * metabolism. */
#include "call/ask.h"
#include "call/reply.h"

#include <math.h>

enum { ASKED_HEIGHT, ASKED_WEIGHT, ASKED_SEX, ASKED_AGE };

struct class {
    double below;
    const char *zh, *en;
};

/* WS/T 428-2013; for adults. */
static const struct class china[] = {{18.5, "偏瘦", "underweight"},
                                     {24, "正常", "normal"},
                                     {28, "超重", "overweight"},
                                     {INFINITY, "肥胖", "obese"}};
/* WHO, Technical Report 894 (2000) */
static const struct class world[] = {{18.5, "偏瘦", "underweight"},
                                     {25, "正常", "normal"},
                                     {30, "超重", "overweight"},
                                     {INFINITY, "肥胖", "obese"}};

static const char *class_of(struct call *c, const struct class *classes, double bmi) {
    while (bmi >= classes->below)
        classes++;
    return c->language == LANGUAGE_EN ? classes->en : classes->zh;
}

static double tenth(double value) {
    return round(value * 10) / 10;
}

/* Mifflin and St Jeor, Am J Clin Nutr 51 (1990) 241-247: kcal a day. */
static double metabolism(double kg, double cm, double years, bool is_male) {
    return 10 * kg + 6.25 * cm - 5 * years + (is_male ? 5 : -161);
}

static struct err bmi(struct call *c) {
    double cm = ask_number(c, ASKED_HEIGHT), kg = ask_number(c, ASKED_WEIGHT), metres = cm / 100;
    double index = tenth(kg / (metres * metres));
    reply_object(c, NULL);
    reply_number(c, "bmi", index);
    reply_c(c, "level", class_of(c, china, index));
    reply_c(c, "level_who", class_of(c, world, index));
    reply_number(c, "weight_low", tenth(18.5 * metres * metres));
    reply_number(c, "weight_high", tenth(23.9 * metres * metres));
    if (ask_has(c, ASKED_SEX) && ask_has(c, ASKED_AGE))
        reply_number(
            c, "bmr",
            round(metabolism(kg, cm, ask_number(c, ASKED_AGE), ask_is(c, ASKED_SEX, "male"))));
    else
        reply_null(c, "bmr");
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_bmi = {
    .path = "/api/bmi",
    .subject = "number",
    .title = {"BMI 与基础代谢", "Body mass index"},
    .says = {"按身高体重算 BMI，给出中国成人标准（WS/T 428）与世界卫生组织的分级、正常体重范围；传 "
             "sex 和 age 时另给基础代谢"
             "（Mifflin-St Jeor 公式）。适用于成年人，不能代替医生。传入的值不被保存。",
             "The body mass index of an adult by height and weight, its class by the Chinese "
             "standard WS/T 428 and by the WHO, "
             "and the range of normal weight; with sex and age the basal metabolism too "
             "(Mifflin-St Jeor). No substitute "
             "for a physician. What is sent is not kept."},
    .run = bmi,
    .asks = ASKS(
        {"height", ASK_NUMBER, REQUIRED, {"身高，厘米", "Height in centimetres"}, 50, 280},
        {"weight", ASK_NUMBER, REQUIRED, {"体重，千克", "Weight in kilograms"}, 5, 600},
        {"sex",
         ASK_CHOICE,
         OPTIONAL,
         {"性别，算基础代谢用", "Sex, for the metabolism"},
         .choices = "male=m=1=男|female=f=0=女"},
        {"age", ASK_INT, OPTIONAL, {"年龄，算基础代谢用", "Age, for the metabolism"}, 18, 120}),
    .gives = GIVES({"bmi", GIVE_NUMBER, {"体重指数", "The index"}},
                   {"level", GIVE_TEXT, {"中国标准分级", "Class by the Chinese standard"}},
                   {"level_who", GIVE_TEXT, {"世界卫生组织分级", "Class by the WHO"}},
                   {"weight_low", GIVE_NUMBER, {"正常体重下限，千克", "Least normal weight, kg"}},
                   {"weight_high", GIVE_NUMBER, {"正常体重上限，千克", "Most normal weight, kg"}},
                   {"bmr",
                    GIVE_NUMBER,
                    {"基础代谢，千卡/天；没有传性别和年龄时为 null",
                     "Metabolism, kcal a day; null without sex and age"}}),
    .shows = SHOWS({"height=175&weight=70",
                    "{\"bmi\":22.9,\"level\":\"正常\",\"level_who\":\"正常\",\"weight_low\":56.7,"
                    "\"weight_high\":73.2,\"bmr\":null}",
                    SHOW_EXACT},
                   {"height=160&weight=62&sex=female&age=30",
                    "{\"bmi\":24.2,\"level\":\"超重\",\"level_who\":\"正常\",\"weight_low\":47.4,"
                    "\"weight_high\":61.2,\"bmr\":1309}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "WS/T 428-2013; WHO TRS 894; Mifflin-St Jeor 1990",
};
