/* hanzi_stroke_svg.c: a picture of a character's strokes: all at once, step by step, or drawing
 * themselves. */
#include "api/language/hanzi_row.h"
#include "call/reply.h"
#include "codec/json_in.h"

enum { ASKED_WORD, ASKED_STYLE, ASKED_SIZE, ASKED_COLOR, ASKED_GRID };
enum { SQUARE = 1024, BASE = 900, STEPS_A_ROW = 8 };

static bool is_color(struct text t) {
    if (t.length != 3 && t.length != 6)
        return false;
    for (size_t i = 0; i < t.length; i++)
        if (!strchr("0123456789abcdefABCDEF", t.bytes[i]))
            return false;
    return true;
}

static void put_grid(struct buf *b) {
    buf_c(b, "<path d=\"M2 2H1022V1022H2ZM2 512H1022M512 2V1022M2 2L1022 1022M1022 2L2 1022\" "
             "fill=\"none\" "
             "stroke=\"#e3c9c9\" stroke-width=\"3\" stroke-dasharray=\"14 10\"/>");
}

/* Strokes up to `until`; the last of them in the colour, those before it in black. */
static void put_strokes(struct buf *b, const json_t *strokes, size_t until, const char *color,
                        bool is_step) {
    buf_format(b, "<g transform=\"translate(0 %d) scale(1 -1)\">", BASE);
    for (size_t i = 0; i < until; i++)
        buf_format(b, "<path d=\"%s\" fill=\"%s\"/>", json_string_value(json_array_get(strokes, i)),
                   is_step && i + 1 < until ? "#222" : color);
    buf_c(b, "</g>");
}

static void put_moving(struct buf *b, const json_t *strokes, const char *color) {
    size_t count = json_array_size(strokes);
    buf_format(b, "<g transform=\"translate(0 %d) scale(1 -1)\">", BASE);
    for (size_t i = 0; i < count; i++)
        buf_format(b,
                   "<path d=\"%s\" fill=\"#ddd\"><animate attributeName=\"fill\" from=\"#ddd\" "
                   "to=\"%s\" begin=\"%.1fs\" "
                   "dur=\"0.5s\" fill=\"freeze\"/></path>",
                   json_string_value(json_array_get(strokes, i)), color, 0.6 * (double)i);
    buf_c(b, "</g>");
}

static void put_steps(struct call *c, struct buf *b, const json_t *strokes, const char *color) {
    size_t count = json_array_size(strokes), columns = count < STEPS_A_ROW ? count : STEPS_A_ROW;
    size_t rows = (count + STEPS_A_ROW - 1) / STEPS_A_ROW;
    buf_format(b,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zu\" height=\"%zu\" viewBox=\"0 "
               "0 %zu %zu\">",
               columns * (size_t)ask_int(c, ASKED_SIZE), rows * (size_t)ask_int(c, ASKED_SIZE),
               columns * SQUARE, rows * SQUARE);
    for (size_t i = 0; i < count; i++) {
        buf_format(b, "<g transform=\"translate(%zu %zu)\">", i % STEPS_A_ROW * SQUARE,
                   i / STEPS_A_ROW * SQUARE);
        if (ask_bool(c, ASKED_GRID))
            put_grid(b);
        put_strokes(b, strokes, i + 1, color, true);
        buf_c(b, "</g>");
    }
    buf_c(b, "</svg>");
}

static void put_square(struct call *c, struct buf *b, const json_t *strokes, const char *color) {
    int size = (int)ask_int(c, ASKED_SIZE);
    buf_format(b,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 "
               "1024 1024\">",
               size, size);
    if (ask_bool(c, ASKED_GRID))
        put_grid(b);
    if (ask_is(c, ASKED_STYLE, "animated"))
        put_moving(b, strokes, color);
    else
        put_strokes(b, strokes, json_array_size(strokes), color, false);
    buf_c(b, "</svg>");
}

static struct err hanzi_stroke_svg(struct call *c) {
    struct hanzi h;
    struct text value;
    json_t *json;
    struct buf b;
    try(hanzi_asked(c, ASKED_WORD, &h));
    if (!is_color(ask_text(c, ASKED_COLOR)))
        return call_invalid(c, ASKED_COLOR, "color 请写成 c00 或 cc0000",
                            "write color as c00 or cc0000");
    if (!pack_find(data_pack(c->data, DATA_STROKES), h.character, &value))
        return call_nothing(c, "没有收录这个字的笔顺",
                            "the strokes of this character are not known");
    try(json_parse(c->arena, value, &json));
    const json_t *strokes = json_object_get(json, "strokes");
    const char *color = text_say_in(c->arena, "#%.*s", TEXT_ARG(ask_text(c, ASKED_COLOR)));
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    if (ask_is(c, ASKED_STYLE, "steps"))
        put_steps(c, &b, strokes, color);
    else
        put_square(c, &b, strokes, color);
    json_decref(json);
    reply_body(c, "image/svg+xml", buf_peek(&b));
    return ok;
}

const struct endpoint endpoint_hanzi_stroke_svg = {
    .path = "/api/hanzi/stroke/svg",
    .subject = "language",
    .title = {"汉字笔顺图", "Picture of the stroke order"},
    .says =
        {"返回一个汉字的 SVG 图：整字、逐笔分解（每行 8 步）或逐笔动画，可带米字格。字形数据依 "
         "Arphic Public License（/api/hanzi/stroke/license）。",
         "An SVG of a character: whole, step by step (8 a row) or drawing itself, with a grid if "
         "wanted. The shapes are under the Arphic Public License (/api/hanzi/stroke/license)."},
    .run = hanzi_stroke_svg,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  REQUIRED,
                  {"汉字", "The character"},
                  1,
                  8,
                  .aliases = "char|character|hanzi"},
                 {"style",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"whole 整字，steps 逐笔分解，animated 动画", "whole, steps or animated"},
                  .choices = "whole|steps|animated",
                  .fallback = "whole"},
                 {"size",
                  ASK_INT,
                  OPTIONAL,
                  {"每格的像素", "Pixels of a square"},
                  16,
                  1024,
                  .fallback = "200"},
                 {"color",
                  ASK_TEXT,
                  OPTIONAL,
                  {"笔画颜色，十六进制", "Colour, hexadecimal"},
                  3,
                  6,
                  .fallback = "cc0000"},
                 {"grid", ASK_BOOL, OPTIONAL, {"1 时画米字格", "1: with a grid"}, .fallback = "1"}),
    .gives = GIVES({"", GIVE_TEXT, {"SVG 图", "The SVG"}}),
    .shows =
        SHOWS({"word=学", "null", SHOW_EXACT}, {"word=永&style=steps&size=80", "null", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_STROKES, DATA_HANZI),
};
