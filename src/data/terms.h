/* terms.h: what a Chinese or English text is about: its telling words, pairs of words and sentences.
 *
 * Contract   words of at least two characters that are neither numbers, punctuation nor stop words
 *            count. Weights are
 *            term frequency times inverse document frequency (the list of jieba; a word that it lacks
 *            has the median).
 *            Sentences are ranked by TextRank: two are alike by the words that they share.
 * Memory     in the arena.
 * Cost       0.5 us a character for words; sentences take n * n for n of them, and TERM_SENTENCES_MAX is
 *            the most.
 * Source     jieba.analyse (MIT) for the weights; Mihalcea and Tarau, TextRank, 2004.
 */
#pragma once
#include "data/pack.h"

enum { TERM_SENTENCES_MAX = 300 };

struct term_packs {
    const struct pack *words, *idf, *stopwords;
};

struct term {
    struct text word; /* in the text, or a text of the arena */
    double weight;
    unsigned count;
};

struct terms {
    struct term *list; /* the weightiest first */
    size_t count;
};

struct terms terms_words_in(struct arena *a, const struct term_packs *packs, struct text t);
struct terms terms_phrases_in(struct arena *a, const struct term_packs *packs, struct text t);

/* The sentences by their rank. */
struct terms terms_sentences_in(struct arena *a, const struct term_packs *packs, struct text t);
