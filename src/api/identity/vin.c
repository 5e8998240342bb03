/* vin.c: a vehicle's identification number, taken apart. */
#include "api/identity/plain.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/check_digit.h"

#include <string.h>

enum { ASKED_VIN };
enum { FIRST_YEAR = 1980, YEAR_CODES = 30 };

/* ISO 3780: first character to region; the countries with their own ranges that matter here. */
static const struct {
    const char *first, *last; /* of the first two characters, in the order A-Z 1-9 0 */
    struct words country;
} makers[] = {
    {"AA", "AH", {"南非", "South Africa"}},   {"J", "J", {"日本", "Japan"}},
    {"KL", "KR", {"韩国", "South Korea"}},    {"L", "L", {"中国", "China"}},
    {"MA", "ME", {"印度", "India"}},          {"ML", "MR", {"泰国", "Thailand"}},
    {"NL", "NR", {"土耳其", "Türkiye"}},      {"PL", "PR", {"马来西亚", "Malaysia"}},
    {"SA", "SM", {"英国", "United Kingdom"}}, {"SU", "SZ", {"波兰", "Poland"}},
    {"TJ", "TP", {"捷克", "Czechia"}},        {"TR", "TV", {"匈牙利", "Hungary"}},
    {"VA", "VE", {"奥地利", "Austria"}},      {"VF", "VR", {"法国", "France"}},
    {"VS", "VW", {"西班牙", "Spain"}},        {"W", "W", {"德国", "Germany"}},
    {"YS", "YW", {"瑞典", "Sweden"}},         {"ZA", "ZR", {"意大利", "Italy"}},
    {"1", "1", {"美国", "United States"}},    {"4", "5", {"美国", "United States"}},
    {"2", "2", {"加拿大", "Canada"}},         {"3A", "3W", {"墨西哥", "Mexico"}},
    {"6A", "6W", {"澳大利亚", "Australia"}},  {"8A", "8E", {"阿根廷", "Argentina"}},
    {"9A", "9E", {"巴西", "Brazil"}},
};

static const char *const regions[][2] = {{"AH", "非洲|Africa"},    {"JR", "亚洲|Asia"},
                                         {"SZ", "欧洲|Europe"},    {"15", "北美洲|North America"},
                                         {"67", "大洋洲|Oceania"}, {"80", "南美洲|South America"}};

static int rank(char c) {
    return c >= 'A' && c <= 'Z' ? c - 'A' : c == '0' ? 35 : 25 + c - '0';
}

static struct text region_of(const struct call *c, char first) {
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        if (rank(first) >= rank(regions[i][0][0]) && rank(first) <= rank(regions[i][0][1])) {
            struct text both = text_c(regions[i][1]), zh;
            text_cut(&both, '|', &zh);
            return c->language == LANGUAGE_EN ? both : zh;
        }
    return TEXT("");
}

static bool in_range(const char *first, const char *last, struct text vin) {
    if (!first[1])
        return rank(vin.bytes[0]) >= rank(first[0]) && rank(vin.bytes[0]) <= rank(last[0]);
    return vin.bytes[0] == first[0] && rank(vin.bytes[1]) >= rank(first[1]) &&
           rank(vin.bytes[1]) <= rank(last[1]);
}

static const char *country_of(const struct call *c, struct text vin) {
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (in_range(makers[i].first, makers[i].last, vin))
            return c->language == LANGUAGE_EN ? makers[i].country.en : makers[i].country.zh;
    return NULL;
}

/* ISO 3779: one of thirty characters, again every thirty years; the later year that is not in the
 * future. */
static int model_year(char code, int this_year) {
    static const char codes[] = "ABCDEFGHJKLMNPRSTVWXY123456789";
    const char *found = code ? strchr(codes, code) : NULL;
    int year = found ? FIRST_YEAR + (int)(found - codes) : 0;
    while (year && year + YEAR_CODES <= this_year + 1) /* next year's models are sold this year */
        year += YEAR_CODES;
    return year;
}

