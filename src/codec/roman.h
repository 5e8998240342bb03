/* roman.h: Roman numerals, 1 to 3999, in their one usual spelling.
 *
 * Contract   roman_parse takes what roman_print makes, in either case, and nothing else: IIII and
 * IC are refused. Source     the subtractive notation in common use: I V X L C D M, with IV IX XL
 * XC CD CM.
 */
#pragma once
#include "base/text.h"

enum { ROMAN_MOST = 3999, ROMAN_LENGTH_MOST = 15 };

struct text roman_print_in(struct arena *a, unsigned number); /* 1 .. ROMAN_MOST */
bool roman_parse(struct text t, unsigned *out);
