/* reading.h: how Chinese text is read aloud: a syllable for each character, chosen by the word it
 * is in.
 *
 * The idea   the text is cut into words (segment.h, no guessing); from each word's begin the longest
 *            entry of the reading dictionary is taken that ends where a word ends, so 学会了解决 does
 *            not fall into 了解; a word that has no entry is read piece by piece, the longest first;
 *            last, each character by its commonest reading.
 * Contract   `t` is UTF-8. The marks, joined, are `t` again; a mark with a syllable is one
 *            character, a mark without one is a run of everything that has none. Syllables are
 *            those of codec/syllable.h.
 * Threads    any.
 * Not here   tone sandhi (不, 一 and third tones are given as in a dictionary); surnames.
 */
#pragma once
#include "data/pack.h"

struct reading {
    struct text piece;    /* in `t` */
    struct text syllable; /* "chong2", in the pack; empty for what is not read */
};

struct readings {
    struct reading *marks; /* in the arena */
    size_t count;
};

struct readings reading_in(struct arena *a, const struct pack *words, const struct pack *pinyin,
                           struct text t);
