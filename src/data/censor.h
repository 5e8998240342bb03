/* censor.h: the words of a list in a text, written plainly or in disguise.
 *
 * Contract   compared are the characters that are left when a text is made plain: NFKC (full-width
 *            letters), small
 *            letters, simplified Chinese, without marks, blanks, punctuation and invisible characters
 *            between. A word
 *            of Latin letters must stand by itself ("shit", not "Shitake"). Places are code points of
 *            the text as it came.
 *            The longest word at a place counts, and words don't overlap.
 * Memory     in the arena.
 * Cost       1 us a character.
 */
#pragma once
#include "data/pack.h"

enum { CENSOR_HITS_MAX = 200 };

struct censor_hit {
    struct text kind, verdict, word;
    struct text found;    /* as it stands in the text */
    size_t start, length; /* code points */
};

struct censor_hits {
    struct censor_hit list[CENSOR_HITS_MAX];
    size_t count;
};

/* ERR_SOURCE_UNAVAILABLE where the dictionaries of the scripts cannot be read. */
[[nodiscard]] struct err censor_find_in(struct arena *a, const struct pack *p, struct text t,
                                        struct censor_hits *out);
