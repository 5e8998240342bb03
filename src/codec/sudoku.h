/* sudoku.h: sudoku of nine by nine: solving, counting answers, making puzzles.
 *
 * Contract   81 cells by rows, 0 for an empty one. Chance comes in; a puzzle has exactly one answer. A search
 *            gives up after SUDOKU_STEPS_MAX placements, far more than any published puzzle with one
 *            answer takes; then the count is SUDOKU_TOO_HARD.
 * Threads    any; nothing is kept. Cost: solving some 20 us, at worst 0.3 s; making 1 to 10 ms.
 */
#pragma once
#include "base/random.h"

#include <stdbool.h>
#include <stdint.h>

enum { SUDOKU_SIDE = 9, SUDOKU_CELLS = 81, SUDOKU_STEPS_MAX = 500000, SUDOKU_TOO_HARD = -1 };

struct sudoku {
    uint8_t cells[SUDOKU_CELLS];
};

/* False where a row, a column or a box holds a number twice. */
bool sudoku_is_consistent(const struct sudoku *s);

/* How many answers there are: 0, 1 or 2 (for more than one). The first one found goes to `answer`. */
int sudoku_solve(const struct sudoku *s, struct sudoku *answer);

/* A puzzle with one answer and about `clues` numbers given, 22 at least: fewer are not forced. */
void sudoku_make(struct random *chance, unsigned clues, struct sudoku *puzzle,
                 struct sudoku *answer);
