/* desk_test.c: what the key process answers, what it never gives, and how much at a time. */
#include "keyd/desk.h"
#include "base/limits.h"
#include "crypt/key_ring.h"
#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct side {
    struct arena arena;
    struct secret master;
    struct random chance;
    struct key_desk desk;
    struct key_ring ring;
    char folder[64];
    int64_t now_ms;
    bool gave_a_kept_key; /* in any answer */
};

static void look_for(struct side *s, struct text answer, const void *key) {
    if (text_find(answer, text_of(key, SECRET_BYTES)) != SIZE_MAX)
        s->gave_a_kept_key = true;
}

static struct err ask_side(void *with, struct arena *a, struct text request,
                           struct text *answer_out) {
    struct side *s = with;
    const struct keys *k = &s->desk.vault.keys;
    *answer_out = key_desk_answer(&s->desk, a, request, s->now_ms);
    const void *const kept[] = {&s->master, &k->index, &k->pepper, &k->wrap,
                                &k->log,    &k->hold,  &k->office, &k->backup};
    for (size_t i = 0; i < COUNT(kept); i++)
        look_for(s, *answer_out, kept[i]);
    return ok;
}

static void side_open(struct side *s) {
    *s = (struct side){
        .folder = "/tmp/alapi-desk-XXXXXX", .chance = random_seeded(7), .now_ms = 1000};
    want(crypt_ready() && mkdtemp(s->folder) != NULL);
    arena_init(&s->arena, LIMIT_ARENA_BYTES);
    random_bytes(&s->chance, s->master.bytes, sizeof s->master.bytes);
    s->desk = (struct key_desk){.vault = {.folder = s->folder}, .chance = &s->chance};
    keys_derive(&s->master, &s->desk.vault.keys);
    s->ring = (struct key_ring){.ask = ask_side, .with = s};
    want_ok(key_ring_greet(&s->ring, &s->arena));
}

static void side_close(struct side *s) {
    want(!s->gave_a_kept_key);
    for (int i = 1; i < 4; i++)
        unlink(text_say_in(&s->arena, "%s/epoch-%d.key", s->folder, i));
    want(rmdir(s->folder) == 0);
    arena_done(&s->arena);
}

TEST(what_is_hashed_and_sealed_is_what_the_keys_themselves_would_make) {
    struct side s;
    side_open(&s);
    struct digest d,
        same = hash_keyed(&s.desk.vault.keys.index, "email", PARTS(TEXT("a@example.com")));
    want_ok(key_hash(&s.ring, &s.arena, KEY_INDEX, "email", PARTS(TEXT("a@example.com")), &d));
    want(digest_equal(&d, &same));
    static const enum key_id ids[] = {KEY_PEPPER, KEY_HOLD, KEY_OFFICE};
    const struct secret *const keys[] = {&s.desk.vault.keys.pepper, &s.desk.vault.keys.hold,
                                         &s.desk.vault.keys.office};
    for (size_t i = 0; i < COUNT(ids); i++) {
        const struct seal_place place = {"t", "c", 4, 9}, other = {"t", "c", 5, 9};
        const struct key_use use = {ids[i], KEY_FOR_REQUEST};
        struct text sealed, plain;
        want_ok(key_seal_in(&s.ring, &s.arena, use, &place, TEXT("words"), &sealed));
        want_ok(seal_open_in(&s.arena, keys[i], &place, sealed, &plain));
        want_text(plain, "words");
        want_ok(key_open_in(&s.ring, &s.arena, use, &place, sealed, &plain));
        want_text(plain, "words");
        want_err(key_open_in(&s.ring, &s.arena, use, &other, sealed, &plain), ERR_INTEGRITY_FAILED);
    }
    side_close(&s);
}

