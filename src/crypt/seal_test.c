/* seal_test.c: the laws of sealed fields, keyed hashes and derived keys. */
#include "crypt/keys.h"
#include "crypt/seal.h"
#include "test.h"

static struct arena arena;
static struct secret key_of(unsigned char byte) {
    struct secret key;
    memset(key.bytes, byte, sizeof key.bytes);
    return key;
}

TEST(seal_opens_what_it_sealed) {
    static const size_t lengths[] = {0, 1, 29, 30, 31, 62, 63, 254, 255, 1000, SEAL_PLAIN_MAX};
    struct random chance = random_system();
    struct secret key = key_of(1);
    struct seal_place place = {"contact", "email", 7, 9};
    for (size_t i = 0; i < COUNT(lengths); i++) {
        char *bytes = arena_alloc(&arena, lengths[i] + 1);
        struct text plain = text_of(memset(bytes, 'x', lengths[i]), lengths[i]), back;
        want_ok(seal_open_in(&arena, &key, &place, seal_in(&arena, &chance, &key, &place, plain),
                             &back));
        want(text_equal(plain, back));
    }
}

TEST(seal_hides_the_length) {
    struct random chance = random_system();
    struct secret key = key_of(1);
    struct seal_place place = {"contact", "email", 7, 9};
    struct text a = seal_in(&arena, &chance, &key, &place, TEXT("a@b.cn"));
    struct text b = seal_in(&arena, &chance, &key, &place, TEXT("somebody.else@example.com"));
    want_int(a.length, b.length);
    want(!text_equal(a, seal_in(&arena, &chance, &key, &place, TEXT("a@b.cn"))));
}

TEST(seal_is_bound_to_its_place) {
    static const struct seal_place places[] = {{"account", "email", 7, 9},
                                               {"contact", "phone", 7, 9},
                                               {"contact", "email", 8, 9},
                                               {"contact", "email", 7, 10},
                                               {"contac", "temail", 7, 9}};
    struct random chance = random_system();
    struct secret key = key_of(1), other = key_of(2);
    struct seal_place place = {"contact", "email", 7, 9};
    struct text sealed = seal_in(&arena, &chance, &key, &place, TEXT("a@b.cn")), back;
    for (size_t i = 0; i < COUNT(places); i++)
        want_err(seal_open_in(&arena, &key, &places[i], sealed, &back), ERR_INTEGRITY_FAILED);
    want_err(seal_open_in(&arena, &other, &place, sealed, &back), ERR_INTEGRITY_FAILED);
}

TEST(seal_sees_every_changed_bit) {
    struct random chance = random_system();
    struct secret key = key_of(1);
    struct seal_place place = {"contact", "email", 7, 9};
    struct text sealed = seal_in(&arena, &chance, &key, &place, TEXT("a@b.cn")), back;
    for (size_t i = 0; i < sealed.length; i++) {
        if (i >= 2 && i < 6)
            continue; /* the epoch: which key it was, not what it says */
        char *copy = text_c_in(&arena, sealed);
        copy[i] ^= 1;
        want_err(seal_open_in(&arena, &key, &place, text_of(copy, sealed.length), &back),
                 ERR_INTEGRITY_FAILED);
        want_err(seal_open_in(&arena, &key, &place, text_of(copy, i), &back), ERR_INTEGRITY_FAILED);
    }
}

TEST(hash_tells_parts_apart) {
    struct secret key = key_of(3);
    struct digest a = hash_keyed(&key, "x", PARTS(TEXT("ab"), TEXT("c")));
    struct digest b = hash_keyed(&key, "x", PARTS(TEXT("a"), TEXT("bc")));
    struct digest c = hash_keyed(&key, "y", PARTS(TEXT("ab"), TEXT("c")));
    struct digest again = hash_keyed(&key, "x", PARTS(TEXT("ab"), TEXT("c")));
    want(!digest_equal(&a, &b) && !digest_equal(&a, &c) && digest_equal(&a, &again));
}

TEST(keys_are_all_different) {
    struct secret master = key_of(4);
    struct keys k;
    keys_derive(&master, &k);
    const unsigned char *all[] = {k.token.bytes,      k.index.bytes,  k.code.bytes, k.session.bytes,
                                  k.cross_site.bytes, k.pepper.bytes, k.wrap.bytes, master.bytes};
    for (size_t i = 0; i < COUNT(all); i++)
        for (size_t j = i + 1; j < COUNT(all); j++)
            want(memcmp(all[i], all[j], 32) != 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(seal_opens_what_it_sealed),  RUN(seal_hides_the_length),
        RUN(seal_is_bound_to_its_place), RUN(seal_sees_every_changed_bit),
        RUN(hash_tells_parts_apart),     RUN(keys_are_all_different)};
    if (!crypt_ready())
        return 1;
    arena_init(&arena, 64 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
