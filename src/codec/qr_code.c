/* qr_code.c: see qr_code.h.
 *
 * A PNG of two colours is one bit a pixel, and all rows of one module are the same bytes: so it is
 * drawn a module row at a time and written by libpng into a buf. An SVG is one path: a bar for each
 * run of dark modules of a row.
 */
#include "codec/qr_code.h"
#include "base/buf.h"
#include "base/must.h"

#include <png.h>
#include <qrencode.h>
#include <string.h>

/* ISO/IEC 18004:2015, table 7: version 25, byte mode. */
unsigned qr_code_bytes_max(enum qr_level level) {
    static const unsigned most[] = {1273, 997, 715, 535};
    return most[level];
}

bool qr_code_in(struct arena *a, struct text content, enum qr_level level, struct qr_code *out) {
    static const QRecLevel levels[] = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H};
    if (content.length == 0 || content.length > qr_code_bytes_max(level))
        return false;
    /* Byte mode throughout: every reader takes it for UTF-8, and digits gain little from their own mode. */
    QRcode *code = QRcode_encodeData((int)content.length, (const unsigned char *)content.bytes, 0,
                                     levels[level]);
    if (!code)
        return false;
    size_t count = (size_t)code->width * (size_t)code->width;
    out->side = (unsigned)code->width;
    out->modules = arena_alloc(a, count);
    for (size_t i = 0; i < count; i++)
        out->modules[i] = code->data[i] & 1; /* the other bits tell what a module is for */
    QRcode_free(code);
    return true;
}

static void write_bytes(png_structp png, png_bytep bytes, png_size_t length) {
    buf_add(png_get_io_ptr(png), bytes, length);
}

static void flush_nothing(png_structp png) {
    (void)png;
}

/* One bit a pixel, dark is 0: the bar of each dark module in a white row. */
static void draw_row(const struct qr_code *q, unsigned row, unsigned scale, unsigned start,
                     unsigned char *bits, size_t bytes) {
    memset(bits, 0xFF, bytes);
    for (unsigned x = 0; x < q->side * scale; x++)
        if (q->modules[row * q->side + x / scale]) {
            unsigned at = start + x;
            bits[at / 8] &= (unsigned char)~(0x80u >> at % 8);
        }
}

static void write_image(png_structp png, png_infop info, const struct qr_code *q, unsigned pixels,
                        unsigned scale, unsigned char *bits) {
    size_t bytes = (pixels + 7) / 8;
    unsigned start = (pixels - q->side * scale) / 2;
    png_set_IHDR(png, info, pixels, pixels, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_compression_level(png, 4);
    png_write_info(png, info);
    for (unsigned y = 0; y < pixels; y++) {
        bool is_inside = y >= start && y < start + q->side * scale;
        if (!is_inside)
            memset(bits, 0xFF, bytes);
        else if ((y - start) % scale == 0)
            draw_row(q, (y - start) / scale, scale, start, bits, bytes);
        png_write_row(png, bits);
    }
    png_write_end(png, info);
}

bool qr_code_png_in(struct arena *a, const struct qr_code *q, unsigned pixels, unsigned margin,
                    struct text *out) {
    unsigned scale = pixels / (q->side + 2 * margin);
    struct buf b;
    if (scale == 0 || pixels > QR_PIXELS_MAX)
        return false;
    buf_init(&b, a, QR_PIXELS_MAX * QR_PIXELS_MAX / 8 + 65536);
    unsigned char *bits = arena_alloc(a, (pixels + 7) / 8);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    must(info != NULL);
    if (setjmp(png_jmpbuf(png)))
        must(!"libpng refused an image of our own making");
    png_set_write_fn(png, &b, write_bytes, flush_nothing);
    write_image(png, info, q, pixels, scale, bits);
    png_destroy_write_struct(&png, &info);
    must(!buf_is_over(&b));
    *out = buf_peek(&b);
    return true;
}

struct text qr_code_svg_in(struct arena *a, const struct qr_code *q, unsigned pixels,
                           unsigned margin) {
    unsigned side = q->side + 2 * margin;
    struct buf b;
    buf_init(&b, a, QR_SIDE_MAX * QR_SIDE_MAX * 16 + 1024);
    buf_format(&b,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" viewBox=\"0 0 "
               "%u %u\" "
               "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%uv%uH0z\"/>"
               "<path d=\"",
               pixels, pixels, side, side, side, side);
    for (unsigned y = 0; y < q->side; y++)
        for (unsigned x = 0, run; x < q->side; x += run) {
            const unsigned char *row = q->modules + y * q->side;
            for (run = 1; x + run < q->side && row[x + run] == row[x];)
                run++;
            if (row[x])
                buf_format(&b, "M%u %uh%uv1h-%uz", x + margin, y + margin, run, run);
        }
    buf_c(&b, "\"/></svg>\n");
    must(!buf_is_over(&b));
    return buf_peek(&b);
}
