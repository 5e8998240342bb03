/* policy_mark.h: what may stand inside a sentence of the policy.
 *
 *     **sensitive**        shown in bold type (a word for sensitive personal information)
 *     {{operator_name}}    a word of the configuration
 *     ^[pipl-14]           a law, and its article where one is named (legal.h)
 *     /cookies             a page of this site; it ends with a blank or another mark
 *
 * Contract   policy_piece_next takes the next piece off `*rest`; what is none of these is plain. A mark that
 *            does not end is plain too, and the lint names it.
 * Memory     pieces point into the sentence.
 */
#pragma once
#include "base/text.h"

enum policy_piece_kind { PIECE_PLAIN, PIECE_SENSITIVE, PIECE_WORD, PIECE_LAW, PIECE_PAGE };

struct policy_piece {
    enum policy_piece_kind kind;
    struct text text; /* without its mark */
};

bool policy_piece_next(struct text *rest, struct policy_piece *out);

/* What the words of the configuration stand for. */
struct policy_words {
    struct text name, code, address, contact;
    struct text court[2]; /* zh, en */
};

/* Of the piece PIECE_WORD; empty where there is no such word. */
struct text policy_word(const struct policy_words *words, struct text name, unsigned language);

/* The sentence as one reads it: words filled in, marks and footnotes left out. */
struct text policy_plain_in(struct arena *a, struct text say, const struct policy_words *words,
                            unsigned language);
