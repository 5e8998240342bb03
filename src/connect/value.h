/* value.h: the small language of connector files: where a value comes from and what is done to it.
 *
 *     /now/temp | round 1              a path in the provider's answer, through filters
 *     ./fxDate                         a path from the item of the list that is being walked
 *     /daily/time/#                    # is the place in that list; ## the place in the list around it
 *     /a/b or /c or -                  the first that is there
 *     {city}·{./district | default -}  a text with values in braces
 *
 * Names       a parameter of the API; set.NAME; key, key.1 … key.9 (the secret and its parts between
 *             blanks); what let, take and the API's own function made; now, now_ms (Unix), today
 *             (UTC+8), nonce (16 hex digits, one a request), language (zh, en); body (while a header is
 *             made).
 * Filters     see filters[] in value.c; docs/connectors.md explains each.
 * Contract    a value that is not there is false, never an empty text; `out` is then left alone.
 * Memory      in the call's arena.
 */
#pragma once
#include "call/ask.h"
#include "connect/connector.h"

#include <jansson.h>

enum { SCOPE_LEVELS_MAX = 4, SCOPE_NAMES_MAX = 48 };

struct named_value {
    struct text name, value;
};

struct scope {
    struct call *call;
    const struct connector *connector;
    const struct connector_part *part;
    const json_t *root; /* the provider's answer; NULL before it is there */
    struct {
        const json_t *item;
        size_t index;
    } levels[SCOPE_LEVELS_MAX];
    unsigned depth;
    struct named_value names[SCOPE_NAMES_MAX];
    unsigned name_count;
    struct text nonce;
};

typedef void value_escape(struct buf *b, struct text t);
value_escape escape_nothing, escape_percent;

void scope_name(struct scope *s, struct text name,
                struct text value); /* beyond SCOPE_NAMES_MAX it is a bug */
bool scope_has(struct scope *s, struct text name);

/* What stands at a path of the answer; NULL where nothing does, or null. */
const json_t *value_at(const struct scope *s, struct text path);
bool value_of(struct scope *s, struct text expression, struct text *out);
bool value_fill(struct scope *s, struct text pattern, value_escape *escape, struct text *out);

/* Cuts the first of the parts that `|` divides off; a brace keeps what is in it together. */
bool value_cut(struct text *rest, char c, struct text *piece_out);

/* For the check of a file: NULL, or what is wrong with the expression or the pattern. `has_name` says
 * whether a name will be there. */
typedef bool value_has_name(void *with, struct text name);
const char *value_fault(struct arena *a, const struct connector *c, struct text expression, bool is_pattern,
                        value_has_name *has_name, void *with);
