/* game24.h: whether four numbers make a target with + - x / and brackets, exactly, by fractions.
 *
 * Contract   numbers 1..1000, target 0..10000; the first answer in a fixed order. Threads: any.
 * Cost       at most 6 * 3 * 1 pairings and 6 ways each: below 10 us. Intermediate numbers stay below 2^63: products of four
 *            numbers of at most 1000.
 */
#pragma once
#include "base/buf.h"

enum { GAME24_NUMBERS = 4 };

bool game24_solve(struct arena *a, const int numbers[GAME24_NUMBERS], int target,
                  struct text *expression_out);
