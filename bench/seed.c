/* seed.c: a home with many published tokens, for the measurements: seed HOME COUNT
 *
 * Writes state/catalogue.map, ledger.map and keys/token.key without a store, and prints every token (or,
 * of a million, every 1,000,000 / 65,536th) on a line of its own. The plan has limits that are checked and
 * never reached.
 */
#include "base/file.h"
#include "gate/catalogue.h"
#include "gate/ledger.h"

#include <stdio.h>
#include <stdlib.h>

enum { PRINTED_MAX = 65536 };

static struct err seed(struct arena *a, const char *home, uint32_t count) {
    struct random chance = random_seeded(7);
    struct token_key key;
    struct catalogue *c;
    struct ledger *l;
    struct plan_record plan = {"bench", 1000000, 4000000000u, 4000000000u, 100};
    const char *state = text_say_in(a, "%s/state", home), *keys = text_say_in(a, "%s/state/keys", home);
    try(file_make_folder(a, home, 0700));
    try(file_make_folder(a, state, 0700));
    try(file_make_folder(a, keys, 0700));
    random_bytes(&chance, key.bytes, sizeof key.bytes);
    try(file_write_whole(a, text_say_in(a, "%s/token.key", keys), text_of((char *)key.bytes, sizeof key.bytes), 0400));
    try(catalogue_create(a, text_say_in(a, "%s/catalogue.map", state), count, &c));
    try(ledger_open(a, text_say_in(a, "%s/ledger.map", state), &l));
    catalogue_put_plan(c, 1, &plan);
    uint32_t step = count > PRINTED_MAX ? count / PRINTED_MAX : 1;
    for (uint32_t i = 0; i < count; i++) {
        char token[TOKEN_LENGTH + 1];
        struct token_record record = {.row = i + 1, .account = i + 1, .plan = 1};
        token_make(&chance, token, &record.id);
        token_digest(&key, text_of(token, TOKEN_LENGTH), record.digest);
        try(ledger_reserve_row(a, l, record.row));
        try(catalogue_put_token(c, &record, NULL));
        if (i % step == 0)
            puts(token);
    }
    ledger_close(l);
    try(catalogue_publish(a, c, NULL));
    catalogue_close(c);
    return ok;
}

int main(int argc, char **argv) {
    struct arena a;
    uint64_t count;
    if (argc != 3 || !text_to_u64(text_c(argv[2]), &count) || count < 1 || count >= LIMIT_TOKENS) {
        fprintf(stderr, "usage: seed HOME COUNT (1 to %u)\n", LIMIT_TOKENS - 1);
        return 64;
    }
    arena_init(&a, LIMIT_ARENA_BYTES);
    struct err e = seed(&a, argv[1], (uint32_t)count);
    if (e.kind)
        fprintf(stderr, "seed: %s\n", e.say);
    arena_done(&a);
    return e.kind ? 1 : 0;
}
