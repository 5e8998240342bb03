/* game24.h: whether four numbers make a target with + - x / and brackets, exactly, by fractions.
 *
 * Contract   numbers 1..1000, target 0..10000; the first answer in a fixed order. Threads: any.
 * Cost       18 orders of pairing with 6 ways at each of 3 steps: a few ms, most of it writing the terms,
 *            below 1 MB of the arena. Products of four numbers of at most 1000 stay
 *            below 2^63.
 */
#pragma once
#include "base/buf.h"

enum { GAME24_NUMBERS = 4 };

bool game24_solve(struct arena *a, const int numbers[GAME24_NUMBERS], int target,
                  struct text *expression_out);
