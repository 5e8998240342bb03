/* word.c: a Chinese character as a small dictionary has it. */
#include "api/language/hanzi_row.h"
#include "call/reply.h"

enum { ASKED_WORD };
enum { LINE_PINYIN = 2, LINE_SENSES = 3 };

/* What CC-CEDICT says of the character: "xué: to learn / to study" a line for each reading. */
static struct text senses_in(struct call *c, struct text character) {
    struct text value, line;
    struct buf b;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    if (!pack_find(data_pack(c->data, DATA_CEDICT), character, &value))
        return TEXT("");
    while (text_cut(&value, '\n', &line)) {
        if (b.length)
            buf_char(&b, '\n');
        buf_text(&b, pack_field(line, LINE_PINYIN));
        buf_c(&b, ": ");
        for (struct text senses = pack_field(line, LINE_SENSES), one;
             text_cut(&senses, '/', &one);) {
            buf_text(&b, one);
            if (senses.length)
                buf_c(&b, "; ");
        }
    }
    return buf_peek(&b);
}

static struct err word(struct call *c) {
    struct hanzi h;
    try(hanzi_asked(c, ASKED_WORD, &h));
    reply_list(c, NULL);
    reply_object(c, NULL);
    reply_text(c, "word", h.character);
    reply_text(c, "old_word",
               h.fields[HANZI_TRADITIONAL].length ? h.fields[HANZI_TRADITIONAL] : h.character);
    reply_text(c, "strokes", h.fields[HANZI_STROKES]);
    reply_text(c, "pinyin", hanzi_readings_in(c, h.fields[HANZI_PINYIN]));
    reply_text(c, "radical", h.radical);
    reply_text(c, "explanation", h.fields[HANZI_MEANING]);
    reply_text(c, "more", senses_in(c, h.character));
    reply_end_object(c);
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_word = {
    .path = "/api/word",
    .subject = "language",
    .title = {"字典", "Dictionary of characters"},
    .says = {"查询一个汉字的繁体、笔画数、拼音、部首与释义。释义为英文，来自 Unihan 与 "
             "CC-CEDICT（CC BY-SA 4.0）；没有许可清楚的中文释义数据，故不提供。",
             "Traditional form, strokes, pinyin, radical and meaning of a character. The meaning "
             "is in English, of Unihan and CC-CEDICT (CC BY-SA 4.0): there are no Chinese "
             "definitions under a clear licence."},
    .run = word,
    .asks = ASKS(HANZI_ASK),
    .gives =
        GIVES({"[].word", GIVE_TEXT, {"汉字", "The character"}},
              {"[].old_word", GIVE_TEXT, {"繁体", "Traditional form"}},
              {"[].strokes", GIVE_TEXT, {"笔画数", "Strokes"}},
              {"[].pinyin", GIVE_TEXT, {"拼音，多音字以空格分隔", "Readings, parted by blanks"}},
              {"[].radical", GIVE_TEXT, {"部首", "Radical"}},
              {"[].explanation", GIVE_TEXT, {"简要释义（英文）", "Short meaning"}},
              {"[].more", GIVE_TEXT, {"按读音的详细释义（英文）", "Meanings by reading"}}),
    .shows = SHOWS(
        {"word=%E5%A5%BD",
         "[{\"word\":\"好\",\"old_word\":\"好\",\"strokes\":\"6\",\"pinyin\":\"hǎo "
         "hào\",\"radical\":\"女\","
         "\"explanation\":\"good, excellent, fine; well\",\"more\":\"hǎo: good; appropriate; "
         "proper; all rig"
         "ht!; (before a verb) easy to; (before a verb) good to; (before an adjective for "
         "exclamatory effect"
         ") so; (verb complement indicating completion); (of two people) close; on intimate terms; "
         "(after a "
         "personal pronoun) hello\\nhào: to be fond of; to have a tendency to; to be prone to\"}]",
         SHOW_EXACT},
        {"word=%E9%BE%99",
         "[{\"word\":\"龙\",\"old_word\":\"龍\",\"strokes\":\"5\",\"pinyin\":\"lóng\",\"radical\":"
         "\"龍龙\","
         "\"explanation\":\"dragon; symbolic of emperor\",\"more\":\"lóng: Chinese dragon; loong; "
         "(fig.) emp"
         "eror; dragon; (bound form) dinosaur\\nLóng: surname Long\"}]",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_HANZI, DATA_CEDICT),
    .many = 1 + ASKED_WORD,
};
