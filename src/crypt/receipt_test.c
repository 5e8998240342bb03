/* receipt_test.c: entries have one spelling; a receipt holds only as it was given. */
#include "codec/base64.h"
#include "codec/json.h"
#include "crypt/keys.h"
#include "crypt/receipt.h"
#include "test.h"

static struct arena arena;

static const struct log_entry sample = {.seq = 2,
                                        .actor = 77,
                                        .subject = 0xFFFFFFFFFFFFFFFF,
                                        .time_ms = 1795464364000,
                                        .actor_kind = {"person", 6},
                                        .action = {"consent.give", 12},
                                        .object = {"Abcdefghijklmnopqrstuv 3", 24},
                                        .purpose = {"request", 7},
                                        .sealed = {"\0\x01\xFF", 3}};

TEST(entry_has_one_spelling) {
    struct text bytes = log_entry_print_in(&arena, &sample);
    struct log_entry back;
    want(log_entry_parse(bytes, &back));
    want(text_equal(log_entry_print_in(&arena, &back), bytes));
    want(back.seq == 2 && back.actor == 77 && back.subject == sample.subject &&
         text_equal(back.sealed, sample.sealed));
    for (size_t i = 0; i < bytes.length; i++)
        want(!log_entry_parse(text_part(bytes, 0, i), &back));
    want(!log_entry_parse(text_format_in(&arena, "%.*s%c", TEXT_ARG(bytes), 0), &back));
}

/* What one text loses, the next one must not be able to win. */
TEST(entry_tells_its_texts_apart) {
    struct log_entry one = sample, two = sample;
    one.action = TEXT("ab");
    one.object = TEXT("c");
    two.action = TEXT("a");
    two.object = TEXT("bc");
    want(!text_equal(log_entry_print_in(&arena, &one), log_entry_print_in(&arena, &two)));
}

/* A receipt of entry 2 in a log of 5. */
struct made {
    struct secret seed;
    struct note_key key;
    struct receipt receipt;
    struct text json;
};

static struct digest nodes[4][8];

static struct err read_node(void *with, unsigned level, uint64_t number, struct digest *out) {
    (void)with;
    *out = nodes[level][number];
    return ok;
}

static void print(struct made *m) {
    struct buf b;
    struct json j;
    buf_init(&b, &arena, RECEIPT_BYTES_MAX);
    json_init(&j, &b);
    json_open_object(&j);
    json_put_text(&j, "receipt", m->receipt.name);
    json_put_text(&j, "key", m->receipt.key);
    json_put_i64(&j, "index", (int64_t)m->receipt.index);
    json_put_text(&j, "entry", base64_encode_in(&arena, m->receipt.entry));
    json_name(&j, "inclusion");
    json_open_list(&j);
    for (unsigned i = 0; i < m->receipt.proof.count; i++)
        json_text(&j, receipt_hash_in(&arena, &m->receipt.proof.hashes[i]));
    json_close_list(&j);
    json_put_text(&j, "checkpoint", m->receipt.checkpoint);
    json_close_object(&j);
    m->json = buf_peek(&b);
}

static struct made make(void) {
    struct made m;
    struct merkle tree = {0};
    struct merkle_nodes from = {read_node, NULL};
    memset(m.seed.bytes, 5, sizeof m.seed.bytes);
    m.key = note_key_of(&m.seed, TEXT("log.example"));
    m.receipt = (struct receipt){.name = TEXT("Abcdefghijklmnopqrstuv"), .index = 2};
    m.receipt.key = note_key_print_in(&arena, &m.key);
    m.receipt.entry = log_entry_print_in(&arena, &sample);
    for (unsigned i = 0; i < 5; i++) {
        struct digest made[MERKLE_LEVELS],
            leaf = merkle_leaf(i == 2 ? m.receipt.entry : TEXT("other"));
        unsigned count = merkle_add(&tree, &leaf, made);
        for (unsigned k = 0; k < count; k++)
            nodes[k][i >> k] = made[k];
    }
    want_ok(merkle_inclusion(&from, 2, 5, &m.receipt.proof));
    struct checkpoint c = {
        .origin = m.key.name, .size = 5, .root = merkle_root(&tree), .time_ms = 9};
    m.receipt.checkpoint = checkpoint_sign_in(&arena, &m.seed, &c);
    print(&m);
    return m;
}

static struct err check(const struct made *m, struct text json) {
    struct receipt r;
    struct log_entry entry;
    struct checkpoint c;
    try(receipt_parse(&arena, json, &r));
    return receipt_check(&arena, &m->key, &r, &entry, &c);
}

TEST(rows_I4_S5__a_receipt_holds) {
    struct made m = make();
    want_ok(check(&m, m.json));
}

/* Whatever letter of it is changed, either it still says the same or it does not hold. */
TEST(rows_I4_S5__a_changed_receipt_does_not_hold) {
    struct made m = make();
    size_t held = 0;
    for (size_t i = 0; i < m.json.length; i++) {
        char *copy = text_c_in(&arena, m.json);
        copy[i] = (char)(copy[i] ^ 1);
        held += check(&m, text_of(copy, m.json.length)).kind == ERR_NONE;
        arena_reset(&arena);
        m = make();
    }
    want(held <= m.receipt.key.length + 3); /* the key that it brings along is not believed */
}

TEST(a_receipt_of_another_holds_not) {
    struct made m = make();
    struct log_entry other = sample;
    other.object = TEXT("Zbcdefghijklmnopqrstuv 3");
    m.receipt.entry = log_entry_print_in(&arena, &other);
    print(&m);
    want_err(check(&m, m.json), ERR_IO);
    m = make();
    m.receipt.name = TEXT("Zbcdefghijklmnopqrstuv");
    print(&m);
    want_err(check(&m, m.json), ERR_IO);
    m = make();
    struct secret stranger;
    memset(stranger.bytes, 6, sizeof stranger.bytes);
    m.key = note_key_of(&stranger, TEXT("log.example"));
    want_err(check(&m, m.json), ERR_IO);
}

TEST(receipt_refuses_what_is_none) {
    static const char *const rows[] = {
        "",
        "[]",
        "1",
        "{}",
        "{\"receipt\":\"a\",\"index\":-1,\"checkpoint\":\"x\"}",
        "{\"receipt\":\"a\",\"index\":1,\"checkpoint\":\"x\",\"entry\":\"!\"}",
        "{\"receipt\":\"a\",\"index\":1,\"checkpoint\":\"x\",\"entry\":\"AA==\",\"inclusion\":[1]}",
        "{\"receipt\":\"a\",\"index\":1,\"checkpoint\":\"x\",\"entry\":\"AA==\",\"inclusion\":["
        "\"AA==\"]}"};
    struct receipt r;
    for (size_t i = 0; i < COUNT(rows); i++)
        want_err(receipt_parse(&arena, text_c(rows[i]), &r), ERR_IO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(entry_has_one_spelling),         RUN(entry_tells_its_texts_apart),
        RUN(rows_I4_S5__a_receipt_holds),    RUN(rows_I4_S5__a_changed_receipt_does_not_hold),
        RUN(a_receipt_of_another_holds_not), RUN(receipt_refuses_what_is_none)};
    if (!crypt_ready())
        return 1;
    arena_init(&arena, 64 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
