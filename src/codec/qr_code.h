/* qr_code.h: bytes as a QR code (ISO/IEC 18004), by libqrencode: modules first, then PNG or SVG.
 *
 * Contract   the smallest version that holds the content is taken. Content that is longer than
 *            qr_code_bytes_max(level) is told by false. That is what version 25 (117 modules)
 *            holds: larger codes are hard to read off a screen, and the eight masks that each must
 *            be tried would take 4 ms at version 40.
 * Threads    any (libqrencode locks its own tables).
 * Memory     modules, PNG and SVG live in the arena.
 * Cost       2.1 ms for the largest code at 1,000 pixels, 0.1 ms for a usual address.
 */
#pragma once
#include "base/text.h"

enum qr_level { QR_LOW, QR_MEDIUM, QR_QUARTILE, QR_HIGH }; /* 7, 15, 25, 30 % may be damaged */

enum { QR_SIDE_MAX = 117, QR_PIXELS_MAX = 2000 };

struct qr_code {
    unsigned side;          /* modules */
    unsigned char *modules; /* side x side, row by row: 1 is dark */
};

unsigned qr_code_bytes_max(enum qr_level level);

[[nodiscard]] bool qr_code_in(struct arena *a, struct text content, enum qr_level level,
                              struct qr_code *out);

/* A square of `pixels` x `pixels`: each module the same whole number of pixels, at least `margin`
 * modules of white around. False where it is too small for one pixel a module. */
[[nodiscard]] bool qr_code_png_in(struct arena *a, const struct qr_code *q, unsigned pixels,
                                  unsigned margin, struct text *out);
struct text qr_code_svg_in(struct arena *a, const struct qr_code *q, unsigned pixels,
                           unsigned margin);
