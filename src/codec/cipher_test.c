/* cipher_test.c: what was sealed opens, and nothing else does. */
#include "test.h"

#include "base/random.h"
#include "codec/base64.h"
#include "codec/cipher.h"

/* Law: open(seal(x)) = x, for every length around a block; any changed bit is noticed. */
TEST(what_is_sealed_opens_again) {
    struct random chance = random_seeded(7);
    unsigned char nonce[CIPHER_NONCE_BYTES];
    char plain[70];
    struct arena a;
    struct text opened;
    arena_init(&a, 1 << 20);
    random_bytes(&chance, plain, sizeof plain);
    for (size_t length = 0; length <= sizeof plain; length++) {
        random_bytes(&chance, nonce, sizeof nonce);
        struct text sealed = cipher_seal_in(&a, TEXT("secret"), nonce, text_of(plain, length));
        want_int(sealed.length, length + CIPHER_NONCE_BYTES + CIPHER_TAG_BYTES);
        want(cipher_open_in(&a, TEXT("secret"), sealed, &opened));
        want(text_equal(opened, text_of(plain, length)));
        want(!cipher_open_in(&a, TEXT("Secret"), sealed, &opened));
        for (size_t i = 0; i < sealed.length; i++) {
            struct text broken = text_copy_in(&a, sealed);
            ((char *)broken.bytes)[i] ^= 1;
            want(!cipher_open_in(&a, TEXT("secret"), broken, &opened));
        }
        want(!cipher_open_in(&a, TEXT("secret"), text_part(sealed, 0, sealed.length - 1), &opened));
        arena_reset(&a);
    }
    want(!cipher_open_in(&a, TEXT("secret"), TEXT(""), &opened));
    arena_done(&a);
}

/* Made with node:crypto (aes-256-gcm, key = sha256("secret"), nonce = 000102…0b): the layout is
 * what the header says. */
TEST(the_layout_is_the_documented_one) {
    unsigned char nonce[CIPHER_NONCE_BYTES];
    struct arena a;
    arena_init(&a, 1 << 20);
    for (unsigned char i = 0; i < sizeof nonce; i++)
        nonce[i] = i;
    want_text(hex_encode_in(&a, cipher_seal_in(&a, TEXT("secret"), nonce, TEXT("hello"))),
              "000102030405060708090a0bc1b3c8e7065948f64b60065bdbed81bda09de16d47");
    arena_done(&a);
}

TESTS(RUN(what_is_sealed_opens_again), RUN(the_layout_is_the_documented_one))
