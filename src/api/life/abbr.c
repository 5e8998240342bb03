/* abbr.c: what a few letters may mean: on the net, or as the initials of Chinese words. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_ABBR };
enum { WORDS_MAX = 20 };

static void put_guesses(struct call *c, struct text letters, struct buf *joined) {
    struct text list, one;
    if (!pack_find(data_pack(c->data, DATA_IME),
                   text_format_in(c->arena, "~%.*s", TEXT_ARG(letters)), &list))
        return;
    for (unsigned i = 0; i < WORDS_MAX && text_cut(&list, '\t', &one); i++) {
        struct text word = text_part(one, 0, text_find_char(one, ' '));
        reply_text(c, NULL, word);
        buf_format(joined, "%s%.*s", joined->length ? "、" : "", TEXT_ARG(word));
    }
}

static struct err abbr(struct call *c) {
    struct text letters = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_ABBR))), list = {0},
                one;
    struct buf joined;
    buf_init(&joined, c->arena, LIMIT_REPLY_BYTES);
    for (size_t i = 0; i < letters.length; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789", letters.bytes[i]))
            return call_invalid(c, ASKED_ABBR, "只能是字母和数字，如 yyds",
                                "letters and digits only, such as yyds");
    pack_find(data_pack(c->data, DATA_ABBR), letters, &list);
    reply_object(c, NULL);
    reply_int(c, "id", 0);
    reply_text(c, "abbr", letters);
    reply_list(c, "explain_arr");
    while (text_cut(&list, '\t', &one)) {
        reply_text(c, NULL, one);
        buf_format(&joined, "%s%.*s", joined.length ? "、" : "", TEXT_ARG(one));
    }
    put_guesses(c, letters, &joined);
    reply_end_list(c);
    reply_text(c, "explain", buf_peek(&joined));
    reply_end_object(c);
    return joined.length ? ok : call_nothing(c, "不知道是什么意思", "not known");
}

const struct endpoint endpoint_abbr = {
    .path = "/api/abbr",
    .subject = "language",
    .title = {"能不能好好说话", "What letters stand for"},
    .says = {"猜一串字母的意思：先列网络用语（一百四十条，本站整理），再列拼音首字母相同的常用词，"
             "按使用频率排列，最多二十个。",
             "What a few letters may stand for: slang of the net first (140 entries of ours), then "
             "common Chinese words with these initials, 20 at most."},
    .run = abbr,
    .asks = ASKS({"abbr",
                  ASK_TEXT,
                  REQUIRED,
                  {"字母或数字", "Letters or digits"},
                  1,
                  16,
                  .aliases = "text|word"}),
    .gives = GIVES({"id", GIVE_INT, {"编号；恒为 0", "Always 0"}},
                   {"abbr", GIVE_TEXT, {"传入的字母", "The letters"}},
                   {"explain", GIVE_TEXT, {"可能的意思，以顿号分隔", "Meanings, joined"}},
                   {"explain_arr", GIVE_LIST, {"可能的意思", "Meanings"}}),
    .shows = SHOWS(
        {"abbr=yyds",
         "{\"id\":0,\"abbr\":\"yyds\",\"explain_arr\":[\"永远的神\",\"一衣带水\",\"音乐电视\"],"
         "\"explain\":"
         "\"永远的神、一衣带水、音乐电视\"}",
         SHOW_EXACT},
        {"abbr=ddl",
         "{\"id\":0,\"abbr\":\"ddl\",\"explain_arr\":[\"截止时间（deadline）\",\"电导率\","
         "\"大道理\",\"蹲大牢"
         "\",\"达德利\"],\"explain\":\"截止时间（deadline）、电导率、大道理、蹲大牢、达德利\"}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_ABBR, DATA_IME),
};
