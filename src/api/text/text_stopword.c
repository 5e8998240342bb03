/* text_stopword.c: the stop words of a language, or a text without them. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/segment.h"

enum { ASKED_LANG, ASKED_TEXT };

static void reply_words(struct call *c, struct text words) {
    struct text word;
    reply_list(c, "words");
    while (words.length && text_cut(&words, '\t', &word))
        reply_text(c, NULL, word);
    reply_end_list(c);
}

static void reply_left(struct call *c, const struct pack *p, struct text language, struct text t) {
    struct segments s = segment_in(c->arena, data_pack(c->data, DATA_WORDS), t, SEGMENT_PRECISE);
    struct text unused;
    reply_list(c, "words");
    for (size_t i = 0; i < s.count; i++) {
        struct text key = text_format_in(c->arena, "%.*s\t%.*s", TEXT_ARG(language),
                                         TEXT_ARG(text_lower_in(c->arena, s.pieces[i])));
        if (!segment_is_blank(s.pieces[i]) && !pack_find(p, key, &unused))
            reply_text(c, NULL, s.pieces[i]);
    }
    reply_end_list(c);
}

static struct err text_stopword(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_STOPWORDS);
    struct text language = text_lower_in(c->arena, ask_text(c, ASKED_LANG)), words;
    if (text_find_char(language, '\t') != SIZE_MAX || !pack_find(p, language, &words))
        return call_nothing(c, "没有这种语言的停用词表；请用 ISO 639-1 代码，如 zh、en、ja", "no list for this language; use a code of ISO 639-1 such as zh, en or ja");
    reply_object(c, NULL);
    reply_text(c, "lang", language);
    if (ask_has(c, ASKED_TEXT))
        reply_left(c, p, language, ask_text(c, ASKED_TEXT));
    else
        reply_words(c, words);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_text_stopword = {
    .path = "/api/text/stopword",
    .subject = "text",
    .title = {"停用词", "Stop words"},
    .says = {"列出 58 种语言的停用词；传 text 时先分词，再返回去掉停用词后的词。", "The stop words of 58 languages; with text, the words of the text that are none."},
    .run = RUN_IN_WORKER(text_stopword),
    .asks = ASKS({"language", ASK_TEXT, OPTIONAL, {"语言代码（ISO 639-1）", "Language (ISO 639-1)"}, 2, 2, .fallback = "zh", .aliases = "language_code"},
                 {"text", ASK_TEXT, OPTIONAL, {"要过滤的文本", "A text to filter"}, 1, 5000, .aliases = "content"}),
    .gives = GIVES({"lang", GIVE_TEXT, {"语言", "Language"}}, {"words", GIVE_LIST, {"停用词，或过滤后的词", "The stop words, or the words left"}}),
    .shows = SHOWS({"text=我的朋友在北京学习自然语言处理", "{\"lang\":\"zh\",\"words\":[\"朋友\",\"北京\",\"学习\",\"自然语言\",\"处理\"]}", SHOW_EXACT}, {"language=en&text=the quick brown fox is over the dog", "{\"lang\":\"en\",\"words\":[\"quick\",\"brown\",\"fox\",\"dog\"]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_STOPWORDS, DATA_WORDS),
};
