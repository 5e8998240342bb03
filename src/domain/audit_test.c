/* audit_test.c: an entry joins what it tells of; proofs hold; whatever is done to the log is named. */
#include "domain/audit.h"
#include "base/file.h"
#include "codec/base64.h"
#include "domain/audit_log.h"
#include "domain/audit_verify.h"
#include "domain/erasure.h"
#include "meddle.h"

#include <fcntl.h>

enum { ENTRIES = 40 };

static char log_path[96];

static void note(struct records *r, const char *action, struct text object) {
    want_ok(audit_note(&r->d, &(struct audit_event){.actor_kind = AUDIT_OPERATOR,
                                                    .actor = 7,
                                                    .action = action,
                                                    .object = object,
                                                    .purpose = "test"}));
    r->d.now_ms += 1000;
}

/* Entries 0 … 39; checkpoints of 10, 25 and 40. */
static void fill(struct records *r) {
    records_open(r);
    snprintf(log_path, sizeof log_path, "%s/checkpoints", r->folder);
    r->d.log_file = log_path;
    for (unsigned i = 0; i < ENTRIES; i++) {
        if (i == 10 || i == 25)
            want_ok(audit_sign(&r->d));
        note(r, i % 2 ? "plan.set" : "policy.publish", text_format_in(&r->arena, "thing %u", i));
    }
    want_ok(audit_sign(&r->d));
}

static void leave(struct records *r) {
    unlink(log_path);
    records_close(r);
}

static struct audit_verdict verdict(struct records *r) {
    struct audit_verdict v;
    want_ok(audit_verify(&r->d, TEXT(""), &v));
    return v;
}

static void want_fault(struct records *r, enum audit_fault fault, uint64_t index) {
    struct audit_verdict v = verdict(r);
    if (v.fault != fault || v.index != index)
        fail_msg("%s at %llu: %s", audit_fault_name(v.fault), (unsigned long long)v.index, v.say);
}

static struct text notes_of_file(struct records *r) {
    struct text bytes;
    want_ok(file_read_in(&r->arena, log_path, 1 << 20, &bytes));
    return bytes;
}

static void write_file(struct records *r, struct text bytes) {
    want_ok(file_write_whole(&r->arena, log_path, bytes, 0640));
}

/* ---- whole ---- */

TEST(an_empty_log_is_whole) {
    struct records r;
    records_open(&r);
    want_fault(&r, AUDIT_WHOLE, 0);
    struct audit_signed last;
    want_ok(audit_sign(&r.d));
    want_err(audit_last_signed(&r.d, &last), ERR_NOT_FOUND);
    records_close(&r);
}

TEST(row_S8d__a_whole_log_verifies) {
    struct records r;
    fill(&r);
    struct audit_verdict v = verdict(&r);
    want_int(v.fault, AUDIT_WHOLE);
    want_int(v.entries, ENTRIES);
    want_int(v.checkpoints, 3);
    note(&r, "plan.set", TEXT("not signed yet"));
    want_fault(&r, AUDIT_WHOLE, 0);
    leave(&r);
}

static struct err note_then_fail(struct domain *d, void *with) {
    (void)with;
    try(audit_note(d, &(struct audit_event){.action = "a.b", .purpose = "test"}));
    return err_make(ERR_CONFLICT, "on purpose");
}

TEST(row_S8d__an_entry_goes_back_with_its_transaction) {
    struct records r;
    fill(&r);
    uint64_t before, after;
    want_ok(audit_size(&r.d, &before));
    want_err(domain_in_transaction(&r.d, note_then_fail, NULL), ERR_CONFLICT);
    want_ok(audit_size(&r.d, &after));
    want_int(before, after);
    want_fault(&r, AUDIT_WHOLE, 0);
    leave(&r);
}

/* Whichever write of it fails: all of the entry or nothing. */
TEST(an_entry_is_all_or_nothing) {
    struct records r;
    fill(&r);
    for (unsigned n = 1;; n++) {
        store_fail_write(r.d.store, n);
        struct err e = audit_note(&r.d, &(struct audit_event){.action = "a.b", .purpose = "test"});
        store_fail_write(r.d.store, 0);
        want_fault(&r, AUDIT_WHOLE, 0);
        if (!e.kind)
            break;
    }
    leave(&r);
}

