/* exif.h: what a camera wrote beside a JPEG's pixels (CIPA DC-008, Exif 2.32), read by libexif.
 *
 * Contract   the usual fields, as short UTF-8 texts; what is broken or missing is left out. WebP, PNG and GIF
 *            give none.
 * Memory     in the arena.
 * Threads    any.
 * Not here   nginx does not link this: only functions of the worker lane may call it.
 */
#pragma once
#include "base/text.h"

enum { EXIF_FIELDS_MAX = 16 };

struct exif {
    struct {
        const char *name;
        struct text value;
    } fields[EXIF_FIELDS_MAX];
    size_t count;
    bool has_place;
    double latitude, longitude; /* degrees; north and east are positive */
};

struct exif exif_in(struct arena *a, struct text jpeg);
