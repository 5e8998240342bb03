/* residue.h: does any byte of the home say this? Every regular file under it is read whole: records, their
 * logs, keys, the ledger, the outbox, exports, whatever lies there.
 *
 * Contract   *out names the first file that holds one of the marks, or none. A file that is there and cannot
 *            be read is an error: what was not read was not proved. Holes of sparse files are passed over.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum { RESIDUE_MARK_BYTES_MAX = 128 };

struct residue {
    struct text where;
    uint64_t files, bytes; /* read */
};

[[nodiscard]] struct err residue_find(struct arena *a, const char *folder, const struct text *marks,
                                      unsigned count, struct residue *out);