TEST(row_S8d__proofs_hold_for_every_entry_and_size) {
    struct records r;
    fill(&r);
    struct merkle_nodes nodes = audit_nodes(&r.d);
    struct merkle_tip tips[ENTRIES + 1];
    struct merkle_proof proof;
    for (uint64_t size = 1; size <= ENTRIES; size++) {
        struct merkle tree;
        want_ok(merkle_load(&nodes, size, &tree));
        tips[size] = (struct merkle_tip){size, merkle_root(&tree)};
    }
    for (uint64_t i = 0; i < ENTRIES; i++) {
        struct log_entry e;
        bool found;
        want_ok(audit_entry_at(&r.d, i, &e, &found));
        struct digest leaf = merkle_leaf(log_entry_print_in(&r.arena, &e));
        want_ok(audit_prove_inclusion(&r.d, i, ENTRIES, &proof));
        want(merkle_inclusion_holds(&leaf, i, ENTRIES, &proof, &tips[ENTRIES].root));
        want_ok(audit_prove_consistency(&r.d, i + 1, ENTRIES, &proof));
        want(merkle_consistency_holds(&tips[i + 1], &tips[ENTRIES], &proof));
    }
    want_err(audit_prove_inclusion(&r.d, ENTRIES, ENTRIES, &proof), ERR_FIELD_INVALID);
    want_err(audit_prove_inclusion(&r.d, 0, ENTRIES + 1, &proof), ERR_FIELD_INVALID);
    want_err(audit_prove_consistency(&r.d, 0, ENTRIES, &proof), ERR_FIELD_INVALID);
    leave(&r);
}

TEST(a_checkpoint_comes_every_minute_or_thousand_entries) {
    struct records r;
    fill(&r);
    struct audit_signed last;
    r.d.now_ms += 2 * AUDIT_CHECKPOINT_MS;
    want_ok(audit_sign_when_due(&r.d)); /* nothing new: nothing signed */
    want_ok(audit_last_signed(&r.d, &last));
    want_int(last.size, ENTRIES);
    note(&r, "a.b", TEXT("x"));
    want_ok(audit_sign_when_due(&r.d));
    want_ok(audit_last_signed(&r.d, &last));
    want_int(last.size, ENTRIES + 1);
    note(&r, "a.b", TEXT("y"));
    want_ok(audit_sign_when_due(&r.d)); /* a second later: not yet */
    want_ok(audit_last_signed(&r.d, &last));
    want_int(last.size, ENTRIES + 1);
    for (unsigned i = 0; i < AUDIT_CHECKPOINT_ENTRIES; i++) {
        note(&r, "a.b", TEXT("z"));
        r.d.now_ms -= 1000;
    }
    want_ok(audit_sign_when_due(&r.d));
    want_ok(audit_last_signed(&r.d, &last));
    want_int(last.size, ENTRIES + 2 + AUDIT_CHECKPOINT_ENTRIES);
    leave(&r);
}

/* ---- of persons ---- */

static void set_sealed(struct records *r, uint64_t seq, struct text bytes) {
    meddle(r, text_say_in(&r->arena, "UPDATE audit_entry SET sealed = x'%.*s' WHERE seq = %llu",
                          TEXT_ARG(hex_encode_in(&r->arena, bytes)), (unsigned long long)seq));
}

