/* stream.h: whole files sealed: libsodium's secretstream (XChaCha20-Poly1305) in pieces of 64 KiB.
 *
 * Contract   `name` is authenticated with every piece, so one file cannot stand for another; a cut,
 *            changed or reordered file does not open (ERR_INTEGRITY_FAILED), and what was written of it
 *            is removed. The result is synced, mode 0600.
 * Memory     two pieces, whatever the file's length.
 */
#pragma once
#include "base/err.h"
#include "crypt/hash.h"

struct stream_file {
    const char *from, *to;
    struct text name;
};

/* *digest_out: of the sealed file; *bytes_out: its length. */
[[nodiscard]] struct err stream_seal(struct arena *a, const struct secret *key,
                                     const struct stream_file *file, struct digest *digest_out,
                                     uint64_t *bytes_out);
[[nodiscard]] struct err stream_open(struct arena *a, const struct secret *key,
                                     const struct stream_file *file);

/* Of a file as it is. */
[[nodiscard]] struct err stream_digest(struct arena *a, const char *path, struct digest *digest_out,
                                       uint64_t *bytes_out);
