/* main.c: alapi-verify: checks receipts and checkpoints without the service and without a network.
 *
 *     alapi-verify KEY receipt FILE              is this entry in the log, as the service signed it?
 *     alapi-verify KEY checkpoint FILE           did the service sign this checkpoint?
 *     alapi-verify KEY consistency OLD NEW PROOF is the later log the earlier one gone on?
 *     alapi-verify KEY agree FILE FILE           do two receipts or checkpoints of one size agree?
 *
 * KEY is the log's public key in print (name+hash+base64) or a file with it: take it once from
 * somewhere that you trust, and keep it. Exit 0: all is well; 1: it is not, and the sentence says
 * why; 64: wrong usage.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/must.h"
#include "crypt/keys.h"
#include "crypt/receipt.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_WRONG = 1, EXIT_USAGE = 64, TEXT_MAX = RECEIPT_BYTES_MAX };

static int complain(const char *say) {
    fprintf(stderr, "alapi-verify: %s\n", say);
    return EXIT_WRONG;
}

static struct err key_read(struct arena *a, const char *given, struct note_key *out) {
    struct text printed = text_c(given);
    if (text_find_char(printed, '+') == SIZE_MAX)
        try(file_read_in(a, given, TEXT_MAX, &printed));
    return note_key_parse_in(a, text_trim(printed), out);
}

static void print_checkpoint(struct arena *a, const struct checkpoint *c) {
    printf("log: %.*s\nentries: %llu\nroot: %.*s\n", TEXT_ARG(c->origin),
           (unsigned long long)c->size, TEXT_ARG(digest_print_in(a, &c->root)));
    if (c->time_ms)
        printf("signed: %.*s\n", TEXT_ARG(clock_print_utc_in(a, c->time_ms)));
}

/* A receipt's checkpoint, or the file itself. */
static struct err checkpoint_read(struct arena *a, const struct note_key *key, const char *path,
                                  struct checkpoint *out) {
    struct text bytes;
    struct receipt r;
    struct log_entry entry;
    try(file_read_in(a, path, TEXT_MAX, &bytes));
    if (!text_starts(text_trim(bytes), TEXT("{")))
        return checkpoint_open(a, key, bytes, out);
    try(receipt_parse(a, bytes, &r));
    return receipt_check(a, key, &r, &entry, out);
}

static struct err check_receipt(struct arena *a, const struct note_key *key, char **files) {
    struct text bytes;
    struct receipt r;
    struct log_entry e;
    struct checkpoint c;
    try(file_read_in(a, files[0], TEXT_MAX, &bytes));
    try(receipt_parse(a, bytes, &r));
    try(receipt_check(a, key, &r, &e, &c));
    printf("receipt: %.*s\nentry: %llu\ntime: %.*s\nby: %.*s\naction: %.*s\nsubject: %llu\nobject: "
           "%.*s\npurpose: "
           "%.*s\n",
           TEXT_ARG(r.name), (unsigned long long)e.seq, TEXT_ARG(clock_print_utc_in(a, e.time_ms)),
           TEXT_ARG(e.actor_kind), TEXT_ARG(e.action), (unsigned long long)e.subject,
           TEXT_ARG(e.object), TEXT_ARG(e.purpose));
    print_checkpoint(a, &c);
    return ok;
}

static struct err check_checkpoint(struct arena *a, const struct note_key *key, char **files) {
    struct checkpoint c;
    try(checkpoint_read(a, key, files[0], &c));
    print_checkpoint(a, &c);
    return ok;
}

static struct err check_consistency(struct arena *a, const struct note_key *key, char **files) {
    struct checkpoint old, later;
    struct text bytes;
    struct merkle_proof proof;
    try(checkpoint_read(a, key, files[0], &old));
    try(checkpoint_read(a, key, files[1], &later));
    try(file_read_in(a, files[2], TEXT_MAX, &bytes));
    try(receipt_proof_parse(a, bytes, &proof));
    const struct merkle_tip tips[2] = {{old.size, old.root}, {later.size, later.root}};
    if (!merkle_consistency_holds(&tips[0], &tips[1], &proof))
        return err_make(ERR_IO,
                        "the proof does not show that the later log is the earlier one gone on");
    print_checkpoint(a, &later);
    return ok;
}

static struct err check_agree(struct arena *a, const struct note_key *key, char **files) {
    struct checkpoint one, two;
    try(checkpoint_read(a, key, files[0], &one));
    try(checkpoint_read(a, key, files[1], &two));
    if (one.size != two.size)
        return err_make(ERR_IO,
                        "the two are of logs of different sizes: ask for a proof of consistency");
    if (!digest_equal(&one.root, &two.root))
        return err_make(ERR_IO, "split view: two logs of one size were signed, and they differ");
    print_checkpoint(a, &one);
    return ok;
}

static const struct {
    const char *name;
    int files;
    struct err (*run)(struct arena *a, const struct note_key *key, char **files);
} verbs[] = {
    {"receipt", 1, check_receipt},
    {"checkpoint", 1, check_checkpoint},
    {"consistency", 3, check_consistency},
    {"agree", 2, check_agree},
};

static int usage(void) {
    fputs("usage: alapi-verify KEY receipt FILE\n"
          "       alapi-verify KEY checkpoint FILE\n"
          "       alapi-verify KEY consistency OLD NEW PROOF\n"
          "       alapi-verify KEY agree FILE FILE\n",
          stderr);
    return EXIT_USAGE;
}

static int run(struct arena *a, int argc, char **argv) {
    struct note_key key;
    for (size_t i = 0; argc > 2 && i < COUNT(verbs); i++) {
        if (strcmp(argv[2], verbs[i].name) != 0)
            continue;
        if (argc != 3 + verbs[i].files)
            return usage();
        struct err e = key_read(a, argv[1], &key);
        if (!e.kind)
            e = verbs[i].run(a, &key, argv + 3);
        if (e.kind)
            return complain(e.say);
        puts("ok");
        return 0;
    }
    return usage();
}

int main(int argc, char **argv) {
    struct arena arena;
    if (!crypt_ready())
        return complain("libsodium does not start");
    arena_init(&arena, LIMIT_ARENA_BYTES);
    int code = run(&arena, argc, argv);
    arena_done(&arena);
    return code;
}