TEST(row_S8d__the_log_verifies_after_a_person_is_erased) {
    struct records r;
    struct account account;
    struct text receipt, plain;
    struct log_entry e;
    bool found;
    fill(&r);
    want_ok(account_read(&r.d, records_account(&r, "marker", "marker@example.com"), &account));
    uint64_t seq;
    want_ok(audit_note_at(&r.d,
                          &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                                .actor = account.subject,
                                                .action = "contact.set",
                                                .about = &account,
                                                .purpose = "request",
                                                .detail = TEXT("marker@example.com")},
                          &seq));
    want_ok(audit_entry_at(&r.d, seq, &e, &found));
    want(text_find(e.sealed, TEXT("marker")) == SIZE_MAX);
    want_ok(account_open(&r.d, &account, FIELD("audit_entry", "sealed", (int64_t)seq), e.sealed,
                         &plain));
    want_text(plain, "marker@example.com");
    want_ok(audit_sign(&r.d));
    for (size_t i = 0; i < e.sealed.length; i += 5) {
        char *changed = text_c_in(&r.arena, e.sealed);
        changed[i] ^= 1;
        set_sealed(&r, seq, text_of(changed, e.sealed.length));
        want_fault(&r, AUDIT_CHANGED, seq);
    }
    set_sealed(&r, seq, e.sealed);
    want_ok(erasure_begin(&r.d, &account, &receipt));
    want_ok(erasure_finish(&r.d, ERASURE_ALL));
    want_fault(&r, AUDIT_WHOLE, 0);
    leave(&r);
}

TEST(rows_I4_S5__receipts_are_proved_by_the_next_checkpoint) {
    struct records r;
    struct audit_receipt receipt;
    fill(&r);
    note(&r, "consent.give", TEXT("Abcdefghijklmnopqrstuv 3 hash"));
    want_ok(audit_receipt(&r.d, TEXT("Abcdefghijklmnopqrstuv"), &receipt));
    struct note_key key = audit_key(&r.d);
    struct checkpoint c;
    want_ok(checkpoint_open(&r.arena, &key, receipt.checkpoint.note, &c));
    struct digest leaf = merkle_leaf(receipt.bytes);
    want(merkle_inclusion_holds(&leaf, receipt.entry.seq, c.size, &receipt.proof, &c.root));
    want_err(audit_receipt(&r.d, TEXT("Bbcdefghijklmnopqrstuv"), &receipt), ERR_NOT_FOUND);
    leave(&r);
}

/* ---- meddled with ---- */

/* Every bit of every byte of every column of entry 17, one at a time. */
TEST(fault_30__every_changed_byte_of_an_entry_is_located) {
    static const char *const texts[] = {"action", "object", "purpose"};
    static const char *const numbers[] = {"time_ms", "actor", "subject"};
    struct records r;
    fill(&r);
    meddle(&r, "PRAGMA user_version");
    for (size_t c = 0; c < COUNT(numbers); c++)
        for (unsigned bit = 0; bit < 63; bit += bit < 12 ? 1 : 7) {
            const char *flip = text_say_in(
                &r.arena, "UPDATE audit_entry SET %s = (%s | %lld) - (%s & %lld) WHERE seq = 17",
                numbers[c], numbers[c], 1LL << bit, numbers[c], 1LL << bit);
            meddle(&r, flip);
            want_fault(&r, AUDIT_CHANGED, 17);
            meddle(&r, flip);
        }
    for (size_t c = 0; c < COUNT(texts); c++)
        for (unsigned at = 1; at <= 14; at++) {
            const char *get =
                text_say_in(&r.arena,
                            "CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM audit_entry;"
                            "UPDATE audit_entry SET %s = substr(%s, 1, %u) || '~' || substr(%s, %u "
                            "+ 1) WHERE seq = 17",
                            texts[c], texts[c], at - 1, texts[c], at);
            meddle(&r, get);
            want_fault(&r, AUDIT_CHANGED, 17);
            meddle(&r, text_say_in(&r.arena,
                                   "UPDATE audit_entry SET %s = (SELECT %s FROM kept WHERE seq = "
                                   "17) WHERE seq = 17",
                                   texts[c], texts[c]));
        }
    meddle(&r, "UPDATE audit_entry SET actor_kind = 'person' WHERE seq = 17");
    want_fault(&r, AUDIT_CHANGED, 17);
    meddle(&r, "UPDATE audit_entry SET actor_kind = 'operator' WHERE seq = 17");
    meddle(
        &r,
        "UPDATE audit_entry SET actor = 'x' WHERE seq = 17"); /* counts as 0 where nobody looks */
    want_fault(&r, AUDIT_CHANGED, 17);
    meddle(&r, "UPDATE audit_entry SET actor = 7, sealed = x'00' WHERE seq = 17");
    want_fault(&r, AUDIT_CHANGED, 17);
    meddle(&r, "UPDATE audit_entry SET sealed = x'' WHERE seq = 17; DROP TABLE kept");
    want_fault(&r, AUDIT_WHOLE, 0);
    leave(&r);
}

