/* markdown_test.c: the extensions are on, what is unsafe is out, and the known bombs stay small. */
#include "test.h"

#include "codec/markdown.h"

#include <stdlib.h>

TEST(the_extensions_are_on) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {
        {"", ""},
        {"# A", "<h1>A</h1>\n"},
        {"**a** ~~b~~", "<p><strong>a</strong> <del>b</del></p>\n"},
        {"- [x] a",
         "<ul>\n<li><input type=\"checkbox\" checked=\"\" disabled=\"\" /> a</li>\n</ul>\n"},
        {"|a|\n|-|\n|1|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</"
                          "thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n"},
        {"www.example.com", "<p><a href=\"http://www.example.com\">www.example.com</a></p>\n"},
        {"1 < 2 & \"3\"", "<p>1 &lt; 2 &amp; &quot;3&quot;</p>\n"},
        {"\xff", "<p>\xef\xbf\xbd</p>\n"},
    };
    struct arena a;
    struct text html;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want(markdown_print_in(&a, text_c(rows[i].given), MARKDOWN_HTML, &html));
        want_text(html, rows[i].wanted);
    }
    want(markdown_print_in(&a, TEXT("# A\n\n*b* [c](d)"), MARKDOWN_TEXT, &html));
    want_text(html, "A\n\nb c\n");
    want(markdown_print_in(&a, TEXT("*b*"), MARKDOWN_XML, &html));
    want(text_find(html, TEXT("<text xml:space=\"preserve\">b</text>")) != SIZE_MAX);
    arena_done(&a);
}

TEST(nothing_that_a_browser_would_run_comes_out) {
    static const char *const rows[] = {
        "<script>alert(1)</script>",       "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",        "[a](JAVASCRIPT:alert(1))",
        "[a](java&#115;cript:alert(1))",   "[a](vbscript:x)",
        "[a](data:text/html;base64,AAAA)", "[a](file:///etc/passwd)",
        "<javascript:alert(1)>",           "[a]: javascript:alert(1)\n\n[a]",
        "![a](\"onerror=alert(1)//)",      "```\"onclick=x\na\n```",
    };
    static const char *const banned[] = {
        "<script", "<img src=x",   "\"javascript:", "\"vbscript:", "\"data:",
        "\"file:", "\"JAVASCRIPT", "\"onerror",     "\"onclick"};
    struct arena a;
    struct text html;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want(markdown_print_in(&a, text_c(rows[i]), MARKDOWN_HTML, &html));
        for (size_t k = 0; k < COUNT(banned); k++)
            if (text_find(html, text_c(banned[k])) != SIZE_MAX)
                fail_msg("%s gave %.*s", rows[i], TEXT_ARG(html));
    }
    arena_done(&a);
}

/* Law: whatever 20,000 bytes say, each form is refused as too deep or is at most 4 MiB. */
TEST(bombs_stay_small) {
    static const char *const rows[] = {
        ">",      "[",      "*a ",      "![",   "[a](",      "**a *a ",
        "_a__a ", "`a``a",  "<!--",     "a|",   "- ",        "- a\n ",
        "1. ",    "a@",     "a.b@c.",   "~~a ", "[a]: b\n",  "[^a]: b\n[^a]",
        "\\",     "``` \n", "*_",       "](",   "- [ ] a\n", "|a|\n|-|\n",
        "![[]()", "> - ",   "\t- ",     "\"",   "*",         "a\n-\n|",
        "&#1;",   "<a b=",  "www.a.b&", "((",   "> a\n",     "    a\n",
    };
    enum { LENGTH = 20000 };
    char *bomb = malloc(LENGTH);
    must(bomb != NULL);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text piece = text_c(rows[i]), printed;
        size_t length = LENGTH / piece.length * piece.length;
        for (size_t k = 0; k < length; k++)
            bomb[k] = piece.bytes[k % piece.length];
        for (enum markdown_form form = MARKDOWN_HTML; form <= MARKDOWN_XML; form++) {
            struct arena a;
            arena_init(&a, 16 << 20);
            if (markdown_print_in(&a, text_of(bomb, length), form, &printed))
                want(printed.length <= 4u << 20);
            arena_done(&a);
        }
    }
    free(bomb);
}

TEST(depth_has_its_limit) {
    char quotes[MARKDOWN_DEPTH_MAX + 8];
    struct arena a;
    struct text out;
    memset(quotes, '>', sizeof quotes);
    arena_init(&a, 1 << 20);
    want(markdown_print_in(&a, text_of(quotes, MARKDOWN_DEPTH_MAX), MARKDOWN_HTML, &out));
    want(!markdown_print_in(&a, text_of(quotes, MARKDOWN_DEPTH_MAX + 1), MARKDOWN_HTML, &out));
    arena_done(&a);
}

TESTS(RUN(the_extensions_are_on), RUN(nothing_that_a_browser_would_run_comes_out),
      RUN(bombs_stay_small), RUN(depth_has_its_limit))
