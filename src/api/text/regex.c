/* regex.c: what a regular expression finds, and what comes of replacing it. */
#include "codec/regex.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_PATTERN, ASKED_TEXT, ASKED_FLAGS, ASKED_REPLACE };
enum { MATCHES_MAX = 200, STEPS_OF_ALL = 1000 };

static unsigned flags_of(struct text t, bool *is_known) {
    static const struct { char letter; unsigned flag; } rows[] = {
        {'i', REGEX_NO_CASE}, {'m', REGEX_LINES}, {'s', REGEX_DOT_ALL}, {'x', REGEX_EXTENDED}, {'g', 0}, {'u', 0}};
    unsigned flags = 0;
    *is_known = true;
    for (size_t i = 0; i < t.length; i++) {
        size_t row = 0;
        while (row < 6 && rows[row].letter != t.bytes[i])
            row++;
        *is_known = *is_known && row < 6;
        flags |= row < 6 ? rows[row].flag : 0;
    }
    return flags;
}

static void reply_match(struct call *c, const struct regex *r, const struct regex_match *m, size_t start) {
    reply_object(c, NULL);
    reply_text(c, "match", m->groups[0]);
    reply_int(c, "start", (int64_t)start);
    reply_int(c, "length", (int64_t)text_runes(m->groups[0]));
    reply_list(c, "groups");
    for (unsigned i = 1; i <= regex_group_count(r); i++) {
        reply_object(c, NULL);
        reply_int(c, "group", i);
        reply_text(c, "name", regex_group_name(r, i));
        if (m->groups[i].bytes)
            reply_text(c, "text", m->groups[i]);
        else
            reply_null(c, "text");
        reply_end_object(c);
    }
    reply_end_list(c);
    reply_end_object(c);
}

/* $0 or $& the whole, $1 … $99 groups, $$ a dollar. */
static void put_replacement(struct buf *b, struct text t, const struct regex_match *m) {
    for (size_t i = 0; i < t.length; i++) {
        char next = i + 1 < t.length ? t.bytes[i + 1] : 0;
        unsigned group = 0;
        if (t.bytes[i] != '$' || !(next == '$' || next == '&' || (next >= '0' && next <= '9'))) {
            buf_char(b, t.bytes[i]);
            continue;
        }
        i++;
        if (next == '$') {
            buf_char(b, '$');
            continue;
        }
        for (; next != '&' && i < t.length && t.bytes[i] >= '0' && t.bytes[i] <= '9' && group < 10; i++)
            group = group * 10 + (unsigned)(t.bytes[i] - '0');
        i -= next != '&';
        if (group <= REGEX_GROUPS_MAX)
            buf_text(b, m->groups[group]);
    }
}

struct walk {
    struct regex *regex;
    struct text text;
    struct buf replaced;
    size_t copied, at, runes_at, runes, count;
};

/* Where the next search begins: behind the match, a character further where it was empty. */
static size_t behind(struct text t, const struct regex_match *m, size_t at) {
    size_t next = m->end;
    if (m->end == m->start || m->end <= at)
        for (next++; next < t.length && ((unsigned char)t.bytes[next] & 0xC0) == 0x80;)
            next++;
    return next;
}

static enum regex_verdict walk_all(struct call *c, struct walk *w) {
    struct regex_match *m = arena_alloc(c->arena, sizeof *m);
    enum regex_verdict verdict;
    while ((verdict = regex_search(w->regex, w->text, w->at, m)) == REGEX_FOUND && w->count < STEPS_OF_ALL) {
        if (m->start >= w->runes_at) {
            w->runes += text_runes(text_part(w->text, w->runes_at, m->start - w->runes_at));
            w->runes_at = m->start;
        }
        if (w->count < MATCHES_MAX)
            reply_match(c, w->regex, m, w->runes);
        if (m->start >= w->copied) {
            buf_text(&w->replaced, text_part(w->text, w->copied, m->start - w->copied));
            put_replacement(&w->replaced, ask_text(c, ASKED_REPLACE), m);
            w->copied = m->end;
        }
        w->count++;
        w->at = behind(w->text, m, w->at);
    }
    buf_text(&w->replaced, text_from(w->text, w->copied));
    return verdict;
}

static struct err answer(struct call *c, struct regex *r) {
    struct walk w = {.regex = r, .text = ask_text(c, ASKED_TEXT)};
    buf_init(&w.replaced, c->arena, 1u << 20);
    reply_object(c, NULL);
    reply_list(c, "matches");
    enum regex_verdict verdict = walk_all(c, &w);
    reply_end_list(c);
    reply_int(c, "count", (int64_t)w.count);
    reply_bool(c, "is_match", w.count > 0);
    if (ask_has(c, ASKED_REPLACE) && !buf_is_over(&w.replaced))
        reply_text(c, "replaced", buf_peek(&w.replaced));
    else
        reply_null(c, "replaced");
    reply_end_object(c);
    if (verdict == REGEX_TOO_MUCH)
        return call_invalid(c, ASKED_PATTERN, "该表达式回溯过多，超出步数限制；请避免嵌套的量词，如 (a+)+",
                            "the expression backtracks past the limit of steps; avoid nested quantifiers such as (a+)+");
    return ok;
}

