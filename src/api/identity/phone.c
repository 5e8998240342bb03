/* phone.c: where a Chinese mobile number was issued, and by which carrier.
 *
 * The data set tells it by leading digits, from seven down to two (dataset/recipes/phone.mjs): the longest
 * key that has a place gives the place, the longest that has a carrier the carrier. So a range that nobody
 * has placed still has its carrier.
 */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_PHONE };
enum { PREFIX_DIGITS = 7, NUMBER_DIGITS = 11 };
enum { PROVINCE, CITY, AREA_CODE, CARRIER, FIELDS };

/* "+86 138-0013-8000" -> "13800138000"; false where it is no mobile number nor the beginning of one. */
static bool plain_number(struct text typed, char digits[static NUMBER_DIGITS], unsigned *length_out) {
    static const char *const leads[] = {"+86", "0086"};
    struct text rest = text_trim(typed);
    for (int i = 0; i < 2; i++)
        if (text_starts(rest, text_c(leads[i])))
            rest = text_from(rest, text_c(leads[i]).length);
    size_t start = 0;
    unsigned length = 0, all = 0;
    for (size_t i = 0; i < rest.length; i++)
        all += rest.bytes[i] >= '0' && rest.bytes[i] <= '9';
    /* "86138…" without a sign: thirteen digits cannot be a number of this country. */
    if (all == NUMBER_DIGITS + 2 && text_starts(rest, TEXT("86")))
        start = 2;
    for (size_t i = start; i < rest.length; i++) {
        char c = rest.bytes[i];
        if (c == ' ' || c == '-' || c == '(' || c == ')')
            continue;
        if (c < '0' || c > '9' || length == NUMBER_DIGITS)
            return false;
        digits[length++] = c;
    }
    *length_out = length;
    return (length == NUMBER_DIGITS || length == PREFIX_DIGITS) && digits[0] == '1' && digits[1] >= '3';
}

/* The place, of three fields, from the longest key that has one; the carrier likewise. */
static bool look_up(const struct pack *p, const char *digits, struct text fields[static FIELDS]) {
    struct text value;
    bool found = false;
    for (unsigned length = PREFIX_DIGITS; length >= 2; length--) {
        if (!pack_find(p, text_of(digits, length), &value))
            continue;
        found = true;
        bool is_placed = fields[PROVINCE].length > 0;
        for (unsigned i = PROVINCE; !is_placed && i <= AREA_CODE; i++)
            fields[i] = pack_field(value, i);
        if (fields[CARRIER].length == 0)
            fields[CARRIER] = pack_field(value, CARRIER);
    }
    return found;
}

static struct err phone(struct call *c) {
    char *digits = arena_alloc(c->arena, NUMBER_DIGITS);
    unsigned length;
    struct text fields[FIELDS] = {{0}};
    if (!plain_number(ask_text(c, ASKED_PHONE), digits, &length))
        return call_invalid(c, ASKED_PHONE, "请传 11 位大陆手机号（可带 +86、空格、短横线），或其前 7 位",
                            "send a mainland mobile number of 11 digits (+86, blanks and dashes are allowed), or "
                            "its first 7 digits");
    if (!look_up(data_pack(c->data, DATA_PHONE), digits, fields))
        return call_nothing(c, "数据中没有这个号段", "the data does not hold this range of numbers");
    reply_object(c, NULL);
    reply_text(c, "province", fields[PROVINCE]);
    reply_text(c, "city", fields[CITY]);
    reply_text(c, "areacode", fields[AREA_CODE]);
    reply_text(c, "company", fields[CARRIER]);
    reply_text(c, "zip", TEXT(""));
    reply_text(c, "phone", text_of(digits, length));
    reply_text(c, "post_code", TEXT(""));
    reply_text(c, "area_code", fields[AREA_CODE]);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_phone = {
    .path = "/api/phone",
    .subject = "identity",
    .title = {"手机号归属地查询", "Where a mobile number was issued"},
    .says = {"按号段查询大陆手机号的归属省市、长途区号与原始运营商。携号转网不改变号段，因此运营商是发号时的运营商；较新号段只有"
             "运营商，没有归属地。答案不被缓存。",
             "Province, city, dialling code and first carrier of a mainland Chinese mobile number, by its range. A "
             "number keeps its range when its owner changes the carrier, so this is the carrier that issued it; "
             "newer ranges have a carrier but no place. Answers are not cached."},
    .run = phone,
    .asks = ASKS({"phone", ASK_TEXT, REQUIRED, {"手机号，或其前 7 位", "The number, or its first 7 digits"}, 7, 24,
                  .aliases = "mobile|tel"}),
    .gives = GIVES({"province", GIVE_TEXT, {"省份，未知为空", "Province; empty if not known"}},
                   {"city", GIVE_TEXT, {"城市，未知为空", "City; empty if not known"}},
                   {"areacode", GIVE_TEXT, {"长途区号", "Dialling code of the city"}},
                   {"company", GIVE_TEXT, {"发号运营商", "The carrier that issued it"}},
                   {"zip", GIVE_TEXT, {"邮政编码；数据不含，恒为空", "Postcode; always empty, the data has none"}},
                   {"phone", GIVE_TEXT, {"查询的号码", "The number that was asked for"}},
                   {"post_code", GIVE_TEXT, {"同 zip", "The same as zip"}},
                   {"area_code", GIVE_TEXT, {"同 areacode", "The same as areacode"}}),
    .shows = SHOWS({"phone=1380013",
                    "{\"province\":\"北京\",\"city\":\"北京\",\"areacode\":\"010\",\"company\":\"中国移动\",\"zip\":\"\","
                    "\"phone\":\"1380013\",\"post_code\":\"\",\"area_code\":\"010\"}",
                    SHOW_EXACT},
                   {"phone=%2B86%20199-0000-0000",
                    "{\"province\":\"\",\"city\":\"\",\"areacode\":\"\",\"company\":\"中国电信\",\"zip\":\"\","
                    "\"phone\":\"19900000000\",\"post_code\":\"\",\"area_code\":\"\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_PHONE),
    .many = 1 + ASKED_PHONE,
};
