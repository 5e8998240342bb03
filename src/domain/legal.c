/* legal.c: see legal.h. */
#include "domain/legal.h"

static const struct legal_ref *by_code(struct text code) {
    for (const struct legal_ref *r = legal_refs; r->code; r++)
        if (text_equal_c(code, r->code))
            return r;
    return NULL;
}

const struct legal_ref *legal_ref_find(struct text citation, struct text *article_out) {
    const struct legal_ref *found = by_code(citation);
    uint64_t article;
    *article_out = TEXT("");
    if (found)
        return found;
    for (size_t dash = citation.length; dash-- > 0;) {
        if (citation.bytes[dash] != '-')
            continue;
        *article_out = text_from(citation, dash + 1);
        found = text_to_u64(*article_out, &article) ? by_code(text_part(citation, 0, dash)) : NULL;
        break;
    }
    if (!found)
        *article_out = TEXT("");
    return found;
}