/* An entry put right afterwards is right; so each row does and undoes. */
TEST(fault_30__what_was_done_to_entries_is_named) {
    static const struct {
        const char *what;
        enum audit_fault fault;
        uint64_t index;
    } rows[] = {
        {"DELETE FROM audit_entry WHERE seq = 17", AUDIT_MISSING, 17},
        {"DELETE FROM audit_entry WHERE seq = 0", AUDIT_MISSING, 0},
        {"DELETE FROM audit_entry WHERE seq >= 30", AUDIT_TRUNCATED, 30},
        {"DELETE FROM audit_entry", AUDIT_TRUNCATED, 0},
        {"DELETE FROM audit_entry WHERE seq = 17; UPDATE audit_entry SET seq = -seq WHERE seq > 17;"
         "UPDATE audit_entry SET seq = -seq - 1 WHERE seq < 0",
         AUDIT_MISSING, 17},
        {"UPDATE audit_entry SET seq = 1000 WHERE seq = 5; UPDATE audit_entry SET seq = 5 WHERE "
         "seq = 21;"
         "UPDATE audit_entry SET seq = 21 WHERE seq = 1000",
         AUDIT_REORDERED, 5},
        {"UPDATE audit_entry SET seq = -seq WHERE seq >= 12; UPDATE audit_entry SET seq = 1 - seq "
         "WHERE seq < 0;"
         "INSERT INTO audit_entry VALUES (12, 1, 'operator', 0, 'a.b', 0, 'x', 'y', x'')",
         AUDIT_INSERTED, 12},
        {"INSERT INTO audit_entry VALUES (40, 1, 'operator', 0, 'a.b', 0, 'x', 'y', x'')",
         AUDIT_INSERTED, 40},
        {"INSERT INTO audit_entry VALUES (-3, 1, 'operator', 0, 'a.b', 0, 'x', 'y', x'')",
         AUDIT_INSERTED, 0},
        {"UPDATE audit_entry SET seq = 17 + 64 WHERE seq = 17", AUDIT_MISSING, 17},
        {"UPDATE audit_node SET hash = zeroblob(32) WHERE place = 16", AUDIT_HASHES,
         9}, /* a leaf */
        {"UPDATE audit_node SET hash = zeroblob(32) WHERE place = 2", AUDIT_HASHES,
         1}, /* above 0 and 1 */
        {"UPDATE audit_node SET hash = x'00' WHERE place = 2", AUDIT_HASHES, 1},
        {"DELETE FROM audit_node WHERE place = 16", AUDIT_HASHES, 9},
        {"DELETE FROM audit_node WHERE place >= 70", AUDIT_HASHES, 36},
        {"DELETE FROM audit_node", AUDIT_HASHES, 0},
        {"DELETE FROM audit_entry WHERE seq >= 31; DELETE FROM audit_node WHERE place >= 57",
         AUDIT_TRUNCATED, 31},
        {"DELETE FROM audit_entry WHERE seq >= 31; DELETE FROM audit_node WHERE place >= 57;"
         "DELETE FROM audit_checkpoint WHERE size > 31",
         AUDIT_TRUNCATED, 31}, /* the file knows */
        {"UPDATE audit_checkpoint SET time_ms = time_ms + 1 WHERE size = 25", AUDIT_FORGED, 25},
        {"UPDATE audit_checkpoint SET size = 26 WHERE size = 25", AUDIT_FORGED, 26},
        {"UPDATE audit_checkpoint SET note = replace(note, char(10) || '25', char(10) || '24') "
         "WHERE size = 25",
         AUDIT_FORGED, 25},
        {"DELETE FROM audit_checkpoint WHERE size = 25", AUDIT_FILE, 25},
        {"UPDATE audit_checkpoint SET size = -1 WHERE size = 25", AUDIT_FORGED, UINT64_MAX},
    };
    struct records r;
    fill(&r);
    meddle(
        &r,
        "CREATE TABLE e AS SELECT * FROM audit_entry; CREATE TABLE n AS SELECT * FROM audit_node;"
        "CREATE TABLE c AS SELECT * FROM audit_checkpoint");
    for (size_t i = 0; i < COUNT(rows); i++) {
        meddle(&r, rows[i].what);
        struct audit_verdict v = verdict(&r);
        if (v.fault != rows[i].fault || v.index != rows[i].index)
            fail_msg("%s: %s at %llu: %s", rows[i].what, audit_fault_name(v.fault),
                     (unsigned long long)v.index, v.say);
        meddle(&r, "DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM e; DELETE FROM "
                   "audit_node;"
                   "INSERT INTO audit_node SELECT * FROM n; DELETE FROM audit_checkpoint;"
                   "INSERT INTO audit_checkpoint SELECT * FROM c");
    }
    want_fault(&r, AUDIT_WHOLE, 0);
    leave(&r);
}

