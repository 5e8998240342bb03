/* pack.h: one reference data set: a read-only file of sorted keys with values, memory-mapped.
 *
 * Contract   made by dataset/pack.mjs, read here. Opening reads the header and the checksums only; each
 *            block of 64 KiB is checked at its first use. A damaged block makes look-ups in it find
 *            nothing and pack_is_damaged true for good, so the caller of the API gets 503, never wrong
 *            data; nothing in a file can make a read leave the mapping.
 * Threads    any number of readers.
 * Memory     up to 256 KiB a process remember where searches began; untouched pages of it are not there.
 *
 *     0  "ALPACK01"   8 file bytes   16 entries  20 hash slots   24 entries at   32 hash at
 *     40 meta at      48 meta bytes  52 blocks   56 sums at      64 CRC of sums  68 CRC of bytes 0..67
 *     entry: u32 key at, u32 value at, u32 value bytes, u16 key bytes, u16 0     all little-endian
 *     hash: u32 entry + 1 or 0; slot of a key = FNV-1a 32 (key) & (slots - 1), then the next
 *     sums: u32 CRC-32 of each block of the bytes from 128 to `sums at`
 *     meta: lines "name\tvalue": source (for people), package, version, licence, as_of (a date)
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct pack;

/* The path is named in the error's sentence. */
[[nodiscard]] struct err pack_open(struct arena *a, const char *path, struct pack **out);
void pack_close(struct pack *p);

uint32_t pack_count(const struct pack *p);
struct text pack_meta(const struct pack *p, const char *name); /* empty where there is none */
bool pack_is_damaged(const struct pack *p);
bool pack_check_all(const struct pack *p); /* reads every block; for doctor */

bool pack_find(const struct pack *p, struct text key, struct text *value_out);
bool pack_at(const struct pack *p, uint32_t place, struct text *key_out, struct text *value_out);

/* The place of the first key >= `key`; pack_count where all are smaller. */
uint32_t pack_seek(const struct pack *p, struct text key);

/* Field `i` of a value whose fields are parted by tabs; empty past the last. */
struct text pack_field(struct text value, unsigned i);

/* The first `count` fields at once. */
void pack_fields(struct text value, struct text *out, unsigned count);
