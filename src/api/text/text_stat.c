/* text_stat.c: how long a text is, counted in every way that is asked for. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/unicode_text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { ASKED_TEXT };
enum { ZH_A_MINUTE = 400, EN_A_MINUTE = 230 }; /* usual speeds of silent reading */

struct counts {
    int64_t runes, han, letters, digits, blanks, marks, emoji, words, lines, paragraphs, sentences;
    bool in_word, in_paragraph, in_sentence;
};

static bool is_han(int32_t rune) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(rune, &status) == USCRIPT_HAN && u_isalpha(rune);
}

static bool ends_sentence(int32_t rune) {
    return rune == '.' || rune == '!' || rune == '?' || rune == 0x3002 || rune == 0xFF01 ||
            rune == 0xFF1F || rune == '\n';
}

static void count_words(struct counts *n, int32_t rune, bool han) {
    bool is_word = !han && (u_isalnum(rune) || ((rune == '\'' || rune == 0x2019 || rune == '-') &&
                                                n->in_word));
    n->words += (is_word && !n->in_word) || han;
    n->in_word = is_word;
}

static void count_rune(struct counts *n, int32_t rune) {
    bool han = is_han(rune), blank = u_isUWhiteSpace(rune);
    n->runes++;
    n->han += han;
    n->letters += !han && u_isalpha(rune);
    n->digits += u_isdigit(rune);
    n->blanks += blank;
    n->marks += u_ispunct(rune);
    n->emoji += u_hasBinaryProperty(rune, UCHAR_EMOJI_PRESENTATION);
    n->lines += rune == '\n';
    count_words(n, rune, han);
    if (!blank && !n->in_paragraph)
        n->paragraphs++;
    n->in_paragraph = rune != '\n' && (n->in_paragraph || !blank);
    if (ends_sentence(rune)) {
        n->sentences += n->in_sentence;
        n->in_sentence = false;
    } else if (u_isalnum(rune)) {
        n->in_sentence = true;
    }
}

static struct err text_stat(struct call *c) {
    struct text t = ask_text(c, ASKED_TEXT), rest = t;
    struct counts n = {.lines = 1};
    while (rest.length)
        count_rune(&n, text_rune(&rest));
    n.sentences += n.in_sentence;
    int64_t latin = n.words - n.han;
    reply_object(c, NULL);
    reply_int(c, "characters", (int64_t)unicode_graphemes(c->arena, t));
    reply_int(c, "code_points", n.runes);
    reply_int(c, "bytes", (int64_t)t.length);
    reply_int(c, "without_blanks", n.runes - n.blanks);
    reply_int(c, "words", n.words);
    reply_int(c, "chinese", n.han);
    reply_int(c, "letters", n.letters);
    reply_int(c, "digits", n.digits);
    reply_int(c, "punctuation", n.marks);
    reply_int(c, "blanks", n.blanks);
    reply_int(c, "emoji", n.emoji);
    reply_int(c, "lines", n.lines);
    reply_int(c, "paragraphs", n.paragraphs);
    reply_int(c, "sentences", n.sentences);
    reply_int(c, "reading_seconds", (n.han * 60 + ZH_A_MINUTE - 1) / ZH_A_MINUTE + (latin * 60 + EN_A_MINUTE - 1) / EN_A_MINUTE);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_text_stat = {
    .path = "/api/text/stat",
    .subject = "text",
    .title = {"字数统计", "Count a text"},
    .says = {"统计文本的字符数、码点数、字节数、汉字、单词、数字、标点、行、段、句，并估算阅读时间（中文每分钟 400 字，英文每分钟 230 词）。"
             "字数按 Word 的算法：一个汉字一个字，一个英文单词一个字。",
             "Characters, code points, bytes, Chinese characters, words, digits, punctuation, lines, paragraphs and sentences of "
             "a text, and about how long it takes to read (400 characters or 230 words a minute). Words count as Word does: a "
             "Chinese character is one, a run of letters is one."},
    .run = RUN_IN_WORKER(text_stat),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本", "The text"}, 1, 100000, .aliases = "content"}),
    .gives = GIVES({"characters", GIVE_INT, {"字符数（人所见的字符，组合表情算一个）", "Characters as people see them"}},
                   {"code_points", GIVE_INT, {"Unicode 码点数", "Unicode code points"}}, {"bytes", GIVE_INT, {"UTF-8 字节数", "Bytes of UTF-8"}},
                   {"without_blanks", GIVE_INT, {"不计空白的码点数", "Code points without blanks"}},
                   {"words", GIVE_INT, {"字数", "Words"}}, {"chinese", GIVE_INT, {"汉字", "Chinese characters"}},
                   {"letters", GIVE_INT, {"字母", "Letters"}}, {"digits", GIVE_INT, {"数字", "Digits"}},
                   {"punctuation", GIVE_INT, {"标点", "Punctuation"}}, {"blanks", GIVE_INT, {"空白", "Blanks"}},
                   {"emoji", GIVE_INT, {"表情码点", "Code points shown as emoji"}}, {"lines", GIVE_INT, {"行", "Lines"}},
                   {"paragraphs", GIVE_INT, {"非空段落", "Paragraphs that are not empty"}}, {"sentences", GIVE_INT, {"句", "Sentences"}},
                   {"reading_seconds", GIVE_INT, {"阅读时间，秒", "Seconds to read it"}}),
    .shows = SHOWS({"text=你好，世界！Hello world 2024 👨‍👩‍👧",
                    "{\"characters\":24,\"code_points\":28,\"bytes\":53,\"without_blanks\":25,\"words\":7"
                    ",\"chinese\":4,\"letters\":10,\"digits\":4,\"punctuation\":2,\"blanks\":3,\"emoji\":"
                    "3,\"lines\":1,\"paragraphs\":1,\"sentences\":2,\"reading_seconds\":2}", SHOW_EXACT}, {"text=It's fine. Really?",
                    "{\"characters\":18,\"code_points\":18,\"bytes\":18,\"without_blanks\":16,\"words\":3"
                    ",\"chinese\":0,\"letters\":13,\"digits\":0,\"punctuation\":3,\"blanks\":2,\"emoji\":"
                    "0,\"lines\":1,\"paragraphs\":1,\"sentences\":2,\"reading_seconds\":1}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "Unicode 15, UAX #29; ICU 72 (Unicode-3.0)",
};
