/* form_fuzz.c: law: what is decoded, encoded and decoded again is the same; a pair lies in its form. */
#include "fuzz.h"

#include "codec/form.h"

static bool lies_in(struct text part, struct text whole) {
    return part.length == 0 ||
           (part.bytes >= whole.bytes && part.bytes + part.length <= whole.bytes + whole.length);
}

static void encode_and_decode(struct arena *a, struct text t) {
    struct text plain, again;
    struct buf b;
    if (form_decode_in(a, t, &plain).kind)
        return;
    must(plain.length <= t.length);
    buf_init(&b, a, 4 * LIMIT_BODY_BYTES);
    form_encode(&b, plain);
    must(form_decode_in(a, buf_peek(&b), &again).kind == ERR_NONE);
    must(text_equal(plain, again));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct text form = fuzz_text(bytes, size), rest = form, name, value;
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    for (unsigned pairs = 0; pairs < LIMIT_PARAMS && form_next(&rest, &name, &value); pairs++) {
        must(lies_in(name, form) && lies_in(value, form));
        must(text_find_char(name, '&') == SIZE_MAX && text_find_char(name, '=') == SIZE_MAX);
        encode_and_decode(&a, name);
        encode_and_decode(&a, value);
    }
    arena_done(&a);
    return 0;
}
