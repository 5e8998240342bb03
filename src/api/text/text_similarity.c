/* text_similarity.c: how like two texts are, by several measures. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/compare.h"

enum { ASKED_A, ASKED_B, ASKED_CASE };

static void reply_rounded(struct call *c, const char *name, double value) {
    reply_number(c, name, (double)(int64_t)(value * 10000 + 0.5) / 10000);
}

static struct err text_similarity(struct call *c) {
    bool exact = ask_bool(c, ASKED_CASE);
    struct text a = ask_text(c, ASKED_A), b = ask_text(c, ASKED_B);
    struct runes x = runes_in(c->arena, exact ? a : text_lower_in(c->arena, a));
    struct runes y = runes_in(c->arena, exact ? b : text_lower_in(c->arena, b));
    size_t distance = compare_levenshtein(c->arena, x, y), longer = x.count > y.count ? x.count : y.count;
    uint64_t left = compare_simhash(c->arena, x), right = compare_simhash(c->arena, y);
    double edit = 1 - (double)distance / (double)longer, cosine = compare_pairs_cosine(c->arena, x, y);
    reply_object(c, NULL);
    reply_rounded(c, "similarity", (edit + cosine) / 2);
    reply_int(c, "distance", (int64_t)distance);
    reply_rounded(c, "levenshtein", edit);
    reply_rounded(c, "jaro_winkler", compare_jaro_winkler(c->arena, x, y));
    reply_rounded(c, "cosine", cosine);
    reply_rounded(c, "dice", compare_pairs_dice(c->arena, x, y));
    reply_int(c, "simhash_distance", __builtin_popcountll(left ^ right));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_text_similarity = {
    .path = "/api/text/similarity",
    .subject = "text",
    .title = {"文本相似度", "Likeness of two texts"},
    .says = {"比较两段文本的字面相似度：编辑距离、Jaro-Winkler、二元组余弦与 Dice、SimHash 海明距离。similarity 是编辑与余弦两项的平均。"
             "只看字面，不懂同义词。",
             "How like two texts are, letter by letter: edit distance, Jaro-Winkler, cosine and Dice of pairs of characters, and the "
             "Hamming distance of their SimHash. similarity is the mean of edit and cosine. It knows no synonyms."},
    .run = RUN_IN_WORKER(text_similarity),
    .asks = ASKS({"a", ASK_TEXT, REQUIRED, {"第一段文本", "The first text"}, 1, 3000, .aliases = "text1|text|left"},
                 {"b", ASK_TEXT, REQUIRED, {"第二段文本", "The second text"}, 1, 3000, .aliases = "text2|right"},
                 {"case", ASK_BOOL, OPTIONAL, {"区分大小写", "Do capitals count"}, .fallback = "0"}),
    .gives = GIVES({"similarity", GIVE_NUMBER, {"综合相似度，0 到 1", "Likeness, 0 to 1"}}, {"distance", GIVE_INT, {"编辑距离", "Edit distance"}},
                   {"levenshtein", GIVE_NUMBER, {"编辑相似度", "Likeness by edits"}}, {"jaro_winkler", GIVE_NUMBER, {"Jaro-Winkler", "Jaro-Winkler"}},
                   {"cosine", GIVE_NUMBER, {"二元组余弦", "Cosine of pairs"}}, {"dice", GIVE_NUMBER, {"二元组 Dice", "Dice of pairs"}},
                   {"simhash_distance", GIVE_INT, {"SimHash 海明距离，0 到 64", "Hamming distance of SimHash, 0 to 64"}}),
    .shows = SHOWS({"a=今天天气很好&b=今天天气真好",
                    "{\"similarity\":0.7167,\"distance\":1,\"levenshtein\":0.8333,\"jaro_winkler\":0.9333"
                    ",\"cosine\":0.6,\"dice\":0.6,\"simhash_distance\":14}", SHOW_EXACT}, {"a=MARTHA&b=marhta",
                    "{\"similarity\":0.5333,\"distance\":2,\"levenshtein\":0.6667,\"jaro_winkler\":0.9611"
                    ",\"cosine\":0.4,\"dice\":0.4,\"simhash_distance\":24}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "Levenshtein 1966, Winkler 1990, Charikar 2002; our own computation",
};
