/* nlp_word.c: Chinese text into words (data/segment.h). */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/segment.h"

enum { ASKED_TEXT, ASKED_TYPE };

static struct err nlp_word(struct call *c) {
    const struct pack *words = data_pack(c->data, DATA_WORDS);
    bool with_tags = ask_is(c, ASKED_TYPE, "pos");
    enum segment_mode mode = ask_is(c, ASKED_TYPE, "full")     ? SEGMENT_FULL
                             : ask_is(c, ASKED_TYPE, "search") ? SEGMENT_SEARCH
                                                               : SEGMENT_PRECISE;
    struct segments s = segment_in(c->arena, words, ask_text(c, ASKED_TEXT), mode);
    reply_list(c, NULL);
    for (size_t i = 0; i < s.count; i++) {
        if (segment_is_blank(s.pieces[i]))
            continue;
        if (!with_tags) {
            reply_text(c, NULL, s.pieces[i]);
            continue;
        }
        reply_object(c, NULL);
        reply_text(c, "word", s.pieces[i]);
        reply_text(c, "pos", segment_tag(words, s.pieces[i]));
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_nlp_word = {
    .path = "/api/nlp/word",
    .subject = "language",
    .title = {"智能分词", "Split Chinese into words"},
    .says = {"把中文切成词，结果与结巴分词一致（空白去掉，标点单独成词）。type：precise（0）精确模式，适合文本分析；full（1）全模式，"
             "列出词典里所有可能的词；search（2）搜索模式，长词再切出短词；pos（3）精确模式并标注词性，每项为 word 和 pos。",
             "Splits Chinese text into words, as jieba does (blanks left out, punctuation by "
             "itself). type: precise (0) the "
             "likeliest words; full (1) every word of the dictionary that is in the text; search "
             "(2) precise, and the "
             "short words inside long ones; pos (3) precise with parts of speech, each item "
             "having word and pos."},
    .run = nlp_word,
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"要切分的文本", "The text"}, 1, 5000,
                  .aliases = "content|word"},
                 {"type", ASK_CHOICE, OPTIONAL, {"模式", "Mode"},
                  .choices = "precise=0|full=1|search=2|pos=3", .fallback = "precise"}),
    .gives = GIVES({"", GIVE_LIST, {"词的列表；type=pos 时每项是对象", "The words; objects where type=pos"}},
                   {"[]", GIVE_ANY, {"词，或 type=pos 时的对象", "A word, or an object where type=pos"}},
                   {"[].word", GIVE_TEXT, {"词（仅 type=pos）", "The word (type=pos only)"}},
                   {"[].pos", GIVE_TEXT,
                    {"词性（仅 type=pos）：n 名词，v 动词，a 形容词，nr 人名，ns 地名，m 数，eng 英文，x 词典没有的词和标点 …",
                     "Part of speech (type=pos only): n noun, v verb, a adjective, nr person, ns "
                     "place, m number, eng "
                     "Latin letters, x not in the dictionary, or punctuation …"}}),
    .shows = SHOWS({"text=%E6%88%91%E6%9D%A5%E5%88%B0%E5%8C%97%E4%BA%AC%E6%B8%85%E5%8D%8E%E5%A4%A7%E5%AD%A6",
                    "[\"我\",\"来到\",\"北京\",\"清华大学\"]", SHOW_EXACT},
                   {"text=%E6%88%91%E6%9D%A5%E5%88%B0%E5%8C%97%E4%BA%AC%E6%B8%85%E5%8D%8E%E5%A4%A7%E5%AD%A6&type=full",
                    "[\"我\",\"来到\",\"北京\",\"清华\",\"清华大学\",\"华大\",\"大学\"]", SHOW_EXACT},
                   {"text=%E5%8D%97%E4%BA%AC%E5%B8%82%E9%95%BF%E6%B1%9F%E5%A4%A7%E6%A1%A5&type=search",
                    "[\"南京\",\"京市\",\"南京市\",\"长江\",\"大桥\",\"长江大桥\"]", SHOW_EXACT},
                   {"text=%E6%88%91%E7%88%B1%E5%8C%97%E4%BA%AC&type=pos",
                    "[{\"word\":\"我\",\"pos\":\"r\"},{\"word\":\"爱\",\"pos\":\"v\"},"
                    "{\"word\":\"北京\",\"pos\":\"ns\"}]", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_WORDS),
};
