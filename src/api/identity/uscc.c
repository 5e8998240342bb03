/* uscc.c: China's unified social credit code, taken apart. */
#include "api/identity/plain.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/check_digit.h"
#include "data/data.h"

enum { ASKED_CODE };

/* GB 32100-2015, table 1: who registers, and what. */
static const struct {
    const char *signs;
    struct words who, what;
} kinds[] = {
    {"11", {"机构编制", "staffing authority"}, {"机关", "government body"}},
    {"12", {"机构编制", "staffing authority"}, {"事业单位", "public institution"}},
    {"13",
     {"机构编制", "staffing authority"},
     {"编办直接管理机构编制的群众团体", "mass organization"}},
    {"19", {"机构编制", "staffing authority"}, {"其他", "other"}},
    {"21", {"外交", "foreign affairs"}, {"外国常驻新闻机构", "resident foreign press"}},
    {"29", {"外交", "foreign affairs"}, {"其他", "other"}},
    {"31", {"司法行政", "justice administration"}, {"律师执业机构", "law firm"}},
    {"32", {"司法行政", "justice administration"}, {"公证处", "notary office"}},
    {"33", {"司法行政", "justice administration"}, {"基层法律服务所", "local legal service"}},
    {"34", {"司法行政", "justice administration"}, {"司法鉴定机构", "forensic institution"}},
    {"35", {"司法行政", "justice administration"}, {"仲裁委员会", "arbitration commission"}},
    {"39", {"司法行政", "justice administration"}, {"其他", "other"}},
    {"41", {"文化", "culture"}, {"外国在华文化中心", "foreign cultural centre"}},
    {"49", {"文化", "culture"}, {"其他", "other"}},
    {"51", {"民政", "civil affairs"}, {"社会团体", "association"}},
    {"52", {"民政", "civil affairs"}, {"民办非企业单位", "private non-enterprise unit"}},
    {"53", {"民政", "civil affairs"}, {"基金会", "foundation"}},
    {"59", {"民政", "civil affairs"}, {"其他", "other"}},
    {"61", {"旅游", "tourism"}, {"外国旅游部门常驻代表机构", "foreign tourism office"}},
    {"62",
     {"旅游", "tourism"},
     {"港澳台地区旅游部门常驻内地（大陆）代表机构",
      "tourism office of Hong Kong, Macao or Taiwan"}},
    {"69", {"旅游", "tourism"}, {"其他", "other"}},
    {"71", {"宗教", "religious affairs"}, {"宗教活动场所", "place of worship"}},
    {"72", {"宗教", "religious affairs"}, {"宗教院校", "religious college"}},
    {"79", {"宗教", "religious affairs"}, {"其他", "other"}},
    {"81", {"工会", "trade unions"}, {"基层工会", "local union"}},
    {"89", {"工会", "trade unions"}, {"其他", "other"}},
    {"91", {"市场监管（原工商）", "market regulation"}, {"企业", "enterprise"}},
    {"92", {"市场监管（原工商）", "market regulation"}, {"个体工商户", "individual business"}},
    {"93", {"市场监管（原工商）", "market regulation"}, {"农民专业合作社", "farmers' cooperative"}},
    {"A1",
     {"中央军委改革和编制办公室", "Central Military Commission"},
     {"军队事业单位", "military institution"}},
    {"A9", {"中央军委改革和编制办公室", "Central Military Commission"}, {"其他", "other"}},
    {"N1", {"农业", "agriculture"}, {"组级集体经济组织", "economic collective of a group"}},
    {"N2", {"农业", "agriculture"}, {"村级集体经济组织", "economic collective of a village"}},
    {"N3", {"农业", "agriculture"}, {"乡镇级集体经济组织", "economic collective of a town"}},
    {"N9", {"农业", "agriculture"}, {"其他", "other"}},
    {"Y1", {"其他", "other"}, {"其他", "other"}},
};

static const char *in_language(const struct call *c, struct words w) {
    return c->language == LANGUAGE_EN ? w.en : w.zh;
}

