/* qr_code_test.c: the modules are a QR code, and both pictures show the same modules. */
#include "test.h"

#include "codec/qr_code.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>

/* ISO/IEC 18004, 6.3: three finders, the timing line between them, the dark module. */
static void want_frame(const struct qr_code *q) {
    const unsigned corners[3][2] = {{0, 0}, {q->side - 7, 0}, {0, q->side - 7}};
    want((q->side - 17) % 4 == 0);
    for (unsigned i = 0; i < 3; i++)
        for (unsigned y = 0; y < 7; y++)
            for (unsigned x = 0; x < 7; x++) {
                unsigned from_middle = (unsigned)abs((int)x - 3) > (unsigned)abs((int)y - 3)
                                           ? (unsigned)abs((int)x - 3)
                                           : (unsigned)abs((int)y - 3);
                want_int(q->modules[(corners[i][1] + y) * q->side + corners[i][0] + x],
                         from_middle != 2);
            }
    for (unsigned i = 8; i < q->side - 8; i++) {
        want_int(q->modules[6 * q->side + i], i % 2 == 0);
        want_int(q->modules[i * q->side + 6], i % 2 == 0);
    }
    want_int(q->modules[(q->side - 8) * q->side + 8], 1);
}

TEST(a_code_has_its_frame_and_its_capacity) {
    static char content[1280];
    struct arena a;
    struct qr_code q;
    memset(content, 'a', sizeof content);
    arena_init(&a, 8 << 20);
    for (enum qr_level level = QR_LOW; level <= QR_HIGH; level++) {
        unsigned most = qr_code_bytes_max(level);
        want(qr_code_in(&a, TEXT("x"), level, &q));
        want_int(q.side, 21);
        want_frame(&q);
        want(qr_code_in(&a, text_of(content, most), level, &q));
        want_int(q.side, QR_SIDE_MAX);
        want_frame(&q);
        want(!qr_code_in(&a, text_of(content, most + 1), level, &q));
    }
    want(!qr_code_in(&a, TEXT(""), QR_LOW, &q));
    arena_done(&a);
}

static unsigned char *pixels_of(struct text png, unsigned pixels) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    want(png_image_begin_read_from_memory(&image, png.bytes, png.length));
    want_int(image.width, pixels);
    want_int(image.height, pixels);
    image.format = PNG_FORMAT_GRAY;
    unsigned char *room = malloc(PNG_IMAGE_SIZE(image));
    want(room && png_image_finish_read(&image, NULL, room, 0, NULL));
    return room;
}

/* Law: reading the picture at the middle of each module gives the modules back; all else is white.
 * */
TEST(the_png_shows_the_modules) {
    static const struct {
        unsigned pixels, margin;
    } rows[] = {{29, 4}, {100, 4}, {21, 0}, {300, 4}, {333, 20}, {2000, 1}};
    struct arena a;
    struct qr_code q;
    struct text png;
    arena_init(&a, 16 << 20);
    want(qr_code_in(&a, TEXT("hello"), QR_MEDIUM, &q));
    for (size_t i = 0; i < COUNT(rows); i++) {
        unsigned n = rows[i].pixels, scale = n / (q.side + 2 * rows[i].margin), dark = 0,
                 wanted = 0;
        want(qr_code_png_in(&a, &q, n, rows[i].margin, &png));
        unsigned char *gray = pixels_of(png, n);
        unsigned start = (n - q.side * scale) / 2;
        want(start >= rows[i].margin * scale);
        for (unsigned y = 0; y < q.side; y++)
            for (unsigned x = 0; x < q.side; x++) {
                unsigned at = (start + y * scale + scale / 2) * n + start + x * scale + scale / 2;
                want_int(gray[at], q.modules[y * q.side + x] ? 0 : 255);
                wanted += q.modules[y * q.side + x] * scale * scale;
            }
        for (unsigned k = 0; k < n * n; k++)
            dark += gray[k] == 0;
        want_int(dark, wanted);
        free(gray);
    }
    want(!qr_code_png_in(&a, &q, 28, 4, &png));
    want(!qr_code_png_in(&a, &q, QR_PIXELS_MAX + 1, 4, &png));
    arena_done(&a);
}

/* Law: the bars of the SVG cover exactly the dark modules. */
TEST(the_svg_shows_the_modules) {
    enum { MARGIN = 3 };
    struct arena a;
    struct qr_code q;
    arena_init(&a, 8 << 20);
    want(qr_code_in(&a, TEXT("\u4f60\u597d, svg"), QR_QUARTILE, &q));
    unsigned char *seen = arena_alloc(&a, q.side * q.side);
    struct text svg = qr_code_svg_in(&a, &q, 300, MARGIN), bar;
    struct text path = text_from(svg, text_find(svg, TEXT("<path d=\"M")) + 10);
    while (text_cut(&path, 'z', &bar) && path.bytes) {
        unsigned x, y, run, back;
        want_int(sscanf(text_c_in(&a, bar), "%u %uh%uv1h-%u", &x, &y, &run, &back), 4);
        want_int(run, back);
        memset(seen + (y - MARGIN) * q.side + x - MARGIN, 1, run);
        path = text_from(path, 1); /* the next bar's M, or the closing quote */
        if (text_starts(path, TEXT("/>")))
            break;
    }
    want(memcmp(seen, q.modules, q.side * q.side) == 0);
    arena_done(&a);
}

TESTS(RUN(a_code_has_its_frame_and_its_capacity), RUN(the_png_shows_the_modules),
      RUN(the_svg_shows_the_modules))
