/* zip.h: a ZIP archive, written into memory while its files are still being made (libarchive).
 *
 * Contract   only what is packed is held: a file's bytes may be many times what the archive may have.
 *            Past the limit, and where the library fails, the rest is dropped and zip_end says false.
 */
#pragma once
#include "base/buf.h"

struct zip;

struct zip *zip_new(struct buf *out); /* into `out`, whose limit is the archive's */
void zip_file(struct zip *z, const char *name, int64_t now_ms); /* the next file begins */
void zip_add(struct zip *z, struct text bytes);
bool zip_end(struct zip *z); /* and frees it */
