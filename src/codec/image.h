/* image.h: a picture from a stranger, as grey bytes.
 *
 * Contract   JPEG, PNG, WebP and GIF (first frame) only; libvips' other loaders are blocked. The size is
 *            read from the header and checked against LIMIT_IMAGE_PIXELS before anything is decoded.
 *            A file that is a second format besides is refused (image_is_plain).
 *            Transparent places become white. ERR_PARAMETER_INVALID where it is no such picture or is
 *            too large.
 * Memory     the pixels are on the heap: image_done.
 * Threads    image_begin once, before the threads and the sandbox; then any.
 * Not here   nginx does not link this: only functions of the worker lane may call it.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct image {
    unsigned char *pixels; /* width * height, row by row, 0 black .. 255 white */
    unsigned width, height;
};

[[nodiscard]] struct err image_begin(void); /* again: does nothing */

[[nodiscard]] struct err image_read_grey(struct text bytes, struct image *out);
void image_done(struct image *image);

/* The sentences of image_read_grey's errors. */
extern const char image_say_unknown[], image_say_too_large[], image_say_mixed[], image_say_heavy[];

/* Whether no other format hides in the file: an archive behind its end, a page, a PDF or a script in it. */
bool image_is_plain(struct text bytes);
