/* censor_test.c: words in disguise are found, words inside other words are not. */
#include "shelf.h"
#include "test.h"

#include "base/limits.h"
#include "data/censor.h"

TEST(disguises_and_innocents) {
    static const struct { const char *text, *kind; size_t start, length; } rows[] = {
        {"网络赌博", "gambling", 0, 4},
        {"去 網 絡 賭 博 吧", "gambling", 2, 7},
        {"裸​聊", "porn", 0, 3},
        {"ＦＵＣＫ you", "abuse", 0, 4},
        {"f.u.c.k", "abuse", 0, 7},
        {"shiitake, shitake", NULL, 0, 0},
        {"The cocainery", NULL, 0, 0},
        {"今天天气真好", NULL, 0, 0},
        {"", NULL, 0, 0},
    };
    static struct censor_hits hits;
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want_ok(censor_find_in(&a, data_pack(shelf(), DATA_CENSOR), text_c(rows[i].text), &hits));
        want_int(hits.count, rows[i].kind ? 1 : 0);
        if (!rows[i].kind)
            continue;
        want_text(hits.list[0].kind, rows[i].kind);
        want_int(hits.list[0].start, rows[i].start);
        want_int(hits.list[0].length, rows[i].length);
    }
    arena_done(&a);
}

TESTS(RUN(disguises_and_innocents))
