/* reading_test.c: characters with several readings get that of their word. Needs the packs WORDS
 * and PINYIN. */
#include "test.h"

#include "base/buf.h"
#include "data/data.h"
#include "data/reading.h"

#include <stdlib.h>

static const struct data *shelf(void) {
    static struct data *data;
    const char *folder = getenv("ALAPI_DATA");
    if (!data)
        data = data_open(folder ? folder : "build/data");
    static const uint8_t needs[] = {DATA_WORDS, DATA_PINYIN, DATA_NONE};
    if (!data_is_available(data, needs))
        fail_msg("no words.pack or pinyin.pack; node dataset/build.mjs build/data makes them");
    return data;
}

static struct readings read_in(struct arena *a, struct text t) {
    return reading_in(a, data_pack(shelf(), DATA_WORDS), data_pack(shelf(), DATA_PINYIN), t);
}

TEST(a_word_decides) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {
        {"重庆", "chong2 qing4"},
        {"银行行长", "yin2 hang2 hang2 zhang3"},
        {"长大", "zhang3 da4"},
        {"很长", "hen3 chang2"},
        {"了解", "liao3 jie3"},
        {"学会了解决问题", "xue2 hui4 le5 jie3 jue2 wen4 ti2"},
        {"音乐", "yin1 yue4"},
        {"快乐", "kuai4 le4"},
        {"重要的事情重复三遍", "zhong4 yao4 de5 shi4 qing5 chong2 fu4 san1 bian4"},
        {"目的", "mu4 di4"},
        {"他还欠我钱，还是还给我吧", "ta1 hai2 qian4 wo3 qian2 ， hai2 shi5 huan2 gei3 wo3 ba5"},
        {"行行出状元", "hang2 hang2 chu1 zhuang4 yuan2"},
        {"旅行", "lv3 xing2"},
        {"睡觉觉得", "shui4 jiao4 jue2 de5"},
        {"銀行的頭髮", "yin2 hang2 de5 tou2 fa5"},
        {"〇一", "ling2 yi1"},
        {"𠮷", "𠮷"}, /* no source reads it */
        {"𠀀", "he1"},
        {"Hello 世界!", "Hello  shi4 jie4 !"},
        {"", ""},
    };
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct readings r = read_in(&a, text_c(rows[i].given));
        struct buf b;
        buf_init(&b, &a, 1000);
        for (size_t k = 0; k < r.count; k++) {
            buf_c(&b, k ? " " : "");
            buf_text(&b, r.marks[k].syllable.length ? r.marks[k].syllable : r.marks[k].piece);
        }
        want_text(buf_peek(&b), rows[i].wanted);
    }
    arena_done(&a);
}

/* Law: the pieces, joined, are the text; whatever its bytes. */
TEST(nothing_is_lost) {
    struct arena a;
    unsigned state = 3;
    arena_init(&a, 8 << 20);
    for (int round = 0; round < 300; round++) {
        char bytes[64], room[4];
        struct buf b, joined;
        buf_init(&b, &a, 1 << 12);
        buf_init(&joined, &a, 1 << 12);
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (char)((state = state * 1103515245 + 12345) >> 16);
            buf_text(&b,
                     text_rune_print(room, (i % 7 ? 0x4E00 : 0x20) + (int32_t)(state >> 8) % 0x60));
        }
        read_in(&a, text_of(bytes, sizeof bytes));
        struct readings r = read_in(&a, buf_peek(&b));
        for (size_t i = 0; i < r.count; i++)
            buf_text(&joined, r.marks[i].piece);
        want(text_equal(buf_peek(&joined), buf_peek(&b)));
        arena_reset(&a);
    }
    arena_done(&a);
}

TESTS(RUN(a_word_decides), RUN(nothing_is_lost))
