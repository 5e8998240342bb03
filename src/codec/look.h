/* look.h: what a small picture looks like: its colours, its hashes, its letters.
 *
 * Contract   pure computation over RGBA pixels of our own decoding (raster_small_in), at most
 *            LOOK_SIDE_MAX on a side. Palette: median cut (Heckbert, SIGGRAPH 1982) over pixels
 *            that are more than half opaque. dHash: signs of 8 x 8 neighbouring differences of the
 *            picture as 9 x 8 greys. pHash: signs, against their median, of the lowest 8 x 8 terms
 *            of the DCT-II of the picture as 32 x 32 greys. BlurHash: the public algorithm of
 *            woltapp/blurhash (Algorithm.md).
 * Threads    any.
 */
#pragma once
#include "codec/raster.h"

enum { LOOK_SIDE_MAX = 256, SWATCHES_MAX = 16 };

struct swatch {
    unsigned char rgb[3];
    double share; /* of what is not transparent: 0 to 1 */
};

/* The largest first; how many were found, at most `most`; 0 where all is transparent. */
unsigned look_palette_in(struct arena *a, const struct pixels *p, unsigned most,
                         struct swatch out[static SWATCHES_MAX]);

uint64_t look_dhash(const struct pixels *p);
uint64_t look_phash(const struct pixels *p);

/* 1 to 9 components each way. */
struct text look_blurhash_in(struct arena *a, const struct pixels *p, unsigned across, unsigned down);

/* `width` letters a line, a letter being twice as high as wide; each line ends with "\n". */
struct text look_letters_in(struct arena *a, const struct pixels *p, unsigned width, bool is_light,
                            unsigned *lines_out);
