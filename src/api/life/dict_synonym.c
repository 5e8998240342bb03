/* dict_synonym.c: words near an English word, by sense. */
#include "api/life/dict_row.h"

enum { ASKED_WORD };

static struct err dict_synonym(struct call *c) {
    struct text word, value, line, fields[SENSE_FIELDS];
    if (!dict_find(c, ASKED_WORD, &word, &value))
        return call_nothing(c, "没有收录这个词，请用原形",
                            "the word is not known; send its base form");
    reply_list(c, NULL);
    while (text_cut(&value, '\n', &line)) {
        pack_fields(line, fields, SENSE_FIELDS);
        if (!fields[SENSE_SYNONYMS].length && !fields[SENSE_ANTONYMS].length &&
            !fields[SENSE_WIDER].length)
            continue;
        reply_object(c, NULL);
        reply_c(c, "part", dict_kind(fields[SENSE_KIND]));
        reply_text(c, "definition", fields[SENSE_DEFINITION]);
        dict_reply_list(c, "synonyms", fields[SENSE_SYNONYMS], ',');
        dict_reply_list(c, "antonyms", fields[SENSE_ANTONYMS], ',');
        dict_reply_list(c, "wider", fields[SENSE_WIDER], ',');
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_dict_synonym = {
    .path = "/api/dict/synonym",
    .subject = "language",
    .title = {"英语同义词、反义词", "English thesaurus"},
    .says = {"按词义列出英语单词的同义词、反义词和上位词，来自 WordNet 3.1。",
             "Synonyms, antonyms and wider words of an English word, by sense, from WordNet 3.1."},
    .run = dict_synonym,
    .asks =
        ASKS({"word", ASK_TEXT, REQUIRED, {"英语单词", "The word"}, 1, 60, .aliases = "keyword|q"}),
    .gives = GIVES({"[].part", GIVE_TEXT, {"词性", "Part of speech"}},
                   {"[].definition", GIVE_TEXT, {"英文释义", "Definition"}},
                   {"[].synonyms", GIVE_LIST, {"同义词", "Synonyms"}},
                   {"[].antonyms", GIVE_LIST, {"反义词", "Antonyms"}},
                   {"[].wider", GIVE_LIST, {"上位词", "Wider words"}}),
    .shows = SHOWS({"word=brave",
                    "[{\"part\":\"noun\",\"definition\":\"a North American Indian warrior\",\"synonyms\":[],\"antonyms"
                    "\":[],\"wider\":[\"warrior\"]},{\"part\":\"noun\",\"definition\":\"people who are brave\",\"synony"
                    "ms\":[],\"antonyms\":[\"timid\"],\"wider\":[\"people\"]},{\"part\":\"verb\",\"definition\":\"face "
                    "and withstand with courage\",\"synonyms\":[\"weather\",\"endure\",\"brave out\"],\"antonyms\":[],"
                    "\"wider\":[\"defy\",\"withstand\",\"hold\",\"hold up\"]},{\"part\":\"adjective\",\"definition\":\""
                    "possessing or displaying courage; able to face and deal with danger or fear without flinching\",\""
                    "synonyms\":[\"courageous\"],\"antonyms\":[\"cowardly\"],\"wider\":[]},{\"part\":\"adjective\",\"de"
                    "finition\":\"invulnerable to fear or intimidation\",\"synonyms\":[\"audacious\",\"dauntless\",\"fe"
                    "arless\",\"hardy\",\"intrepid\",\"unfearing\"],\"antonyms\":[],\"wider\":[]},{\"part\":\"adjective"
                    "\",\"definition\":\"brightly colored and showy\",\"synonyms\":[\"braw\",\"gay\"],\"antonyms\":[],"
                    "\"wider\":[]}]", SHOW_EXACT}, {"word=oak",
                    "[{\"part\":\"noun\",\"definition\":\"the hard durable wood of any oak; used especially for furnitu"
                    "re and flooring\",\"synonyms\":[],\"antonyms\":[],\"wider\":[\"wood\"]},{\"part\":\"noun\",\"defin"
                    "ition\":\"a deciduous tree of the genus Quercus; has acorns and lobed leaves\",\"synonyms\":[\"oak"
                    " tree\"],\"antonyms\":[],\"wider\":[\"tree\"]}]", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_WORDNET),
    .many = 1 + ASKED_WORD,
};
