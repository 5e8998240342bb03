/* list.h: many values in one call, for the look-ups that allow it (endpoint.many).
 *
 * Contract   the API's parameter may hold up to LIMIT_LIST values: a JSON list in a JSON body, or texts
 *            parted by commas, Chinese commas or line ends. Two values or more (or a JSON list) make
 *            "data" a list of {"asked", "data"} in the order sent; a value that is refused has "data":
 *            null with "error" and "hint" instead, and the others are answered all the same. A list
 *            costs what its values would cost one by one, those without a result too; one that no value
 *            of can be answered is refused whole, with the first refusal, and costs nothing.
 * Memory     in the call's arena.
 */
#pragma once
#include "call/call.h"

struct list {
    bool is_list;
    unsigned count;
    struct text *values;
};

/* ERR_PARAMETER_INVALID past LIMIT_LIST values. Where the call holds no list, is_list is false. */
[[nodiscard]] struct err list_take_in(struct call *c, struct list *out);

/* How many values the call holds, 1 to LIMIT_LIST: what the price is multiplied by. */
unsigned list_length(struct call *c);

/* Runs the API for each value; the envelope is open. */
[[nodiscard]] struct err list_run(struct call *c, const struct list *list);
