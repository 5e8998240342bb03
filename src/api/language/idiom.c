/* idiom.c: an idiom, or those that contain a part or have these initials. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_WORD };
enum { IDIOMS_MAX = 20 };
enum { PINYIN, INITIALS, MEANING };

static void put(struct call *c, struct text word, struct text value) {
    reply_object(c, NULL);
    reply_text(c, "word", word);
    reply_text(c, "pinyin", pack_field(value, PINYIN));
    reply_text(c, "abbr", pack_field(value, INITIALS));
    reply_text(c, "explanation", pack_field(value, MEANING));
    reply_text(c, "derivation", TEXT(""));
    reply_text(c, "example", TEXT(""));
    reply_end_object(c);
}

/* The key of the data set under which the idioms stand that `word` may mean: "=hstz" for letters, else
 * "+" and its first character. */
static struct text search_key_in(struct arena *a, struct text word) {
    struct text lower = text_lower_in(a, word), rest = word;
    bool is_latin = true;
    for (size_t i = 0; i < lower.length; i++)
        is_latin &= lower.bytes[i] >= 'a' && lower.bytes[i] <= 'z';
    if (is_latin)
        return text_format_in(a, "=%.*s", TEXT_ARG(lower));
    text_rune(&rest);
    return text_format_in(a, "+%.*s", (int)(word.length - rest.length), word.bytes);
}

static unsigned search(struct call *c, const struct pack *p, struct text word) {
    struct text key = search_key_in(c->arena, word), list, candidate, value;
    unsigned found = 0;
    if (!pack_find(p, key, &list))
        return 0;
    while (found < IDIOMS_MAX && text_cut(&list, '\t', &candidate)) {
        if (key.bytes[0] == '+' && text_find(candidate, word) == SIZE_MAX)
            continue;
        if (pack_find(p, candidate, &value)) {
            put(c, candidate, value);
            found++;
        }
    }
    return found;
}

static struct err idiom(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_IDIOM);
    struct text word = text_trim(ask_text(c, ASKED_WORD)), value;
    bool is_search_key = word.length && (word.bytes[0] == '+' || word.bytes[0] == '=');
    if (word.length == 0 || is_search_key)
        return call_invalid(c, ASKED_WORD, "请传成语、其中的字，或拼音首字母", "send an idiom, a part of it or its initials");
    unsigned found = 1;
    reply_list(c, NULL);
    if (pack_find(p, word, &value))
        put(c, word, value);
    else
        found = search(c, p, word);
    reply_end_list(c);
    if (!found)
        return call_nothing(c, "没有这个成语，请换用其中一两个简体字", "there is no such idiom; try one or two of its "
                                                                       "(simplified) characters");
    return ok;
}

const struct endpoint endpoint_idiom = {
    .path = "/api/idiom",
    .subject = "language",
    .title = {"成语词典", "Dictionary of idioms"},
    .says = {"查询成语的拼音、首字母与英文释义。先找完全相同的成语，没有时列出包含这些字、或拼音首字母相同的成语，最多 20 条。释义来自 "
             "CC-CEDICT（英文，CC BY-SA 4.0），约四分之一的成语有释义；数据不含出处与例句。",
             "Sound, initials and English meaning of a Chinese idiom. The idiom itself comes first; where there is "
             "none, those that contain the characters or have these initials, 20 at most. Meanings are CC-CEDICT's "
             "(CC BY-SA 4.0), for about a quarter of the idioms; origins and examples are not in the data."},
    .run = idiom,
    .asks = ASKS({"word", ASK_TEXT, REQUIRED, {"成语、其中的字，或拼音首字母", "An idiom, a part of it, or its initials"},
                  1, 20, .aliases = "keyword"}),
    .gives = GIVES({"[].word", GIVE_TEXT, {"成语", "The idiom"}},
                   {"[].pinyin", GIVE_TEXT,
                    {"拼音；词典未收的由字词读音拼成，多音字可能有误",
                     "Pinyin; where the dictionary lacks the idiom, put together from its characters, so one with "
                     "several readings may be wrong"}},
                   {"[].abbr", GIVE_TEXT, {"拼音首字母", "First letters of the syllables"}},
                   {"[].explanation", GIVE_TEXT, {"英文释义，没有时为空", "Meaning in English; empty where there is none"}},
                   {"[].derivation", GIVE_TEXT, {"出处；数据不含，恒为空", "Origin; always empty, the data has none"}},
                   {"[].example", GIVE_TEXT, {"例句；数据不含，恒为空", "Example; always empty, the data has none"}}),
    .shows = SHOWS({"word=%E7%94%BB%E8%9B%87%E6%B7%BB%E8%B6%B3",
                    "[{\"word\":\"画蛇添足\",\"pinyin\":\"huà shé tiān zú\",\"abbr\":\"hstz\",\"explanation\":\"lit. draw legs "
                    "on a snake; fig. to ruin the effect by adding sth superfluous; to overdo it\",\"derivation\":\"\","
                    "\"example\":\"\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_IDIOM),
    .many = 1 + ASKED_WORD,
};
