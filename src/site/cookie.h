/* cookie.h: the only way to set a cookie: by its number in the register (cookies.def).
 *
 * Contract   every cookie is HttpOnly, SameSite=Lax, Path=/, and over TLS Secure under the prefix __Host-.
 *            One of a category that was not chosen cannot be set: cookie_print_in gives nothing. Without a
 *            choice only what is necessary is chosen, and a browser that asks not to be tracked (Sec-GPC,
 *            DNT) has made that choice.
 *            A choice names the register's revision, so it ends when the register changes, and after 180
 *            days; nothing else asks again.
 * Memory     in the arena.
 */
#pragma once
#include "base/text.h"

#include <stdbool.h>

enum cookie_category {
    COOKIE_NECESSARY,
    COOKIE_PERFORMANCE,
    COOKIE_MARKETING,
    COOKIE_FUNCTIONAL,
    COOKIE_CATEGORY_COUNT
};

enum cookie_id {
#define COOKIE(id, name, category, days, zh, en) COOKIE_##id,
#include "site/cookies.def"
#undef COOKIE
    COOKIE_COUNT
};

enum { COOKIE_CHOICE_DAYS = 180, COOKIES_MAX = 100, COOKIE_BYTES_MAX = 4096 };

struct cookie {
    const char *name;
    enum cookie_category category;
    unsigned days;
    const char *says[2]; /* zh, en */
};

struct cookie_choice {
    bool is_made;                       /* by the person: never ask */
    bool opts_out;                      /* by the browser's signal: never ask, and only what is necessary */
    bool allows[COOKIE_CATEGORY_COUNT]; /* necessary: always */
    int64_t made_s;
};

/* The browser at the other end. */
struct cookie_jar {
    struct text header; /* its Cookie header */
    bool is_tls;
    struct cookie_choice choice;
};

const struct cookie *cookie_of(enum cookie_id id);
const char *cookie_category_name(enum cookie_category category); /* "necessary" … */
bool cookie_find(struct text name, enum cookie_id *out);         /* with or without __Host- */
struct text cookie_name_in(struct arena *a, enum cookie_id id, bool is_tls);

/* The value of the header Set-Cookie; an empty value takes the cookie away. Empty where the category was not
 * chosen: there is nothing to send then. */
struct text cookie_print_in(struct arena *a, enum cookie_id id, struct text value, unsigned max_age_s,
                            const struct cookie_jar *jar);

/* What the request's Cookie header says; empty where it is missing or there twice. */
struct text cookie_read(struct arena *a, enum cookie_id id, struct text header, bool is_tls);
bool cookie_is_there(struct arena *a, enum cookie_id id, struct text header, bool is_tls); /* once or more */
unsigned cookie_count(struct text header);
/* Takes the next one off `*rest`. */
bool cookie_next(struct text *rest, struct text *name_out, struct text *value_out);

/* ---- the choice ---- */

/* 64 hex digits over every line of the register; a choice names the first eight. */
struct text cookie_register_in(struct arena *a);
struct cookie_choice cookie_choice_read(struct arena *a, struct text header, bool is_tls, bool opts_out,
                                        int64_t now_s);
struct text cookie_choice_print_in(struct arena *a,
                                   const struct cookie_choice *choice); /* "3fa9c1d2.nf.1795464364" */
