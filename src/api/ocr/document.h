/* document.h: a picture of a document, which a provider reads.
 *
 * Contract   ASKS_DOCUMENT are all the parameters of such an API and DOCUMENT its head. The connector is
 *            handed {picture.url} or {picture.base64}: the address is checked for its form and fetched by
 *            the provider, never by us; a picture must be JPEG, PNG, BMP, WebP, GIF or TIFF by its first
 *            bytes. Neither it nor the answer is ever kept.
 * Errors     ERR_PARAMETER_MISSING and ERR_PARAMETER_INVALID with what to send.
 */
#pragma once
#include "api/connected.h"

#define ASKS_DOCUMENT(need) \
    {"input_type", ASK_CHOICE, REQUIRED, \
     {"input_data 是什么：url 图片网址，base64 图片内容", "What input_data is: an address, or the picture in base64"}, \
     .choices = "url|base64"}, \
    {"input_data", ASK_TEXT, need, \
     {"图片网址，或图片的 base64（JPEG、PNG、BMP 等，编码后最多 1 MiB）", \
      "The picture's address, or the picture in base64 (JPEG, PNG, BMP …; 1 MiB at most when encoded)"}, \
     4, 1 << 20}

#define DOCUMENT \
    CONNECTED_BY("ocr", document_run), .price_units = 5, .limit_ms = 15000, .is_personal = true

[[nodiscard]] struct err document_run(struct call *c);
