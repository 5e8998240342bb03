/* legal.h: the laws and standards that the policy cites (policy/legal_refs.tsv), each keyed to its edition.
 *
 * Contract   a citation is a code, or a code with the number of an article behind it: "pipl-14". What was
 *            replaced stays in the table and names its successor, so an old text still says what it cites.
 */
#pragma once
#include "base/text.h"

struct legal_ref {
    const char *code, *title[2], *edition, *effective;
    const char *superseded_by; /* a code; NULL: it is in force */
};

extern const struct legal_ref legal_refs[]; /* ended by an empty one */

/* NULL where no law has this code; *article_out is empty where none is named. */
const struct legal_ref *legal_ref_find(struct text citation, struct text *article_out);
