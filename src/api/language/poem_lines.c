/* poem_lines.c: lines that hold a character or a word, as the game of 飞花令 asks for them.
 *
 * The lists of lines are kept by character, 400 each; a word is looked for in the list of its
 * rarest character.
 */
#include "api/language/poem_row.h"

enum { ASKED_WORD, ASKED_LENGTH, ASKED_LIMIT };

static struct text shortest_list(struct call *c, const struct pack *p, struct text word) {
    struct text best = {0}, list, rest = word;
    while (rest.length) {
        struct text before = rest;
        if (text_rune(&rest) < 0)
            break;
        struct text key =
            text_format_in(c->arena, "+%.*s", (int)(before.length - rest.length), before.bytes);
        if (!pack_find(p, key, &list))
            return TEXT("");
        if (best.bytes == NULL || list.length < best.length)
            best = list;
    }
    return best;
}

static struct text line_at(struct text lines, unsigned place) {
    struct text line = {0};
    for (unsigned i = 0; i <= place; i++)
        if (!text_cut(&lines, '/', &line))
            return TEXT("");
    return line;
}

static bool has_clause(struct text line, struct text word, int64_t length) {
    struct text rest = line, clause = {line.bytes, 0};
    int64_t runes = 0;
    if (length == 0)
        return text_find(line, word) != SIZE_MAX;
    while (rest.length) {
        struct text before = rest;
        int32_t rune = text_rune(&rest);
        bool is_mark = rune == 0xff0c || rune == 0x3002 || rune == 0xff01 || rune == 0xff1f ||
                       rune == 0xff1b || rune < 0;
        if (!is_mark) {
            runes++;
            clause.length += before.length - rest.length;
        }
        if ((is_mark || rest.length == 0) && runes == length && text_find(clause, word) != SIZE_MAX)
            return true;
        if (rune < 0)
            return false;
        if (is_mark) {
            clause = text_of(rest.bytes, 0);
            runes = 0;
        }
    }
    return false;
}

static void put(struct call *c, struct text line, struct text value) {
    reply_object(c, NULL);
    reply_text(c, "line", line);
    reply_text(c, "author", pack_field(value, POEM_AUTHOR));
    reply_text(c, "title", pack_field(value, POEM_TITLE));
    reply_text(c, "dynasty", pack_field(value, POEM_DYNASTY));
    reply_end_object(c);
}

static struct err poem_lines(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_POEMS);
    struct text word = text_trim(ask_text(c, ASKED_WORD)), list = shortest_list(c, p, word), one,
                value;
    int64_t found = 0;
    reply_list(c, NULL);
    while (found < ask_int(c, ASKED_LIMIT) && text_cut(&list, '\t', &one)) {
        uint64_t place;
        if (one.length <= POEM_KEY_BYTES ||
            !text_to_u64(text_from(one, POEM_KEY_BYTES + 1), &place) ||
            !pack_find(p, text_part(one, 0, POEM_KEY_BYTES), &value))
            continue;
        struct text line = line_at(pack_field(value, POEM_LINES), (unsigned)place);
        if (text_find(line, word) == SIZE_MAX || !has_clause(line, word, ask_int(c, ASKED_LENGTH)))
            continue;
        put(c, line, value);
        found++;
    }
    reply_end_list(c);
    return found ? ok
                 : call_nothing(c, "没有含这个字词的名句，请换一个更短的词",
                                "no line has this word; try a shorter one");
}

const struct endpoint endpoint_poem_lines = {
    .path = "/api/poem/lines",
    .subject = "language",
    .title = {"飞花令", "Lines with a character"},
    .says = {"找出含某个字或词的诗句，名篇在前；length=5 或 7 "
             "只要含它的五言或七言句。每个字最多在四百句里找。",
             "Lines of verse that have a character or a word, the anthologies first; length=5 or 7 "
             "wants it in a clause of so many characters. At most 400 lines a character are looked "
             "at."},
    .run = poem_lines,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  REQUIRED,
                  {"字或词", "Character or word"},
                  1,
                  8,
                  .aliases = "keyword|char"},
                 {"length",
                  ASK_INT,
                  OPTIONAL,
                  {"所在句的字数，0 不限", "Characters of the clause, 0 for any"},
                  0,
                  12,
                  .fallback = "0"},
                 {"limit",
                  ASK_INT,
                  OPTIONAL,
                  {"最多几句", "How many lines at most"},
                  1,
                  100,
                  .aliases = "num|page_size",
                  .fallback = "10"}),
    .gives = GIVES(
        {"[].line", GIVE_TEXT, {"诗句", "The line"}}, {"[].author", GIVE_TEXT, {"作者", "Author"}},
        {"[].title", GIVE_TEXT, {"题目", "Title"}}, {"[].dynasty", GIVE_TEXT, {"朝代", "Dynasty"}}),
    .shows = SHOWS({"word=%E6%9C%88&length=5&limit=3",
                    "[{\"line\":\"深林人不知，明月来相照。\",\"author\":\"王维\",\"title\":"
                    "\"竹里馆\",\"dynasty\":\"唐"
                    "\"},{\"line\":\"床前明月光，疑是地上霜，\",\"author\":\"李白\",\"title\":"
                    "\"静夜思\",\"dynasty\":\""
                    "唐\"},{\"line\":\"举头望明月，低头思故乡。\",\"author\":\"李白\",\"title\":"
                    "\"静夜思\",\"dynasty\":"
                    "\"唐\"}]",
                    SHOW_EXACT},
                   {"word=%E6%98%8E%E6%9C%88&limit=2",
                    "[{\"line\":\"深林人不知，明月来相照。\",\"author\":\"王维\",\"title\":"
                    "\"竹里馆\",\"dynasty\":\"唐"
                    "\"},{\"line\":\"床前明月光，疑是地上霜，\",\"author\":\"李白\",\"title\":"
                    "\"静夜思\",\"dynasty\":\""
                    "唐\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_POEMS),
};
