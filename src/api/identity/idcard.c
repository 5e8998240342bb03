/* idcard.c: what the number of a Chinese identity card says: place and date of birth, sex. */
#include "api/identity/idcard_refusal.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/birthday.h"
#include "data/data.h"

#include <string.h>

enum { ASKED_ID };
enum { FIRST_YEAR = 1900 }; /* nobody alive is older */

struct place {
    struct text province, city, county;
    bool is_abolished;
};

/* The name of a division: the first `digits` of the code, the rest zeros. Empty where there is none. */
static struct text name_of(const struct pack *p, struct text code, size_t digits, bool *abolished_out) {
    char room[6] = "000000";
    struct text value;
    memcpy(room, code.bytes, digits);
    if (!pack_find(p, text_of(room, sizeof room), &value))
        return TEXT("");
    *abolished_out = text_equal_c(pack_field(value, 1), "1");
    return pack_field(value, 0);
}

/* In the four municipalities, and for counties that a province holds itself, the place of the city is
 * filled by a word such as "市辖区" that names no city. */
static struct text city_name(struct text name, struct text province) {
    static const char *const fillers[] = {"市辖区", "县", "(市)"};
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
        if (text_equal_c(name, fillers[i]))
            return province;
    return text_find(name, TEXT("直辖")) == SIZE_MAX ? name : TEXT("");
}

static struct place place_of(const struct pack *p, struct text code) {
    struct place place = {.is_abolished = true};
    bool above;
    place.province = name_of(p, code, 2, &above);
    if (text_ends(code, TEXT("0000"))) {
        place.is_abolished = false;
        return place;
    }
    struct text city = name_of(p, code, 4, &place.is_abolished);
    place.city = city_name(city, place.province);
    if (text_ends(code, TEXT("00")))
        return place;
    place.is_abolished = true; /* unless the code is there and says otherwise */
    place.county = name_of(p, code, 6, &place.is_abolished);
    return place;
}

static struct text address_in(struct arena *a, const struct place *place) {
    bool twice = text_equal(place->city, place->province);
    return text_format_in(a, "%.*s%.*s%.*s", TEXT_ARG(place->province), twice ? 0 : (int)place->city.length,
                          place->city.length ? place->city.bytes : "", TEXT_ARG(place->county));
}

static void answer(struct call *c, const struct idcard *card, const struct place *place, int age) {
    reply_object(c, NULL);
    reply_text(c, "address_code", card->region);
    reply_int(c, "abandoned", place->is_abolished);
    reply_text(c, "address", address_in(c->arena, place));
    reply_text(c, "province", place->province);
    reply_text(c, "city", place->city);
    reply_text(c, "county", place->county);
    reply_text(c, "birthday", date_print_in(c->arena, card->birthday));
    reply_c(c, "constellation", birthday_star_sign(card->birthday));
    reply_c(c, "zodiac", birthday_animal(card->birthday));
    reply_int(c, "sex", card->is_male);
    reply_int(c, "length", card->length);
    reply_int(c, "age", age);
    reply_end_object(c);
}

static struct err idcard(struct call *c) {
    struct idcard card;
    enum idcard_fault fault = idcard_parse(text_trim(ask_text(c, ASKED_ID)), &card);
    if (fault)
        return idcard_refusal(c, ASKED_ID, fault);
    struct place place = place_of(data_pack(c->data, DATA_GB2260), card.region);
    if (place.province.length == 0)
        return call_invalid(c, ASKED_ID, "身份证号前两位不是任何省级行政区的代码",
                            "the first two digits are the code of no province");
    int64_t today = clock_china_day(c->now_ms);
    if (card.birthday.year < FIRST_YEAR || date_to_day(card.birthday) > today)
        return call_invalid(c, ASKED_ID, "身份证号中的出生日期早于 1900 年或晚于今天",
                            "the birthday in the number lies before 1900 or after today");
    answer(c, &card, &place, birthday_age(card.birthday, date_from_day(today)));
    return ok;
}

const struct endpoint endpoint_idcard = {
    .path = "/api/idcard",
    .subject = "identity",
    .title = {"身份证信息查询", "Read an identity card's number"},
    .says = {"校验 15 位或 18 位身份证号，并读出其中的地区、生日、性别、星座、生肖与年龄。只做结构校验，不能证明号码真实存在或"
             "属于某人；答案不被缓存。",
             "Checks a Chinese identity number of 15 or 18 characters and reads the place, birthday and sex in it, "
             "with star sign, zodiac animal and age. Only the form is checked: it proves neither that the number was "
             "issued nor whose it is. Answers are not cached."},
    .run = idcard,
    .asks = ASKS({"id", ASK_TEXT, REQUIRED, {"身份证号，15 或 18 位", "The number, 15 or 18 characters"}, 1, 32,
                  .aliases = "idcard"}),
    .gives = GIVES({"address_code", GIVE_TEXT, {"地址码（GB/T 2260）", "Code of the division (GB/T 2260)"}},
                   {"abandoned", GIVE_INT,
                    {"1 表示地址码已废止，或不在 2000 至 2021 年的各版代码中；否则为 0",
                     "1 where the code is abolished or in none of the editions from 2000 to 2021; else 0"}},
                   {"address", GIVE_TEXT, {"完整地区名", "The whole name of the place"}},
                   {"province", GIVE_TEXT, {"省级", "Province"}},
                   {"city", GIVE_TEXT, {"地级；直辖市与省级相同，省直辖县为空",
                                        "Prefecture; the province's name in municipalities, empty for counties that a "
                                        "province holds itself"}},
                   {"county", GIVE_TEXT, {"县级，未知为空", "County; empty if not known"}},
                   {"birthday", GIVE_TEXT, {"出生日期", "Date of birth"}},
                   {"constellation", GIVE_TEXT, {"星座", "Star sign"}},
                   {"zodiac", GIVE_TEXT, {"地支与生肖，以农历新年为界", "Branch and animal of the Chinese year"}},
                   {"sex", GIVE_INT, {"1 男，0 女", "1 male, 0 female"}},
                   {"length", GIVE_INT, {"号码位数", "Characters in the number"}},
                   {"age", GIVE_INT, {"周岁（北京时间今天）", "Full years, today in China"}}),
    .shows = SHOWS({"id=11010519491231002X",
                    "{\"address_code\":\"110105\",\"abandoned\":0,\"address\":\"北京市朝阳区\",\"province\":\"北京市\","
                    "\"city\":\"北京市\",\"county\":\"朝阳区\",\"birthday\":\"1949-12-31\",\"constellation\":\"摩羯座\","
                    "\"zodiac\":\"丑牛\",\"sex\":0,\"length\":18,\"age\":74}",
                    SHOW_EXACT},
                   {"id=110221800101001",
                    "{\"address_code\":\"110221\",\"abandoned\":1,\"address\":\"北京市昌平县\",\"province\":\"北京市\","
                    "\"city\":\"北京市\",\"county\":\"昌平县\",\"birthday\":\"1980-01-01\",\"constellation\":\"摩羯座\","
                    "\"zodiac\":\"未羊\",\"sex\":1,\"length\":15,\"age\":44}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_GB2260),
    .many = 1 + ASKED_ID,
};
