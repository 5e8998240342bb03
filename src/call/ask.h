/* ask.h: parameters: gathered from wherever they came, checked against the API's table, read by it.
 *
 * Contract   params_* fill call.params and never interpret. ask_check makes call.asked or refuses with
 *            the named error, call.parameter and a hint in both languages. An empty value counts as not
 *            sent. A name that the API does not know is listed in call.ignored.
 */
#pragma once
#include "call/call.h"

[[nodiscard]] struct err params_add(struct call *c, struct text name, struct text value, bool is_file);
[[nodiscard]] struct err params_from_form(struct call *c, struct text form); /* a query or a form body */
[[nodiscard]] struct err params_from_body(struct call *c, struct text content_type, struct text body);

/* Takes the parameter "token" out of the list; empty where there is none. */
struct text params_take_token(struct call *c);

[[nodiscard]] struct err ask_check(struct call *c);

/* What came for the i-th of the API's `asks`, under its name or an alias; NULL where nothing did. */
struct param *ask_sent(struct call *c, unsigned i);

/* For the API's function; `i` is the place in its `asks`. */
static inline bool ask_has(const struct call *c, unsigned i) { return c->asked[i].is_set; }
static inline struct text ask_text(const struct call *c, unsigned i) { return c->asked[i].text; }
static inline int64_t ask_int(const struct call *c, unsigned i) { return c->asked[i].whole; }
static inline double ask_number(const struct call *c, unsigned i) { return c->asked[i].number; }
static inline bool ask_bool(const struct call *c, unsigned i) { return c->asked[i].whole != 0; }
static inline struct date ask_date(const struct call *c, unsigned i) { return c->asked[i].date; }
static inline bool ask_is(const struct call *c, unsigned i, const char *choice) {
    return text_equal_c(c->asked[i].text, choice);
}
