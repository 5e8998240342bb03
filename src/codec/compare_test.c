/* compare_test.c: published values of the measures; changes, applied, give the new text, and none are
 * spare. */
#include "test.h"

#include "codec/compare.h"

static struct arena arena;

static struct runes runes(const char *t) { return runes_in(&arena, text_c(t)); }

TEST(measures) {
    arena_init(&arena, 8 << 20);
    want_int(compare_levenshtein(&arena, runes("kitten"), runes("sitting")), 3);
    want_int(compare_levenshtein(&arena, runes("你好世界"), runes("你好")), 2);
    want_int(compare_levenshtein(&arena, runes(""), runes("abc")), 3);
    assert_float_equal(compare_jaro_winkler(&arena, runes("MARTHA"), runes("MARHTA")), 0.9611, 0.0001);
    assert_float_equal(compare_jaro_winkler(&arena, runes("DIXON"), runes("DICKSONX")), 0.8133, 0.0001);
    assert_float_equal(compare_jaro_winkler(&arena, runes("DWAYNE"), runes("DUANE")), 0.84, 0.0001);
    assert_float_equal(compare_jaro_winkler(&arena, runes("a"), runes("b")), 0, 0.0001);
    assert_float_equal(compare_pairs_dice(&arena, runes("night"), runes("nacht")), 0.25, 0.0001);
    assert_float_equal(compare_pairs_cosine(&arena, runes("abcabc"), runes("abcabc")), 1, 0.0001);
    assert_float_equal(compare_pairs_cosine(&arena, runes("ab"), runes("cd")), 0, 0.0001);
    want(compare_simhash(&arena, runes("hello world")) == compare_simhash(&arena, runes("hello world")));
    arena_done(&arena);
}

/* The longest common subsequence by the plain table: old + new - 2 * it is the fewest changes. */
static size_t fewest(const struct text *x, size_t n, const struct text *y, size_t m) {
    size_t table[16][16] = {{0}};
    for (size_t i = 1; i <= n; i++)
        for (size_t k = 1; k <= m; k++)
            table[i][k] = text_equal(x[i - 1], y[k - 1]) ? table[i - 1][k - 1] + 1
                          : table[i - 1][k] > table[i][k - 1] ? table[i - 1][k] : table[i][k - 1];
    return n + m - 2 * table[n][m];
}

TEST(changes_are_right_and_the_fewest) {
    static const struct text letters[] = {{"a", 1}, {"b", 1}, {"c", 1}};
    unsigned state = 7;
    for (int round = 0; round < 300; round++) {
        struct text old[15], new[15];
        struct edits found;
        size_t n = state % 13, m = state / 16 % 13, at = 0, changes = 0;
        arena_init(&arena, 8 << 20);
        for (size_t i = 0; i < 13; i++) {
            state = state * 1103515245 + 12345;
            old[i] = letters[state >> 8 & 1];
            new[i] = letters[(state >> 16) % 3];
        }
        want(compare_edits_in(&arena, (struct pieces){old, n}, (struct pieces){new, m}, &found));
        for (size_t i = 0; i < found.count; i++) {
            changes += found.list[i].kind != EDIT_SAME;
            if (found.list[i].kind != EDIT_REMOVED)
                want(found.list[i].new == at++);
            if (found.list[i].kind == EDIT_SAME)
                want(text_equal(old[found.list[i].old], new[found.list[i].new]));
        }
        want_int(at, m);
        want_int(changes, fewest(old, n, new, m));
        state = state * 1103515245 + 12345;
        arena_done(&arena);
    }
}

TESTS(RUN(measures), RUN(changes_are_right_and_the_fewest))
