/* chinese.h: Chinese between its scripts and regions, by libopencc and the dictionaries of its
 * package.
 *
 * Names      from, "2", to: s simplified (mainland), t traditional (OpenCC's own standard), tw
 *            Taiwan, hk Hong Kong, jp Japanese shinjitai; a p behind tw changes the words of the
 *            region, too (鼠标, 滑鼠).
 * Lifetime   a configuration is opened at its first use and kept until the process ends: the one
 *            cache of the house. Opening reads 1.2 MB and takes 16 ms where the source is
 *            simplified, 1 ms else, so a program that answers others calls chinese_warm at its
 *            start; then nothing is read later.
 * Threads    any: opening holds a lock, converting only reads.
 * Cost       0.3 to 0.7 us a character; all configurations together hold 25 MB
 *            and open in 60 ms.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

bool chinese_has(struct text name); /* "s2t", one of the 14 */

/* The name must be one of the 14. ERR_SOURCE_UNAVAILABLE where its dictionaries cannot be read. */
[[nodiscard]] struct err chinese_convert_in(struct arena *a, struct text name, struct text chinese,
                                            struct text *out);

/* Opens every configuration; the first that does not open is the error. */
[[nodiscard]] struct err chinese_warm(void);