/* Every byte of the stored hashes and of the signed notes. */
TEST(fault_30__every_changed_byte_of_hashes_and_checkpoints_is_seen) {
    struct records r;
    fill(&r);
    for (unsigned at = 1; at <= 32; at++) {
        const char *keep = "CREATE TABLE n AS SELECT * FROM audit_node WHERE place = 40";
        meddle(&r, keep);
        meddle(&r, text_say_in(&r.arena,
                               "UPDATE audit_node SET hash = CAST(substr(hash, 1, %u) || x'2A' || "
                               "substr(hash, %u + 1) AS BLOB) "
                               "WHERE place = 40 AND substr(hash, %u, 1) <> x'2A'",
                               at - 1, at, at));
        struct audit_verdict v = verdict(&r);
        want(v.fault == AUDIT_HASHES);
        meddle(&r,
               "UPDATE audit_node SET hash = (SELECT hash FROM n) WHERE place = 40; DROP TABLE n");
    }
    struct audit_signed last;
    want_ok(audit_last_signed(&r.d, &last));
    for (unsigned at = 1; at <= last.note.length; at++) {
        meddle(&r, "CREATE TABLE c AS SELECT * FROM audit_checkpoint WHERE size = 40");
        meddle(&r, text_say_in(&r.arena,
                               "UPDATE audit_checkpoint SET note = CAST(substr(CAST(note AS BLOB), "
                               "1, %u) || x'2A' || "
                               "substr(CAST(note AS BLOB), %u + 1) AS TEXT) WHERE size = 40",
                               at - 1, at));
        want_fault(&r, AUDIT_FORGED, 40);
        meddle(&r, "UPDATE audit_checkpoint SET note = (SELECT note FROM c) WHERE size = 40; DROP "
                   "TABLE c");
    }
    want_fault(&r, AUDIT_WHOLE, 0);
    leave(&r);
}

/* Whoever has the file but not the key writes all hashes anew. */
TEST(fault_30__a_log_written_anew_is_not_what_was_signed) {
    struct records r;
    fill(&r);
    struct merkle tree = {0};
    meddle(&r, "UPDATE audit_entry SET object = 'nothing' WHERE seq = 17");
    for (uint64_t i = 0; i < ENTRIES; i++) {
        struct log_entry e;
        struct digest made[MERKLE_LEVELS];
        bool found;
        want_ok(audit_entry_at(&r.d, i, &e, &found));
        struct digest leaf = merkle_leaf(log_entry_print_in(&r.arena, &e));
        unsigned count = merkle_add(&tree, &leaf, made);
        for (unsigned k = 0; k < count; k++)
            meddle(&r,
                   text_say_in(&r.arena, "UPDATE audit_node SET hash = x'%.*s' WHERE place = %llu",
                               TEXT_ARG(digest_print_in(&r.arena, &made[k])),
                               (unsigned long long)audit_place(k, i >> k)));
    }
    want_fault(&r, AUDIT_REWRITTEN, 10); /* behind the checkpoint of 10, which fits */
    note(&r, "a.b", TEXT("more"));
    want_err(audit_sign(&r.d), ERR_INTEGRITY_FAILED);
    leave(&r);
}

