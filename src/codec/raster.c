/* raster.c: see raster.h. libvips as image.c has set it up; each step's result is a new image that holds its
 * input, and nothing is computed before it is written.
 *
 * The decoded picture is copied into memory once, as 8-bit sRGB: at most 24 Mi pixels of 4 bytes,
 * 96 MiB; turning and cutting read it in any order, which a decoder can't give. */
#include "codec/raster.h"
#include "base/limits.h"

#include <string.h>
#include <vips/vips.h>

static const struct {
    const char *name, *type, *sign;
    size_t length;
} formats[RASTER_FORMATS] = {
    [RASTER_JPEG] = {"jpeg", "image/jpeg", "\xFF\xD8\xFF", 3},
    [RASTER_PNG] = {"png", "image/png", "\x89PNG\r\n\x1A\n", 8},
    [RASTER_WEBP] = {"webp", "image/webp", "RIFF", 4},
    [RASTER_GIF] = {"gif", "image/gif", "GIF8", 4},
};

const char *raster_format_name(enum raster_format f) { return formats[f].name; }
const char *raster_format_type(enum raster_format f) { return formats[f].type; }

bool raster_format_of(struct text bytes, enum raster_format *out) {
    for (unsigned i = 0; i < RASTER_FORMATS; i++) {
        if (!text_starts(bytes, text_of(formats[i].sign, formats[i].length)))
            continue;
        *out = (enum raster_format)i;
        return i != RASTER_WEBP || text_equal_c(text_part(bytes, 8, 4), "WEBP");
    }
    return false;
}

/* What libvips keeps for a thread. */
static struct err leave(struct err e) {
    vips_error_clear();
    vips_thread_shutdown();
    return e;
}

static struct err unknown(void) { return err_make(ERR_PARAMETER_INVALID, image_say_unknown); }

/* ---- in ---- */

static unsigned whole_of(VipsImage *image, const char *name, unsigned fallback) {
    int value = 0;
    bool is_there = vips_image_get_typeof(image, name) && vips_image_get_int(image, name, &value) == 0;
    return is_there && value > 0 ? (unsigned)value : fallback;
}