static struct err regex(struct call *c) {
    struct regex_fault fault;
    bool is_known;
    unsigned flags = flags_of(ask_text(c, ASKED_FLAGS), &is_known);
    if (!is_known)
        return call_invalid(c, ASKED_FLAGS, "flags 只能含 i、m、s、x、g、u", "flags may hold i, m, s, x, g and u only");
    struct regex *r = regex_new(c->arena, ask_text(c, ASKED_PATTERN), flags, &fault);
    if (!r)
        return call_invalid(c, ASKED_PATTERN, text_say_in(c->arena, "表达式有误，第 %zu 字节处：%s", fault.at, fault.says),
                            text_say_in(c->arena, "not an expression, at byte %zu: %s", fault.at, fault.says));
    struct err e = answer(c, r);
    regex_free(r);
    return e;
}

const struct endpoint endpoint_regex = {
    .path = "/api/regex",
    .subject = "developer",
    .title = {"正则测试", "Try a regular expression"},
    .says = {"用 PCRE2 在文本中查找全部匹配，给出位置、分组和替换结果。最多列出 200 处、替换 1000 处；回溯过多的表达式会被拒绝。",
             "Finds all matches in a text with PCRE2: places, groups, and the text with replacements. At most 200 are listed and 1000 "
             "replaced; an expression that backtracks too much is refused."},
    .run = RUN_IN_WORKER(regex),
    .asks = ASKS({"pattern", ASK_TEXT, REQUIRED, {"正则表达式，不带斜杠", "The expression, without slashes"}, 1, 1000, .aliases = "regex|expression"},
                 {"text", ASK_TEXT, REQUIRED, {"文本", "The text"}, 1, 20000, .aliases = "content"},
                 {"flags", ASK_TEXT, OPTIONAL, {"i 忽略大小写，m 多行，s 点号含换行，x 忽略空白", "i any case, m lines, s dot takes line ends, x blanks don't count"}, 1, 10},
                 {"replace", ASK_TEXT, OPTIONAL, {"替换为，$1 为分组，$& 为整个匹配", "Put in its place; $1 is a group, $& the whole"}, 1, 1000, .aliases = "replacement"}),
    .gives = GIVES({"matches", GIVE_LIST, {"匹配", "The matches"}}, {"matches[].match", GIVE_TEXT, {"匹配的文本", "What matched"}},
                   {"matches[].start", GIVE_INT, {"起始位置（字符，从 0 起）", "Where it begins, in characters from 0"}},
                   {"matches[].length", GIVE_INT, {"字符数", "Characters"}}, {"matches[].groups", GIVE_LIST, {"分组", "Its groups"}},
                   {"matches[].groups[].group", GIVE_INT, {"组号", "Number"}}, {"matches[].groups[].name", GIVE_TEXT, {"组名", "Name"}},
                   {"matches[].groups[].text", GIVE_TEXT, {"内容；未参与匹配为 null", "Its text; null where it took no part"}},
                   {"count", GIVE_INT, {"匹配数，至多 1000", "How many, 1000 at most"}}, {"is_match", GIVE_BOOL, {"有无匹配", "Is there one"}},
                   {"replaced", GIVE_ANY, {"替换后的文本；没传 replace 为 null", "The text with replacements; null without replace"}}),
    .shows = SHOWS({"pattern=(%3F<y>\\d{4})-(\\d\\d)&text=从 2024-05 到 2024-06&replace=$2/$1",
                    "{\"matches\":[{\"match\":\"2024-05\",\"start\":2,\"length\":7,\"groups\":[{\"group\""
                    ":1,\"name\":\"y\",\"text\":\"2024\"},{\"group\":2,\"name\":\"\",\"text\":\"05\"}]},{"
                    "\"match\":\"2024-06\",\"start\":12,\"length\":7,\"groups\":[{\"group\":1,\"name\":\""
                    "y\",\"text\":\"2024\"},{\"group\":2,\"name\":\"\",\"text\":\"06\"}]}],\"count\":2,\""
                    "is_match\":true,\"replaced\":\"从 05/2024 到 06/2024\"}", SHOW_EXACT},
                   {"pattern=^a&text=A%0Aab&flags=im",
                    "{\"matches\":[{\"match\":\"A\",\"start\":0,\"length\":1,\"groups\":[]},{\"match\":\""
                    "a\",\"start\":2,\"length\":1,\"groups\":[]}],\"count\":2,\"is_match\":true,\"replace"
                    "d\":null}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 2,
    .keep_s = 86400,
    .stands_on = "PCRE2 10.42 (BSD-3-Clause)",
};
