/* barcode.h: QR codes and barcodes in a grey picture, read by zbar.
 *
 * Contract   every symbol that zbar knows and finds, at most BARCODES_MAX; data as UTF-8
 *            (UTF-8, GB18030 and Latin-1 are told apart by what is valid).
 *            The corners are the symbol's own: a QR code that stands on its head has its left top at the
 *            picture's right bottom; a barcode's are those of the box around it.
 * Memory     results in the arena.
 * Threads    any.
 * Not here   nginx does not link this: only functions of the worker lane may call it.
 */
#pragma once
#include "codec/image.h"

enum { BARCODES_MAX = 64 };

struct corner {
    int x, y;
};

struct barcode {
    struct text data;
    const char *type; /* "QR-Code", "EAN-13" …; static */
    struct corner left_top, right_top, right_bottom, left_bottom;
};

struct barcodes {
    struct barcode *list;
    size_t count;
    bool is_too_busy; /* not looked at: it has so many marks that zbar would take minutes */
};

/* Loads the charset tables that QR codes need; before the sandbox closes. */
void barcode_begin(void);

struct barcodes barcode_find_in(struct arena *a, const struct image *image);
