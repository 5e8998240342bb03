/* buf_test.c: growth, numbers, and the limit at n and n + 1 for every way of adding. */
#include "test.h"

#include "base/buf.h"

static struct arena arena;

static struct buf fresh(size_t limit) {
    struct buf b;
    arena_done(&arena);
    arena_init(&arena, 1 << 20);
    buf_init(&b, &arena, limit);
    return b;
}

TEST(it_grows) {
    struct buf b = fresh(100000);
    for (int i = 0; i < 10000; i++)
        buf_format(&b, "%d,", i % 10);
    want_int(buf_peek(&b).length, 20000);
    want(!buf_is_over(&b));
    for (int i = 0; i < 10000; i++)
        want_int(buf_peek(&b).bytes[2 * i], '0' + i % 10);
}

TEST(numbers) {
    static const struct {
        int64_t given;
        const char *wanted;
    } rows[] = {{0, "0"}, {7, "7"}, {-1, "-1"}, {INT64_MAX, "9223372036854775807"},
                {INT64_MIN, "-9223372036854775808"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b = fresh(32);
        buf_i64(&b, rows[i].given);
        want_text(buf_peek(&b), rows[i].wanted);
    }
    struct buf b = fresh(32);
    buf_u64(&b, UINT64_MAX);
    want_text(buf_peek(&b), "18446744073709551615");
}

static void add_c(struct buf *b) { buf_c(b, "12345678"); }
static void add_text(struct buf *b) { buf_text(b, TEXT("12345678")); }
static void add_i64(struct buf *b) { buf_i64(b, -1234567); }
static void add_u64(struct buf *b) { buf_u64(b, 12345678); }
static void add_format(struct buf *b) { buf_format(b, "%s%d", "1234", 5678); }
static void add_more(struct buf *b) {
    char *room = buf_more(b, 8);
    if (room)
        memcpy(room, "12345678", 8);
}

TEST(what_passes_the_limit_is_dropped_whole) {
    static void (*const ways[])(struct buf *) = {add_c, add_text, add_i64, add_u64, add_format, add_more};
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct buf fits = fresh(10);
        buf_c(&fits, "ab");
        ways[i](&fits);
        want(!buf_is_over(&fits));
        want_int(buf_peek(&fits).length, 10);
        struct buf over = fresh(9);
        buf_c(&over, "ab");
        ways[i](&over);
        want(buf_is_over(&over));
        want_text(buf_peek(&over), "ab");
        buf_char(&over, 'c'); /* nothing follows a hole */
        want_text(buf_peek(&over), "ab");
    }
}

TEST(long_formats_have_the_same_limit) {
    char word[1001];
    memset(word, 'x', 1000);
    word[1000] = 0;
    for (size_t length = 250; length <= 1000; length += 250) {
        struct buf fits = fresh(length), over;
        buf_format(&fits, "%.*s", (int)length, word);
        want(!buf_is_over(&fits));
        want_int(buf_peek(&fits).length, length);
        want_int(buf_peek(&fits).bytes[length - 1], 'x');
        over = fresh(length - 1);
        buf_format(&over, "%.*s", (int)length, word);
        want(buf_is_over(&over));
        want_int(buf_peek(&over).length, 0);
    }
}

TEST(nothing_is_nothing) {
    struct buf b = fresh(0);
    buf_c(&b, "");
    buf_add(&b, NULL, 0);
    want(!buf_is_over(&b));
    want_int(buf_peek(&b).length, 0);
    arena_done(&arena);
}

TESTS(RUN(it_grows), RUN(numbers), RUN(what_passes_the_limit_is_dropped_whole),
      RUN(long_formats_have_the_same_limit), RUN(nothing_is_nothing))