TEST(a_persons_key_is_wrapped_opened_and_wrapped_anew_and_a_destroyed_epoch_opens_nothing) {
    struct side s;
    struct key_item item = {5, 1, {NULL, 0}};
    const struct secret *back;
    const struct text *anew;
    side_open(&s);
    struct secret key = {{42}};
    want_ok(key_epoch(&s.ring, &s.arena, KEY_EPOCH_MAKE, 1));
    want_ok(key_epoch(&s.ring, &s.arena, KEY_EPOCH_MAKE, 2));
    want_ok(key_wrap_in(&s.ring, &s.arena, &item, &key, &item.wrapped));
    want_ok(key_unwrap_in(&s.ring, &s.arena, KEY_FOR_STAFF, &item, &back));
    want(memcmp(back, &key, sizeof key) == 0);
    want_int(s.desk.buckets[KEY_FOR_STAFF].given, 1);
    want_ok(key_rewrap_in(&s.ring, &s.arena, 2, &item, 1, &anew));
    const struct key_item fresh = {5, 2, anew[0]}, swapped = {6, 2, anew[0]};
    want_ok(key_epoch(&s.ring, &s.arena, KEY_EPOCH_SHRED, 1));
    want_err(key_unwrap_in(&s.ring, &s.arena, KEY_FOR_JOB, &item, &back), ERR_CONFIG);
    want_ok(key_unwrap_in(&s.ring, &s.arena, KEY_FOR_JOB, &fresh, &back));
    want_err(key_unwrap_in(&s.ring, &s.arena, KEY_FOR_JOB, &swapped, &back), ERR_INTEGRITY_FAILED);
    side_close(&s);
}

TEST(the_key_of_an_epoch_that_others_may_read_is_refused_with_its_mend) {
    struct side s;
    side_open(&s);
    want_ok(key_epoch(&s.ring, &s.arena, KEY_EPOCH_MAKE, 1));
    want(chmod(text_say_in(&s.arena, "%s/epoch-1.key", s.folder), 0440) == 0);
    struct err e = key_epoch(&s.ring, &s.arena, KEY_EPOCH_CHECK, 1);
    want_err(e, ERR_CONFIG);
    want(text_find(text_c(e.say), TEXT("0400")) != SIZE_MAX);
    side_close(&s);
}

/* Each purpose runs dry by itself at its n-th and fills again with time; all together have a bound
 * too. */
TEST(a_purpose_gets_so_many_keys_and_no_more) {
    static const struct key_rate rates[KEY_BUCKET_COUNT] = {[KEY_FOR_REQUEST] = {10, 3},
                                                            [KEY_FOR_STAFF] = {10, 2},
                                                            [KEY_FOR_JOB] = {10, 9},
                                                            [KEY_BUCKET_ALL] = {10, 7},
                                                            [KEY_BUCKET_INDEX] = {10, 2}};
    struct side s;
    struct key_item item = {5, 1, {NULL, 0}};
    const struct secret *back;
    struct digest d;
    side_open(&s);
    want_ok(key_epoch(&s.ring, &s.arena, KEY_EPOCH_MAKE, 1));
    want_ok(key_wrap_in(&s.ring, &s.arena, &item, &(struct secret){{1}}, &item.wrapped));
    s.desk.rates = rates;
    static const struct {
        enum key_purpose purpose;
        unsigned passes;
    } rows[] = {{KEY_FOR_REQUEST, 3}, {KEY_FOR_STAFF, 2}, {KEY_FOR_JOB, 2 /* 7 for all */}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (unsigned n = 0; n < rows[i].passes; n++)
            want_ok(key_unwrap_in(&s.ring, &s.arena, rows[i].purpose, &item, &back));
        want_err(key_unwrap_in(&s.ring, &s.arena, rows[i].purpose, &item, &back),
                 ERR_KEY_SERVICE_UNAVAILABLE);
    }
    for (unsigned n = 0; n < 2; n++)
        want_ok(key_hash(&s.ring, &s.arena, KEY_INDEX, "phone", PARTS(TEXT("1")), &d));
    want_err(key_hash(&s.ring, &s.arena, KEY_INDEX, "phone", PARTS(TEXT("1")), &d),
             ERR_KEY_SERVICE_UNAVAILABLE);
    want_ok(key_hash(&s.ring, &s.arena, KEY_OFFICE, "access", PARTS(TEXT("1")), &d));
    s.now_ms += 100;
    want_ok(key_unwrap_in(&s.ring, &s.arena, KEY_FOR_STAFF, &item, &back));
    want_err(key_unwrap_in(&s.ring, &s.arena, KEY_FOR_STAFF, &item, &back),
             ERR_KEY_SERVICE_UNAVAILABLE);
    struct text told;
    want_ok(key_status_in(&s.ring, &s.arena, &told));
    want(text_find(told, TEXT("opened for staff 3, refused 2\n")) != SIZE_MAX);
    side_close(&s);
}

