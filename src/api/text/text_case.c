/* text_case.c: a text in capitals, small letters, or as a name of a program. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/unicode_text.h"

enum { ASKED_TEXT };
enum { WORDS_MAX = 500 };

static bool is_lower(char x) { return x >= 'a' && x <= 'z'; }
static bool is_upper(char x) { return x >= 'A' && x <= 'Z'; }
static bool is_word(char x) { return is_lower(x) || is_upper(x) || (x >= '0' && x <= '9') || (x & 0x80); }

/* Words end at what is no letter, before a capital behind a small letter, and before the last capital of
 * a run
 * (HTTPServer: HTTP, Server). */
static size_t cut_words(struct text t, struct text *words) {
    size_t count = 0, start = 0;
    for (size_t i = 0; i <= t.length && count < WORDS_MAX; i++) {
        bool ends = i == t.length || !is_word(t.bytes[i]);
        bool begins = !ends && i > start && is_upper(t.bytes[i]) &&
                      (is_lower(t.bytes[i - 1]) || (i + 1 < t.length && is_lower(t.bytes[i + 1])));
        if (!ends && !begins)
            continue;
        if (i > start)
            words[count++] = text_part(t, start, i - start);
        start = ends ? i + 1 : i;
    }
    return count;
}

enum { SMALL, CAPITALS, FIRST_CAPITAL, ALL_BUT_FIRST };

static struct text joined_in(struct arena *a, const struct text *words, size_t count,
                             const char *between, int letters) {
    struct buf b;
    buf_init(&b, a, 1 << 20);
    for (size_t i = 0; i < count; i++) {
        bool capital_first = letters == FIRST_CAPITAL || (letters == ALL_BUT_FIRST && i > 0);
        struct text word = unicode_case_in(a, words[i], UNICODE_LOWER), rest = word;
        text_rune(&rest);
        struct text first = text_part(word, 0, word.length - rest.length);
        buf_c(&b, i ? between : "");
        buf_text(&b, capital_first ? unicode_case_in(a, first, UNICODE_UPPER) : first);
        buf_text(&b, rest);
    }
    return letters == CAPITALS ? unicode_case_in(a, buf_peek(&b), UNICODE_UPPER) : buf_peek(&b);
}

static struct err text_case(struct call *c) {
    static const struct { const char *name, *between; int letters; } forms[] = {
        {"camel", "", ALL_BUT_FIRST}, {"pascal", "", FIRST_CAPITAL}, {"snake", "_", SMALL}, {"constant", "_", CAPITALS},
        {"kebab", "-", SMALL}, {"train", "-", FIRST_CAPITAL}, {"dot", ".", SMALL}, {"path", "/", SMALL}};
    struct text t = ask_text(c, ASKED_TEXT), *words = arena_alloc(c->arena, WORDS_MAX * sizeof *words);
    size_t count = cut_words(t, words);
    reply_object(c, NULL);
    reply_text(c, "upper", unicode_case_in(c->arena, t, UNICODE_UPPER));
    reply_text(c, "lower", unicode_case_in(c->arena, t, UNICODE_LOWER));
    reply_text(c, "title", unicode_case_in(c->arena, t, UNICODE_TITLE));
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        reply_text(c, forms[i].name, joined_in(c->arena, words, count, forms[i].between, forms[i].letters));
    reply_end_object(c);
    return ok;
}

#define FORM(name, zh, en) {name, GIVE_TEXT, {zh, en}}
const struct endpoint endpoint_text_case = {
    .path = "/api/text/case",
    .subject = "text",
    .title = {"大小写与命名转换", "Letter case and naming styles"},
    .says = {"一次给出大写、小写、标题式，以及程序命名的各种写法：camelCase、PascalCase、snake_case、CONSTANT_CASE、kebab-case 等。",
             "Gives a text in capitals, small letters and title case, and as programs name things: camelCase, PascalCase, snake_case, "
             "CONSTANT_CASE, kebab-case and others."},
    .run = RUN_IN_WORKER(text_case),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本", "The text"}, 1, 2000, .aliases = "content|name"}),
    .gives = GIVES(FORM("upper", "大写", "Capitals"), FORM("lower", "小写", "Small letters"), FORM("title", "标题式", "Title case"),
                   FORM("camel", "小驼峰", "camelCase"), FORM("pascal", "大驼峰", "PascalCase"), FORM("snake", "下划线", "snake_case"),
                   FORM("constant", "常量", "CONSTANT_CASE"), FORM("kebab", "短横线", "kebab-case"), FORM("train", "火车式", "Train-Case"),
                   FORM("dot", "点", "dot.case"), FORM("path", "路径", "path/case")),
    .shows = SHOWS({"text=parseHTTPRequest from_user-input",
                    "{\"upper\":\"PARSEHTTPREQUEST FROM_USER-INPUT\",\"lower\":\"parsehttprequest from_us"
                    "er-input\",\"title\":\"Parsehttprequest From_user-Input\",\"camel\":\"parseHttpReque"
                    "stFromUserInput\",\"pascal\":\"ParseHttpRequestFromUserInput\",\"snake\":\"parse_htt"
                    "p_request_from_user_input\",\"constant\":\"PARSE_HTTP_REQUEST_FROM_USER_INPUT\",\"ke"
                    "bab\":\"parse-http-request-from-user-input\",\"train\":\"Parse-Http-Request-From-Use"
                    "r-Input\",\"dot\":\"parse.http.request.from.user.input\",\"path\":\"parse/http/reque"
                    "st/from/user/input\"}", SHOW_EXACT}, {"text=straße ÉTÉ",
                    "{\"upper\":\"STRASSE ÉTÉ\",\"lower\":\"straße été\",\"title\":\"Straße Été\",\"camel"
                    "\":\"straßeÉté\",\"pascal\":\"StraßeÉté\",\"snake\":\"straße_été\",\"constant\":\"ST"
                    "RASSE_ÉTÉ\",\"kebab\":\"straße-été\",\"train\":\"Straße-Été\",\"dot\":\"straße.été\""
                    ",\"path\":\"straße/été\"}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "Unicode 15; ICU 72 (Unicode-3.0)",
};
