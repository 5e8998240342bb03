/* stream.c: see stream.h. */
#include "crypt/stream.h"
#include "base/file.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    PIECE = 64 << 10,
    HEAD = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    MORE = crypto_secretstream_xchacha20poly1305_ABYTES
};
_Static_assert((int)SECRET_BYTES == (int)crypto_secretstream_xchacha20poly1305_KEYBYTES,
               "a secret is a key");

struct stream {
    struct arena *arena;
    const struct stream_file *file;
    FILE *from, *to;
    crypto_secretstream_xchacha20poly1305_state state;
    crypto_generichash_state digest;
    uint64_t bytes;
    unsigned char *plain, *sealed;
};

static struct err files_open(struct stream *s) {
    s->from = fopen(s->file->from, "re");
    if (!s->from)
        return file_fault(s->arena, "cannot open", s->file->from);
    int fd = open(s->file->to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    s->to = fd >= 0 ? fdopen(fd, "w") : NULL;
    return s->to ? ok : file_fault(s->arena, "cannot write", s->file->to);
}

/* Closes both; a result that is not whole is removed. */
static struct err files_close(struct stream *s, struct err e) {
    if (s->from)
        fclose(s->from);
    if (!s->to)
        return e;
    if (!e.kind && (fflush(s->to) != 0 || fsync(fileno(s->to)) != 0))
        e = file_fault(s->arena, "cannot write", s->file->to);
    if (fclose(s->to) != 0 && !e.kind)
        e = file_fault(s->arena, "cannot write", s->file->to);
    if (e.kind)
        unlink(s->file->to);
    return e;
}

static struct err put(struct stream *s, const void *bytes, size_t length) {
    if (fwrite(bytes, 1, length, s->to) != length)
        return file_fault(s->arena, "cannot write", s->file->to);
    crypto_generichash_update(&s->digest, bytes, length);
    s->bytes += length;
    return ok;
}

/* The next piece; *last_out: none is behind it. */
static struct err take(struct stream *s, unsigned char *room, size_t most, size_t *length_out,
                       bool *last_out) {
    *length_out = fread(room, 1, most, s->from);
    int next = *length_out == most ? fgetc(s->from) : EOF;
    *last_out = next == EOF;
    if (next != EOF)
        ungetc(next, s->from);
    return ferror(s->from) ? file_fault(s->arena, "cannot read", s->file->from) : ok;
}

static struct stream stream_begin(struct arena *a, const struct stream_file *file) {
    struct stream s = {.arena = a,
                       .file = file,
                       .plain = arena_alloc(a, PIECE),
                       .sealed = arena_alloc(a, PIECE + MORE)};
    crypto_generichash_init(&s.digest, NULL, 0, DIGEST_BYTES);
    return s;
}

static struct err seal_pieces(struct stream *s, const struct secret *key) {
    unsigned char head[HEAD];
    must(crypto_secretstream_xchacha20poly1305_init_push(&s->state, head, key->bytes) == 0);
    try(put(s, head, sizeof head));
    for (bool last = false; !last;) {
        size_t length;
        unsigned long long sealed;
        try(take(s, s->plain, PIECE, &length, &last));
        unsigned char tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
        crypto_secretstream_xchacha20poly1305_push(&s->state, s->sealed, &sealed, s->plain, length,
                                                   (const unsigned char *)s->file->name.bytes,
                                                   s->file->name.length, tag);
        try(put(s, s->sealed, (size_t)sealed));
    }
    return ok;
}

struct err stream_seal(struct arena *a, const struct secret *key, const struct stream_file *file,
                       struct digest *digest_out, uint64_t *bytes_out) {
    struct stream s = stream_begin(a, file);
    struct err e = files_open(&s);
    if (!e.kind)
        e = seal_pieces(&s, key);
    e = files_close(&s, e);
    crypto_generichash_final(&s.digest, digest_out->bytes, sizeof digest_out->bytes);
    *bytes_out = s.bytes;
    sodium_memzero(&s.state, sizeof s.state);
    sodium_memzero(s.plain, PIECE);
    return e;
}

static struct err open_pieces(struct stream *s, const struct secret *key) {
    unsigned char head[HEAD], tag = 0;
    const struct err changed =
        err_make(ERR_INTEGRITY_FAILED,
                 text_say_in(s->arena,
                             "%s is not whole, was changed, or was sealed under another master key",
                             s->file->from));
    if (fread(head, 1, sizeof head, s->from) != sizeof head ||
        crypto_secretstream_xchacha20poly1305_init_pull(&s->state, head, key->bytes) != 0)
        return changed;
    for (bool last = false; !last;) {
        size_t length;
        unsigned long long plain;
        try(take(s, s->sealed, PIECE + MORE, &length, &last));
        if (crypto_secretstream_xchacha20poly1305_pull(
                &s->state, s->plain, &plain, &tag, s->sealed, length,
                (const unsigned char *)s->file->name.bytes, s->file->name.length) != 0 ||
            (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) != last)
            return changed;
        try(put(s, s->plain, (size_t)plain));
    }
    return ok;
}

struct err stream_open(struct arena *a, const struct secret *key, const struct stream_file *file) {
    struct stream s = stream_begin(a, file);
    struct err e = files_open(&s);
    if (!e.kind)
        e = open_pieces(&s, key);
    e = files_close(&s, e);
    sodium_memzero(&s.state, sizeof s.state);
    sodium_memzero(s.plain, PIECE);
    return e;
}

struct err stream_digest(struct arena *a, const char *path, struct digest *digest_out,
                         uint64_t *bytes_out) {
    const struct stream_file file = {path, NULL, {NULL, 0}};
    struct stream s = stream_begin(a, &file);
    s.from = fopen(path, "re");
    if (!s.from)
        return file_fault(a, "cannot open", path);
    struct err e = ok;
    for (bool last = false; !last && !e.kind;) {
        size_t length;
        e = take(&s, s.plain, PIECE, &length, &last);
        crypto_generichash_update(&s.digest, s.plain, length);
        s.bytes += length;
    }
    fclose(s.from);
    crypto_generichash_final(&s.digest, digest_out->bytes, sizeof digest_out->bytes);
    *bytes_out = s.bytes;
    return e;
}
