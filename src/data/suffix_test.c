/* suffix_test.c: the test vectors of publicsuffix.org, as far as they are host names. */
#include "shelf.h"
#include "test.h"

#include "data/suffix.h"

TEST(published_vectors) {
    static const struct { const char *host, *registered; } rows[] = {
        {"example.com", "example.com"}, {"b.example.com", "example.com"}, {"a.b.example.com", "example.com"},
        {"com", ""}, {"uk.com", ""}, {"example.uk.com", "example.uk.com"}, {"b.example.uk.com", "example.uk.com"},
        {"example.example", "example.example"}, {"b.example.example", "example.example"}, {"c.mm", ""},
        {"b.c.mm", "b.c.mm"}, {"a.b.c.mm", "b.c.mm"}, {"jp", ""}, {"test.jp", "test.jp"}, {"ac.jp", ""},
        {"www.test.ac.jp", "test.ac.jp"}, {"kyoto.jp", ""}, {"ide.kyoto.jp", ""}, {"b.ide.kyoto.jp", "b.ide.kyoto.jp"},
        {"c.kobe.jp", ""}, {"b.c.kobe.jp", "b.c.kobe.jp"}, {"city.kobe.jp", "city.kobe.jp"},
        {"www.city.kobe.jp", "city.kobe.jp"}, {"ck", ""}, {"test.ck", ""}, {"b.test.ck", "b.test.ck"},
        {"www.ck", "www.ck"}, {"www.www.ck", "www.ck"}, {"www.test.k12.ak.us", "test.k12.ak.us"},
        {"xn--85x722f.com.cn", "xn--85x722f.com.cn"}, {"shishi.xn--55qx5d.cn", "shishi.xn--55qx5d.cn"},
        {"xn--55qx5d.cn", ""}, {"xn--fiqs8s", ""}, {"www.xn--85x722f.xn--fiqs8s", "xn--85x722f.xn--fiqs8s"},
    };
    const struct pack *p = data_pack(shelf(), DATA_SUFFIX);
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(suffix_of(p, text_c(rows[i].host)).registered, rows[i].registered);
    want(suffix_of(p, TEXT("me.github.io")).is_private);
    want(!suffix_of(p, TEXT("b.example.example")).is_listed);
}

TESTS(RUN(published_vectors))