/* The name of a division, then of those above it: "福建省福州市". */
static struct text region_name(struct call *c, struct text code) {
    const struct pack *p = data_pack(c->data, DATA_GB2260);
    struct text value, name = TEXT("");
    for (unsigned digits = 2; digits <= 6; digits += 2) {
        char room[6] = "000000";
        for (unsigned i = 0; i < digits; i++)
            room[i] = code.bytes[i];
        if (digits > 2 && code.bytes[digits - 1] == '0' && code.bytes[digits - 2] == '0')
            break;
        if (pack_find(p, text_of(room, sizeof room), &value))
            name = text_format_in(c->arena, "%.*s%.*s", TEXT_ARG(name),
                                  TEXT_ARG(pack_field(value, 0)));
    }
    return name;
}

static struct err uscc(struct call *c) {
    struct text code = plain_in(c->arena, ask_text(c, ASKED_CODE));
    const char *who = NULL, *what = NULL;
    if (code.length != 18)
        return call_invalid(c, ASKED_CODE, "统一社会信用代码是 18 位，请核对",
                            "the code has 18 characters; check yours");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_starts(code, text_c(kinds[i].signs))) {
            who = in_language(c, kinds[i].who);
            what = in_language(c, kinds[i].what);
        }
    reply_object(c, NULL);
    reply_text(c, "code", code);
    reply_bool(c, "valid", check_uscc(code) && what);
    reply_c(c, "authority", who);
    reply_c(c, "kind", what);
    reply_text(c, "region_code", text_part(code, 2, 6));
    reply_text(c, "region", region_name(c, text_part(code, 2, 6)));
    reply_text(c, "organization_code", text_part(code, 8, 9));
    reply_bool(c, "organization_code_valid", check_organization(text_part(code, 8, 9)));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_uscc = {
    .path = "/api/uscc",
    .subject = "identity",
    .title = {"统一社会信用代码校验", "Unified social credit code"},
    .says =
        {"校验 18 位统一社会信用代码（GB "
         "32100-"
         "2015），读出登记管理部门、机构类别、登记地与组织机构代码。只做结构校验，不查询企业信息。",
         "Checks a Chinese organization's code of 18 characters (GB 32100-2015) and reads the "
         "registering authority, the kind, the place "
         "and the organization code. Only the form is checked; no register is asked."},
    .run = uscc,
    .asks = ASKS({"code",
                  ASK_TEXT,
                  REQUIRED,
                  {"统一社会信用代码，大小写均可，可含空格或连字符",
                   "The code, in either case, with blanks or hyphens if you like"},
                  1,
                  40,
                  .aliases = "uscc|credit_code|creditCode"}),
    .gives = GIVES(
        {"code", GIVE_TEXT, {"规整后的代码", "The code, made plain"}},
        {"valid", GIVE_BOOL, {"结构与校验码是否正确", "Are its form and check character right?"}},
        {"authority",
         GIVE_TEXT,
         {"登记管理部门；未知为 null", "Who registered it; null if not known"}},
        {"kind", GIVE_TEXT, {"机构类别；未知为 null", "What it is; null if not known"}},
        {"region_code", GIVE_TEXT, {"登记管理机关行政区划码", "Code of the place"}},
        {"region", GIVE_TEXT, {"登记地；未知为空", "The place; empty if not known"}},
        {"organization_code", GIVE_TEXT, {"主体标识码（组织机构代码）", "The organization code"}},
        {"organization_code_valid",
         GIVE_BOOL,
         {"组织机构代码校验码是否正确（2015 年后的代码不一定满足）",
          "Does the organization code have its own check character? (newer ones need not)"}}),
    .shows = SHOWS({"code=91350100M000100Y43",
                    "{\"code\":\"91350100M000100Y43\",\"valid\":true,\"authority\":"
                    "\"市场监管（原工商）\",\"kind\":\"企业\","
                    "\"region_code\":\"350100\",\"region\":\"福建省福州市\",\"organization_code\":"
                    "\"M000100Y4\",\"organization_code_valid\":true}",
                    SHOW_EXACT},
                   {"code=91350100M000100Y44",
                    "{\"code\":\"91350100M000100Y44\",\"valid\":false,\"authority\":"
                    "\"市场监管（原工商）\",\"kind\":\"企业\","
                    "\"region_code\":\"350100\",\"region\":\"福建省福州市\",\"organization_code\":"
                    "\"M000100Y4\",\"organization_code_valid\":true}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_GB2260),
    .stands_on = "GB 32100-2015",
    .many = 1 + ASKED_CODE,
};
