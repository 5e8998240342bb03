/* pinyin_ime.c: letters of pinyin to words, as an input method does it.
 *
 * best[i] is the likeliest way to write the first i letters: the sum over its words of the
 * logarithm of the word's share of all counts. At most 40 letters and words of at most 24 letters,
 * so below a thousand look-ups. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

#include <math.h>

enum { ASKED_PINYIN, ASKED_LIMIT };
enum { LETTERS_MAX = 40, WORD_LETTERS_MAX = 24 };

struct step {
    double weight;
    struct text word;
    unsigned from;
};

/* Small letters only; blanks and apostrophes part syllables and go. */
static bool letters_in(struct call *c, struct text asked, struct text *out) {
    struct buf b;
    struct text lower = text_lower_in(c->arena, asked);
    buf_init(&b, c->arena, LETTERS_MAX);
    for (size_t i = 0; i < lower.length; i++) {
        if (lower.bytes[i] >= 'a' && lower.bytes[i] <= 'z')
            buf_char(&b, lower.bytes[i]);
        else if (lower.bytes[i] != ' ' && lower.bytes[i] != '\'')
            return false;
    }
    *out = buf_peek(&b);
    return !buf_is_over(&b) && out->length;
}

static struct text sentence_in(struct call *c, const struct pack *p, struct text letters) {
    struct step best[LETTERS_MAX + 1];
    struct text list, one, number, parts[LETTERS_MAX];
    unsigned count = 0;
    struct buf b;
    best[0] = (struct step){0};
    for (unsigned until = 1; until <= letters.length; until++) {
        best[until] = (struct step){-INFINITY, {0}, 0};
        for (unsigned from = until > WORD_LETTERS_MAX ? until - WORD_LETTERS_MAX : 0; from < until;
             from++) {
            double many;
            if (isinf(best[from].weight) ||
                !pack_find(p, text_part(letters, from, until - from), &list) ||
                !text_cut(&list, '\t', &one))
                continue;
            size_t blank = text_find_char(one, ' ');
            number = text_from(one, blank + 1);
            double weight = best[from].weight +
                            log(text_to_number(number, &many) && many > 0 ? many : 1) - log(6e7);
            if (weight > best[until].weight)
                best[until] = (struct step){weight, text_part(one, 0, blank), from};
        }
    }
    if (isinf(best[letters.length].weight))
        return TEXT("");
    for (unsigned at = (unsigned)letters.length; at > 0; at = best[at].from)
        parts[count++] = best[at].word;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    while (count > 0)
        buf_text(&b, parts[--count]);
    return buf_peek(&b);
}

static struct err pinyin_ime(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_IME);
    struct text letters, list = {0}, one;
    if (!letters_in(c, ask_text(c, ASKED_PINYIN), &letters))
        return call_invalid(c, ASKED_PINYIN, "请传不带声调的拼音字母，最多 40 个，ü 写作 v",
                            "send letters of pinyin without tones, 40 at most, v for ü");
    struct text sentence = sentence_in(c, p, letters);
    if (!pack_find(p, letters, &list))
        pack_find(p, text_format_in(c->arena, "~%.*s", TEXT_ARG(letters)), &list);
    reply_object(c, NULL);
    reply_text(c, "pinyin", letters);
    reply_text(c, "sentence", sentence);
    reply_list(c, "words");
    for (int64_t i = 0; i < ask_int(c, ASKED_LIMIT) && text_cut(&list, '\t', &one); i++)
        reply_text(c, NULL, text_part(one, 0, text_find_char(one, ' ')));
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_pinyin_ime = {
    .path = "/api/pinyin/ime",
    .subject = "language",
    .title = {"拼音转汉字", "Pinyin to Chinese"},
    .says = {"像输入法那样把拼音转成汉字：sentence 是最可能的整句，words "
             "是同音的字词（也可以只传首字母，如 cq），常用的在前。不带声调，ü 写作 v。",
             "Turns letters of pinyin into Chinese as an input method does: sentence is the "
             "likeliest whole, words are those that sound so (or have these initials), the "
             "commonest first. Without tones, v for ü."},
    .run = pinyin_ime,
    .asks = ASKS({"pinyin", ASK_TEXT, REQUIRED, {"拼音", "Letters"}, 1, 80, .aliases = "word|text"},
                 {"limit",
                  ASK_INT,
                  OPTIONAL,
                  {"最多几个词", "How many words at most"},
                  1,
                  60,
                  .aliases = "num",
                  .fallback = "10"}),
    .gives = GIVES({"pinyin", GIVE_TEXT, {"去掉分隔后的拼音", "The letters"}},
                   {"sentence",
                    GIVE_TEXT,
                    {"最可能的整句，没有时为空", "The likeliest whole; empty where there is none"}},
                   {"words", GIVE_LIST, {"同音字词", "Words that sound so"}}),
    .shows = SHOWS({"pinyin=woaibeijingtiananmen",
                    "{\"pinyin\":\"woaibeijingtiananmen\",\"sentence\":\"我爱北京天安门\",\"words\":[]}", SHOW_EXACT},
                   {"pinyin=chongqing&limit=5",
                    "{\"pinyin\":\"chongqing\",\"sentence\":\"重庆\",\"words\":[\"重庆\",\"崇庆\"]}", SHOW_EXACT},
                   {"pinyin=cq&limit=3",
                    "{\"pinyin\":\"cq\",\"sentence\":\"\",\"words\":[\"出去\",\"采取\",\"长期\"]}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_IME),
};