/* Whoever has the key too signs another history: what was carried off tells. */
TEST(fault_30__two_histories_are_a_split_view) {
    struct records r;
    struct audit_signed kept;
    fill(&r);
    want_ok(audit_last_signed(&r.d, &kept));
    struct text file = notes_of_file(&r);
    meddle(&r, "DELETE FROM audit_entry; DELETE FROM audit_node; DELETE FROM audit_checkpoint");
    unlink(log_path);
    for (unsigned i = 0; i < ENTRIES; i++) {
        if (i == 25)
            want_ok(audit_sign(&r.d));
        note(&r, "another.story", TEXT("thing"));
    }
    want_ok(audit_sign(&r.d));
    want_fault(&r, AUDIT_WHOLE, 0); /* by itself it looks well */
    struct audit_verdict v;
    want_ok(audit_verify(&r.d, kept.note, &v));
    want_int(v.fault, AUDIT_FORKED);
    want_int(v.index, ENTRIES);
    want(text_find(text_c(v.say), TEXT("split view")) != SIZE_MAX);
    write_file(&r, file);
    want_fault(&r, AUDIT_FILE, 10); /* the other one was signed at 10 too */
    write_file(&r, text_from(file, text_find(file, TEXT("\n\ntest.example")) + 2));
    want_fault(&r, AUDIT_FORKED, 25);
    note(&r, "another.story", TEXT("thing"));
    meddle(&r, "DELETE FROM audit_entry WHERE seq >= 30; DELETE FROM audit_node WHERE place >= 56; "
               "DELETE FROM audit_checkpoint");
    want_ok(audit_verify(&r.d, kept.note, &v));
    want_int(v.fault, AUDIT_TRUNCATED);
    want_int(v.index, 30);
    want_err(audit_verify(&r.d, TEXT("nonsense"), &v), ERR_FIELD_INVALID);
    leave(&r);
}

TEST(fault_30__the_file_beside_is_compared) {
    struct records r;
    fill(&r);
    struct text file = notes_of_file(&r);
    size_t last = file.length - 2;
    while (!text_starts(text_from(file, last), TEXT("\n\ntest.example")))
        last--;
    write_file(&r, text_part(file, 0, last + 2)); /* the last is gone */
    want_fault(&r, AUDIT_WHOLE, 0);               /* it may be on its way */
    r.d.now_ms += 3600000;
    want_fault(&r, AUDIT_FILE, 40);
    note(&r, "a.b", TEXT("x"));
    want_ok(audit_sign(&r.d)); /* brings it up */
    want_fault(&r, AUDIT_WHOLE, 0);
    file = notes_of_file(&r);
    char *forged = text_c_in(&r.arena, file);
    forged[text_find(file, TEXT("\n25\n")) + 1] = '3';
    write_file(&r, text_of(forged, file.length));
    want_fault(&r, AUDIT_FORGED, 10);
    write_file(
        &r, text_from(file, text_find(file, TEXT("\n\ntest.example")) + 2)); /* the first is gone */
    want_fault(&r, AUDIT_FILE, 10);
    unlink(log_path);
    want_fault(&r, AUDIT_FILE, 10);
    leave(&r);
}

/* A power cut in the middle of a write. */
TEST(a_torn_file_is_mended_at_the_next_signing) {
    struct records r;
    fill(&r);
    struct text file = notes_of_file(&r);
    for (size_t cut = 1; cut < 60; cut += 7) {
        write_file(&r, text_part(file, 0, file.length - cut));
        note(&r, "a.b", TEXT("x"));
        want_ok(audit_sign(&r.d));
        want_fault(&r, AUDIT_WHOLE, 0);
    }
    write_file(&r, TEXT("alapi"));
    note(&r, "a.b", TEXT("x"));
    want_ok(audit_sign(&r.d));
    want_fault(&r, AUDIT_WHOLE, 0);
    leave(&r);
}

