/* mapping.h: the provider's answer in our fields.
 *
 * Contract   writes the API's data exactly as its descriptor gives it: each field of `gives`, in that
 *            order and of that type, null where the provider has none, and nothing else. The file's
 *            `give NAME` says where each comes from; for a list, where the list is (`give hour =
 *            /hourly`), and ./ in the rules below is its item. A field whose rule is `give!` must be there.
 * Errors     ERR_SOURCE_FAILED names the first field that was missing or a list that is none.
 * Memory     into `out`.
 */
#pragma once
#include "connect/value.h"

[[nodiscard]] struct err mapping_write(struct scope *s, struct buf *out);
