/* element.c: a chemical element and its isotopes. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_NAME };
enum { SYMBOL, ENGLISH, CHINESE, PINYIN, MASS, MONO, PERIOD, GROUP, KIND, ISOTOPES, FIELDS };

static void reply_numeral(struct call *c, const char *name, struct text digits) {
    double value;
    if (text_to_number(digits, &value))
        reply_number(c, name, value);
    else
        reply_null(c, name);
}

static void reply_isotopes(struct call *c, struct text list) {
    struct text one, part;
    reply_list(c, "isotopes");
    while (text_cut(&list, ' ', &one)) {
        static const char *const names[] = {"nominal", "mass", "abundance"};
        reply_object(c, NULL);
        for (unsigned i = 0; i < 3 && text_cut(&one, ':', &part); i++)
            reply_numeral(c, names[i], part);
        reply_end_object(c);
    }
    reply_end_list(c);
}

static struct err element(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_ELEMENTS);
    struct text asked = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_NAME))), id, value,
                fields[FIELDS];
    uint64_t number = 0;
    if (text_to_u64(asked, &number) && number <= 999)
        id = text_format_in(c->arena, "%03d", (int)number);
    else if (!pack_find(p, text_format_in(c->arena, "?%.*s", TEXT_ARG(asked)), &id))
        id = TEXT("");
    if (!pack_find(p, text_format_in(c->arena, "#%.*s", TEXT_ARG(id)), &value) ||
        !text_to_u64(id, &number))
        return call_nothing(c, "没有这个元素，请传序号、符号或名称",
                            "no such element; send its number, symbol or name");
    pack_fields(value, fields, FIELDS);
    reply_object(c, NULL);
    reply_int(c, "number", (int64_t)number);
    reply_text(c, "symbol", fields[SYMBOL]);
    reply_text(c, "name", fields[c->language == LANGUAGE_EN ? ENGLISH : CHINESE]);
    reply_text(c, "name_en", fields[ENGLISH]);
    reply_text(c, "pinyin", fields[PINYIN]);
    reply_numeral(c, "mass", fields[MASS]);
    reply_numeral(c, "monoisotopic_mass", fields[MONO]);
    reply_numeral(c, "period", fields[PERIOD]);
    reply_numeral(c, "group", fields[GROUP]);
    reply_text(c, "kind", fields[KIND]);
    reply_isotopes(c, fields[ISOTOPES]);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_element = {
    .path = "/api/element",
    .subject = "life",
    .title = {"化学元素", "Chemical elements"},
    .says = {"按原子序数、符号、中文名或英文名查元素：原子量、周期、族、类别和天然同位素的质量与丰"
             "度。没有标准原子量的为 null。",
             "An element by number, symbol or name: mass, period, group, kind, and the masses and "
             "abundances of its natural isotopes. What has no standard value is null."},
    .run = element,
    .asks = ASKS({"name",
                  ASK_TEXT,
                  REQUIRED,
                  {"序号、符号或名称", "Number, symbol or name"},
                  1,
                  20,
                  .aliases = "symbol|number|keyword"}),
    .gives = GIVES(
        {"number", GIVE_INT, {"原子序数", "Atomic number"}},
        {"symbol", GIVE_TEXT, {"符号", "Symbol"}}, {"name", GIVE_TEXT, {"名称", "Name"}},
        {"name_en", GIVE_TEXT, {"英文名", "English name"}},
        {"pinyin", GIVE_TEXT, {"拼音", "Pinyin"}},
        {"mass", GIVE_NUMBER, {"平均原子量", "Average mass"}},
        {"monoisotopic_mass", GIVE_NUMBER, {"最丰同位素的质量", "Mass of the commonest isotope"}},
        {"period", GIVE_INT, {"周期", "Period"}},
        {"group",
         GIVE_INT,
         {"族（1 到 18），镧系锕系为 null", "Group 1 to 18, null in the f block"}},
        {"kind", GIVE_TEXT, {"类别", "Kind, in Chinese"}},
        {"isotopes", GIVE_LIST, {"天然同位素", "Natural isotopes"}},
        {"isotopes[].nominal", GIVE_INT, {"质量数", "Nominal mass"}},
        {"isotopes[].mass", GIVE_NUMBER, {"质量", "Mass"}},
        {"isotopes[].abundance", GIVE_NUMBER, {"丰度", "Abundance"}}),
    .shows = SHOWS({"name=%E9%93%81",
                    "{\"number\":26,\"symbol\":\"Fe\",\"name\":\"铁\",\"name_en\":\"Iron\","
                    "\"pinyin\":\"tiě\",\"mass\":"
                    "55.845144433865904,\"monoisotopic_mass\":55.93493633,\"period\":4,\"group\":8,"
                    "\"kind\":\"过渡金属"
                    "\",\"isotopes\":[{\"nominal\":54,\"mass\":53.93960899,\"abundance\":0.05845},{"
                    "\"nominal\":56,\"mas"
                    "s\":55.93493633,\"abundance\":0.91754},{\"nominal\":57,\"mass\":56.93539284,"
                    "\"abundance\":0.02119}"
                    ",{\"nominal\":58,\"mass\":57.93327443,\"abundance\":0.00282}]}",
                    SHOW_EXACT},
                   {"name=6",
                    "{\"number\":6,\"symbol\":\"C\",\"name\":\"碳\",\"name_en\":\"Carbon\","
                    "\"pinyin\":\"tàn\",\"mass\":"
                    "12.010735896735248,\"monoisotopic_mass\":12,\"period\":2,\"group\":14,"
                    "\"kind\":\"非金属\",\"isotop"
                    "es\":[{\"nominal\":12,\"mass\":12,\"abundance\":0.9893},{\"nominal\":13,"
                    "\"mass\":13.00335483507,\""
                    "abundance\":0.0107}]}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_ELEMENTS),
    .many = 1 + ASKED_NAME,
};
