/* token_test.c: the shape of a token; no change of one character passes; digests and ids. */
#include "test.h"

#include "crypt/token.h"

enum { MANY = 2000 };

static struct random chance;
static const struct token_key key = {{1, 2, 3}};

static struct text made(char room[static TOKEN_LENGTH + 1], uint64_t *id_out) {
    token_make(&chance, room, id_out);
    return text_of(room, TOKEN_LENGTH);
}

TEST(the_shape) {
    char room[TOKEN_LENGTH + 1];
    uint64_t id, parsed, last = 0;
    for (unsigned i = 0; i < MANY; i++) {
        struct text token = made(room, &id);
        want_int(strlen(room), TOKEN_LENGTH);
        want(text_starts(token, TEXT("alk_live_")));
        want(token_parse(token, &parsed) && parsed == id && id != 0 && id != last);
        last = id;
    }
}

TEST(every_change_of_a_character_is_refused) {
    char room[TOKEN_LENGTH + 1];
    uint64_t id, parsed = 77;
    struct text token = made(room, &id);
    for (unsigned i = 0; i < TOKEN_LENGTH; i++) {
        char was = room[i];
        for (unsigned c = 0; c < 256; c++) {
            room[i] = (char)c;
            if (room[i] != was)
                want(!token_parse(token, &parsed));
        }
        room[i] = was;
    }
    want_int(parsed, 77); /* written only on success */
    for (unsigned i = 0; i + 1 < TOKEN_LENGTH; i++) { /* and of two neighbours that differ */
        char was = room[i];
        room[i] = room[i + 1];
        room[i + 1] = was;
        want(room[i] == room[i + 1] || !token_parse(token, &parsed));
        room[i + 1] = room[i];
        room[i] = was;
    }
    want(token_parse(token, &parsed));
}

TEST(other_lengths_are_refused) {
    char room[TOKEN_LENGTH + 2] = {0};
    uint64_t id;
    made(room, &id);
    for (size_t length = 0; length <= TOKEN_LENGTH + 1; length++)
        want(token_parse(text_of(room, length), &id) == (length == TOKEN_LENGTH));
    want(!token_parse(TEXT(""), &id));
}

TEST(digests) {
    char room[TOKEN_LENGTH + 1], other[TOKEN_LENGTH + 1];
    unsigned char a[TOKEN_DIGEST_BYTES], b[TOKEN_DIGEST_BYTES];
    uint64_t id;
    struct text token = made(room, &id);
    token_digest(&key, token, a);
    token_digest(&key, token, b);
    want(token_digest_equal(a, b));
    for (unsigned i = 0; i < TOKEN_DIGEST_BYTES * 8; i++) {
        b[i / 8] ^= (unsigned char)(1 << i % 8);
        want(!token_digest_equal(a, b));
        b[i / 8] ^= (unsigned char)(1 << i % 8);
    }
    token_digest(&key, made(other, &id), b);
    want(!token_digest_equal(a, b));
    token_digest(&(struct token_key){{1, 2, 4}}, token, b);
    want(!token_digest_equal(a, b));
}

/* BLAKE2b-256 under the key 01 02 03 00…: hashlib.blake2b(b"alapi", key=…, digest_size=32) */
TEST(a_digest_known_beforehand) {
    unsigned char digest[TOKEN_DIGEST_BYTES];
    static const unsigned char want_digest[] = {
        0xea, 0x64, 0x60, 0x98, 0x8e, 0x5c, 0x79, 0x88, 0xf8, 0xe4, 0xc2, 0xd8, 0x3e, 0x88, 0x6b, 0x9b,
        0x8e, 0xe8, 0x1c, 0xfe, 0x60, 0x42, 0xd8, 0x73, 0xa0, 0xa3, 0x24, 0xef, 0x16, 0xae, 0xcd, 0x34,
    };
    token_digest(&key, TEXT("alapi"), digest);
    want(token_digest_equal(digest, want_digest));
}

TEST(ids) {
    struct arena a;
    uint64_t id, parsed;
    char room[TOKEN_LENGTH + 1];
    arena_init(&a, 1 << 20);
    for (unsigned i = 0; i < 100; i++) {
        made(room, &id);
        struct text printed = token_id_print_in(&a, id);
        want(text_equal(printed, text_of(room + 9, 10)));
        want(token_id_parse(printed, &parsed) && parsed == id);
    }
    want(!token_id_parse(TEXT(""), &parsed) && !token_id_parse(TEXT("123456789"), &parsed));
    want(!token_id_parse(TEXT("12345678901"), &parsed) && !token_id_parse(TEXT("123456789-"), &parsed));
    want(!token_id_parse(TEXT("0000000000"), &parsed) && token_id_parse(TEXT("0000000001"), &parsed));
    arena_done(&a);
}

static int begin(void **unused) {
    (void)unused;
    chance = random_seeded(9);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(the_shape), RUN(every_change_of_a_character_is_refused), RUN(other_lengths_are_refused),
        RUN(digests), RUN(a_digest_known_beforehand), RUN(ids)};
    return cmocka_run_group_tests(tests, begin, NULL);
}