TEST(a_checkpoint_is_signed_and_no_text_of_anybodys) {
    struct side s;
    struct text note;
    struct checkpoint c = {.origin = TEXT("x.example/log"), .size = 42, .time_ms = 7}, again;
    side_open(&s);
    want_ok(key_sign_in(&s.ring, &s.arena, &c, &note));
    const struct note_key key = key_log_public(&s.ring, c.origin);
    want_ok(checkpoint_open(&s.arena, &key, note, &again));
    want(again.size == 42 && again.time_ms == 7);
    c.origin = TEXT("two\nlines");
    want_err(key_sign_in(&s.ring, &s.arena, &c, &note), ERR_INTERNAL);
    side_close(&s);
}

static void want_malformed(struct side *s, const struct key_request *r) {
    struct text bytes;
    struct key_answer answer;
    want(key_request_print_in(&s->arena, r, &bytes));
    want(key_answer_parse_in(&s->arena, key_desk_answer(&s->desk, &s->arena, bytes, 1), &answer));
    want_int(answer.state, KEY_MALFORMED);
    want_int(answer.count, 0);
}

TEST(what_a_verb_does_not_take_is_refused_whole) {
    struct side s;
    side_open(&s);
    const struct text one = TEXT("short"), three[] = {TEXT("t"), TEXT("c"), TEXT("x")};
    const struct key_request rows[] = {
        {.verb = KEY_HASH},
        {.verb = KEY_HASH, .key = KEY_PEPPER, .count = 1, .parts = &one},
        {.verb = KEY_SEAL, .key = KEY_INDEX, .count = 3, .parts = three},
        {.verb = KEY_SEAL, .key = KEY_PEPPER, .count = 2, .parts = three},
        {.verb = KEY_OPEN, .key = KEY_BACKUP, .count = 3, .parts = three},
        {.verb = KEY_WRAP, .count = 1, .parts = &one},
        {.verb = KEY_UNWRAP, .count = 1, .parts = &one},
        {.verb = KEY_REWRAP, .count = 1, .parts = &one},
        {.verb = KEY_EPOCH_MAKE, .number = 0},
        {.verb = KEY_EPOCH_MAKE, .number = -1},
        {.verb = KEY_SIGN, .count = 1, .parts = &one},
        {.verb = KEY_FILE_KEY},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        want_malformed(&s, &rows[i]);
    want_int(s.desk.malformed, COUNT(rows));
    side_close(&s);
}

TESTS(RUN(what_is_hashed_and_sealed_is_what_the_keys_themselves_would_make),
      RUN(a_persons_key_is_wrapped_opened_and_wrapped_anew_and_a_destroyed_epoch_opens_nothing),
      RUN(the_key_of_an_epoch_that_others_may_read_is_refused_with_its_mend),
      RUN(a_purpose_gets_so_many_keys_and_no_more),
      RUN(a_checkpoint_is_signed_and_no_text_of_anybodys),
      RUN(what_a_verb_does_not_take_is_refused_whole))
