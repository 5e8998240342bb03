/* sudoku_reply.h: a sudoku as the APIs write it: 81 characters, by rows, 0 for an empty cell. */
#pragma once
#include "call/ask.h"
#include "call/reply.h"
#include "codec/sudoku.h"

static inline void sudoku_reply(struct call *c, const char *name, const struct sudoku *s) {
    char *cells = arena_alloc(c->arena, SUDOKU_CELLS);
    for (unsigned i = 0; i < SUDOKU_CELLS; i++)
        cells[i] = (char)('0' + s->cells[i]);
    reply_text(c, name, text_of(cells, SUDOKU_CELLS));
}
