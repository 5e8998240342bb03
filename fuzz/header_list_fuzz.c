/* header_list_fuzz.c: law: the list ends, each step makes the rest shorter, names hold no blank and no
 * colon, values
 * hold no line end and begin and end with no blank. */
#include "fuzz.h"

#include "codec/header_list.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct arena a;
    struct header h;
    struct text rest = fuzz_text(bytes, size);
    if (size > 20000)
        return 0;
    arena_init(&a, LIMIT_ARENA_BYTES);
    for (size_t before = rest.length; header_next_in(&a, &rest, &h) == HEADER_HERE; before = rest.length) {
        must(rest.length < before);
        must(h.name.length > 0 && text_find_char(h.name, ':') == SIZE_MAX && text_find_char(h.name,
                ' ') == SIZE_MAX);
        must(text_find_char(h.value, '\n') == SIZE_MAX);
        must(text_equal(text_trim(h.value), h.value));
        if (rest.length == 0)
            break;
    }
    arena_done(&a);
    return 0;
}
