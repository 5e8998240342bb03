/* dict_en.c: an English word: its senses with examples. */
#include "api/life/dict_row.h"

enum { ASKED_WORD };

static struct err dict_en(struct call *c) {
    struct text word, value, line, fields[SENSE_FIELDS];
    if (!dict_find(c, ASKED_WORD, &word, &value))
        return call_nothing(c, "没有收录这个词，请用原形",
                            "the word is not known; send its base form");
    reply_object(c, NULL);
    reply_text(c, "word", word);
    reply_list(c, "senses");
    while (text_cut(&value, '\n', &line)) {
        pack_fields(line, fields, SENSE_FIELDS);
        reply_object(c, NULL);
        reply_c(c, "part", dict_kind(fields[SENSE_KIND]));
        reply_text(c, "definition", fields[SENSE_DEFINITION]);
        dict_reply_list(c, "examples", fields[SENSE_EXAMPLES], '|');
        dict_reply_list(c, "synonyms", fields[SENSE_SYNONYMS], ',');
        reply_end_object(c);
    }
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_dict_en = {
    .path = "/api/dict/en",
    .subject = "language",
    .title = {"英英词典", "English dictionary"},
    .says = {"英语单词（原形）的词义、例句与同义词，十四万余词，来自 WordNet 3.1。",
             "Senses, examples and synonyms of an English word in its base form, of more than "
             "140,000 in WordNet 3.1."},
    .run = dict_en,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  REQUIRED,
                  {"英语单词或词组", "The word"},
                  1,
                  60,
                  .aliases = "keyword|q"}),
    .gives = GIVES({"word", GIVE_TEXT, {"单词", "The word"}},
                   {"senses",
                    GIVE_LIST,
                    {"词义，常用的在前", "Senses, the commonest of each part of speech first"}},
                   {"senses[].part", GIVE_TEXT, {"词性", "Part of speech"}},
                   {"senses[].definition", GIVE_TEXT, {"英文释义", "Definition"}},
                   {"senses[].examples", GIVE_LIST, {"例句", "Examples"}},
                   {"senses[].synonyms", GIVE_LIST, {"同义词", "Synonyms"}}),
    .shows = SHOWS({"word=serendipity",
                    "{\"word\":\"serendipity\",\"senses\":[{\"part\":\"noun\",\"definition\":\"good luck in making unex"
                    "pected and fortunate discoveries\",\"examples\":[],\"synonyms\":[]}]}", SHOW_EXACT}, {"word=ubiquitous",
                    "{\"word\":\"ubiquitous\",\"senses\":[{\"part\":\"adjective\",\"definition\":\"being present everyw"
                    "here at once\",\"examples\":[],\"synonyms\":[\"omnipresent\"]}]}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_WORDNET),
    .many = 1 + ASKED_WORD,
};
