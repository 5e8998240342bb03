/* nlp_phrase.c: the telling pairs of words (data/terms.h). */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/terms.h"

enum { ASKED_TEXT, ASKED_NUM, ASKED_WEIGHT };

static struct err nlp_phrase(struct call *c) {
    const struct term_packs packs = {data_pack(c->data, DATA_WORDS), data_pack(c->data, DATA_IDF),
                                     data_pack(c->data, DATA_STOPWORDS)};
    struct terms t = terms_phrases_in(c->arena, &packs, ask_text(c, ASKED_TEXT));
    bool with_weight = ask_bool(c, ASKED_WEIGHT);
    reply_list(c, NULL);
    for (size_t i = 0; i < t.count && i < (size_t)ask_int(c, ASKED_NUM); i++) {
        if (!with_weight) {
            reply_text(c, NULL, t.list[i].word);
            continue;
        }
        reply_object(c, NULL);
        reply_text(c, "text", t.list[i].word);
        reply_number(c, "weight", (double)(int64_t)(t.list[i].weight * 1e6 + 0.5) / 1e6);
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_nlp_phrase = {
    .path = "/api/nlp/phrase",
    .subject = "language",
    .title = {"短语提取", "Phrases of a text"},
    .says = {"提取文本中的短语：相邻两个实词组成，按出现次数与词的区分度排序。",
             "Phrases of a text: two telling words side by side, ranked by how often they come and how telling they are."},
    .run = RUN_IN_WORKER(nlp_phrase),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本", "The text"}, 1, 10000, .aliases = "content"},
                 {"num", ASK_INT, OPTIONAL, {"最多几个", "How many at most"}, 1, 100, .fallback = "10", .aliases = "size|limit|count"},
                 {"weight", ASK_BOOL, OPTIONAL, {"1 时每项是对象，带权重", "1 makes each item an object with its weight"}, .fallback = "0"}),
    .gives = GIVES({"", GIVE_LIST, {"结果，重要的在前；weight=1 时每项是对象", "The result, the weightiest first; objects with weight=1"}},
                   {"[].text", GIVE_TEXT, {"内容（仅 weight=1）", "The text (weight=1 only)"}},
                   {"[].weight", GIVE_NUMBER, {"权重（仅 weight=1）", "Its weight (weight=1 only)"}}),
    .shows = SHOWS({"text=自然语言处理是人工智能的重要方向。自然语言处理研究人与计算机之间用自然语言进行有效通信的理论和方法。今天天气不错。人工智能改变了许多行业，计算机也能理解语言。&num=4", "[\"自然语言处理\",\"今天天气不错\",\"人工智能改变\",\"自然语言进行\"]", SHOW_EXACT}, {"text=machine+learning+and+deep+learning+help+machine+learning&num=1&weight=1", "[{\"text\":\"machine learning\",\"weight\":47.81907}]", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 2,
    .keep_s = 86400,
    .needs = NEEDS(DATA_WORDS, DATA_IDF, DATA_STOPWORDS),
};
