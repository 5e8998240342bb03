/* disclosure_document.c: see disclosure_document.h. */
#include "domain/disclosure_document.h"
#include "base/buf.h"
#include "codec/pdf.h"
#include "codec/sha256.h"
#include "domain/disclosure.h"

enum { PIECE_BYTES = 60000 };

struct err document_check(struct domain *d, struct text document, struct text told,
                          struct text *sha256_out) {
    if (document.length > DISCLOSURE_DOCUMENT_BYTES_MAX)
        return domain_refuse(d, ERR_DOCUMENT_TOO_LARGE, "document", "a document may have at most 10 MiB");
    if (!pdf_is_plain(document))
        return domain_refuse(d, ERR_DOCUMENT_NOT_PDF, "document",
                             "the document must be a PDF and nothing besides");
    struct text sha256 = sha256_hex_in(d->arena, document);
    if (told.length && !text_equal_nocase(told, sha256))
        return domain_refuse(d, ERR_DOCUMENT_MISMATCH, "document", "the document has another SHA-256");
    *sha256_out = sha256;
    return ok;
}

struct err document_store(struct domain *d, struct text disclosure, struct text document) {
    for (int64_t part = 0; document.length; part++) {
        struct text piece = text_part(document, 0, PIECE_BYTES);
        struct text sealed;
        try(domain_office_seal(d, "disclosure_document.sealed", disclosure, part, piece, &sealed));
        struct statement *add = statement_for(d->store, SQL_DISCLOSURE_DOCUMENT_ADD);
        statement_bind_text(add, 1, disclosure);
        statement_bind_i64(add, 2, part);
        statement_bind_bytes(add, 3, sealed);
        try(statement_run(add, NULL));
        document = text_from(document, piece.length);
    }
    return ok;
}

static struct err read_part(struct domain *d, struct text disclosure, int64_t part, struct buf *out,
                            bool *found) {
    struct statement *get = statement_for(d->store, SQL_DISCLOSURE_DOCUMENT_GET);
    struct text plain;
    statement_bind_text(get, 1, disclosure);
    statement_bind_i64(get, 2, part);
    try(statement_step(get, found));
    if (!*found)
        return ok;
    struct text sealed = column_text_in(get, d->arena, 0);
    statement_done(get);
    if (domain_office_open(d, "disclosure_document.sealed", disclosure, part, sealed, &plain).kind)
        return err_make(ERR_DOCUMENT_MISMATCH, "the stored document was changed");
    buf_text(out, plain);
    return ok;
}

struct err document_verify(struct domain *d, struct text disclosure, struct text sha256) {
    struct buf whole;
    bool found = true;
    buf_init(&whole, d->arena, DISCLOSURE_DOCUMENT_BYTES_MAX);
    for (int64_t part = 0; found; part++)
        try(read_part(d, disclosure, part, &whole, &found));
    if (whole.length == 0)
        return domain_refuse(d, ERR_LEGAL_DOCUMENT_REQUIRED, "document",
                             "the document is not there any more");
    if (!text_equal(sha256, sha256_hex_in(d->arena, buf_peek(&whole))))
        return domain_refuse(d, ERR_DOCUMENT_MISMATCH, "document",
                             "the stored document is not what its digest says");
    return ok;
}