static struct err look(struct text bytes, VipsImage **image_out, struct raster_facts *out) {
    struct raster_facts f = {.orientation = 1};
    try(image_begin());
    if (!raster_format_of(bytes, &f.format))
        return unknown();
    if (!image_is_plain(bytes))
        return err_make(ERR_PARAMETER_INVALID, image_say_mixed);
    VipsImage *in = vips_image_new_from_buffer(bytes.bytes, bytes.length, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
    if (!in)
        return unknown();
    f.width = (unsigned)vips_image_get_width(in);
    f.height = (unsigned)vips_image_get_height(in);
    f.bands = (unsigned)vips_image_get_bands(in);
    f.bits_a_band = (unsigned)vips_format_sizeof(vips_image_get_format(in)) * 8;
    f.has_alpha = vips_image_hasalpha(in);
    f.frames = whole_of(in, "n-pages", 1);
    f.orientation = whole_of(in, "orientation", 1);
    f.dpi = vips_image_get_typeof(in, "resolution-unit") ? vips_image_get_xres(in) * 25.4 : 0;
    *out = f;
    if ((uint64_t)f.width * f.height > LIMIT_IMAGE_PIXELS) {
        g_object_unref(in);
        return err_make(ERR_PARAMETER_INVALID, image_say_too_large);
    }
    *image_out = in;
    return ok;
}

struct err raster_facts(struct text bytes, struct raster_facts *out) {
    VipsImage *in = NULL;
    struct err e = look(bytes, &in, out);
    if (in)
        g_object_unref(in);
    return leave(e);
}

/* Takes the image that `r` has and puts `next` there, unless the operation failed. */
static void step(struct raster *r, int fault, VipsImage *next) {
    if (fault || r->is_failed || !next) {
        if (next)
            g_object_unref(next);
        r->is_failed = true;
        return;
    }
    if (r->image)
        g_object_unref(r->image);
    r->image = next;
    r->width = (unsigned)vips_image_get_width(next);
    r->height = (unsigned)vips_image_get_height(next);
}

/* tidy: parameters: it makes a step of an operation of libvips */
#define STEP(r, operation, ...)                                                                    \
    do {                                                                                           \
        VipsImage *next_ = NULL;                                                                   \
        int fault_ = (r)->is_failed ? -1 : operation((r)->image, &next_, __VA_ARGS__);             \
        step((r), fault_, next_);                                                                  \
    } while (0)

static void settle(struct raster *r) {
    if (vips_image_get_interpretation(r->image) != VIPS_INTERPRETATION_sRGB)
        STEP(r, vips_colourspace, VIPS_INTERPRETATION_sRGB, NULL);
    if (!r->is_failed && vips_image_get_bands(r->image) > 4)
        STEP(r, vips_extract_band, 0, "n", 4, NULL);
    STEP(r, vips_cast_uchar, NULL);
    if (!r->is_failed)
        step(r, 0, vips_image_copy_memory(r->image));
    if (!r->is_failed)
        STEP(r, vips_autorot, NULL);
    if (!r->is_failed && vips_image_get_bands(r->image) < 3)
        r->is_failed = true;
}

struct err raster_open(struct text bytes, struct raster *out) {
    struct raster_facts f;
    struct raster r = {NULL};
    VipsImage *in = NULL;
    struct err e = look(bytes, &in, &f);
    if (e.kind)
        return leave(e);
    step(&r, 0, in);
    settle(&r);
    if (r.is_failed) {
        raster_close(&r);
        return unknown();
    }
    *out = r;
    return ok;
}

void raster_close(struct raster *r) {
    if (r->image)
        g_object_unref(r->image);
    r->image = NULL;
    leave(ok);
}

static struct err pixels_of(struct arena *a, struct raster *r, struct pixels *out) {
    size_t size = 0;
    if (!r->is_failed && !vips_image_hasalpha(r->image))
        STEP(r, vips_addalpha, NULL);
    unsigned char *bytes = r->is_failed ? NULL : vips_image_write_to_memory(r->image, &size);
    if (!bytes || size != (size_t)r->width * r->height * 4) {
        g_free(bytes);
        return unknown();
    }
    *out = (struct pixels){arena_alloc(a, size), r->width, r->height};
    memcpy(out->bytes, bytes, size);
    g_free(bytes);
    return ok;
}

struct err raster_small_in(struct arena *a, struct text bytes, unsigned side, struct pixels *out) {
    struct raster_facts f;
    struct raster r = {NULL};
    VipsImage *in = NULL, *small = NULL;
    struct err e = look(bytes, &in, &f);
    if (e.kind)
        return leave(e);
    g_object_unref(in);
    int fault = vips_thumbnail_buffer((void *)bytes.bytes, bytes.length, &small, (int)side, "height", (int)side, "size",
                                      VIPS_SIZE_DOWN, NULL);
    step(&r, fault, small);
    if (!r.is_failed)
        settle(&r);
    e = pixels_of(a, &r, out);
    raster_close(&r);
    return e;
}

/* ---- changes ---- */

static unsigned along(unsigned given, unsigned from, unsigned to) {
    uint64_t found = ((uint64_t)given * to + from / 2) / from;
    return found < 1 ? 1 : found > RASTER_SIDE_MAX ? RASTER_SIDE_MAX : (unsigned)found;
}

void raster_resize(struct raster *r, unsigned width, unsigned height, enum raster_fit fit) {
    if (width == 0 || height == 0)
        fit = RASTER_FILL;
    if (width == 0)
        width = along(height, r->height, r->width);
    else if (height == 0)
        height = along(width, r->width, r->height);
    STEP(r, vips_thumbnail_image, (int)width, "height", (int)height, "size",
         fit == RASTER_FILL ? VIPS_SIZE_FORCE : VIPS_SIZE_BOTH, "crop",
         fit == RASTER_COVER ? VIPS_INTERESTING_CENTRE : VIPS_INTERESTING_NONE, NULL);
}

void raster_crop(struct raster *r, unsigned x, unsigned y, unsigned width, unsigned height) {
    STEP(r, vips_extract_area, (int)x, (int)y, (int)width, (int)height, NULL);
}

void raster_turn(struct raster *r, unsigned quarters) {
    STEP(r, vips_rot, (VipsAngle)(quarters % 4), NULL);
}

void raster_flip(struct raster *r, bool is_across) {
    STEP(r, vips_flip, is_across ? VIPS_DIRECTION_HORIZONTAL : VIPS_DIRECTION_VERTICAL, NULL);
}

void raster_blur(struct raster *r, double sigma) {
    STEP(r, vips_gaussblur, sigma, NULL);
}

void raster_sharpen(struct raster *r) {
    STEP(r, vips_sharpen, NULL);
    STEP(r, vips_cast_uchar, NULL);
}

/* Multiplies the colours with a 3 x 3 matrix and leaves the alpha. */
static void recolour(struct raster *r, const double *matrix) {
    if (r->is_failed)
        return;
    int bands = vips_image_get_bands(r->image);
    VipsImage *m = vips_image_new_matrix(bands, bands);
    for (int y = 0; y < bands; y++)
        for (int x = 0; x < bands; x++)
            *VIPS_MATRIX(m, x, y) = x < 3 && y < 3 ? matrix[y * 3 + x] : x == y;
    STEP(r, vips_recomb, m, NULL);
    g_object_unref(m);
    STEP(r, vips_cast_uchar, NULL);
    if (!r->is_failed)
        STEP(r, vips_copy, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
}

void raster_grey(struct raster *r) { /* ITU-R BT.709 */
    static const double m[] = {.2126, .7152, .0722, .2126, .7152, .0722, .2126, .7152, .0722};
    recolour(r, m);
}

void raster_sepia(struct raster *r) {
    static const double m[] = {.393, .769, .189, .349, .686, .168, .272, .534, .131};
    recolour(r, m);
}

void raster_light(struct raster *r, double contrast, double brightness) {
    if (r->is_failed)
        return;
    int bands = vips_image_get_bands(r->image);
    double a[] = {contrast, contrast, contrast, 1}, b[] = {brightness, brightness, brightness, 0};
    VipsImage *next = NULL;
    int fault = vips_linear(r->image, &next, a, b, bands, "uchar", TRUE, NULL);
    step(r, fault, next);
}

void raster_invert(struct raster *r) { raster_light(r, -1, 255); }

void raster_mosaic(struct raster *r, unsigned block) {
    unsigned width = r->width, height = r->height;
    int across = (int)((width + block - 1) / block), down = (int)((height + block - 1) / block);
    STEP(r, vips_thumbnail_image, across, "height", down, "size", VIPS_SIZE_FORCE, NULL);
    STEP(r, vips_zoom, (int)block, (int)block, NULL);
    raster_crop(r, 0, 0, width, height);
}

static VipsImage *view(const void *bytes, unsigned width, unsigned height, int bands) {
    return vips_image_new_from_memory(bytes, (size_t)width * height * (size_t)bands, (int)width,
                                      (int)height, bands, VIPS_FORMAT_UCHAR);
}

void raster_overlay(struct raster *r, const struct pixels *above, int x, int y) {
    VipsImage *bare = view(above->bytes, above->width, above->height, 4), *over = NULL, *next = NULL;
    if (r->is_failed || !bare || vips_copy(bare, &over, "interpretation", VIPS_INTERPRETATION_sRGB, NULL))
        r->is_failed = true;
    if (bare)
        g_object_unref(bare);
    if (r->is_failed)
        return;
    bool had_alpha = vips_image_hasalpha(r->image);
    int fault = vips_composite2(r->image, over, &next, VIPS_BLEND_MODE_OVER, "x", x, "y", y, NULL);
    g_object_unref(over);
    step(r, fault, next);
    if (!had_alpha)
        STEP(r, vips_extract_band, 0, "n", 3, NULL);
    STEP(r, vips_cast_uchar, NULL);
}

void raster_mask(struct raster *r, const unsigned char *mask) {
    VipsImage *cut = view(mask, r->width, r->height, 1), *alpha = NULL, *both = NULL, *bytes = NULL,
              *colours = NULL;
    VipsImage *next = NULL;
    if (!vips_image_hasalpha(r->image))
        STEP(r, vips_addalpha, NULL);
    int fault = r->is_failed || !cut || vips_extract_band(r->image, &alpha, 3, NULL) ||
                vips_extract_band(r->image, &colours, 0, "n", 3, NULL) || vips_multiply(alpha, cut, &both, NULL) ||
                vips_linear1(both, &bytes, 1.0 / 255, 0, "uchar", TRUE, NULL) ||
                vips_bandjoin2(colours, bytes, &next, NULL);
    step(r, fault, next);
    VipsImage *const made[] = {cut, alpha, both, bytes, colours};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (made[i])
            g_object_unref(made[i]);
    if (!r->is_failed)
        STEP(r, vips_copy, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
}

/* ---- out ---- */

static void flatten(struct raster *r) {
    VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
    STEP(r, vips_flatten, "background", white, NULL);
    vips_area_unref(VIPS_AREA(white));
}

static int save(VipsImage *image, enum raster_format f, int quality, void **bytes, size_t *length) {
    switch (f) {
    case RASTER_JPEG:
        return vips_jpegsave_buffer(image, bytes, length, "Q", quality, "strip", TRUE, "optimize_coding", TRUE,
                                    "interlace", FALSE, NULL);
    case RASTER_WEBP:
        return vips_webpsave_buffer(image, bytes, length, "Q", quality, "strip", TRUE, "effort", 2, NULL);
    default:
        return vips_pngsave_buffer(image, bytes, length, "strip", TRUE, "compression", 6, NULL);
    }
}

/* libvips 8.14 writes EXIF into a WebP even when it is told to strip: what is beside the pixels is
 * cut out here. (RIFF: a name of four bytes, the length little-endian, the bytes, made even; the
 * first byte of VP8X says what there is. RFC 9649.) */
static size_t bare_webp(unsigned char *bytes, size_t length) {
    enum { HEAD = 12, CHUNK = 8, SAYS_ICC = 0x20, SAYS_EXIF = 8, SAYS_XMP = 4 };
    size_t to = HEAD;
    for (size_t at = HEAD, size; length - at >= CHUNK && length >= at; at += size) {
        const unsigned char *c = bytes + at;
        size = CHUNK + (c[4] | c[5] << 8 | c[6] << 16 | (size_t)c[7] << 24);
        size += size & 1;
        if (size > length - at)
            size = length - at;
        if (!memcmp(c, "EXIF", 4) || !memcmp(c, "XMP ", 4) || !memcmp(c, "ICCP", 4))
            continue;
        memmove(bytes + to, c, size);
        if (!memcmp(bytes + to, "VP8X", 4) && size > CHUNK)
            bytes[to + CHUNK] &= (unsigned char)~(SAYS_ICC | SAYS_EXIF | SAYS_XMP);
        to += size;
    }
    for (size_t i = 0; i < 4; i++)
        bytes[4 + i] = (unsigned char)((to - CHUNK) >> (8 * i));
    return to;
}

struct err raster_write_in(struct arena *a, struct raster *r, enum raster_format f,
                           unsigned quality, struct text *out) {
    void *bytes = NULL;
    size_t length = 0;
    if (f == RASTER_JPEG && !r->is_failed && vips_image_hasalpha(r->image))
        flatten(r);
    if (r->is_failed || save(r->image, f, (int)quality, &bytes, &length) != 0) {
        g_free(bytes);
        return unknown();
    }
    if (f == RASTER_WEBP && length > 12)
        length = bare_webp(bytes, length);
    struct err e = length > RASTER_BYTES_MAX ? err_make(ERR_PARAMETER_INVALID, image_say_heavy) : ok;
    if (!e.kind)
        *out = text_copy_in(a, text_of(bytes, length));
    g_free(bytes);
    return e;
}

struct err pixels_png_in(struct arena *a, const struct pixels *p, struct text *out) {
    struct raster r = {NULL};
    try(image_begin());
    VipsImage *bare = view(p->bytes, p->width, p->height, 4), *next = NULL;
    int fault = !bare || vips_copy(bare, &next, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    if (bare)
        g_object_unref(bare);
    step(&r, fault, next);
    struct err e = raster_write_in(a, &r, RASTER_PNG, 100, out);
    raster_close(&r);
    return e;
}
