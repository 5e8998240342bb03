/* raster.h: a stranger's picture, opened, changed and written again.
 *
 * Contract   raster_open looks at the header first: the format must be JPEG, PNG, WebP or GIF
 *            (first frame), the size within LIMIT_IMAGE_PIXELS, and no other format may hide in the
 *            file (image_say_mixed); then it decodes, turns the picture as its EXIF orientation
 *            says and makes it sRGB, 8 bits a band, with or without alpha. What was beside the
 *            pixels (EXIF, GPS, XMP, ICC, comments) is gone.
 *            The operations replace the picture. One that fails leaves it and is remembered; raster_write_in
 *            then says so: a chain needs one check, at its end.
 * Memory     the pixels are on the heap until raster_close; what is written or read lives in the arena.
 * Threads    a raster belongs to one thread; image_begin (image.h) comes before all.
 * Not here   nginx does not link this: only functions of the worker lane may call it.
 */
#pragma once
#include "codec/image.h"

enum raster_format { RASTER_JPEG, RASTER_PNG, RASTER_WEBP, RASTER_GIF, RASTER_FORMATS };
enum raster_fit { RASTER_INSIDE, RASTER_COVER, RASTER_FILL };

enum { RASTER_SIDE_MAX = 8000, RASTER_BYTES_MAX = 5 << 20 };

struct raster_facts {
    enum raster_format format;
    unsigned width, height; /* as stored, before the orientation */
    unsigned frames, bands, bits_a_band, orientation; /* orientation: 1 to 8 of EXIF; 1 where none is named */
    bool has_alpha;
    double dpi; /* 0: not named */
};

struct raster {
    void *image; /* VipsImage */
    unsigned width, height;
    bool is_failed;
};

/* 8 bits a band, R G B A, row by row. */
struct pixels {
    unsigned char *bytes;
    unsigned width, height;
};

const char *raster_format_name(enum raster_format f); /* "jpeg" "png" "webp" "gif" */
const char *raster_format_type(enum raster_format f); /* "image/jpeg" … */

/* By the first bytes alone. */
bool raster_format_of(struct text bytes, enum raster_format *out);

/* The header, nothing is decoded; the errors are raster_open's. */
[[nodiscard]] struct err raster_facts(struct text bytes, struct raster_facts *out);

[[nodiscard]] struct err raster_open(struct text bytes, struct raster *out);
void raster_close(struct raster *r);

/* The whole picture inside a square of `side`, never enlarged, as RGBA; cheap for JPEG, decoded small. */
[[nodiscard]] struct err raster_small_in(struct arena *a, struct text bytes, unsigned side,
                                         struct pixels *out);

/* One side may be 0: it follows from the other. RASTER_COVER cuts what sticks out, around the middle. */
void raster_resize(struct raster *r, unsigned width, unsigned height, enum raster_fit fit);
/* Must lie inside. */
void raster_crop(struct raster *r, unsigned x, unsigned y, unsigned width, unsigned height);
void raster_turn(struct raster *r, unsigned quarters); /* clockwise */
void raster_flip(struct raster *r, bool is_across);    /* across: left becomes right */
void raster_grey(struct raster *r);
void raster_invert(struct raster *r);
void raster_sepia(struct raster *r);
void raster_blur(struct raster *r, double sigma);
void raster_sharpen(struct raster *r);
void raster_mosaic(struct raster *r, unsigned block);
void raster_light(struct raster *r, double contrast, double brightness); /* v * contrast + brightness */

/* Lays RGBA pixels over it; where they stick out they are cut. */
void raster_overlay(struct raster *r, const struct pixels *above, int x, int y);
/* Multiplies the alpha with `mask`, a byte a pixel of the whole picture. */
void raster_mask(struct raster *r, const unsigned char *mask);

/* JPEG, PNG or WebP; quality 1 to 100, of PNG ignored. JPEG has no alpha: it becomes white.
 * ERR_PARAMETER_INVALID with image_say_too_large where it needs more than RASTER_BYTES_MAX. */
[[nodiscard]] struct err raster_write_in(struct arena *a, struct raster *r, enum raster_format f,
                                         unsigned quality, struct text *out);
/* Pixels of our own, as a PNG. */
[[nodiscard]] struct err pixels_png_in(struct arena *a, const struct pixels *p, struct text *out);
