/* barcode_test.c: pictures made here are read; hostile ones are refused. */
#include "test.h"

#include "base/limits.h"
#include "base/random.h"
#include "codec/barcode.h"

#include <png.h>
#include <qrencode.h>
#include <stdlib.h>

static struct arena arena;

/* A PNG of a QR code, `scale` pixels a module, 4 modules of white around. */
static struct text png_of(const char *says, unsigned scale) {
    QRcode *code = QRcode_encodeString(says, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    unsigned modules = (unsigned)code->width + 8, side = modules * scale;
    png_image png = {.version = PNG_IMAGE_VERSION, .width = side, .height = side, .format = PNG_FORMAT_GRAY};
    unsigned char *pixels = arena_alloc(&arena, side * side);
    png_alloc_size_t length = 1 << 20;
    char *bytes = arena_alloc(&arena, length);
    for (unsigned i = 0; i < side * side; i++) {
        unsigned x = i % side / scale, y = i / side / scale;
        bool is_inside = x >= 4 && y >= 4 && x < modules - 4 && y < modules - 4;
        bool is_dark = is_inside && code->data[(y - 4) * (unsigned)code->width + x - 4] & 1;
        pixels[i] = is_dark ? 0 : 255;
    }
    QRcode_free(code);
    want(png_image_write_to_memory(&png, bytes, &length, 0, pixels, 0, NULL));
    return text_of(bytes, length);
}

static int begin(void **state) {
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    barcode_begin();
    return image_begin().kind;
}

static int end(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

TEST(a_code_is_read_where_it_stands) {
    struct image image;
    want_ok(image_read_grey(png_of("你好, alapi", 4), &image));
    struct barcodes found = barcode_find_in(&arena, &image);
    want_int(found.count, 1);
    want_text(found.list[0].data, "你好, alapi");
    want(strcmp(found.list[0].type, "QR-Code") == 0);
    want(abs(found.list[0].left_top.x - 16) <= 4 && abs(found.list[0].left_top.y - 16) <= 4);
    want(abs(found.list[0].right_bottom.x - (int)image.width + 16) <= 4);
    want(abs(found.list[0].left_bottom.x - 16) <= 4);
    want(abs(found.list[0].right_top.y - 16) <= 4);
    image_done(&image);
}

static void want_read(const char *given, const char *wanted) {
    struct image image;
    want_ok(image_read_grey(png_of(given, 3), &image));
    struct barcodes found = barcode_find_in(&arena, &image);
    want_int(found.count, 1);
    want_text(found.list[0].data, wanted);
    image_done(&image);
}

TEST(charsets_are_told_apart) {
    want_read("https://example.com/?a=b", "https://example.com/?a=b");
    want_read("中文", "中文");
    want_read("\xD6\xD0\xCE\xC4", "中文"); /* GB18030 */
    want_read("caf\xE9", "café");         /* Latin-1 */
}

TEST(an_empty_picture_has_none) {
    unsigned char white[64 * 64];
    memset(white, 255, sizeof white);
    want_int(barcode_find_in(&arena, &(struct image){white, 64, 64}).count, 0);
    want_int(barcode_find_in(&arena, &(struct image){white, 1, 1}).count, 0);
}

/* A PNG header that claims a size; its chunk sum is right, so that only the limit can refuse it. */
static struct text header_of(uint32_t width, uint32_t height) {
    static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR";
    unsigned char *b = arena_alloc(&arena, 64);
    memcpy(b, head, 16);
    for (int i = 0; i < 4; i++) {
        b[16 + i] = (unsigned char)(width >> (24 - 8 * i));
        b[20 + i] = (unsigned char)(height >> (24 - 8 * i));
    }
    b[24] = 8;
    uint32_t sum = 0xFFFFFFFFu;
    for (int i = 12; i < 29; i++) {
        sum ^= b[i];
        for (int k = 0; k < 8; k++)
            sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320u : 0);
    }
    sum = ~sum;
    for (int i = 0; i < 4; i++)
        b[29 + i] = (unsigned char)(sum >> (24 - 8 * i));
    memcpy(b + 33, "\0\0\0\0IDAT\x35\xAF\x06\x1E", 12);
    return text_of((char *)b, 45);
}

TEST(the_size_is_checked_before_decoding) {
    struct image image;
    want(image_read_grey(header_of(30000, 30000), &image).say == image_say_too_large);
    want(image_read_grey(header_of(1 << 23, 4), &image).say == image_say_too_large);
}

TEST(other_bytes_are_refused) {
    static const struct text rows[] = {
        TEXT("hello"), TEXT("\x89PNG\r\n\x1a\n"), TEXT("GIF89a"), TEXT("\xFF\xD8\xFF"), TEXT("RIFF\0\0\0\0WEBP"),
        TEXT("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><rect width=\"5\" height=\"5\"/></svg>"),
        TEXT("P5 2 2 255 abcd"), TEXT("II*\0\x08\0\0\0"), TEXT("%PDF-1.4"), TEXT(""),
    };
    struct image image;
    for (size_t i = 0; i < COUNT(rows); i++)
        want_err(image_read_grey(rows[i], &image), ERR_PARAMETER_INVALID);
}

/* 2000 x 2000 pixels of finder patterns, 9 pixels each. */
TEST(a_picture_made_to_keep_us_busy_is_refused) {
    static const char *const finder[] = {"         ", " ####### ", " #     # ", " # ### # ", " # ### # ",
                                         " # ### # ", " #     # ", " ####### ", "         "};
    enum { SIDE = 2000 };
    unsigned char *pixels = arena_alloc(&arena, SIDE * SIDE);
    for (unsigned i = 0; i < SIDE * SIDE; i++)
        pixels[i] = finder[i / SIDE % 9][i % SIDE % 9] == '#' ? 0 : 255;
    want(barcode_find_in(&arena, &(struct image){pixels, SIDE, SIDE}).is_too_busy);
    want(!barcode_find_in(&arena, &(struct image){pixels, SIDE, 200}).is_too_busy);
}

TEST(changed_pictures_never_crash) {
    struct text sound = png_of("hello", 3);
    for (unsigned round = 0; round < 300; round++) {
        struct random chance = random_seeded(round);
        struct image image;
        char *bytes = malloc(sound.length);
        memcpy(bytes, sound.bytes, sound.length);
        for (unsigned n = 1 + random_below(&chance, 6); n; n--)
            bytes[random_below(&chance, (uint32_t)sound.length)] = (char)random_u64(&chance);
        struct err e = image_read_grey(text_of(bytes, sound.length - random_below(&chance, 20)), &image);
        if (!e.kind) {
            (void)barcode_find_in(&arena, &image);
            image_done(&image);
        }
        free(bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(a_code_is_read_where_it_stands), RUN(charsets_are_told_apart), RUN(an_empty_picture_has_none),
                                       RUN(the_size_is_checked_before_decoding), RUN(other_bytes_are_refused),
                                       RUN(a_picture_made_to_keep_us_busy_is_refused), RUN(changed_pictures_never_crash)};
    return cmocka_run_group_tests(tests, begin, end);
}
