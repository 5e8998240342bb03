/* url_fuzz.c: law: the normal form of an address is an address, and its own normal form. */
#include "fuzz.h"

#include "codec/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct arena a;
    struct url first, second;
    if (size > 20000)
        return 0;
    arena_init(&a, LIMIT_ARENA_BYTES);
    if (url_parse(fuzz_text(bytes, size), &first)) {
        struct text normal = url_normal_in(&a, &first);
        must(url_parse(normal, &second));
        must(text_equal(url_normal_in(&a, &second), normal));
    }
    arena_done(&a);
    return 0;
}
