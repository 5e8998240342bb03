/* key_parcel_fuzz.c: law: a parcel is taken or refused; what is taken prints to the same bytes. The
 * key process's desk answers anything with an answer that parses, and no key that it keeps is ever
 * in one. */
#include "fuzz.h"

#include "keyd/desk.h"

#include <stdlib.h>

static void print_law(struct arena *a, struct text t) {
    struct key_request r;
    struct key_answer answer;
    struct text again;
    if (key_request_parse_in(a, t, &r))
        must(key_request_print_in(a, &r, &again) && text_equal(again, t));
    if (key_answer_parse_in(a, t, &answer))
        must(key_answer_print_in(a, &answer, &again) && text_equal(again, t));
}

static void must_not_hold(struct text t, const struct secret *key) {
    must(text_find(t, text_of((const char *)key->bytes, sizeof key->bytes)) == SIZE_MAX);
}

static void desk_law(struct arena *a, struct text t) {
    struct random chance = random_seeded(1);
    struct key_desk desk = {
        .vault = {.folder = "/nonexistent"}, .chance = &chance, .rates = key_desk_rates};
    struct secret master = {{0}};
    struct key_answer answer;
    random_bytes(&chance, master.bytes, sizeof master.bytes);
    keys_derive(&master, &desk.vault.keys);
    const struct keys *k = &desk.vault.keys;
    struct text bytes = key_desk_answer(&desk, a, t, 1);
    must(key_answer_parse_in(a, bytes, &answer));
    const struct secret *const kept[] = {&master, &k->index, &k->pepper, &k->wrap,
                                         &k->log, &k->hold,  &k->office, &k->backup};
    for (size_t i = 0; i < COUNT(kept); i++)
        must_not_hold(bytes, kept[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static bool is_ready;
    struct arena a;
    if (!is_ready) {
        is_ready = crypt_ready();
        must(is_ready);
    }
    arena_init(&a, LIMIT_ARENA_BYTES);
    print_law(&a, fuzz_text(bytes, size));
    desk_law(&a, fuzz_text(bytes, size));
    arena_done(&a);
    return 0;
}