/* ---- pruned ---- */

static const int64_t day_ms = 86400000;

TEST(pruned_entries_go_and_the_log_stays_whole) {
    struct records r;
    uint64_t pruned;
    struct merkle_proof proof;
    fill(&r);
    note(&r, "consent.give", TEXT("Abcdefghijklmnopqrstuv 3"));
    want_ok(audit_sign(&r.d));
    note(&r, "a.b", TEXT("never signed for half a year"));
    r.d.now_ms += (AUDIT_KEEP_DAYS - 1) * day_ms;
    want_ok(audit_prune(&r.d, &pruned));
    want_int(pruned, 0);
    r.d.now_ms += 2 * day_ms;
    want_ok(audit_prune(&r.d, &pruned));
    want_int(pruned, ENTRIES);
    want_ok(audit_sign(&r.d));
    struct audit_verdict v = verdict(&r);
    want_int(v.fault, AUDIT_WHOLE);
    want_int(v.pruned, ENTRIES);
    want_ok(audit_prove_inclusion(&r.d, 3, ENTRIES, &proof));
    struct audit_receipt receipt;
    want_ok(
        audit_receipt(&r.d, TEXT("Abcdefghijklmnopqrstuv"), &receipt)); /* consents: three years */
    r.d.now_ms += (AUDIT_KEEP_LONG_DAYS - AUDIT_KEEP_DAYS) * day_ms;
    want_ok(audit_prune(&r.d, &pruned));
    want_int(pruned, 2);
    want_err(audit_receipt(&r.d, TEXT("Abcdefghijklmnopqrstuv"), &receipt), ERR_NOT_FOUND);
    want_fault(&r, AUDIT_WHOLE, 0);
    leave(&r);
}

/* Taking out what is too young and writing a pruning for it does not help. */
TEST(fault_30__a_pruning_that_came_too_early_is_none) {
    struct records r;
    fill(&r);
    meddle(&r, "DELETE FROM audit_entry WHERE seq = 17");
    note(&r, "audit.prune", TEXT("17"));
    want_ok(audit_sign(&r.d));
    want_fault(&r, AUDIT_MISSING, 17);
    leave(&r);
}

TEST(a_pruning_names_ranges) {
    struct text rest = TEXT("3-17,20,25-26");
    static const uint64_t wanted[][2] = {{3, 17}, {20, 20}, {25, 26}};
    uint64_t first, last;
    for (size_t i = 0; i < COUNT(wanted); i++) {
        want(audit_range_next(&rest, &first, &last));
        want(first == wanted[i][0] && last == wanted[i][1]);
    }
    want(!audit_range_next(&rest, &first, &last));
}

TESTS(RUN(an_empty_log_is_whole), RUN(row_S8d__a_whole_log_verifies),
      RUN(row_S8d__an_entry_goes_back_with_its_transaction), RUN(an_entry_is_all_or_nothing),
      RUN(row_S8d__proofs_hold_for_every_entry_and_size),
      RUN(a_checkpoint_comes_every_minute_or_thousand_entries),
      RUN(row_S8d__the_log_verifies_after_a_person_is_erased),
      RUN(rows_I4_S5__receipts_are_proved_by_the_next_checkpoint),
      RUN(fault_30__every_changed_byte_of_an_entry_is_located),
      RUN(fault_30__what_was_done_to_entries_is_named),
      RUN(fault_30__every_changed_byte_of_hashes_and_checkpoints_is_seen),
      RUN(fault_30__a_log_written_anew_is_not_what_was_signed),
      RUN(fault_30__two_histories_are_a_split_view), RUN(fault_30__the_file_beside_is_compared),
      RUN(a_torn_file_is_mended_at_the_next_signing),
      RUN(pruned_entries_go_and_the_log_stays_whole),
      RUN(fault_30__a_pruning_that_came_too_early_is_none), RUN(a_pruning_names_ranges))
