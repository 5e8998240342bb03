/* checkpoint.c: see checkpoint.h. */
#include "crypt/checkpoint.h"
#include "base/must.h"
#include "codec/base64.h"
#include "crypt/merkle.h"

#include <sodium.h>
#include <string.h>

enum { ALGORITHM_ED25519 = 1, HASH = 4, SIGNATURE = crypto_sign_BYTES };
_Static_assert((int)NOTE_KEY_BYTES == (int)crypto_sign_PUBLICKEYBYTES, "an Ed25519 key");
_Static_assert((int)SECRET_BYTES == (int)crypto_sign_SEEDBYTES, "a secret is a seed");

#define DASH "\xE2\x80\x94 "

static struct err broken(const char *say) {
    return err_make(ERR_IO, say);
}

bool base64_strict_in(struct arena *a, struct text t, struct text *out) {
    return base64_decode_in(a, t, out) && text_equal(base64_encode_in(a, *out), t);
}

/* ---- keys ---- */

bool note_name_fits(struct text name) {
    if (name.length == 0 || name.length > NOTE_NAME_MAX || !text_is_utf8(name) ||
        text_has_control(name))
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (name.bytes[i] == ' ' || name.bytes[i] == '+' || name.bytes[i] == '\t' ||
            name.bytes[i] == '\n' || name.bytes[i] == '\r')
            return false;
    return true;
}

static void hash_key(struct note_key *key) {
    unsigned char bytes[NOTE_NAME_MAX + 2 + NOTE_KEY_BYTES];
    must(key->name.length <= NOTE_NAME_MAX);
    memcpy(bytes, key->name.bytes, key->name.length);
    bytes[key->name.length] = '\n';
    bytes[key->name.length + 1] = ALGORITHM_ED25519;
    memcpy(bytes + key->name.length + 2, key->bytes, NOTE_KEY_BYTES);
    struct digest d =
        sha256_of(text_of((const char *)bytes, key->name.length + 2 + NOTE_KEY_BYTES));
    memcpy(key->hash, d.bytes, HASH);
}

struct note_key note_key_of(const struct secret *seed, struct text name) {
    struct note_key key = {.name = name};
    unsigned char both[crypto_sign_SECRETKEYBYTES];
    must(note_name_fits(name));
    must(crypto_sign_seed_keypair(key.bytes, both, seed->bytes) == 0);
    sodium_memzero(both, sizeof both);
    hash_key(&key);
    return key;
}

struct note_key note_key_from(const unsigned char bytes[static NOTE_KEY_BYTES], struct text name) {
    struct note_key key = {.name = name};
    must(note_name_fits(name));
    memcpy(key.bytes, bytes, sizeof key.bytes);
    hash_key(&key);
    return key;
}

struct text note_key_print_in(struct arena *a, const struct note_key *key) {
    char bytes[1 + NOTE_KEY_BYTES] = {ALGORITHM_ED25519};
    memcpy(bytes + 1, key->bytes, NOTE_KEY_BYTES);
    return text_format_in(a, "%.*s+%.*s+%.*s", TEXT_ARG(key->name),
                          TEXT_ARG(hex_encode_in(a, text_of((const char *)key->hash, HASH))),
                          TEXT_ARG(base64_encode_in(a, text_of(bytes, sizeof bytes))));
}

struct err note_key_parse_in(struct arena *a, struct text printed, struct note_key *out) {
    const struct err wrong = broken("a public key has the form name+hash+base64");
    struct text rest = printed, name, hash, bytes;
    if (printed.length > 4 * NOTE_NAME_MAX || !text_cut(&rest, '+', &name) ||
        !note_name_fits(name) || !text_cut(&rest, '+', &hash) ||
        !base64_strict_in(a, rest, &bytes) || bytes.length != 1 + NOTE_KEY_BYTES ||
        bytes.bytes[0] != ALGORITHM_ED25519)
        return wrong;
    struct note_key key = {.name = name};
    memcpy(key.bytes, bytes.bytes + 1, NOTE_KEY_BYTES);
    hash_key(&key);
    if (!text_equal(hash, hex_encode_in(a, text_of((const char *)key.hash, HASH))))
        return broken("the public key and its hash do not belong together");
    *out = key;
    return ok;
}

/* ---- notes ---- */

struct text note_sign_in(struct arena *a, const struct secret *seed, struct text name,
                         struct text content) {
    struct note_key key = note_key_of(seed, name);
    unsigned char both[crypto_sign_SECRETKEYBYTES], signature[HASH + SIGNATURE];
    must(content.length > 0 && content.bytes[content.length - 1] == '\n');
    must(crypto_sign_seed_keypair(key.bytes, both, seed->bytes) == 0);
    memcpy(signature, key.hash, HASH);
    must(crypto_sign_detached(signature + HASH, NULL, (const unsigned char *)content.bytes,
                              content.length, both) == 0);
    sodium_memzero(both, sizeof both);
    return text_format_in(
        a, "%.*s\n" DASH "%.*s %.*s\n", TEXT_ARG(content), TEXT_ARG(name),
        TEXT_ARG(base64_encode_in(a, text_of((char *)signature, sizeof signature))));
}

