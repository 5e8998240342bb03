/* plain.h: numbers as people type them, made plain.
 *
 * Contract   blanks, hyphens and dots go, letters become capitals; the result lives in the call's
 * arena.
 */
#pragma once
#include "call/call.h"

struct text plain_in(struct arena *a, struct text typed);
