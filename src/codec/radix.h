/* radix.h: whole numbers of any length from one base to another, exactly.
 *
 * Contract   bases 2 to 36, digits 0-9 and letters in either case; a prefix 0x, 0o or 0b of the
 * number's own base is left out. The work grows with the square of the length: the caller bounds
 * it.
 */
#pragma once
#include "base/text.h"

/* False where a character is no digit of `from`, or none is there. Small letters, no leading zeros.
 */
bool radix_convert_in(struct arena *a, struct text digits, unsigned from, unsigned to,
                      struct text *out);
