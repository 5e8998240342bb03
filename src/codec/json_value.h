/* json_value.h: values that json_in.h read, printed again, found by a path, compared, merged.
 *
 * Contract   values are at most LIMIT_JSON_DEPTH deep (json_parse sees to it); what is printed is UTF-8.
 *            Numbers keep
 *            their value, not their spelling: 1e3 is 1000.0.
 * Memory     texts in the arena; json_t as jansson counts them.
 * Source     RFC 8259; RFC 6901 (JSON Pointer); RFC 9535 (JSONPath) without filters; RFC 7386 (merge patch).
 */
#pragma once
#include "base/buf.h"
#include "codec/json_in.h"

struct json_style {
    unsigned indent; /* 0: all in one line */
    bool sorted;     /* names in the order of their bytes */
};

void json_value_print(struct buf *out, const json_t *value, struct json_style style);
struct text json_value_text_in(struct arena *a, const json_t *value); /* in one line */

/* What "/a/0" or "$.a[*].b", "$..name", "$.list[-1]", "$.list[0:2]" finds; borrowed from `root`. */
struct json_found {
    const json_t *value;
    struct text path; /* as JSON Pointer */
};
enum { JSON_FOUND_MAX = 1000 };
struct json_findings {
    struct json_found *list;
    size_t count;
    bool is_cut; /* there were more */
};
/* false: no path */
bool json_find_in(struct arena *a, const json_t *root, struct text path, struct json_findings *out);

/* The differences as JSON Patch operations would name them. */
enum json_change_kind { JSON_ADDED, JSON_REMOVED, JSON_REPLACED };
struct json_change {
    enum json_change_kind kind;
    struct text path;
    const json_t *old, *new;
};
size_t json_changes_in(struct arena *a, const json_t *old, const json_t *new, struct json_change *out,
                       size_t room);

/* RFC 7386; the caller releases what comes back. */
json_t *json_merge(const json_t *target, const json_t *patch);
