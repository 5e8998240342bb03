/* json_in_fuzz.c: law: what is taken is UTF-8 and no deeper than the limit, and its scalar texts end; what
 * is printed of a scalar is read back as the same text. */
#include "fuzz.h"

#include "codec/json.h"
#include "codec/json_in.h"

/* A text that was read, printed by our writer and read again, is itself. */
static void print_and_read(struct arena *a, struct text t) {
    struct buf b;
    struct json j;
    json_t *again;
    buf_init(&b, a, LIMIT_REPLY_BYTES);
    json_init(&j, &b);
    json_text(&j, t);
    must(json_parse(a, buf_peek(&b), &again).kind == ERR_NONE);
    must(text_equal(json_scalar_text_in(a, again), t));
    json_decref(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct arena a;
    json_t *root;
    arena_init(&a, LIMIT_ARENA_BYTES);
    struct err e = json_parse(&a, fuzz_text(bytes, size), &root);
    if (e.kind == ERR_NONE) {
        struct text t = json_scalar_text_in(&a, root);
        must(text_is_utf8(t));
        if (!json_is_object(root) && !json_is_array(root))
            print_and_read(&a, t);
        const char *name;
        json_t *value;
        json_object_foreach(root, name, value) print_and_read(&a, json_scalar_text_in(&a, value));
        json_decref(root);
    } else {
        must(e.kind == ERR_REQUEST_MALFORMED || e.kind == ERR_PARAMETER_DOUBLED ||
             e.kind == ERR_JSON_TOO_DEEP);
        must(e.say != NULL);
        json_doubled_name(e);
    }
    arena_done(&a);
    return 0;
}
