/* sudoku_test.c: published puzzles, puzzles without or with many answers, and what is made. */
#include "test.h"

#include "codec/sudoku.h"

static struct sudoku read_grid(const char *cells) {
    struct sudoku s = {0};
    for (unsigned i = 0; i < SUDOKU_CELLS; i++)
        s.cells[i] = cells[i] == '.' ? 0 : (uint8_t)(cells[i] - '0');
    return s;
}

static void want_grid(const struct sudoku *s, const char *cells) {
    struct sudoku wanted = read_grid(cells);
    assert_memory_equal(s->cells, wanted.cells, SUDOKU_CELLS);
}

/* The puzzle of Wikipedia's article, and one with 17 numbers given. */
TEST(published_puzzles) {
    struct sudoku answer, easy = read_grid("53..7....6..195....98....6.8...6...34..8.3..17...2...6"
                                           ".6....28....419..5....8..79");
    assert_int_equal(sudoku_solve(&easy, &answer), 1);
    want_grid(&answer,
              "534678912672195348198342567859761423426853791713924856961537284287419635345286179");
    struct sudoku few = read_grid(
        "000000010400000000020000000000050407008000300001090000300400200050100000000806000");
    assert_int_equal(sudoku_solve(&few, &answer), 1);
    want_grid(&answer,
              "693784512487512936125963874932651487568247391741398625319475268856129743274836159");
}

TEST(none_or_many) {
    struct sudoku answer, empty = {0}, twice = {0}, stuck = {0};
    assert_int_equal(sudoku_solve(&empty, &answer), 2);
    assert_true(sudoku_is_consistent(&answer));
    twice.cells[0] = twice.cells[8] = 5;
    assert_int_equal(sudoku_solve(&twice, &answer), 0);
    assert_false(sudoku_is_consistent(&twice));
    for (unsigned i = 0; i < 8; i++)
        stuck.cells[i] = (uint8_t)(i + 1);
    stuck.cells[17] = 9; /* the last cell of the first row has nothing left */
    assert_true(sudoku_is_consistent(&stuck));
    assert_int_equal(sudoku_solve(&stuck, &answer), 0);
}

TEST(what_is_made_has_one_answer) {
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct random chance = random_seeded(seed);
        struct sudoku puzzle, answer, found;
        unsigned given = 0;
        sudoku_make(&chance, 28, &puzzle, &answer);
        assert_int_equal(sudoku_solve(&puzzle, &found), 1);
        assert_memory_equal(&found, &answer, sizeof answer);
        for (unsigned i = 0; i < SUDOKU_CELLS; i++)
            given += puzzle.cells[i] != 0;
        assert_true(given >= 22 && given <= 32);
    }
}

TESTS(RUN(published_puzzles), RUN(none_or_many), RUN(what_is_made_has_one_answer))
