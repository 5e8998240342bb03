/* hanzi_stroke.c: how a character is written: the outline and the middle line of each stroke, in
 * order. */
#include "api/language/hanzi_row.h"
#include "call/reply.h"

enum { ASKED_WORD, ASKED_PATHS };

/* "hszpn" as names of strokes. */
static void reply_order(struct call *c, struct text order) {
    static const struct {
        char letter;
        const char *name;
    } names[] = {
        {'h', "横"}, {'s', "竖"}, {'p', "撇"}, {'n', "捺点"}, {'z', "折"},
    };
    reply_list(c, "order");
    for (size_t i = 0; i < order.length; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (names[k].letter == order.bytes[i])
                reply_c(c, NULL, names[k].name);
    reply_end_list(c);
}

static struct err hanzi_stroke(struct call *c) {
    struct hanzi h;
    struct text paths;
    try(hanzi_asked(c, ASKED_WORD, &h));
    reply_object(c, NULL);
    reply_text(c, "word", h.character);
    reply_int(c, "strokes", hanzi_number(h.fields[HANZI_STROKES]));
    reply_order(c, h.fields[HANZI_ORDER]);
    json_name(&c->json, "paths");
    if (!ask_bool(c, ASKED_PATHS) ||
        !pack_find(data_pack(c->data, DATA_STROKES), h.character, &paths))
        json_none(&c->json);
    else
        json_raw(&c->json, paths);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_hanzi_stroke = {
    .path = "/api/hanzi/stroke",
    .subject = "language",
    .title = {"汉字笔顺", "Stroke order"},
    .says = {"查询一个汉字的笔顺；paths=1 时附每一笔的 SVG 轮廓和中线（1024 见方，y 轴向上，从 "
             "-124 起），收录 9,574 字。"
             "轮廓数据依 Arphic Public License 提供，许可证全文见 /api/hanzi/stroke/license。",
             "The strokes of a character in order; with paths=1 also each one's SVG outline and "
             "middle line (a square of 1024, y "
             "upwards from -124), for 9,574 characters. The outlines are under the Arphic Public "
             "License: /api/hanzi/stroke/license."},
    .run = hanzi_stroke,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  REQUIRED,
                  {"汉字", "The character"},
                  1,
                  8,
                  .aliases = "char|character|hanzi"},
                 {"paths",
                  ASK_BOOL,
                  OPTIONAL,
                  {"1 时附轮廓", "1: with outlines"},
                  .fallback = "0",
                  .aliases = "path"}),
    .gives = GIVES(
        {"word", GIVE_TEXT, {"汉字", "The character"}},
        {"strokes", GIVE_INT, {"笔画数", "How many strokes"}},
        {"order",
         GIVE_LIST,
         {"依次的笔画，分横、竖、撇、捺点、折五类", "The strokes in order, of five kinds"}},
        {"paths",
         GIVE_OBJECT,
         {"轮廓；没有要或没有收录为 null", "Outlines; null where not asked for or not known"}},
        {"paths.strokes", GIVE_LIST, {"每一笔的 SVG 路径", "SVG path of each stroke"}},
        {"paths.medians", GIVE_LIST, {"每一笔中线上的点", "Points of each middle line"}}),
    .shows = SHOWS({"word=%E6%B0%B8",
                    "{\"word\":\"永\",\"strokes\":5,\"order\":[\"捺点\",\"折\",\"折\",\"撇\","
                    "\"捺点\"],\"paths\":null}",
                    SHOW_EXACT},
                   {"word=%E4%B8%80&paths=1",
                    "{\"word\":\"一\",\"strokes\":1,\"order\":[\"横\"],\"paths\":{\"strokes\":[\"M "
                    "518 382 Q 572 385 62"
                    "3 389 Q 758 399 900 383 Q 928 379 935 390 Q 944 405 930 419 Q 896 452 845 475 "
                    "Q 829 482 798 473 Q "
                    "723 460 480 434 Q 180 409 137 408 Q 130 408 124 408 Q 108 408 106 395 Q 105 "
                    "380 127 363 Q 146 348 "
                    "183 334 Q 195 330 216 338 Q 232 344 306 354 Q 400 373 518 382 "
                    "Z\"],\"medians\":[[[121,393],[193,37"
                    "2],[417,402],[827,434],[920,401]]]}}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_STROKES, DATA_HANZI),
};
