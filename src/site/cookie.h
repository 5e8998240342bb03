/* cookie.h: the only way to set a cookie: by its number in the register (cookies.def).
 *
 * Contract   every cookie is HttpOnly, SameSite=Lax, Path=/, and over TLS Secure under the prefix __Host-.
 *            One of a category that was not chosen is not set at all.
 * Memory     in the arena.
 */
#pragma once
#include "base/text.h"

#include <stdbool.h>

enum cookie_category { COOKIE_NECESSARY, COOKIE_PERFORMANCE, COOKIE_MARKETING, COOKIE_FUNCTIONAL };

enum cookie_id {
#define COOKIE(id, name, category, days, zh, en) COOKIE_##id,
#include "site/cookies.def"
#undef COOKIE
    COOKIE_COUNT
};

struct cookie {
    const char *name;
    enum cookie_category category;
    unsigned days;
    const char *says[2]; /* zh, en */
};

const struct cookie *cookie_of(enum cookie_id id);
struct text cookie_name_in(struct arena *a, enum cookie_id id, bool is_tls);

/* The value of the header Set-Cookie; an empty value takes the cookie away. */
struct text cookie_print_in(struct arena *a, enum cookie_id id, struct text value, unsigned max_age_s,
                            bool is_tls);

/* What the request's Cookie header says; empty where it is missing or there twice. */
struct text cookie_read(struct arena *a, enum cookie_id id, struct text header, bool is_tls);