static struct err vin(struct call *c) {
    struct text number = plain_in(c->arena, ask_text(c, ASKED_VIN));
    bool is_vin = number.length == 17;
    for (size_t i = 0; i < number.length; i++) {
        char ch = number.bytes[i];
        is_vin &= (ch >= '0' && ch <= '9') ||
                  (ch >= 'A' && ch <= 'Z' && ch != 'I' && ch != 'O' && ch != 'Q');
    }
    if (!is_vin)
        return call_invalid(c, ASKED_VIN, "车架号是 17 位数字和大写字母，不含 I、O、Q",
                            "a VIN has 17 digits and letters, without I, O and Q");
    int year = model_year(number.bytes[9], date_from_day(clock_china_day(c->now_ms)).year);
    reply_object(c, NULL);
    reply_text(c, "vin", number);
    reply_bool(c, "check_digit", check_vin(number));
    reply_text(c, "region", region_of(c, number.bytes[0]));
    reply_c(c, "country", country_of(c, number));
    reply_text(c, "wmi", text_part(number, 0, 3));
    reply_text(c, "vds", text_part(number, 3, 6));
    reply_text(c, "vis", text_part(number, 9, 8));
    if (year)
        reply_int(c, "model_year", year);
    else
        reply_null(c, "model_year");
    reply_text(c, "plant", text_part(number, 10, 1));
    reply_text(c, "serial", text_part(number, 11, 6));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_vin = {
    .path = "/api/vin",
    .subject = "identity",
    .title = {"车架号（VIN）解析", "Vehicle identification number"},
    .says = {"校验 17 "
             "位车辆识别代号，拆出产地、制造商代号（WMI）、车型年份、装配厂与序列号。校验位在中国与"
             "北美强制，欧洲车可能不使用；年份每 30 "
             "年一循环，取不晚于明年的最近一个。不含车型数据库。",
             "Checks a VIN of 17 characters and takes it apart: region, country, maker's code "
             "(WMI), model year, plant and serial number. China and "
             "North America demand the check digit, European cars may lack it; years repeat every "
             "30, the latest that is not past next year is told. "
             "There is no list of models behind it."},
    .run = vin,
    .asks =
        ASKS({"vin", ASK_TEXT, REQUIRED, {"车架号", "The VIN"}, 1, 40, .aliases = "number|code"}),
    .gives =
        GIVES({"vin", GIVE_TEXT, {"规整后的车架号", "The VIN, made plain"}},
              {"check_digit", GIVE_BOOL, {"校验位是否正确", "Is the check digit right?"}},
              {"region", GIVE_TEXT, {"大洲", "Region"}},
              {"country", GIVE_TEXT, {"国家；未知为 null", "Country; null if not known"}},
              {"wmi", GIVE_TEXT, {"世界制造厂识别代号", "World manufacturer identifier"}},
              {"vds", GIVE_TEXT, {"车辆说明部分", "Vehicle descriptor section"}},
              {"vis", GIVE_TEXT, {"车辆指示部分", "Vehicle indicator section"}},
              {"model_year", GIVE_INT, {"车型年份；未知为 null", "Model year; null if not known"}},
              {"plant", GIVE_TEXT, {"装配厂代号", "Plant"}},
              {"serial", GIVE_TEXT, {"序列号", "Serial number"}}),
    .shows =
        SHOWS({"vin=LSVAA4182E2123456",
               "{\"vin\":\"LSVAA4182E2123456\",\"check_digit\":false,\"region\":\"亚洲\","
               "\"country\":\"中国\",\"wmi\":\"LSV\",\"vds\":\"AA4182\","
               "\"vis\":\"E2123456\",\"model_year\":2014,\"plant\":\"2\",\"serial\":\"123456\"}",
               SHOW_EXACT},
              {"vin=1M8GDM9AXKP042788",
               "{\"vin\":\"1M8GDM9AXKP042788\",\"check_digit\":true,\"region\":\"北美洲\","
               "\"country\":\"美国\",\"wmi\":\"1M8\",\"vds\":\"GDM9AX\","
               "\"vis\":\"KP042788\",\"model_year\":2019,\"plant\":\"P\",\"serial\":\"042788\"}",
               SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "ISO 3779, ISO 3780; GB 16735-2019; 49 CFR 565",
};
