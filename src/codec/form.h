/* form.h: application/x-www-form-urlencoded, of queries and bodies (WHATWG URL, 5).
 *
 * Contract   a broken escape (%zz) is ERR_REQUEST_MALFORMED; + is a blank.
 */
#pragma once
#include "base/buf.h"
#include "base/err.h"

/* Takes the next name=value pair off `*rest`; false at its end. Still escaped. */
bool form_next(struct text *rest, struct text *name_out, struct text *value_out);

bool form_is_escaped(struct text t); /* a name, a value or the whole form */

/* Points into `t` where nothing was escaped, else into the arena. */
[[nodiscard]] struct err form_decode_in(struct arena *a, struct text t, struct text *out);

void form_encode(struct buf *b, struct text t); /* unreserved characters stay, all others become %XX */