/* What is signed, with its last line end, and the lines of the signatures. */
static struct err note_split(struct text note, struct text *content_out,
                             struct text *signatures_out) {
    size_t at = SIZE_MAX;
    if (note.length > NOTE_BYTES_MAX || !text_is_utf8(note) || text_has_control(note) ||
        text_find_char(note, '\r') != SIZE_MAX || text_find_char(note, '\t') != SIZE_MAX)
        return broken("a signed note is UTF-8 of at most 16 KiB, without control characters");
    for (size_t i = 1; i < note.length; i++) /* the last empty line */
        if (note.bytes[i] == '\n' && note.bytes[i - 1] == '\n')
            at = i;
    if (at == SIZE_MAX || at < 2 || note.bytes[note.length - 1] != '\n')
        return broken("a signed note has an empty line before its signatures");
    *content_out = text_part(note, 0, at);
    *signatures_out = text_from(note, at + 1);
    return signatures_out->length ? ok : broken("a signed note has a signature");
}

static struct err signature_check(struct arena *a, const struct note_key *key, struct text content,
                                  struct text line, bool *is_ours_out) {
    struct text rest = text_from(line, sizeof DASH - 1), name, bytes;
    *is_ours_out = false;
    if (!text_starts(line, TEXT(DASH)) || !text_cut(&rest, ' ', &name) || !note_name_fits(name) ||
        !base64_strict_in(a, rest, &bytes) || bytes.length <= HASH)
        return broken("a line of a signed note's signatures has the form: dash, name, base64");
    if (!text_equal(name, key->name) || memcmp(bytes.bytes, key->hash, HASH) != 0)
        return ok;
    *is_ours_out = true;
    if (bytes.length != HASH + SIGNATURE ||
        crypto_sign_verify_detached((const unsigned char *)bytes.bytes + HASH,
                                    (const unsigned char *)content.bytes, content.length,
                                    key->bytes) != 0)
        return broken("the signature does not fit");
    return ok;
}

struct err note_open(struct arena *a, const struct note_key *key, struct text note,
                     struct text *content_out) {
    struct text content, lines, line;
    bool is_signed = false, is_ours;
    unsigned count = 0;
    try(note_split(note, &content, &lines));
    lines.length--; /* the last line's end */
    while (text_cut(&lines, '\n', &line)) {
        if (count++ == NOTE_SIGNATURES_MAX)
            return broken("a signed note has at most 16 signatures");
        try(signature_check(a, key, content, line, &is_ours));
        if (is_ours && is_signed)
            return broken("a key has signed twice");
        is_signed = is_signed || is_ours;
    }
    if (!is_signed)
        return broken("the key has not signed this");
    *content_out = content;
    return ok;
}

/* ---- checkpoints ---- */

struct text checkpoint_sign_in(struct arena *a, const struct secret *seed,
                               const struct checkpoint *c) {
    struct text content =
        text_format_in(a, "%.*s\n%llu\n%.*s\n", TEXT_ARG(c->origin), (unsigned long long)c->size,
                       TEXT_ARG(base64_encode_in(a, digest_text(&c->root))));
    if (c->time_ms)
        content = text_format_in(a, "%.*stime %lld\n", TEXT_ARG(content), (long long)c->time_ms);
    return note_sign_in(a, seed, c->origin, content);
}

static bool number_strict(struct text t, uint64_t *out) {
    return t.length > 0 && (t.length == 1 || t.bytes[0] != '0') && text_to_u64(t, out) &&
           *out <= INT64_MAX;
}

static struct err content_parse(struct arena *a, struct text content, struct checkpoint *out) {
    struct text origin, size, root, line, bytes;
    struct checkpoint c = {.time_ms = 0};
    uint64_t time;
    content.length--; /* the last line's end */
    if (!text_cut(&content, '\n', &origin) || !note_name_fits(origin) ||
        !text_cut(&content, '\n', &size) || !number_strict(size, &c.size) ||
        !text_cut(&content, '\n', &root) || !base64_strict_in(a, root, &bytes) ||
        bytes.length != DIGEST_BYTES)
        return broken("a checkpoint begins with the lines: name, size, root");
    c.origin = origin;
    memcpy(c.root.bytes, bytes.bytes, DIGEST_BYTES);
    while (text_cut(&content, '\n', &line)) {
        if (line.length == 0)
            return broken("a checkpoint's extension line is empty");
        if (!text_starts(line, TEXT("time ")))
            continue;
        if (c.time_ms || !number_strict(text_from(line, 5), &time) || time == 0)
            return broken("a checkpoint tells one time, in milliseconds");
        c.time_ms = (int64_t)time;
    }
    *out = c;
    return ok;
}

struct err checkpoint_open(struct arena *a, const struct note_key *key, struct text note,
                           struct checkpoint *out) {
    struct text content;
    struct checkpoint c;
    try(note_open(a, key, note, &content));
    try(content_parse(a, content, &c));
    if (!text_equal(c.origin, key->name))
        return broken("the checkpoint is of another log");
    *out = c;
    return ok;
}

struct err checkpoint_parse(struct arena *a, struct text note, struct checkpoint *out) {
    struct text content, lines;
    try(note_split(note, &content, &lines));
    return content_parse(a, content, out);
}
