/* checkpoint.h: what the log says of itself, signed: "so many entries, this root, at this time".
 *
 * The exact bytes; each line ends in U+000A, and the dash is U+2014 (E2 80 94):
 *     alapi.example/log             the log's name (its origin)
 *     1042                          entries, decimal, without leading zeros
 *     jd8Pq…=                       root, base64 of 32 bytes, padded
 *     time 1795464364000            when, Unix ms: an extension line, ours
 *                                   an empty line; what stands before it is what is signed
 *     — alapi.example/log Vq3x…=    base64 of: key hash (4 bytes) ‖ Ed25519 signature (64)
 * key hash   the first 4 bytes of SHA-256 (name ‖ 0x0A ‖ 0x01 ‖ public key)
 * a public key in print   name ‖ "+" ‖ key hash in hex ‖ "+" ‖ base64 (0x01 ‖ public key)
 *
 * Contract   checkpoint_open is ok only where the named key has signed exactly these bytes.
 *            Signatures of other keys (witnesses) are passed over, NOTE_SIGNATURES_MAX at most, and
 *            so are other extension lines. Base64 and numbers have one spelling only. A fault is
 *            ERR_IO with a sentence.
 * Threads    any.
 * Source     C2SP signed-note.md and tlog-checkpoint.md; Ed25519 is RFC 8032.
 */
#pragma once
#include "base/err.h"
#include "crypt/hash.h"

enum {
    NOTE_BYTES_MAX = 16 << 10,
    NOTE_NAME_MAX = 128,
    NOTE_SIGNATURES_MAX = 16,
    NOTE_KEY_BYTES = 32
};

/* The public half; `name` lives where it was made. */
struct note_key {
    struct text name;
    unsigned char hash[4], bytes[NOTE_KEY_BYTES];
};

struct checkpoint {
    struct text origin;
    uint64_t size;
    struct digest root;
    int64_t time_ms; /* 0: not told */
};

/* A name holds no blank, no plus, no control character, and is UTF-8. */
bool note_name_fits(struct text name);

struct note_key note_key_of(const struct secret *seed, struct text name);
struct note_key note_key_from(const unsigned char bytes[static NOTE_KEY_BYTES], struct text name);
struct text note_key_print_in(struct arena *a, const struct note_key *key);
[[nodiscard]] struct err note_key_parse_in(struct arena *a, struct text printed,
                                           struct note_key *out);

/* Any text that ends in a line end, signed. */
struct text note_sign_in(struct arena *a, const struct secret *seed, struct text name,
                         struct text content);
[[nodiscard]] struct err note_open(struct arena *a, const struct note_key *key, struct text note,
                                   struct text *content_out);

struct text checkpoint_sign_in(struct arena *a, const struct secret *seed,
                               const struct checkpoint *c);
[[nodiscard]] struct err checkpoint_open(struct arena *a, const struct note_key *key,
                                         struct text note, struct checkpoint *out);
/* Without a look at the signatures. */
[[nodiscard]] struct err checkpoint_parse(struct arena *a, struct text note,
                                          struct checkpoint *out);

/* Base64 in its one spelling; false for any other. */
bool base64_strict_in(struct arena *a, struct text t, struct text *out);
