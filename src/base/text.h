/* text.h: a slice of bytes that somebody else owns; usually UTF-8, never assumed to end in NUL.
 *
 * Contract   functions named _in put their result into the arena; the others only point into what they
 *            were given. An empty text has length 0 (bytes may be NULL).
 */
#pragma once
#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct text {
    const char *bytes;
    size_t length;
};

#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})

/* For printf: printf("%.*s", TEXT_ARG(t)). */
#define TEXT_ARG(t) (int)(t).length, (t).length ? (t).bytes : ""

/* The smallest are in line: a call makes some hundred of these, mostly with literals. */
static inline struct text text_of(const char *bytes, size_t length) { return (struct text){bytes, length}; }

static inline struct text text_c(const char *c_string) { /* NULL gives the empty text */
    return (struct text){c_string, c_string ? strlen(c_string) : 0};
}

static inline bool text_equal(struct text a, struct text b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

static inline bool text_equal_c(struct text a, const char *c_string) {
    return text_equal(a, text_c(c_string));
}
bool text_equal_nocase(struct text a, struct text b); /* ASCII letters only */
int text_compare(struct text a, struct text b);       /* by bytes, shorter first */
bool text_starts(struct text t, struct text prefix);
bool text_ends(struct text t, struct text suffix);
bool text_has_nul(struct text t);

/* Where `needle` begins in `t`, or SIZE_MAX. */
size_t text_find(struct text t, struct text needle);
size_t text_find_char(struct text t, char c);

/* The rest; empty when start is past the end. */
static inline struct text text_from(struct text t, size_t start) {
    return start < t.length ? (struct text){t.bytes + start, t.length - start} : (struct text){NULL, 0};
}

static inline struct text text_part(struct text t, size_t start, size_t length) {
    struct text rest = text_from(t, start);
    return (struct text){rest.bytes, rest.length < length ? rest.length : length};
}

struct text text_trim(struct text t); /* ASCII blanks and U+3000 at both ends */

/* Cuts the text before the first `c` off `*rest` and returns it; the last piece has no `c` behind it.
 * False when nothing is left. */
bool text_cut(struct text *rest, char c, struct text *piece_out);

/* Decimal digits only, the whole text, no sign (u64) or one leading minus (i64). */
bool text_to_u64(struct text t, uint64_t *out);
bool text_to_i64(struct text t, int64_t *out);
bool text_to_number(struct text t, double *out); /* decimal, finite, the whole text */

struct text text_copy_in(struct arena *a, struct text t);
char *text_c_in(struct arena *a, struct text t); /* with its NUL */
struct text text_lower_in(struct arena *a, struct text t); /* ASCII letters only */
[[gnu::format(printf, 2, 3)]] struct text text_format_in(struct arena *a, const char *format, ...);
[[gnu::format(printf, 2, 3)]] const char *text_say_in(struct arena *a, const char *format, ...);

/* UTF-8. text_rune takes the next code point off `*rest`; -1 at its end or where it is not UTF-8. */
bool text_is_utf8(struct text t);
int32_t text_rune(struct text *rest);
size_t text_runes(struct text t);                      /* code points */
struct text text_rune_print(char room[static 4], int32_t rune);
bool text_has_control(struct text t);                  /* below U+0020 but tab and line ends, or U+007F */
