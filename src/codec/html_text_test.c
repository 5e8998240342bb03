/* html_text_test.c: words stay, markup goes. */
#include "codec/html_text.h"
#include "test.h"

TEST(words_stay_and_markup_goes) {
    static const struct {
        const char *given, *want;
    } rows[] = {
        {"", ""}, {"plain", "plain"}, {"<p>a</p><p>b</p>", "\na\n\nb\n"}, {"a<br/>b", "a\nb"},
        {"<script>alert(1)</script>x", "x"}, {"<STYLE>p{}</style>x", "x"}, {"<!-- <b> -->x", "x"},
        {"a &amp; b &lt;c&gt; &#20320;&#x597D;", "a & b <c> 你好"}, {"&unknown; &", "&unknown; &"},
        {"&#0;&#xD800;&#99999999;", "&#0;&#xD800;&#99999999;"}, {"<", ""}, {"<a href='x'", ""},
        {"<script>never ends", ""}, {"<img src=x onerror=alert(1)>y", "y"}, {"</", ""},
    };
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(html_text_in(&a, text_c(rows[i].given)), rows[i].want);
    arena_done(&a);
}

TESTS(RUN(words_stay_and_markup_goes))
