/* picture.h: a picture that a caller sends: uploaded, as base64, or by its address.
 *
 * Contract   ASK_PICTURE_URL and ASK_PICTURE stand side by side in `asks`. The address is fetched by
 *            the worker, from public hosts only, PICTURE_BYTES_MAX at most; an upload goes before it.
 *            An API that takes an address sets `asks_outside`. Worker lane only.
 * Errors     ERR_PARAMETER_MISSING where neither was sent; those of fetch/http.h; picture_refused turns
 *            the faults of codec/image.h into words.
 */
#pragma once
#include "call/call.h"

enum { PICTURE_BYTES_MAX = 4 << 20 };

#define ASK_PICTURE_URL \
    {"url", ASK_TEXT, OPTIONAL, {"图片网址，http 或 https，最多 4 MiB", \
                                 "Address of the picture, http or https, 4 MiB at most"}, \
     1, 2000, .aliases = "image_url"}
#define ASK_PICTURE \
    {"image", ASK_FILE, OPTIONAL, {"图片：文件或 base64，JPEG、PNG、WebP、GIF；优先于 url", \
                                   "The picture: a file or base64, JPEG, PNG, WebP or GIF; goes before url"}, \
     .aliases = "img|bin|file|base64"}

/* `ask_url` is the place of ASK_PICTURE_URL; ASK_PICTURE follows it. */
[[nodiscard]] struct err picture_bytes(struct call *c, unsigned ask_url, struct text *out);

/* An error of the codec that read the picture, with the parameter that held it. */
[[nodiscard]] struct err picture_refused(struct call *c, unsigned ask_url, struct err e);
