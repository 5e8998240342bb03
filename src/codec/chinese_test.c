/* chinese_test.c: each configuration opens and does what its name says. */
#include "test.h"

#include "codec/chinese.h"

#include <pthread.h>

TEST(each_name_converts) {
    static const struct {
        const char *name, *given, *wanted;
    } rows[] = {
        {"s2t", "头发发展皇后后面干燥干部", "頭髮發展皇后後面乾燥幹部"},
        {"t2s", "頭髮發展皇后後面", "头发发展皇后后面"},
        {"s2tw", "里面", "裡面"},
        {"tw2s", "裡面", "里面"},
        {"s2hk", "里面", "裏面"},
        {"hk2s", "裏面", "里面"},
        {"s2twp", "内存和鼠标", "記憶體和滑鼠"},
        {"tw2sp", "記憶體和滑鼠", "内存和鼠标"},
        {"t2tw", "裏", "裡"},
        {"tw2t", "裡", "裏"},
        {"t2hk", "爲", "為"},
        {"hk2t", "為", "爲"},
        {"t2jp", "檢驗", "検験"},
        {"jp2t", "検験", "檢驗"},
        {"s2t", "", ""},
        {"s2t", "abc 1\n", "abc 1\n"},
    };
    struct arena a;
    struct text out;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want(chinese_has(text_c(rows[i].name)));
        want_ok(chinese_convert_in(&a, text_c(rows[i].name), text_c(rows[i].given), &out));
        want_text(out, rows[i].wanted);
    }
    want(!chinese_has(TEXT("s2x")) && !chinese_has(TEXT("")) && !chinese_has(TEXT("s2t.json")));
    want_ok(chinese_warm());
    arena_done(&a);
}

static void *convert_often(void *result) {
    struct arena a;
    struct text out;
    arena_init(&a, 1 << 20);
    for (int i = 0; i < 200; i++) {
        arena_reset(&a);
        if (chinese_convert_in(&a, TEXT("s2hk"), TEXT("头发里面"), &out).kind ||
            !text_equal_c(out, "頭髮裏面"))
            return NULL;
    }
    arena_done(&a);
    return result;
}

TEST(threads_share_a_converter) {
    pthread_t threads[4];
    void *done;
    for (size_t i = 0; i < COUNT(threads); i++)
        want_int(pthread_create(&threads[i], NULL, convert_often, threads), 0);
    for (size_t i = 0; i < COUNT(threads); i++) {
        want_int(pthread_join(threads[i], &done), 0);
        want(done == threads);
    }
}

TESTS(RUN(each_name_converts), RUN(threads_share_a_converter))
