/* syllable_test.c: where the mark stands. */
#include "test.h"

#include "codec/syllable.h"

TEST(syllables_are_written_as_people_do) {
    static const struct {
        const char *numbered, *plain, *marks, *number, *letter;
    } rows[] = {
        {"chong2", "chong", "chóng", "chong2", "c"},
        {"lv4", "lv", "lǜ", "lv4", "l"},
        {"lve4", "lve", "lüè", "lve4", "l"},
        {"nv3", "nv", "nǚ", "nv3", "n"},
        {"gui4", "gui", "guì", "gui4", "g"},
        {"liu2", "liu", "liú", "liu2", "l"},
        {"gou3", "gou", "gǒu", "gou3", "g"},
        {"xiong1", "xiong", "xiōng", "xiong1", "x"},
        {"zhuang4", "zhuang", "zhuàng", "zhuang4", "z"},
        {"yue4", "yue", "yuè", "yue4", "y"},
        {"hao3", "hao", "hǎo", "hao3", "h"},
        {"huai2", "huai", "huái", "huai2", "h"},
        {"le5", "le", "le", "le5", "l"},
        {"nve5", "nve", "nüe", "nve5", "n"},
        {"er2", "er", "ér", "er2", "e"},
        {"ng4", "ng", "ng", "ng4", "n"},
        {"e4", "e", "è", "e4", "e"},
        {"guo2", "guo", "guó", "guo2", "g"},
        {"jiong3", "jiong", "jiǒng", "jiong3", "j"},
        {"ABC", "ABC", "ABC", "ABC", "ABC"},
        {"", "", "", "", ""},
        {"a6", "a6", "a6", "a6", "a6"},
    };
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *wanted[] = {rows[i].plain, rows[i].marks, rows[i].number, rows[i].letter};
        for (enum syllable_style style = SYLLABLE_PLAIN; style <= SYLLABLE_LETTER; style++) {
            struct buf b;
            buf_init(&b, &a, 100);
            syllable_print(&b, text_c(rows[i].numbered), style);
            want_text(buf_peek(&b), wanted[style]);
        }
    }
    arena_done(&a);
}

TESTS(RUN(syllables_are_written_as_people_do))
