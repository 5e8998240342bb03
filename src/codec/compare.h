/* compare.h: how two texts differ and how like they are.
 *
 * Contract   measures work on code points; lengths are the callers' to limit. Likeness is 0 to 1, 1 for
 *            equal texts.
 * Cost       edit distances take the product of the two lengths; the difference of lines takes lines
 *            times changes.
 * Source     Levenshtein 1966; Winkler 1990; Myers, An O(ND) Difference Algorithm, 1986; Charikar,
 *            SimHash, 2002.
 */
#pragma once
#include "base/text.h"

struct runes {
    int32_t *list; /* in the arena */
    size_t count;
};
struct runes runes_in(struct arena *a, struct text t);

size_t compare_levenshtein(struct arena *a, struct runes x, struct runes y);
double compare_jaro_winkler(struct arena *a, struct runes x, struct runes y);
double compare_pairs_dice(struct arena *a, struct runes x, struct runes y);   /* shared pairs of neighbours */
double compare_pairs_cosine(struct arena *a, struct runes x, struct runes y);
uint64_t compare_simhash(struct arena *a, struct runes x);                    /* of pairs */

enum edit_kind { EDIT_SAME, EDIT_REMOVED, EDIT_ADDED };
struct edit {
    enum edit_kind kind;
    size_t old, new; /* places of the piece, from 0 */
};

struct pieces {
    struct text *list;
    size_t count;
};

struct edits {
    struct edit *list;
    size_t count;
};

/* The fewest changes that make `old` into `new`; false where more than COMPARE_CHANGES_MAX are needed. */
bool compare_edits_in(struct arena *a, struct pieces old, struct pieces new, struct edits *out);
enum { COMPARE_CHANGES_MAX = 1500 };
