/* unicode_text.h: what ICU knows of texts: normal forms, case, scripts, look-alikes, user-perceived
 * characters.
 *
 * Contract   texts are UTF-8; what ICU refuses gives the text back unchanged (or empty, or false, as said).
 * Threads    any.
 * Memory     results in the arena.
 * Source     Unicode Standard Annexes 15, 29; UTS 39, 46; CLDR transforms. ICU 72.
 */
#pragma once
#include "base/text.h"

#include <unicode/utypes.h>

struct unicode_wide { /* UTF-16, in the arena */
    UChar *units;
    int32_t length;
};

struct unicode_wide unicode_wide_in(struct arena *a, struct text t);
struct text unicode_narrow_in(struct arena *a, const UChar *units, int32_t length);

enum unicode_form { UNICODE_NFC, UNICODE_NFD, UNICODE_NFKC, UNICODE_NFKD };
struct text unicode_normalize_in(struct arena *a, struct text t, enum unicode_form form);

enum unicode_case { UNICODE_UPPER, UNICODE_LOWER, UNICODE_TITLE, UNICODE_FOLD };
struct text unicode_case_in(struct arena *a, struct text t, enum unicode_case to);

/* A CLDR transform by its id: "Any-Latin; Latin-ASCII", "Fullwidth-Halfwidth" … ; empty where ICU has
 * none. */
struct text unicode_transform_in(struct arena *a, struct text t, const char *id);

size_t unicode_graphemes(struct arena *a, struct text t); /* user-perceived characters */

/* Where each user-perceived character ends, in UTF-16 units of `w`. Returns how many there are. */
size_t unicode_boundaries_in(struct arena *a, struct unicode_wide w, int32_t **ends_out);

struct text unicode_host_in(struct arena *a, struct text host);    /* A-labels to Unicode */
struct text unicode_skeleton_in(struct arena *a, struct text t);   /* UTS 39: same skeleton, same look */
bool unicode_is_suspicious(struct text t);                         /* mixed scripts, invisible marks … */
