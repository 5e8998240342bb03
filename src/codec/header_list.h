/* header_list.h: the head of an HTTP answer as somebody copied it: names and values, line by line.
 *
 * Contract   a status line ("HTTP/2 200") in front and empty lines are stepped over; a line that begins
 *            with a blank
 *            goes on with the value before it (folded, joined by one blank). A line that is no header
 *            ends the list:
 *            header_next says HEADER_BROKEN and `rest` begins with it. Names are RFC 9110 tokens.
 * Memory     folded values in the arena, all others point into the text.
 */
#pragma once
#include "base/text.h"

enum header_step { HEADER_HERE, HEADER_END, HEADER_BROKEN };

struct header {
    struct text name, value;
};

enum header_step header_next_in(struct arena *a, struct text *rest, struct header *out);
