/* host_fuzz.c: law: a host that was made normal is normal: made so again it is itself; it has a dot, at most
 * 253 characters of the few that may be, and no empty label. */
#include "fuzz.h"

#include "codec/host.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct text host, again, rest, label;
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    if (host_normalize_in(&a, fuzz_text(bytes, size), &host)) {
        must(host.length >= 3 && host.length <= 253);
        must(text_find_char(host, '.') != SIZE_MAX);
        for (size_t i = 0; i < host.length; i++) {
            char c = host.bytes[i];
            must((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.');
        }
        rest = host;
        while (text_cut(&rest, '.', &label))
            must(label.length > 0 && label.length <= 63);
        must(host_normalize_in(&a, host, &again) && text_equal(host, again));
    }
    arena_done(&a);
    return 0;
}
