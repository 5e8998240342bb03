/* zhuyin_test.c: syllables whose spelling differs most. */
#include "test.h"

#include "codec/zhuyin.h"

TEST(syllables) {
    static const char *const rows[][2] = {
        {"zhong1", "ㄓㄨㄥ"},
        {"lv4", "ㄌㄩˋ"},
        {"xue2", "ㄒㄩㄝˊ"},
        {"juan3", "ㄐㄩㄢˇ"},
        {"qiong2", "ㄑㄩㄥˊ"},
        {"de5", "˙ㄉㄜ"},
        {"shi4", "ㄕˋ"},
        {"yuan2", "ㄩㄢˊ"},
        {"weng1", "ㄨㄥ"},
        {"er2", "ㄦˊ"},
        {"niu2", "ㄋㄧㄡˊ"},
        {"hui4", "ㄏㄨㄟˋ"},
        {"gun3", "ㄍㄨㄣˇ"},
        {"nve4", "ㄋㄩㄝˋ"},
        {"ang2", "ㄤˊ"},
        {"", ""},
        {"x", "x"},
        {"qq3", "qq3"},
        {"1", "1"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a;
        struct buf b;
        arena_init(&a, 1 << 16);
        buf_init(&b, &a, 1 << 12);
        zhuyin_print(&b, text_c(rows[i][0]));
        want_text(buf_peek(&b), rows[i][1]);
        arena_done(&a);
    }
}

TESTS(RUN(syllables))
