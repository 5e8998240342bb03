/* host.h: host names as a stranger types them.
 *
 * Contract   host_normalize_in takes "Example.COM.", "http://example.com/x", "例子.中国" and gives the
 *            lower-case A-label form "example.com"; false where it is no host name (RFC 1123 letters,
 *            IDNA2008 by ICU's UTS #46), is longer than 253 characters, or has no dot.
 */
#pragma once
#include "base/text.h"

bool host_normalize_in(struct arena *a, struct text t, struct text *out);
