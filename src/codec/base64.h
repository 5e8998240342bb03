/* base64.h: RFC 4648 base64, both alphabets in, the standard one (padded) out; hex in small letters. */
#pragma once
#include "base/buf.h"

/* Takes standard and URL-safe letters, with or without padding, blanks skipped; false if not base64. */
bool base64_decode_in(struct arena *a, struct text t, struct text *out);
struct text base64_encode_in(struct arena *a, struct text t);
struct text hex_encode_in(struct arena *a, struct text t);
bool hex_decode_in(struct arena *a, struct text t, struct text *out);
