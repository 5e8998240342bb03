/* evidence.h: what must be shown before data is handed out: the table in evidence.def and its check.
 *
 * Contract   evidence_check names the first item that is missing: ERR_EXCEPTION_EVIDENCE_MISSING with
 *            detail.field, ERR_LEGAL_DOCUMENT_REQUIRED where it is the document; or says why what is there
 *            will not do.
 */
#pragma once
#include "domain/domain.h"

enum { EXCEPTION_NONE = -1, EXCEPTION_MAX = 8, EVIDENCE_MAX = 12 };

struct evidence {
    struct text name, value;
};

struct evidence_case {
    int exception;
    int64_t account;
    struct text document, statute, authority;
    unsigned scope; /* bits of person_view.h */
    const struct evidence *items;
    unsigned count;
};

struct exception_row {
    int code;
    const char *says[2], *law; /* zh, en */
};
const struct exception_row *exception_row(int code);

/* "0" to "8", one of them; else ERR_EXCEPTION_EVIDENCE_MISSING. */
[[nodiscard]] struct err exception_parse(struct domain *d, struct text given, int *out);
[[nodiscard]] struct err evidence_check(struct domain *d, const struct evidence_case *c);

/* The names of the items of a code, one after another; NULL: no more. */
const char *evidence_item(int code, unsigned place);
