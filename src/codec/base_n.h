/* base_n.h: writing bytes as text and back, in the forms that base64.h has not.
 *
 * Contract   decoding skips nothing: a wrong character or length gives false.
 * Cost       base58 takes the square of its length; its callers limit it.
 * Source     RFC 4648 (base32), Bitcoin's base58 alphabet, Adobe's Ascii85 without its brackets, HTML
 *            character
 *            references (WHATWG), ECMAScript's \u escapes.
 */
#pragma once
#include "base/buf.h"

struct text base32_encode_in(struct arena *a, struct text bytes);
bool base32_decode_in(struct arena *a, struct text t, struct text *out); /* either case, padding or none */

struct text base58_encode_in(struct arena *a, struct text bytes);
bool base58_decode_in(struct arena *a, struct text t, struct text *out);

struct text ascii85_encode_in(struct arena *a, struct text bytes);
bool ascii85_decode_in(struct arena *a, struct text t, struct text *out);

struct text html_escape_in(struct arena *a, struct text t);   /* & < > " ' */
struct text html_unescape_in(struct arena *a, struct text t); /* the commonest names, and numbers */

struct text unicode_escape_in(struct arena *a, struct text t); /* all but ASCII as \uXXXX */
bool unicode_unescape_in(struct arena *a, struct text t, struct text *out);
