/* text_sentiment.c: how pleasant the words of an English text are. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_TEXT };
enum { WORDS_MAX = 4000, REACH = 3 };

static bool is_word(char x) { return ((x | 0x20) >= 'a' && (x | 0x20) <= 'z') || x == '\'' || x == '-'; }

static bool is_negation(struct text word) {
    static const char *const words[] = {"not", "no", "never", "cannot", "without", "hardly"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equal_c(word, words[i]))
            return true;
    return text_ends(word, TEXT("n't"));
}

struct tally {
    int64_t score, words, scored, positive, negative;
    int64_t negated_until; /* words from a negation on count the other way */
};

static void count_word(struct call *c, struct tally *n, struct text word) {
    struct text value;
    int64_t score;
    n->words++;
    if (is_negation(word)) {
        n->negated_until = n->words + REACH;
        return;
    }
    if (!pack_find(data_pack(c->data, DATA_SENTIMENT), word, &value) || !text_to_i64(value, &score))
        return;
    score = n->words <= n->negated_until ? -score : score;
    n->score += score;
    n->scored++;
    n->positive += score > 0 ? score : 0;
    n->negative += score < 0 ? -score : 0;
    reply_object(c, NULL);
    reply_text(c, "word", word);
    reply_int(c, "score", score);
    reply_end_object(c);
}

static struct err text_sentiment(struct call *c) {
    struct text t = text_lower_in(c->arena, ask_text(c, ASKED_TEXT));
    struct tally n = {0, 0, 0, 0, 0, 0};
    size_t start = 0;
    reply_object(c, NULL);
    reply_list(c, "words");
    for (size_t i = 0; i <= t.length && n.words < WORDS_MAX; i++) {
        if (i < t.length && is_word(t.bytes[i]))
            continue;
        if (i > start)
            count_word(c, &n, text_part(t, start, i - start));
        start = i + 1;
    }
    reply_end_list(c);
    reply_int(c, "score", n.score);
    reply_number(c, "comparative", n.words ? (double)(n.score * 10000 / n.words) / 10000 : 0);
    reply_c(c, "label", n.score > 0 ? "positive" : n.score < 0 ? "negative" : "neutral");
    reply_int(c, "positive", n.positive);
    reply_int(c, "negative", n.negative);
    reply_int(c, "word_count", n.words);
    reply_end_object(c);
    if (n.words == 0)
        return call_invalid(c, ASKED_TEXT, "只支持英文：text 里没有英文单词", "English only: text holds no English word");
    return ok;
}

const struct endpoint endpoint_text_sentiment = {
    .path = "/api/text/sentiment",
    .subject = "text",
    .title = {"英文情感分析", "Sentiment of an English text"},
    .says = {"按 AFINN 词表给英文文本打情感分：每个词 -5 到 5，not 等否定词之后三个词内反号。只看词，不懂反讽。",
             "Scores an English text by the AFINN list: each word from -5 to 5, turned round within three words of a negation such as "
             "not. It looks at words and knows no irony."},
    .run = RUN_IN_WORKER(text_sentiment),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"英文文本", "The English text"}, 1, 10000, .aliases = "content"}),
    .gives = GIVES({"words", GIVE_LIST, {"有分数的词", "The words that have a score"}}, {"words[].word", GIVE_TEXT, {"词", "The word"}},
                   {"words[].score", GIVE_INT, {"分数", "Its score"}}, {"score", GIVE_INT, {"总分", "Sum of scores"}},
                   {"comparative", GIVE_NUMBER, {"每词平均", "Mean of all words"}},
                   {"label", GIVE_TEXT, {"positive、negative 或 neutral", "positive, negative or neutral"}},
                   {"positive", GIVE_INT, {"正分之和", "Sum of pleasant ones"}}, {"negative", GIVE_INT, {"负分之和（正数）", "Sum of unpleasant ones"}},
                   {"word_count", GIVE_INT, {"单词数", "Words"}}),
    .shows = SHOWS({"text=I love this wonderful phone",
                    "{\"words\":[{\"word\":\"love\",\"score\":3},{\"word\":\"wonderful\",\"score\":4}],\""
                    "score\":7,\"comparative\":1.4,\"label\":\"positive\",\"positive\":7,\"negative\":0,\""
                    "word_count\":5}", SHOW_EXACT}, {"text=The food was not good and the waiter was rude.",
                    "{\"words\":[{\"word\":\"good\",\"score\":-3},{\"word\":\"rude\",\"score\":-2}],\"sco"
                    "re\":-5,\"comparative\":-0.5,\"label\":\"negative\",\"positive\":0,\"negative\":5,\""
                    "word_count\":10}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_SENTIMENT),
};
