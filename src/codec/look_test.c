/* look_test.c: colours, hashes and letters of pictures made here. */
#include "test.h"

#include "base/limits.h"
#include "base/random.h"
#include "codec/look.h"

#include <math.h>

static struct arena arena;

static int begin(void **state) {
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

static struct pixels filled(unsigned width, unsigned height, unsigned char red, unsigned char green,
                            unsigned char blue, unsigned char alpha) {
    struct pixels p = {arena_alloc(&arena, (size_t)width * height * 4), width, height};
    for (size_t i = 0; i < (size_t)width * height; i++)
        memcpy(p.bytes + i * 4, (unsigned char[]){red, green, blue, alpha}, 4);
    return p;
}

/* Soft waves, `shift` brighter. */
static struct pixels waves(unsigned side, int shift) {
    struct pixels p = filled(side, side, 0, 0, 0, 255);
    for (unsigned y = 0; y < side; y++)
        for (unsigned x = 0; x < side; x++) {
            double v = 120 + 60 * sin(5.0 * x / side) + 40 * cos(7.0 * y / side + 2.0 * x / side) + shift;
            memset(p.bytes + ((size_t)y * side + x) * 4, (int)v, 3);
        }
    return p;
}

TEST(one_colour_is_one_swatch_and_none_is_none) {
    struct swatch found[SWATCHES_MAX];
    struct pixels red = filled(9, 7, 200, 10, 20, 255), nothing = filled(4, 4, 1, 2, 3, 0);
    want_int(look_palette_in(&arena, &red, 6, found), 1);
    want(found[0].rgb[0] == 200 && found[0].rgb[1] == 10 && found[0].rgb[2] == 20 && found[0].share == 1);
    want_int(look_palette_in(&arena, &nothing, 6, found), 0);
}

TEST(the_shares_of_a_palette_are_all_of_it) {
    struct swatch found[SWATCHES_MAX];
    struct random chance = random_seeded(3);
    struct pixels p = filled(64, 48, 0, 0, 0, 255);
    for (unsigned most = 1; most <= SWATCHES_MAX; most++) {
        double sum = 0;
        for (size_t i = 0; i < 64 * 48; i++)
            random_bytes(&chance, p.bytes + i * 4, 3);
        unsigned count = look_palette_in(&arena, &p, most, found);
        want_int(count, most);
        for (unsigned i = 0; i < count; i++) {
            sum += found[i].share;
            want(i == 0 || found[i].share <= found[i - 1].share);
        }
        want(fabs(sum - 1) < 1e-9);
    }
}

TEST(a_resized_and_tinted_picture_keeps_its_hashes) {
    struct pixels large = waves(200, 0), small = waves(90, 0), bright = waves(200, 15);
    want(__builtin_popcountll(look_dhash(&large) ^ look_dhash(&small)) <= 6);
    want(__builtin_popcountll(look_phash(&large) ^ look_phash(&small)) <= 6);
    want(__builtin_popcountll(look_dhash(&large) ^ look_dhash(&bright)) <= 2);
    want(__builtin_popcountll(look_phash(&large) ^ look_phash(&bright)) <= 2);
}

/* By the algorithm's description: one component is size flag, no AC, and the mean colour in four digits. */
TEST(a_blurhash_says_its_size_and_colour) {
    struct pixels white = filled(8, 8, 255, 255, 255, 255), black = filled(8, 8, 0, 0, 0, 255);
    want_text(look_blurhash_in(&arena, &white, 1, 1), "00TSUA");
    want_text(look_blurhash_in(&arena, &black, 1, 1), "000000");
    want_int(look_blurhash_in(&arena, &white, 4, 3).length, 6 + 2 * 11);
    want_int(look_blurhash_in(&arena, &white, 9, 9).length, 6 + 2 * 80);
}

TEST(letters_fill_their_lines) {
    unsigned lines = 0;
    struct pixels white = filled(40, 20, 255, 255, 255, 255), one = filled(1, 1, 0, 0, 0, 255);
    want_text(look_letters_in(&arena, &white, 8, false, &lines), "@@@@@@@@\n@@@@@@@@\n");
    want_int(lines, 2);
    want_text(look_letters_in(&arena, &white, 4, true, &lines), "    \n");
    want_int(look_letters_in(&arena, &one, 200, false, &lines).length, 201 * 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(one_colour_is_one_swatch_and_none_is_none), RUN(the_shares_of_a_palette_are_all_of_it),
        RUN(a_resized_and_tinted_picture_keeps_its_hashes), RUN(a_blurhash_says_its_size_and_colour),
        RUN(letters_fill_their_lines)};
    return cmocka_run_group_tests(tests, begin, end);
}
