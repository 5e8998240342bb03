/* sudoku.c: see sudoku.h. Sets of numbers are bits; the cell with the fewest candidates is tried first. */
#include "codec/sudoku.h"

#include <string.h>

enum { ALL = 0x1ff };

struct board {
    struct sudoku now, first;
    uint16_t rows[SUDOKU_SIDE], columns[SUDOKU_SIDE],
        boxes[SUDOKU_SIDE]; /* numbers that are taken */
    unsigned steps;
    int found, wanted;
    struct random *chance; /* NULL: numbers in their order */
};

static unsigned box_of(unsigned cell) {
    return cell / 27 * 3 + cell % 9 / 3;
}

static uint16_t taken(const struct board *b, unsigned cell) {
    return b->rows[cell / 9] | b->columns[cell % 9] | b->boxes[box_of(cell)];
}

static void put(struct board *b, unsigned cell, unsigned number) {
    uint16_t bit = (uint16_t)(1u << (number - 1));
    b->now.cells[cell] = (uint8_t)number;
    b->rows[cell / 9] |= bit;
    b->columns[cell % 9] |= bit;
    b->boxes[box_of(cell)] |= bit;
}

static void take_back(struct board *b, unsigned cell) {
    uint16_t bit = (uint16_t)(1u << (b->now.cells[cell] - 1));
    b->now.cells[cell] = 0;
    b->rows[cell / 9] &= (uint16_t)~bit;
    b->columns[cell % 9] &= (uint16_t)~bit;
    b->boxes[box_of(cell)] &= (uint16_t)~bit;
}

static bool begin(struct board *b, const struct sudoku *s) {
    memset(b, 0, sizeof *b);
    for (unsigned i = 0; i < SUDOKU_CELLS; i++) {
        if (s->cells[i] == 0)
            continue;
        if (s->cells[i] > SUDOKU_SIDE || taken(b, i) & 1u << (s->cells[i] - 1))
            return false;
        put(b, i, s->cells[i]);
    }
    return true;
}

/* The empty cell with the fewest candidates, or SUDOKU_CELLS where none is empty. */
static unsigned narrowest(const struct board *b, uint16_t *candidates) {
    unsigned best = SUDOKU_CELLS, least = SUDOKU_SIDE + 1;
    for (unsigned i = 0; i < SUDOKU_CELLS && least > 1; i++) {
        uint16_t free = (uint16_t)(~taken(b, i) & ALL);
        unsigned count = (unsigned)__builtin_popcount(free);
        if (b->now.cells[i] == 0 && count < least) {
            best = i;
            least = count;
            *candidates = free;
        }
    }
    return best;
}

/* At most 81 levels deep. */
static void search(struct board *b) {
    uint16_t candidates = 0;
    unsigned cell = narrowest(b, &candidates);
    if (cell == SUDOKU_CELLS) {
        if (b->found++ == 0)
            b->first = b->now;
        return;
    }
    unsigned turn = b->chance ? random_below(b->chance, SUDOKU_SIDE) : 0;
    for (unsigned i = 0; i < SUDOKU_SIDE; i++) {
        unsigned number = (i + turn) % SUDOKU_SIDE + 1;
        if (!(candidates & 1u << (number - 1)))
            continue;
        if (++b->steps > SUDOKU_STEPS_MAX || b->found >= b->wanted)
            return;
        put(b, cell, number);
        search(b);
        take_back(b, cell);
    }
}

bool sudoku_is_consistent(const struct sudoku *s) {
    struct board b;
    return begin(&b, s);
}

int sudoku_solve(const struct sudoku *s, struct sudoku *answer) {
    struct board b;
    if (!begin(&b, s))
        return 0;
    b.wanted = 2;
    search(&b);
    if (b.found)
        *answer = b.first;
    return b.steps > SUDOKU_STEPS_MAX ? SUDOKU_TOO_HARD : b.found;
}

static void shuffle(struct random *chance, uint8_t *numbers, unsigned count) {
    for (unsigned i = count; i > 1; i--) {
        unsigned other = random_below(chance, i);
        uint8_t kept = numbers[i - 1];
        numbers[i - 1] = numbers[other];
        numbers[other] = kept;
    }
}

void sudoku_make(struct random *chance, unsigned clues, struct sudoku *puzzle,
                 struct sudoku *answer) {
    struct board b = {.chance = chance, .wanted = 1};
    uint8_t order[SUDOKU_CELLS], first[SUDOKU_SIDE] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    shuffle(chance, first, SUDOKU_SIDE);
    for (unsigned i = 0; i < SUDOKU_SIDE; i++)
        put(&b, i, first[i]);
    search(&b);
    *puzzle = *answer = b.first;
    for (unsigned i = 0; i < SUDOKU_CELLS; i++)
        order[i] = (uint8_t)i;
    shuffle(chance, order, SUDOKU_CELLS);
    for (unsigned i = 0, left = SUDOKU_CELLS; i < SUDOKU_CELLS && left > clues; i++) {
        struct sudoku ignored;
        uint8_t kept = puzzle->cells[order[i]];
        puzzle->cells[order[i]] = 0;
        if (sudoku_solve(puzzle, &ignored) == 1)
            left--;
        else
            puzzle->cells[order[i]] = kept;
    }
}
