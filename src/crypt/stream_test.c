/* stream_test.c: a sealed file opens as itself, whole, and as nothing else. */
#include "crypt/stream.h"
#include "base/file.h"
#include "crypt/keys.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct bench {
    struct arena arena;
    char folder[64];
    struct secret key;
    struct stream_file in, out;
};

static void bench_open(struct bench *b, size_t length) {
    char *bytes;
    *b = (struct bench){.folder = "/tmp/alapi-stream-XXXXXX"};
    want(crypt_ready());
    want(mkdtemp(b->folder) != NULL);
    arena_init(&b->arena, 64 << 20);
    memset(b->key.bytes, 5, sizeof b->key.bytes);
    bytes = arena_alloc(&b->arena, length + 1);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(i * 7 + i / 251);
    b->in = (struct stream_file){text_say_in(&b->arena, "%s/plain", b->folder),
                                 text_say_in(&b->arena, "%s/sealed", b->folder), TEXT("x/main.db")};
    b->out =
        (struct stream_file){b->in.to, text_say_in(&b->arena, "%s/again", b->folder), b->in.name};
    want_ok(file_write_whole(&b->arena, b->in.from, text_of(bytes, length), 0600));
}

static void bench_close(struct bench *b) {
    unlink(b->in.from);
    unlink(b->in.to);
    unlink(b->out.to);
    rmdir(b->folder);
    arena_done(&b->arena);
}

TEST(row_S8e__a_sealed_file_comes_back_as_it_was) {
    static const size_t lengths[] = {0, 1, 65535, 65536, 65537, 131072, 500000};
    for (size_t i = 0; i < COUNT(lengths); i++) {
        struct bench b;
        struct digest sealed, seen;
        struct text first, again;
        uint64_t bytes, same;
        bench_open(&b, lengths[i]);
        want_ok(stream_seal(&b.arena, &b.key, &b.in, &sealed, &bytes));
        want_ok(stream_digest(&b.arena, b.in.to, &seen, &same));
        want(digest_equal(&sealed, &seen) && bytes == same);
        want_ok(stream_open(&b.arena, &b.key, &b.out));
        want_ok(file_read_in(&b.arena, b.in.from, 1 << 20, &first));
        want_ok(file_read_in(&b.arena, b.out.to, 1 << 20, &again));
        want(text_equal(first, again));
        bench_close(&b);
    }
}

TEST(row_S8e__a_file_that_is_cut_changed_renamed_or_of_another_key_does_not_open) {
    struct bench b;
    struct digest digest;
    struct text sealed;
    uint64_t bytes;
    bench_open(&b, 200000);
    want_ok(stream_seal(&b.arena, &b.key, &b.in, &digest, &bytes));
    want_ok(file_read_in(&b.arena, b.in.to, 1 << 20, &sealed));
    for (size_t i = 0; i < sealed.length; i += 9973) {
        char *copy = text_c_in(&b.arena, sealed);
        copy[i] ^= 1;
        want_ok(file_write_whole(&b.arena, b.in.to, text_of(copy, sealed.length), 0600));
        want_err(stream_open(&b.arena, &b.key, &b.out), ERR_INTEGRITY_FAILED);
        want_ok(file_write_whole(&b.arena, b.in.to, text_of(sealed.bytes, i), 0600));
        want_err(stream_open(&b.arena, &b.key, &b.out), ERR_INTEGRITY_FAILED);
        want(access(b.out.to, F_OK) != 0); /* nothing half is left */
    }
    want_ok(file_write_whole(&b.arena, b.in.to, sealed, 0600));
    struct stream_file other = b.out;
    other.name = TEXT("y/main.db");
    want_err(stream_open(&b.arena, &b.key, &other), ERR_INTEGRITY_FAILED);
    struct secret wrong = b.key;
    wrong.bytes[0] ^= 1;
    want_err(stream_open(&b.arena, &wrong, &b.out), ERR_INTEGRITY_FAILED);
    want_ok(stream_open(&b.arena, &b.key, &b.out));
    bench_close(&b);
}

TESTS(RUN(row_S8e__a_sealed_file_comes_back_as_it_was),
      RUN(row_S8e__a_file_that_is_cut_changed_renamed_or_of_another_key_does_not_open))
