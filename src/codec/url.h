/* url.h: an address of the web, taken apart and put together (RFC 3986).
 *
 * Contract   url_parse takes absolute addresses ("scheme:…"), with an authority ("//host") or without
 *            (mailto:). It points into what it was given and decodes nothing. url_normal_in makes the
 *            normal form: small letters in scheme and host, no default port, no dot segments, escapes in
 *            capitals and none for unreserved characters (6.2.2, 6.2.3); the normal form is its own.
 * Memory     url_parse allocates nothing.
 * Threads    any.
 */
#pragma once
#include "base/buf.h"

struct url {
    struct text scheme, user, password, host, port, path, query, fragment;
    bool has_authority, has_user, has_password, has_query, has_fragment;
};

bool url_parse(struct text t, struct url *out);
unsigned url_default_port(struct text scheme); /* 0 where it has none that we know */
struct text url_normal_in(struct arena *a, const struct url *u);
