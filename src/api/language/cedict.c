/* cedict.c: Chinese to English and English to Chinese. */
#include "api/language/cedict_row.h"
#include "call/reply.h"

enum { ASKED_WORD, ASKED_LIMIT };

static void put(struct call *c, const struct text fields[CEDICT_FIELDS]) {
    reply_object(c, NULL);
    reply_text(c, "simplified", fields[CEDICT_SIMPLIFIED]);
    reply_text(c, "traditional", fields[CEDICT_TRADITIONAL]);
    reply_text(c, "pinyin", fields[CEDICT_PINYIN]);
    reply_list(c, "meanings");
    for (struct text senses = fields[CEDICT_SENSES], one; text_cut(&senses, '/', &one);)
        reply_text(c, NULL, one);
    reply_end_list(c);
    reply_end_object(c);
}

static unsigned put_all(struct call *c, struct text value) {
    struct text fields[CEDICT_FIELDS];
    unsigned count = 0;
    for (; cedict_next(&value, fields); count++)
        put(c, fields);
    return count;
}

static unsigned put_english(struct call *c, struct text english) {
    struct text lower = text_lower_in(c->arena, english), list, word, value;
    unsigned count = 0;
    if (!pack_find(data_pack(c->data, DATA_CEDICT),
                   text_format_in(c->arena, "=%.*s", TEXT_ARG(lower)), &list))
        return 0;
    while (count < ask_int(c, ASKED_LIMIT) && text_cut(&list, '\t', &word))
        if (cedict_find(c, word, &value))
            count += put_all(c, value);
    return count;
}

static struct err cedict(struct call *c) {
    struct text word = text_trim(ask_text(c, ASKED_WORD)), value;
    unsigned count;
    reply_list(c, NULL);
    count = cedict_find(c, word, &value) ? put_all(c, value) : put_english(c, word);
    reply_end_list(c);
    if (!count)
        return call_nothing(c, "没有收录；英文请只传一个单词",
                            "not known; of English, send a single word");
    return ok;
}

const struct endpoint endpoint_cedict = {
    .path = "/api/cedict",
    .subject = "language",
    .title = {"汉英词典", "Chinese-English dictionary"},
    .says = {"中文词查英文释义，英文单词查中文词，十二万余条，来自 CC-CEDICT（CC BY-SA "
             "4.0）。查英文时意思最近的在前。",
             "English meanings of a Chinese word, or Chinese words for an English one, of more "
             "than 120,000 entries of CC-CEDICT (CC BY-SA 4.0). The closest come first."},
    .run = cedict,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  REQUIRED,
                  {"中文词或一个英文单词", "A Chinese word or one English word"},
                  1,
                  40,
                  .aliases = "keyword|q"},
                 {"limit",
                  ASK_INT,
                  OPTIONAL,
                  {"英文查中文时大约最多几条", "About how many words for an English one"},
                  1,
                  60,
                  .aliases = "num",
                  .fallback = "10"}),
    .gives = GIVES({"[].simplified", GIVE_TEXT, {"简体", "Simplified"}},
                   {"[].traditional", GIVE_TEXT, {"繁体", "Traditional"}},
                   {"[].pinyin", GIVE_TEXT, {"拼音", "Pinyin"}},
                   {"[].meanings", GIVE_LIST, {"英文释义", "Meanings"}}),
    .shows = SHOWS(
        {"word=%E8%8B%B9%E6%9E%9C",
         "[{\"simplified\":\"苹果\",\"traditional\":\"蘋果\",\"pinyin\":\"píng "
         "guǒ\",\"meanings\":[\"apple\""
         "]},{\"simplified\":\"苹果\",\"traditional\":\"蘋果\",\"pinyin\":\"Píng "
         "guǒ\",\"meanings\":[\"Apple"
         " (American tech company)\"]}]",
         SHOW_EXACT},
        {"word=library&limit=3",
         "[{\"simplified\":\"文库\",\"traditional\":\"文庫\",\"pinyin\":\"wén "
         "kù\",\"meanings\":[\"collectio"
         "n of documents\",\"library\",\"book series\",\"sequence of data, esp. "
         "genome\"]},{\"simplified\":"
         "\"库\",\"traditional\":\"庫\",\"pinyin\":\"kù\",\"meanings\":[\"warehouse\","
         "\"storehouse\",\"(file"
         ") library\"]},{\"simplified\":\"图书馆\",\"traditional\":\"圖書館\",\"pinyin\":\"tú shū "
         "guǎn\",\"m"
         "eanings\":[\"library\"]}]",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_CEDICT),
    .many = 1 + ASKED_WORD,
};
