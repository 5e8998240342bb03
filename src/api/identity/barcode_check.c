/* barcode_check.c: the number under a barcode: its kind, its check digit, where its prefix was
 * given. */
#include "api/identity/plain.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/check_digit.h"

enum { ASKED_CODE };

/* GS1 prefixes: of the organization that gave the number, which says nothing of where a thing was
 * made. */
static const struct {
    unsigned first, last;
    struct words where;
} prefixes[] = {
    {0, 19, {"美国/加拿大", "United States and Canada"}},
    {20, 29, {"店内码", "in-store numbers"}},
    {30, 39, {"美国（药品）", "United States (drugs)"}},
    {40, 49, {"店内码", "in-store numbers"}},
    {50, 59, {"优惠券", "coupons"}},
    {60, 139, {"美国/加拿大", "United States and Canada"}},
    {200, 299, {"店内码", "in-store numbers"}},
    {300, 379, {"法国", "France"}},
    {380, 380, {"保加利亚", "Bulgaria"}},
    {383, 383, {"斯洛文尼亚", "Slovenia"}},
    {385, 385, {"克罗地亚", "Croatia"}},
    {400, 440, {"德国", "Germany"}},
    {450, 459, {"日本", "Japan"}},
    {460, 469, {"俄罗斯", "Russia"}},
    {471, 471, {"中国台湾", "Taiwan"}},
    {480, 480, {"菲律宾", "Philippines"}},
    {482, 482, {"乌克兰", "Ukraine"}},
    {489, 489, {"中国香港", "Hong Kong"}},
    {490, 499, {"日本", "Japan"}},
    {500, 509, {"英国", "United Kingdom"}},
    {520, 521, {"希腊", "Greece"}},
    {539, 539, {"爱尔兰", "Ireland"}},
    {540, 549, {"比利时/卢森堡", "Belgium and Luxembourg"}},
    {560, 560, {"葡萄牙", "Portugal"}},
    {570, 579, {"丹麦", "Denmark"}},
    {590, 590, {"波兰", "Poland"}},
    {599, 599, {"匈牙利", "Hungary"}},
    {600, 601, {"南非", "South Africa"}},
    {622, 622, {"埃及", "Egypt"}},
    {628, 628, {"沙特阿拉伯", "Saudi Arabia"}},
    {629, 629, {"阿联酋", "United Arab Emirates"}},
    {640, 649, {"芬兰", "Finland"}},
    {690, 699, {"中国", "China"}},
    {700, 709, {"挪威", "Norway"}},
    {729, 729, {"以色列", "Israel"}},
    {730, 739, {"瑞典", "Sweden"}},
    {750, 750, {"墨西哥", "Mexico"}},
    {754, 755, {"加拿大", "Canada"}},
    {760, 769, {"瑞士", "Switzerland"}},
    {770, 771, {"哥伦比亚", "Colombia"}},
    {778, 779, {"阿根廷", "Argentina"}},
    {780, 780, {"智利", "Chile"}},
    {789, 790, {"巴西", "Brazil"}},
    {800, 839, {"意大利", "Italy"}},
    {840, 849, {"西班牙", "Spain"}},
    {859, 859, {"捷克", "Czechia"}},
    {868, 869, {"土耳其", "Türkiye"}},
    {870, 879, {"荷兰", "Netherlands"}},
    {880, 881, {"韩国", "South Korea"}},
    {885, 885, {"泰国", "Thailand"}},
    {888, 888, {"新加坡", "Singapore"}},
    {890, 890, {"印度", "India"}},
    {893, 893, {"越南", "Vietnam"}},
    {899, 899, {"印度尼西亚", "Indonesia"}},
    {900, 919, {"奥地利", "Austria"}},
    {930, 939, {"澳大利亚", "Australia"}},
    {940, 949, {"新西兰", "New Zealand"}},
    {955, 955, {"马来西亚", "Malaysia"}},
    {958, 958, {"中国澳门", "Macao"}},
    {977, 977, {"期刊（ISSN）", "serials (ISSN)"}},
    {978, 979, {"图书（ISBN）", "books (ISBN)"}},
    {980, 980, {"退款单", "refund receipts"}},
    {981, 984, {"通用货币优惠券", "common currency coupons"}},
    {990, 999, {"优惠券", "coupons"}},
};

