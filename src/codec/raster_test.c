/* raster_test.c: what a camera wrote beside the pixels does not come out again. */
#include "test.h"

#include "base/limits.h"
#include "codec/base64.h"
#include "codec/exif.h"
#include "codec/raster.h"

/* 64 x 48, with an EXIF of one field: Make = SECRETCAM. Made here. */
static const char photo[] =
    "/9j/4QAsRXhpZgAASUkqAAgAAAABAA8BAgAKAAAAGgAAAAAAAABTRUNSRVRDQU0A/9sAQwAbEhQXFBEbFxYXHhwbIC"
    "hCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo6utq2eAvMm6pseZqKuk/9sAQwEcHh4oIyhOKytOpG5d"
    "bqSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk/8AAEQgAMABAAwEiAAIRAQ"
    "MRAf/EABcAAQEBAQAAAAAAAAAAAAAAAAIDBAX/xAAWEAADAAAAAAAAAAAAAAAAAAAAAQL/xAAXAQEBAQEAAAAAAAAA"
    "AAAAAAACBAYD/8QAFhEBAQEAAAAAAAAAAAAAAAAAAgAB/9oADAMBAAIRAxEAPwDhKBqCigSgt1QLpqBqCigagGqpLp"
    "qBqCigagGqpLpqBqCigSgGqpLsagSgqoEoFqs0XTUDUFFA1ANVSXTUDUFFA1ANVUXTUCUFVAlBz1VJdjUCUFFA1AtV"
    "mi6agagooGoBqqS6agagooGoBqqS6agSgooGoBqqS7//2Q==";

static void nothing_beside_the_pixels_is_written(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    struct text in = {0};
    assert_true(base64_decode_in(&arena, text_c(photo), &in));
    struct exif before = exif_in(&arena, in);
    assert_true(before.count > 0);
    for (enum raster_format f = RASTER_JPEG; f <= RASTER_WEBP; f++) {
        struct raster r, again;
        struct text out = {0};
        assert_int_equal(raster_open(in, &r).kind, 0);
        assert_int_equal(raster_write_in(&arena, &r, f, 80, &out).kind, 0);
        raster_close(&r);
        assert_true(text_find(out, TEXT("SECRETCAM")) == SIZE_MAX);
        assert_true(text_find(out, TEXT("EXIF")) == SIZE_MAX);
        assert_true(text_find(out, TEXT("Exif")) == SIZE_MAX);
        assert_int_equal(raster_open(out, &again).kind, 0);
        assert_int_equal(again.width, 64);
        assert_int_equal(again.height, 48);
        raster_close(&again);
    }
    arena_done(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_beside_the_pixels_is_written)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
