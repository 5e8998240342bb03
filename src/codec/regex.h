/* regex.h: regular expressions of strangers and of data, by PCRE2, inside limits.
 *
 * Contract   expressions and texts are UTF-8. A search makes at most REGEX_MATCH_STEPS steps and takes
 *            REGEX_HEAP_KIB; one that would need more is REGEX_TOO_MUCH, never a hang. \C is refused.
 *            No code is made at run time (no JIT): worker processes may not make memory executable.
 * Memory     a struct regex is the library's: regex_free. Groups point into the text that was searched.
 * Threads    a regex may be used by one thread at a time.
 */
#pragma once
#include "base/text.h"

enum {
    REGEX_MATCH_STEPS = 100000,
    REGEX_HEAP_KIB = 8192,
    REGEX_GROUPS_MAX = 64,
    REGEX_PATTERN_BYTES_MAX = 65536,
};

enum regex_flag { REGEX_NO_CASE = 1, REGEX_LINES = 2, REGEX_DOT_ALL = 4, REGEX_EXTENDED = 8 };

struct regex;

struct regex_fault {
    size_t at;        /* byte of the expression */
    const char *says; /* the library's sentence, in the arena */
};

/* NULL where it is no expression, or one of more than REGEX_GROUPS_MAX groups. */
struct regex *regex_new(struct arena *a, struct text pattern, unsigned flags, struct regex_fault *out);
void regex_free(struct regex *r);

unsigned regex_group_count(const struct regex *r);
struct text regex_group_name(const struct regex *r, unsigned group); /* empty where it has none */

struct regex_match {
    struct text groups[REGEX_GROUPS_MAX + 1]; /* [0] the whole; bytes NULL where a group took no part */
    size_t start, end;                        /* bytes of the text */
};

enum regex_verdict { REGEX_FOUND, REGEX_NOTHING, REGEX_TOO_MUCH };

/* The first match at or behind `from`. */
enum regex_verdict regex_search(struct regex *r, struct text t, size_t from, struct regex_match *out);
