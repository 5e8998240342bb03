/* segment.h: Chinese text into words, by the algorithm of jieba 0.42 (MIT) over its dictionary.
 *
 * Contract   `words` is the pack WORDS, `t` is UTF-8. The pieces point into `t`; joined, the pieces
 *            of PRECISE and KNOWN are `t` again (blanks and punctuation are pieces of their own),
 *            and FULL and SEARCH give words that overlap. The pieces are the very ones that jieba
 *            gives (segment_test.c holds its answers), but for empty ones, which are left out.
 * Threads    any.
 * Cost       0.2 us a character of usual text, 0.4 us at worst, once the blocks of the pack are
 *            checked: the first calls of a process check them, 16 MB in all.
 * Source     github.com/fxsjy/jieba: dictionary, emission table; transition table in segment.c.
 */
#pragma once
#include "data/pack.h"

enum segment_mode {
    SEGMENT_PRECISE, /* the likeliest path; unknown words are guessed by the hidden Markov model */
    SEGMENT_FULL,    /* every word of the dictionary that is in the text */
    SEGMENT_SEARCH,  /* as PRECISE, and before each longer word the shorter ones inside it */
    SEGMENT_KNOWN,   /* as PRECISE, without guessing: unknown characters stay alone */
};

struct segments {
    struct text *pieces; /* in the arena */
    size_t count, room;
};

struct segments segment_in(struct arena *a, const struct pack *words, struct text t,
                           enum segment_mode mode);

/* The part of speech in the marks of jieba's dictionary (those of ICTCLAS: n noun, v verb, nr name
 * …); for other pieces m (a number), eng (Latin letters) or x (unknown, punctuation). */
struct text segment_tag(const struct pack *words, struct text piece);

bool segment_is_blank(struct text piece); /* nothing but white space */
