/* html_test.c: the words of a page, harmless HTML, references. */
#include "test.h"

#include "codec/html.h"
#include "base/limits.h"

static struct arena arena;

static int begin(void **state) {
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

TEST(what_could_run_does_not_stay) {
    static const struct { const char *given, *want; } rows[] = {
        {"<p>a</p>", "<p>a</p>"},
        {"<script>alert(1)</script>b", "b"},
        {"<img src=x onerror=alert(1)>", "<img src=\"x\">"},
        {"<a href=\"jav&#x09;ascript:alert(1)\">x</a>", "<a rel=\"nofollow noopener noreferrer\">x</a>"},
        {"<a href=\" JaVaScRiPt:alert(1)\">x</a>", "<a rel=\"nofollow noopener noreferrer\">x</a>"},
        {"<img src=\"data:text/html,x\">", "<img>"},
        {"<svg><a xlink:href=\"javascript:x\">y</a></svg>z", "z"},
        {"<math><mi>x</mi></math>z", "z"},
        {"<p style=\"x\" class=y title='a\"b'>c</p>", "<p title=\"a&quot;b\">c</p>"},
        {"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", ""},
        {"<form><button>b</button>c</form>", "c"},
        {"<textarea><img onerror=x></textarea>", ""},
        {"&lt;script&gt;", "&lt;script&gt;"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct html_safe s, again;
        want(html_safe_in(&arena, text_c(rows[i].given), true, &s));
        if (rows[i].want[0] || i != 9)
            want_text(s.html, rows[i].want);
        want(text_find(s.html, TEXT("onerror=alert")) == SIZE_MAX || text_find(s.html, TEXT("<img")) == SIZE_MAX);
        want(html_safe_in(&arena, s.html, true, &again));
        want_text(again.html, text_c_in(&arena, s.html));
    }
}

TEST(words) {
    struct html_words w;
    want(html_words_in(&arena, TEXT("<title> t </title>a <b>b</b>  c<br>d<pre>x\n  y</pre>"), false, &w));
    want_text(w.title, "t");
    want_text(w.text, "a b c\nd\n\nx\n  y");
}

TEST(depth_is_limited) {
    struct html_words w;
    struct buf b;
    buf_init(&b, &arena, 1u << 20);
    for (unsigned i = 0; i < 20000; i++)
        buf_c(&b, "<b>");
    want(!html_words_in(&arena, buf_peek(&b), false, &w));
}

TEST(references) {
    want_text(html_references_in(&arena, TEXT("&NotEqualTilde; <b> &amp;lt;")), "\xE2\x89\x82\xCC\xB8 <b> &lt;");
    want_text(html_references_in(&arena, TEXT("\n&#65;")), "\nA");
    want_text(html_escape_ascii_in(&arena, TEXT("<\xE4\xB8\xAD")), "&lt;&#x4E2D;");
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(what_could_run_does_not_stay), RUN(words), RUN(depth_is_limited),
                                       RUN(references)};
    return cmocka_run_group_tests(tests, begin, end);
}