static const char *kind_of(size_t length) {
    return length == 8    ? "EAN-8"
           : length == 12 ? "UPC-A"
           : length == 13 ? "EAN-13"
           : length == 14 ? "ITF-14"
           : length == 18 ? "SSCC"
                          : NULL;
}

/* The three digits of the prefix: a UPC-A has a nought before it, an ITF-14 and an SSCC a digit of
 * packaging. */
static unsigned prefix_of(struct text digits) {
    size_t at = digits.length == 14 || digits.length == 18 ? 1 : 0;
    unsigned prefix = 0;
    if (digits.length == 12)
        return (unsigned)((digits.bytes[0] - '0') * 10 + digits.bytes[1] - '0');
    for (size_t i = at; i < at + 3; i++)
        prefix = prefix * 10 + (unsigned)(digits.bytes[i] - '0');
    return prefix;
}

static const char *where_of(const struct call *c, unsigned prefix) {
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (prefix >= prefixes[i].first && prefix <= prefixes[i].last)
            return c->language == LANGUAGE_EN ? prefixes[i].where.en : prefixes[i].where.zh;
    return NULL;
}

static struct err barcode_check(struct call *c) {
    struct text digits = plain_in(c->arena, ask_text(c, ASKED_CODE));
    const char *kind = kind_of(digits.length);
    for (size_t i = 0; i < digits.length; i++)
        if (digits.bytes[i] < '0' || digits.bytes[i] > '9')
            kind = NULL;
    if (!kind)
        return call_invalid(c, ASKED_CODE, "请传 8、12、13、14 或 18 位数字",
                            "send 8, 12, 13, 14 or 18 digits");
    char check[1] = {check_gs1_digit(text_part(digits, 0, digits.length - 1))};
    reply_object(c, NULL);
    reply_text(c, "code", digits);
    reply_c(c, "kind", kind);
    reply_bool(c, "valid", check_gs1(digits));
    reply_text(c, "check_digit", text_copy_in(c->arena, text_of(check, 1)));
    reply_c(c, "prefix_of", where_of(c, prefix_of(digits)));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_barcode_check = {
    .path = "/api/barcode/check",
    .subject = "identity",
    .title = {"商品条码校验", "Barcode number"},
    .says =
        {"校验 EAN-8、EAN-13、UPC-A、ITF-14 与 SSCC "
         "的校验位，给出应有的校验位与前缀分配地。前缀只说明号码由哪里的编码组织分配，不代表产地；"
         "不含商品名称。",
         "Checks the digit of EAN-8, EAN-13, UPC-A, ITF-14 and SSCC numbers, and tells the digit "
         "that it should be and where the prefix was given. "
         "A prefix says which organization gave the number, not where a thing was made; no "
         "product's name stands behind it."},
    .run = barcode_check,
    .asks = ASKS({"code",
                  ASK_TEXT,
                  REQUIRED,
                  {"条码数字", "The digits"},
                  1,
                  40,
                  .aliases = "barcode|ean|upc|number"}),
    .gives = GIVES(
        {"code", GIVE_TEXT, {"规整后的数字", "The digits"}}, {"kind", GIVE_TEXT, {"码制", "Kind"}},
        {"valid", GIVE_BOOL, {"校验位是否正确", "Is the check digit right?"}},
        {"check_digit", GIVE_TEXT, {"应有的校验位", "The check digit that it should be"}},
        {"prefix_of",
         GIVE_TEXT,
         {"前缀分配地；未知为 null", "Where the prefix was given; null if not known"}}),
    .shows = SHOWS({"code=6901234567892",
                    "{\"code\":\"6901234567892\",\"kind\":\"EAN-13\",\"valid\":true,\"check_"
                    "digit\":\"2\",\"prefix_of\":\"中国\"}",
                    SHOW_EXACT},
                   {"code=036000291453",
                    "{\"code\":\"036000291453\",\"kind\":\"UPC-A\",\"valid\":false,\"check_digit\":"
                    "\"2\",\"prefix_of\":\"美国/加拿大\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "GS1 General Specifications; the list of GS1 prefixes",
    .many = 1 + ASKED_CODE,
};
