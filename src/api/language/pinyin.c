/* pinyin.c: Chinese characters to pinyin (data/reading.h). */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/syllable.h"
#include "data/data.h"
#include "data/reading.h"

enum { ASKED_WORD, ASKED_DE, ASKED_ABBR, ASKED_TONE };

static bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A delimiter parts two syllables, and a syllable from Latin letters and digits; punctuation needs
 * none. */
static bool are_parted(const struct reading *left, const struct reading *right) {
    bool left_ends = left->syllable.length || is_letter_or_digit(left->piece.bytes[left->piece.length - 1]);
    bool right_begins = right->syllable.length || is_letter_or_digit(right->piece.bytes[0]);
    return left_ends && right_begins;
}

static struct text delimiter_of(struct call *c) {
    if (!ask_has(c, ASKED_DE))
        return ask_bool(c, ASKED_ABBR) ? TEXT("") : TEXT(" ");
    return ask_is(c, ASKED_DE, "none") ? TEXT("") : ask_text(c, ASKED_DE);
}

static struct err pinyin(struct call *c) {
    static const enum syllable_style styles[] = {SYLLABLE_PLAIN, SYLLABLE_MARKS, SYLLABLE_NUMBER};
    enum syllable_style style = ask_bool(c, ASKED_ABBR) ? SYLLABLE_LETTER : styles[ask_int(c,
                                                                                           ASKED_TONE)];
    struct text word = ask_text(c, ASKED_WORD), delimiter = delimiter_of(c);
    struct readings r =
        reading_in(c->arena, data_pack(c->data, DATA_WORDS), data_pack(c->data, DATA_PINYIN), word);
    struct buf b;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    for (size_t i = 0; i < r.count; i++) {
        if (i && are_parted(&r.marks[i - 1], &r.marks[i]))
            buf_text(&b, delimiter);
        if (r.marks[i].syllable.length)
            syllable_print(&b, r.marks[i].syllable, style);
        else
            buf_text(&b, r.marks[i].piece);
    }
    reply_object(c, NULL);
    reply_text(c, "word", word);
    reply_text(c, "pinyin", buf_peek(&b));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_pinyin = {
    .path = "/api/pinyin",
    .subject = "language",
    .title = {"中文转拼音", "Chinese to pinyin"},
    .says = {"把汉字转成拼音，多音字按所在的词选读音（银行行长：yín háng háng zhǎng），简体繁体都可以；不是汉字的内容原样保留。"
             "声调按词典标，不做变调。",
             "Turns Chinese characters into pinyin; those with several readings get the one of "
             "the word they are in. "
             "Simplified and traditional; everything else stays as it is. Tones are those of a "
             "dictionary, without sandhi."},
    .run = pinyin,
    .asks = ASKS({"word", ASK_TEXT, REQUIRED, {"要转换的文本", "The text"}, 1, 2000,
                  .aliases = "text|content"},
                 {"de", ASK_TEXT, OPTIONAL,
                  {"音节之间的分隔符，默认空格（abbr=1 时默认没有）；none 表示不要分隔符",
                   "What stands between syllables: a blank if not given (nothing with abbr=1); "
                   "none for nothing"},
                  1, 8, .aliases = "delimiter"},
                 {"abbr", ASK_BOOL, OPTIONAL,
                  {"1 只要每个音节的首字母", "1 gives the first letter of each syllable only"},
                  .fallback = "0"},
                 {"tone", ASK_CHOICE, OPTIONAL,
                  {"声调：1 用符号（lǜ），0 不要（lv），2 用数字（lv4，轻声为 5）；不用符号时 ü 写作 v",
                   "Tones: 1 as marks (lǜ), 0 none (lv), 2 as numbers (lv4, 5 is neutral); ü is v "
                   "without marks"},
                  .choices = "0=false|1=true|2", .fallback = "1"}),
    .gives = GIVES({"word", GIVE_TEXT, {"传入的文本", "The text that was sent"}},
                   {"pinyin", GIVE_TEXT,
                    {"拼音；abbr=1 时为首字母", "The pinyin; first letters with abbr=1"}}),
    .shows = SHOWS({"word=%E9%93%B6%E8%A1%8C%E8%A1%8C%E9%95%BF",
                    "{\"word\":\"银行行长\",\"pinyin\":\"yín háng háng zhǎng\"}", SHOW_EXACT},
                   {"word=%E9%87%8D%E5%BA%86&abbr=1", "{\"word\":\"重庆\",\"pinyin\":\"cq\"}",
                    SHOW_EXACT},
                   {"word=%E7%BB%BF%E8%89%B2&tone=2&de=-",
                    "{\"word\":\"绿色\",\"pinyin\":\"lv4-se4\"}", SHOW_EXACT},
                   {"word=%E6%88%91%E5%AD%A6%E4%BC%9A%E4%BA%86%E8%A7%A3%E5%86%B3%E9%97%AE%E9%A2%98",
                    "{\"word\":\"我学会了解决问题\",\"pinyin\":\"wǒ xué huì le jiě jué wèn tí\"}",
                    SHOW_EXACT},
                   {"word=Hello%EF%BC%8C%E4%B8%96%E7%95%8C2024&tone=0",
                    "{\"word\":\"Hello，世界2024\",\"pinyin\":\"Hello，shi jie 2024\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_PINYIN, DATA_WORDS),
};
