/* multipart.h: multipart bodies (RFC 7578, read leniently as clients send them).
 *
 * Contract   form-data and mixed, any header order, quoted or bare names, parts with their own
 *            Content-Length. A body that never closes, or has more than LIMIT_MULTIPART_PARTS parts, is
 *            ERR_REQUEST_MALFORMED. All texts point into the body.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct multipart {
    struct text body, boundary;
    size_t parts;
};

struct part {
    struct text name, filename, type, content;
    bool is_file; /* has a filename */
};

/* From the Content-Type header's value; ERR_REQUEST_MALFORMED where it names no boundary. */
[[nodiscard]] struct err multipart_open(struct multipart *m, struct text content_type, struct text body);

/* *more_out is false behind the last part. */
[[nodiscard]] struct err multipart_next(struct multipart *m, struct part *part_out, bool *more_out);
