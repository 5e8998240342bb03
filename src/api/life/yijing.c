/* yijing.c: a hexagram of the Book of Changes, cast with three coins or asked for by number.
 *
 * Three coins a line: 6 (old yin) and 9 (old yang) change with chance 1/8 each, 7 and 8 stay with
 * 3/8 each. */
#include "api/life/own_text.h"
#include "call/ask.h"

enum { ASKED_NUMBER };
enum {
    GUA_NUMBER,
    GUA_NAME,
    GUA_FULL,
    GUA_TRIGRAMS,
    GUA_LINES,
    GUA_JUDGEMENT,
    GUA_IMAGE,
    LINES = 6,
    HEXAGRAMS = 64
};

static bool by_lines(struct call *c, struct text lines, struct text *out) {
    struct range all = own_range(c, "y");
    struct text key;
    for (uint32_t i = all.from; i < all.until; i++)
        if (pack_at(data_pack(c->data, DATA_OWN_TEXTS), i, &key, out) &&
            text_equal(pack_field(*out, GUA_LINES), lines))
            return true;
    return false;
}

static void put(struct call *c, const char *name, struct text value) {
    int64_t number = 1;
    char room[4];
    text_to_i64(pack_field(value, GUA_NUMBER), &number);
    reply_object(c, name);
    reply_int(c, "number", number);
    reply_text(c, "name", pack_field(value, GUA_NAME));
    reply_text(c, "full_name", pack_field(value, GUA_FULL));
    reply_text(c, "symbol", text_rune_print(room, (int32_t)(0x4dc0 + number - 1)));
    reply_text(c, "trigrams", pack_field(value, GUA_TRIGRAMS));
    reply_text(c, "lines", pack_field(value, GUA_LINES));
    reply_text(c, "judgement", pack_field(value, GUA_JUDGEMENT));
    reply_text(c, "image", pack_field(value, GUA_IMAGE));
    reply_end_object(c);
}

static struct err cast(struct call *c) {
    char before[LINES], after[LINES];
    struct text present, changed;
    int thrown[LINES];
    for (unsigned i = 0; i < LINES; i++) {
        thrown[i] = 6 + (int)(random_below(c->random, 2) + random_below(c->random, 2) +
                              random_below(c->random, 2));
        before[i] = thrown[i] % 2 ? '1' : '0';
        after[i] = thrown[i] == 6 ? '1' : thrown[i] == 9 ? '0' : before[i];
    }
    if (!by_lines(c, text_of(before, LINES), &present) ||
        !by_lines(c, text_of(after, LINES), &changed))
        return call_nothing(c, "没有这一卦", "there is no such hexagram");
    reply_object(c, NULL);
    reply_list(c, "cast");
    for (unsigned i = 0; i < LINES; i++)
        reply_int(c, NULL, thrown[i]);
    reply_end_list(c);
    put(c, "present", present);
    put(c, "changed", changed);
    reply_end_object(c);
    return ok;
}

static struct err yijing(struct call *c) {
    struct text value;
    if (!ask_has(c, ASKED_NUMBER))
        return cast(c);
    if (!pack_find(data_pack(c->data, DATA_OWN_TEXTS),
                   text_format_in(c->arena, "y%04d", (int)ask_int(c, ASKED_NUMBER)), &value))
        return call_nothing(c, "没有这一卦", "there is no such hexagram");
    reply_object(c, NULL);
    reply_null(c, "cast");
    put(c, "present", value);
    reply_null(c, "changed");
    reply_end_object(c);
    return ok;
}

#define GUA_GIVES(at)                                                                              \
    {at "number", GIVE_INT, {"卦序", "Number"}}, {at "name", GIVE_TEXT, {"卦名", "Name"}},         \
        {at "full_name", GIVE_TEXT, {"全名", "Full name"}},                                        \
        {at "symbol", GIVE_TEXT, {"卦符", "Symbol"}},                                              \
        {at "trigrams", GIVE_TEXT, {"上卦与下卦", "Upper and lower trigram"}},                     \
        {at "lines", GIVE_TEXT, {"六爻，从下往上，1 为阳", "Lines from below, 1 is yang"}},        \
        {at "judgement", GIVE_TEXT, {"卦辞", "Judgement"}}, {                                      \
        at "image", GIVE_TEXT, {                                                                   \
            "大象传", "The image"                                                                  \
        }                                                                                          \
    }

const struct endpoint endpoint_yijing = {
    .path = "/api/yijing",
    .subject = "life",
    .title = {"易经六十四卦", "The 64 hexagrams"},
    .says = {"不传 number 时以三枚铜钱法起一卦，返回本卦与变卦；传 1 到 64 "
             "查该卦的卦辞与大象传（《周易》原文）。仅供娱乐与学习。",
             "Casts a hexagram with three coins and gives it with what it changes to; with a "
             "number, 1 to 64, that hexagram's judgement and image, in the words of the Zhouyi. "
             "For play and study."},
    .run = yijing,
    .asks = ASKS({"number", ASK_INT, OPTIONAL, {"卦序", "Number"}, 1, HEXAGRAMS, .aliases = "id"}),
    .gives =
        GIVES({"cast",
               GIVE_LIST,
               {"六爻之数，从下往上：6 老阴 7 少阳 8 少阴 9 老阳", "The lines thrown, from below"}},
              {"present", GIVE_OBJECT, {"本卦", "The hexagram"}}, GUA_GIVES("present."),
              {"changed", GIVE_OBJECT, {"变卦", "What it changes to"}}, GUA_GIVES("changed.")),
    .shows = SHOWS({"number=15",
                    "{\"cast\":null,\"present\":{\"number\":15,\"name\":\"谦\",\"full_name\":"
                    "\"地山谦\",\"symbol\":\"䷎"
                    "\",\"trigrams\":\"地山\",\"lines\":\"001000\",\"judgement\":"
                    "\"亨，君子有终。\",\"image\":\"地中有山"
                    "，谦；君子以裒多益寡，称物平施。\"},\"changed\":null}",
                    SHOW_EXACT},
                   {"",
                    "{\"cast\":[8,8,8,7,6,9],\"present\":{\"number\":35,\"name\":\"晋\",\"full_"
                    "name\":\"火地晋\",\"symb"
                    "ol\":\"䷢\",\"trigrams\":\"火地\",\"lines\":\"000101\",\"judgement\":"
                    "\"康侯用锡马蕃庶，昼日三接。"
                    "\",\"image\":\"明出地上，晋；君子以自昭明德。\"},\"changed\":{\"number\":45,"
                    "\"name\":\"萃\",\"full"
                    "_name\":\"泽地萃\",\"symbol\":\"䷬\",\"trigrams\":\"泽地\",\"lines\":"
                    "\"000110\",\"judgement\":\"亨"
                    "。王假有庙，利见大人，亨，利贞。用大牲吉，利有攸往。\",\"image\":"
                    "\"泽上于地，萃；君子以除戎器，戒不"
                    "虞。\"}}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
