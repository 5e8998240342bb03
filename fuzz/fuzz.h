/* fuzz.h: what each fuzz target is: one function that is handed any bytes and must keep its law.
 *
 * Contract   a law that is broken stops the process (must); so does the sanitizer. The target returns 0.
 */
#pragma once
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline struct text fuzz_text(const uint8_t *bytes, size_t size) {
    return text_of((const char *)bytes, size);
}
