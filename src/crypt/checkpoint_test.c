/* checkpoint_test.c: signed notes as others make them; every changed bit is seen. */
#include "codec/base64.h"
#include "crypt/checkpoint.h"
#include "crypt/keys.h"
#include "crypt/merkle.h"
#include "test.h"

static struct arena arena;

static struct secret seed_of(unsigned char byte) {
    struct secret seed;
    memset(seed.bytes, byte, sizeof seed.bytes);
    return seed;
}

static struct checkpoint some(void) {
    return (struct checkpoint){.origin = TEXT("alapi.example/log"),
                               .size = 1042,
                               .root = sha256_of(TEXT("root")),
                               .time_ms = 1795464364000};
}

/* The example in the documentation of Go's package sumdb/note, which the form comes from. */
TEST(note_of_another_implementation_opens) {
    static const char content[] = "If you think cryptography is the answer to your problem,\n"
                                  "then you don't know what your problem is.\n";
    struct text note = text_format_in(
        &arena,
        "%s\n\xE2\x80\x94 PeterNeumann "
        "x08go/ZJkuBS9UG/"
        "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
        content);
    struct note_key key;
    struct text opened;
    want_ok(note_key_parse_in(
        &arena, TEXT("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"), &key));
    want_ok(note_open(&arena, &key, note, &opened));
    want_text(opened, content);
    want_text(note_key_print_in(&arena, &key),
              "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
}

TEST(checkpoint_has_exactly_these_bytes) {
    struct secret seed = seed_of(1);
    struct checkpoint c = some();
    struct text note = checkpoint_sign_in(&arena, &seed, &c);
    struct text first;
    text_cut(&note, '\n', &first);
    want_text(first, "alapi.example/log");
    text_cut(&note, '\n', &first);
    want_text(first, "1042");
    text_cut(&note, '\n', &first);
    want_text(first, base64_encode_in(&arena, digest_text(&c.root)).bytes);
    text_cut(&note, '\n', &first);
    want_text(first, "time 1795464364000");
    want(text_starts(note, TEXT("\n\xE2\x80\x94 alapi.example/log ")));
}

TEST(checkpoint_opens_with_its_own_key_only) {
    struct secret seed = seed_of(1), other = seed_of(2);
    struct checkpoint c = some(), back;
    struct text note = checkpoint_sign_in(&arena, &seed, &c);
    struct note_key key = note_key_of(&seed, c.origin), stranger = note_key_of(&other, c.origin),
                    renamed = note_key_of(&seed, TEXT("another.example/log"));
    want_ok(checkpoint_open(&arena, &key, note, &back));
    want(text_equal(back.origin, c.origin) && back.size == c.size &&
         digest_equal(&back.root, &c.root) && back.time_ms == c.time_ms);
    want_err(checkpoint_open(&arena, &stranger, note, &back), ERR_IO);
    want_err(checkpoint_open(&arena, &renamed, note, &back), ERR_IO);
}

/* A signature of a witness is passed over; the key's own must be there once. */
TEST(checkpoint_may_bear_other_signatures) {
    struct secret seed = seed_of(1), witness = seed_of(9);
    struct checkpoint c = some(), back;
    struct note_key key = note_key_of(&seed, c.origin);
    struct text note = checkpoint_sign_in(&arena, &seed, &c);
    struct text content = text_part(note, 0, text_find(note, TEXT("\n\n")) + 1);
    struct text by_witness = note_sign_in(&arena, &witness, TEXT("witness"), content);
    struct text line = text_from(by_witness, content.length + 1),
                own = text_from(note, content.length + 1);
    want_ok(checkpoint_open(
        &arena, &key, text_format_in(&arena, "%.*s%.*s", TEXT_ARG(note), TEXT_ARG(line)), &back));
    want_err(checkpoint_open(&arena, &key, by_witness, &back), ERR_IO);
    want_err(checkpoint_open(&arena, &key,
                             text_format_in(&arena, "%.*s%.*s", TEXT_ARG(note), TEXT_ARG(own)),
                             &back),
             ERR_IO);
}

TEST(row_S8d__every_changed_byte_of_a_checkpoint_is_seen) {
    struct secret seed = seed_of(1);
    struct checkpoint c = some(), back;
    struct note_key key = note_key_of(&seed, c.origin);
    struct text note = checkpoint_sign_in(&arena, &seed, &c);
    for (size_t i = 0; i < note.length; i++)
        for (unsigned bit = 0; bit < 8; bit++) {
            char *copy = text_c_in(&arena, note);
            copy[i] = (char)(copy[i] ^ (1 << bit));
            want_err(checkpoint_open(&arena, &key, text_of(copy, note.length), &back), ERR_IO);
        }
    for (size_t i = 0; i < note.length; i++)
        want_err(checkpoint_open(&arena, &key, text_part(note, 0, i), &back), ERR_IO);
}

TEST(checkpoint_refuses_other_spellings) {
    static const char *const contents[] = {
        "a\n01\n",
        "a\n-1\n",
        "a\n1x\n",
        "a\n99999999999999999999\n",
        "a b\n1\n",
        "a+b\n1\n",
        "\n1\n",
        "a\n1\nAAAA\n",
        "a\n1\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=\n", /* the other alphabet */
        "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", /* bits behind the end */
        "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\ntime 1\ntime 1\n",
        "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\ntime 0\n",
    };
    struct secret seed = seed_of(1);
    struct note_key key = note_key_of(&seed, TEXT("a"));
    struct checkpoint back;
    for (size_t i = 0; i < COUNT(contents); i++)
        want_err(checkpoint_open(&arena, &key,
                                 note_sign_in(&arena, &seed, TEXT("a"), text_c(contents[i])),
                                 &back),
                 ERR_IO);
    want_ok(checkpoint_open(
        &arena, &key,
        note_sign_in(
            &arena, &seed, TEXT("a"),
            TEXT("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore of somebody's\n")),
        &back));
}

TEST(note_keys_refuse_what_is_none) {
    static const char *const keys[] = {
        "",
        "a",
        "a+b",
        "a+00000000+",
        "a+00000000+AQ==",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"};
    struct note_key key;
    for (size_t i = 0; i < COUNT(keys); i++)
        want_err(note_key_parse_in(&arena, text_c(keys[i]), &key), ERR_IO);
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(note_of_another_implementation_opens),
                                       RUN(checkpoint_has_exactly_these_bytes),
                                       RUN(checkpoint_opens_with_its_own_key_only),
                                       RUN(checkpoint_may_bear_other_signatures),
                                       RUN(row_S8d__every_changed_byte_of_a_checkpoint_is_seen),
                                       RUN(checkpoint_refuses_other_spellings),
                                       RUN(note_keys_refuse_what_is_none)};
    if (!crypt_ready())
        return 1;
    arena_init(&arena, 64 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
