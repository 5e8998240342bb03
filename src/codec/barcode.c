/* barcode.c: one scanner a picture: zbar's scanners remember what they saw.
 *
 * A QR code rarely says its charset, and zbar's guess takes short Chinese texts for Latin-1. So zbar hands
 * over the bytes and the guess is made here: UTF-8 where it is valid, else GB18030 where that is, else
 * Latin-1, which every byte is.
 *
 * What zbar does with the marks it finds grows with their square: a picture of 300,000 tiny finder patterns,
 * 60 KiB as a PNG, holds it for minutes. So a first pass with zbar's own line scanner only counts the marks
 * of both directions (0.1 to 0.3 s for the largest picture), and a picture with too many is not looked at.
 * A code has three finder patterns, each of some hundred lines at most; a barcode some thousand lines.
 */
#include "codec/barcode.h"
#include "base/must.h"

#include <iconv.h>
#include <zbar.h>

static const char *const charsets[] = {"GB18030", "ISO8859-1", "SJIS", "BIG-5", "CP437", "UTF-8"};
enum {
    CHARSETS_TRIED = 2,
    UTF8_BYTES_A_BYTE = 4,
    FINDER_LINES_MAX = 100000, /* of a picture */
    BARCODE_LINES_MAX = 20000,
};

void barcode_begin(void) {
    static iconv_t kept[COUNT(charsets)]; /* open once, their tables stay loaded for the process's life */
    for (size_t i = 0; i < COUNT(charsets); i++)
        if (!kept[i])
            kept[i] = iconv_open("UTF-8", charsets[i]);
}

static bool convert_in(struct arena *a, const char *charset, struct text t, struct text *out) {
    size_t room = t.length * UTF8_BYTES_A_BYTE, left = room, unread = t.length;
    char *start = arena_alloc(a, room + 1), *end = start, *from = (char *)t.bytes;
    iconv_t conversion = iconv_open("UTF-8", charset);
    if (conversion == (iconv_t)-1)
        return false;
    size_t done = iconv(conversion, &from, &unread, &end, &left);
    iconv_close(conversion);
    *out = text_of(start, (size_t)(end - start));
    return done != (size_t)-1 && unread == 0;
}

static struct text utf8_in(struct arena *a, struct text t) {
    struct text found = t;
    if (text_is_utf8(t))
        return text_copy_in(a, t);
    for (size_t i = 0; i < CHARSETS_TRIED; i++)
        if (convert_in(a, charsets[i], t, &found))
            return found;
    return text_copy_in(a, t);
}

static struct corner point(const zbar_symbol_t *symbol, unsigned i) {
    return (struct corner){zbar_symbol_get_loc_x(symbol, i), zbar_symbol_get_loc_y(symbol, i)};
}

static void set_box(struct barcode *b, const zbar_symbol_t *symbol, unsigned count) {
    struct corner least = point(symbol, 0), most = least;
    for (unsigned i = 1; i < count; i++) {
        struct corner p = point(symbol, i);
        least = (struct corner){p.x < least.x ? p.x : least.x, p.y < least.y ? p.y : least.y};
        most = (struct corner){p.x > most.x ? p.x : most.x, p.y > most.y ? p.y : most.y};
    }
    b->left_top = least;
    b->right_bottom = most;
    b->right_top = (struct corner){most.x, least.y};
    b->left_bottom = (struct corner){least.x, most.y};
}

static void set_corners(struct barcode *b, const zbar_symbol_t *symbol) {
    unsigned count = zbar_symbol_get_loc_size(symbol);
    if (zbar_symbol_get_type(symbol) == ZBAR_QRCODE && count == 4) {
        /* zbar goes round: left top, left bottom, right bottom, right top */
        b->left_top = point(symbol, 0);
        b->left_bottom = point(symbol, 1);
        b->right_bottom = point(symbol, 2);
        b->right_top = point(symbol, 3);
    } else if (count > 0) {
        set_box(b, symbol, count);
    }
}

static struct barcodes gather(struct arena *a, const zbar_image_t *seen) {
    struct barcodes found = {arena_alloc(a, sizeof *found.list * BARCODES_MAX), 0, false};
    const zbar_symbol_t *symbol = zbar_image_first_symbol(seen);
    for (; symbol && found.count < BARCODES_MAX; symbol = zbar_symbol_next(symbol)) {
        struct barcode *b = &found.list[found.count++];
        b->data = utf8_in(a, text_of(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol)));
        b->type = zbar_get_symbol_name(zbar_symbol_get_type(symbol));
        set_corners(b, symbol);
    }
    return found;
}

struct marks {
    unsigned finder_lines, barcode_lines;
};

static void count_mark(zbar_decoder_t *decoder) {
    struct marks *marks = zbar_decoder_get_userdata(decoder);
    zbar_symbol_type_t type = zbar_decoder_get_type(decoder);
    marks->finder_lines += type == ZBAR_QRCODE;
    marks->barcode_lines += type > ZBAR_PARTIAL && type != ZBAR_QRCODE;
}

static bool is_too_busy(const struct marks *marks) {
    return marks->finder_lines > FINDER_LINES_MAX || marks->barcode_lines > BARCODE_LINES_MAX;
}

/* A pair is how many there are and how many bytes lie from one to the next: lines; pixels along a line. */
static void scan_lines(zbar_scanner_t *scanner, const unsigned char *pixels, const size_t lines[2],
                       const size_t along[2], const struct marks *marks) {
    for (size_t line = 0; line < lines[0] && !is_too_busy(marks); line++) {
        const unsigned char *at = pixels + line * lines[1];
        for (size_t i = 0; i < along[0]; i++)
            zbar_scan_y(scanner, at[i * along[1]]);
        zbar_scanner_new_scan(scanner);
    }
}

static bool has_too_many_marks(const struct image *image) {
    struct marks marks = {0, 0};
    zbar_decoder_t *decoder = zbar_decoder_create();
    zbar_scanner_t *scanner = zbar_scanner_create(decoder);
    const size_t rows[2] = {image->height, image->width}, columns[2] = {image->width, 1};
    must(decoder && scanner);
    zbar_decoder_set_config(decoder, 0, ZBAR_CFG_ENABLE, 1);
    zbar_decoder_set_userdata(decoder, &marks);
    zbar_decoder_set_handler(decoder, count_mark);
    scan_lines(scanner, image->pixels, rows, columns, &marks);
    scan_lines(scanner, image->pixels, columns, rows, &marks);
    zbar_scanner_destroy(scanner);
    zbar_decoder_destroy(decoder);
    return is_too_busy(&marks);
}

struct barcodes barcode_find_in(struct arena *a, const struct image *image) {
    if (has_too_many_marks(image))
        return (struct barcodes){NULL, 0, true};
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *seen = zbar_image_create();
    must(scanner && seen);
    zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_BINARY, 1);
    /* the search for these is not counted above */
    zbar_image_scanner_set_config(scanner, ZBAR_SQCODE, ZBAR_CFG_ENABLE, 0);
    zbar_image_set_format(seen, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(seen, image->width, image->height);
    zbar_image_set_data(seen, image->pixels, (unsigned long)image->width * image->height, NULL);
    struct barcodes found = {NULL, 0, false};
    if (zbar_scan_image(scanner, seen) > 0)
        found = gather(a, seen);
    zbar_image_destroy(seen);
    zbar_image_scanner_destroy(scanner);
    return found;
}
