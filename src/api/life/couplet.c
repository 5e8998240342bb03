/* couplet.c: a pair of lines to hang at a door. */
#include "api/life/own_text.h"

enum { ASKED_KIND, ASKED_FORMAT };
enum { COUPLET_KIND, COUPLET_FIRST, COUPLET_SECOND, COUPLET_HEADING };

static struct err couplet(struct call *c) {
    struct text row;
    if (!own_draw_kind(c, "c", ASKED_KIND, &row))
        return call_nothing(c, "没有对联", "there are no couplets");
    reply_object(c, NULL);
    reply_text(c, "kind", pack_field(row, COUPLET_KIND));
    reply_text(c, "first", pack_field(row, COUPLET_FIRST));
    reply_text(c, "second", pack_field(row, COUPLET_SECOND));
    reply_text(c, "heading", pack_field(row, COUPLET_HEADING));
    reply_text(c, "text",
               text_format_in(c->arena, "%.*s，%.*s", TEXT_ARG(pack_field(row, COUPLET_FIRST)),
                              TEXT_ARG(pack_field(row, COUPLET_SECOND))));
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "text");
}

const struct endpoint endpoint_couplet = {
    .path = "/api/couplet",
    .subject = "life",
    .title = {"对联大全", "Couplets"},
    .says = {"随机返回一副对联（上联、下联、横批），可选春联、婚联、寿联、乔迁、开业、书房、名胜。"
             "收录五十副传统名联与通用联。",
             "A Chinese couplet by chance: first line, second line and heading; for New Year, "
             "weddings, birthdays, "
             "a new home, a new shop, the study, or of famous places. Fifty traditional ones."},
    .run = couplet,
    .asks = ASKS({"kind",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"类别", "Kind"},
                  .choices = "春联|婚联|寿联|乔迁|开业|书房|名胜",
                  .aliases = "type"},
                 ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES(
        {"kind", GIVE_TEXT, {"类别", "Kind"}}, {"first", GIVE_TEXT, {"上联", "First line"}},
        {"second", GIVE_TEXT, {"下联", "Second line"}},
        {"heading", GIVE_TEXT, {"横批；名胜联为出处", "Heading; of famous places: where it hangs"}},
        {"text", GIVE_TEXT, {"上下联连写", "Both lines"}}),
    .shows = SHOWS({"kind=%E6%98%A5%E8%81%94",
                    "{\"kind\":\"春联\",\"first\":\"绿竹别其三分景\",\"second\":\"红梅正报万家春\","
                    "\"heading\":\"春意盎"
                    "然\",\"text\":\"绿竹别其三分景，红梅正报万家春\"}",
                    SHOW_EXACT},
                   {"",
                    "{\"kind\":\"书房\",\"first\":\"室雅何须大\",\"second\":\"花香不在多\","
                    "\"heading\":\"翰墨飘香\",\"t"
                    "ext\":\"室雅何须大，花香不在多\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
