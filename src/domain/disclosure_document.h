/* disclosure_document.h: the legal document of a disclosure, sealed under the office's key, piece by piece.
 *
 * Contract   what is stored passed document_check: a plain PDF within its size. document_read is
 *            ERR_DOCUMENT_MISMATCH where it is not what its digest says any more, ERR_LEGAL_DOCUMENT_REQUIRED
 *            where it is gone.
 */
#pragma once
#include "domain/domain.h"

/* ERR_DOCUMENT_TOO_LARGE, ERR_DOCUMENT_NOT_PDF, ERR_DOCUMENT_MISMATCH (told: SHA-256 as the authority told
 * it, may be empty). */
[[nodiscard]] struct err document_check(struct domain *d, struct text document, struct text told,
                                        struct text *sha256_out);
[[nodiscard]] struct err document_store(struct domain *d, struct text disclosure, struct text document);
[[nodiscard]] struct err document_verify(struct domain *d, struct text disclosure, struct text sha256);
