/* receipt_fuzz.c: law: checkpoints, receipts, keys and entries from anywhere are taken or refused;
 * what is taken prints to the same, and nothing that this key did not sign passes as signed. */
#include "fuzz.h"

#include "base/random.h"
#include "crypt/keys.h"
#include "crypt/receipt.h"

static void entry_law(struct arena *a, struct text t) {
    struct log_entry e;
    if (log_entry_parse(t, &e))
        must(text_equal(log_entry_print_in(a, &e), t));
}

static void checkpoint_law(struct arena *a, struct text t, const struct secret *seed) {
    struct checkpoint c, again;
    if (checkpoint_parse(a, t, &c).kind)
        return;
    struct note_key key = note_key_of(seed, c.origin);
    must(checkpoint_open(a, &key, t, &again).kind != ERR_NONE);
    must(checkpoint_open(a, &key, checkpoint_sign_in(a, seed, &c), &again).kind == ERR_NONE);
    must(again.size == c.size && again.time_ms == c.time_ms && digest_equal(&again.root, &c.root));
}

static void key_law(struct arena *a, struct text t) {
    struct note_key key;
    if (note_key_parse_in(a, t, &key).kind == ERR_NONE)
        must(text_equal(note_key_print_in(a, &key), t));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static struct secret seed;
    static bool is_ready;
    struct text t = fuzz_text(bytes, size);
    struct receipt r;
    struct log_entry entry;
    struct checkpoint c;
    struct arena a;
    if (!is_ready) {
        struct random chance = random_seeded(1);
        is_ready = crypt_ready();
        must(is_ready);
        random_bytes(&chance, seed.bytes, sizeof seed.bytes);
    }
    arena_init(&a, LIMIT_ARENA_BYTES);
    entry_law(&a, t);
    checkpoint_law(&a, t, &seed);
    key_law(&a, t);
    if (receipt_parse(&a, t, &r).kind == ERR_NONE) {
        struct note_key key = note_key_of(&seed, TEXT("log.example"));
        must(receipt_check(&a, &key, &r, &entry, &c).kind != ERR_NONE);
    }
    arena_done(&a);
    return 0;
}
