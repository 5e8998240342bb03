/* catalogue_test.c: the published catalogue against a plain array; a reader beside a writer that changes,
 * grows and dies. The code is compiled in, so that a writer can be left inside a record. */
#include "test.h"

#include "gate/catalogue.c"

#include "base/random.h"

#include <pthread.h>

enum { MANY = 3000, STEPS = 40000, TORN_IDS = 64, TORN_ROUNDS = 60000 };

static char folder[] = "/tmp/alapi_catalogue_XXXXXX", path[80];
static struct arena arena;

static struct catalogue *published(uint32_t tokens) {
    struct catalogue *c, *writer;
    want_ok(catalogue_create(&arena, path, tokens, &c));
    want_ok(catalogue_publish(&arena, c, NULL));
    want_ok(catalogue_open_writer(&arena, path, &writer));
    catalogue_close(c);
    return writer;
}

static struct catalogue *reader(void) {
    struct catalogue *c;
    want_ok(catalogue_open(&arena, path, &c));
    return c;
}

/* Every field follows from the id and a number, so a torn record is seen. */
static struct token_record record_of(uint64_t id, uint32_t number) {
    struct random chance = random_seeded(id ^ (uint64_t)number << 40);
    struct token_record r = {.id = id, .row = 1 + number % (LIMIT_TOKENS - 1), .account = number,
                             .expires_s = (uint32_t)random_u64(&chance), .plan = (uint16_t)number,
                             .flags = (uint16_t)(number >> 3)};
    random_bytes(&chance, r.digest, sizeof r.digest);
    return r;
}

static bool is_record(const struct token_record *r, uint64_t id) {
    struct token_record want = record_of(id, r->account);
    return want.id == r->id && want.row == r->row && want.expires_s == r->expires_s && want.plan == r->plan &&
           want.flags == r->flags && memcmp(want.digest, r->digest, sizeof want.digest) == 0;
}

static enum catalogue_answer find(struct catalogue *c, uint64_t id, struct token_record *out) {
    const struct token_rules_view *rules;
    return catalogue_find(c, id, out, &rules);
}

TEST(as_a_plain_array_does) {
    struct random chance = random_seeded(3);
    static uint32_t plain[MANY]; /* number of the record; 0 = none */
    struct catalogue *w = published(MANY * 2 + 10), *r = reader();
    uint32_t live = 0, put = 0;
    memset(plain, 0, sizeof plain);
    for (uint32_t i = 1; i <= STEPS; i++) {
        uint32_t k = random_below(&chance, MANY);
        struct token_record got, given = record_of(k + 1, i);
        if (random_below(&chance, 3) > 0 && put < MANY * 2) {
            want_ok(catalogue_put_token(w, &given, NULL));
            live += !plain[k];
            put += !plain[k];
            plain[k] = i;
        } else {
            catalogue_remove_token(w, k + 1);
            live -= plain[k] != 0;
            plain[k] = 0;
        }
        k = random_below(&chance, MANY);
        want_int(find(r, k + 1, &got), plain[k] ? CATALOGUE_FOUND : CATALOGUE_NONE);
        if (plain[k])
            want(got.account == plain[k] && is_record(&got, k + 1));
    }
    want_int(catalogue_token_count(w), live);
    catalogue_set_feed(w, 77);
    want(catalogue_feed(r) == 77);
    want(catalogue_is_sound(w));
    catalogue_close(w);
    catalogue_close(r);
}

TEST(it_fills_to_seven_tenths_and_says_so) {
    struct catalogue *w = published(100);
    struct err e = ok;
    uint64_t n = 0;
    while (!e.kind) {
        struct token_record r = record_of(++n, 1);
        e = catalogue_put_token(w, &r, NULL);
    }
    want_err(e, ERR_LIMIT_REACHED);
    want_int(n - 1, 717); /* of 1,024 */
    struct token_record again = record_of(5, 2), got;
    want_ok(catalogue_put_token(w, &again, NULL)); /* a change needs no room */
    want(find(w, 5, &got) == CATALOGUE_FOUND && got.account == 2);
    catalogue_remove_token(w, 5);
    catalogue_remove_token(w, 5);
    want_int(find(w, 5, &got), CATALOGUE_NONE);
    want_int(catalogue_token_count(w), 716);
    catalogue_close(w);
}

TEST(nothing_of_a_removed_token_is_left) {
    struct catalogue *w = published(100);
    struct token_record r = record_of(123456789, 9);
    want_ok(catalogue_put_token(w, &r, NULL));
    want(memmem(w->bytes, w->size, r.digest, sizeof r.digest) != NULL);
    catalogue_remove_token(w, r.id);
    want(memmem(w->bytes, w->size, r.digest, sizeof r.digest) == NULL);
    want(memmem(w->bytes, w->size, &r.id, sizeof r.id) == NULL);
    catalogue_close(w);
}

TEST(rules) {
    struct catalogue *w = published(100), *r = reader();
    struct token_rules rules = {.network_count = 2, .api_count = LIMIT_TOKEN_RULES};
    const struct token_rules_view *view;
    struct token_record given = record_of(9, 1), got;
    struct ip inside, outside;
    want(ip_network_parse(TEXT("192.0.2.0/24"), &rules.networks[0]));
    want(ip_network_parse(TEXT("2001:db8::/32"), &rules.networks[1]));
    for (unsigned i = 0; i < LIMIT_TOKEN_RULES; i++)
        rules.apis[i] = 1000 + i;
    want_ok(catalogue_put_token(w, &given, &rules));
    want_int(catalogue_find(r, 9, &got, &view), CATALOGUE_FOUND);
    want(ip_parse(TEXT("192.0.2.255"), &inside) && ip_parse(TEXT("192.0.3.0"), &outside));
    want(rules_allow_ip(view, &inside) && !rules_allow_ip(view, &outside));
    want(ip_parse(TEXT("2001:db8::7"), &inside) && rules_allow_ip(view, &inside));
    want(rules_allow_api(view, 1000) && rules_allow_api(view, 1000 + LIMIT_TOKEN_RULES - 1));
    want(!rules_allow_api(view, 999) && !rules_allow_api(view, 1000 + LIMIT_TOKEN_RULES));
    want_ok(catalogue_put_token(w, &given, NULL));
    want_int(catalogue_find(r, 9, &got, &view), CATALOGUE_FOUND);
    want(view == NULL && rules_allow_ip(view, &outside) && rules_allow_api(view, 1));
    struct err e = ok;
    for (unsigned i = 0; i < 10000 && !e.kind; i++)
        e = catalogue_put_token(w, &given, &rules);
    want_err(e, ERR_LIMIT_REACHED); /* they are only ever appended */
    catalogue_close(w);
    catalogue_close(r);
}

TEST(plans) {
    struct catalogue *w = published(10), *r = reader();
    struct plan_record got, given = {"basic", 10, 100, 1000, 150};
    want(!catalogue_plan(r, 3, &got));
    catalogue_put_plan(w, 3, &given);
    catalogue_put_plan(w, LIMIT_PLANS - 1, &given);
    want(catalogue_plan(r, 3, &got) && memcmp(&got, &given, sizeof got) == 0);
    want(catalogue_plan(r, LIMIT_PLANS - 1, &got) && !catalogue_plan(r, LIMIT_PLANS, &got));
    catalogue_close(w);
    catalogue_close(r);
}

/* ---- growing ---- */

static struct catalogue *grown(struct catalogue *old, uint32_t tokens, uint64_t ids) {
    struct catalogue *fresh;
    want_ok(catalogue_create(&arena, path, tokens, &fresh));
    for (uint64_t id = 1; id <= ids; id++) {
        struct token_record r = record_of(id, (uint32_t)id);
        want_ok(catalogue_put_token(fresh, &r, NULL));
    }
    want_ok(catalogue_publish(&arena, fresh, old));
    return fresh;
}

TEST(a_reader_follows_a_table_that_grows) {
    struct catalogue *w = published(100), *r = reader();
    struct token_record got;
    for (uint32_t size = 500; size < 20000; size *= 3) {
        want_int(find(r, size, &got), CATALOGUE_NONE);
        w = grown(w, size, size);
        want_int(find(r, size, &got), CATALOGUE_FOUND);
        want(r->header->capacity == w->header->capacity);
    }
    catalogue_close(w);
    w = grown(NULL, 10, 1); /* the writer did not know the old one: its readers follow all the same */
    want_int(find(r, 2, &got), CATALOGUE_NONE);
    want_int(find(r, 1, &got), CATALOGUE_FOUND);
    catalogue_close(w);
    catalogue_close(r);
}

TEST(a_publisher_that_dies_before_the_new_file_stands) {
    struct catalogue *w = grown(NULL, 100, 50), *r = reader();
    struct token_record got;
    w->header->superseded = 1; /* here it died */
    want_int(find(r, 50, &got), CATALOGUE_FOUND);
    want(!catalogue_is_sound(w));
    catalogue_close(w);
    want_ok(catalogue_open_writer(&arena, path, &w));
    want(!catalogue_is_sound(w));
    w = grown(w, 100, 49);
    want(catalogue_is_sound(w));
    want_int(find(r, 50, &got), CATALOGUE_NONE);
    catalogue_close(w);
    catalogue_close(r);
}

TEST(a_publishing_that_fails_changes_nothing) {
    char beside[96];
    struct catalogue *w = grown(NULL, 100, 5), *fresh, *r = reader();
    struct token_record got;
    snprintf(beside, sizeof beside, "%s.new", path);
    want_ok(catalogue_create(&arena, path, 100, &fresh));
    want(unlink(beside) == 0);
    want_err(catalogue_publish(&arena, fresh, w), ERR_IO);
    want(catalogue_is_sound(w));
    want_int(find(r, 5, &got), CATALOGUE_FOUND);
    catalogue_close(fresh);
    catalogue_close(w);
    catalogue_close(r);
}

/* ---- a writer that died inside a record ---- */

TEST(a_record_left_open_is_busy_and_not_missing) {
    struct catalogue *w = grown(NULL, 100, 50), *r = reader();
    struct token_record got, again = record_of(7, 8);
    write_begin(w, &slot_for(w, 7)->sequence);
    want_int(find(r, 7, &got), CATALOGUE_BUSY);
    want_int(find(r, 8, &got), CATALOGUE_FOUND);
    want(!catalogue_is_sound(w));
    catalogue_close(w);
    want_ok(catalogue_open_writer(&arena, path, &w));
    want(!catalogue_is_sound(w));
    want_ok(catalogue_put_token(w, &again, NULL)); /* written whole once more, it is good again */
    want_int(find(r, 7, &got), CATALOGUE_FOUND);
    want(got.account == 8 && is_record(&got, 7));
    catalogue_close(w);
    catalogue_close(r);
}

TEST(another_start_of_the_machine) {
    struct catalogue *w = grown(NULL, 100, 1);
    want(catalogue_is_sound(w));
    w->header->boot_id[0] ^= 1;
    want(!catalogue_is_sound(w));
    catalogue_close(w);
}

/* ---- damaged files ---- */

TEST(a_damaged_file_is_told) {
    struct catalogue *w = grown(NULL, 100, 1), *c;
    static const size_t fields[] = {offsetof(struct header, magic), offsetof(struct header, capacity),
                                    offsetof(struct header, file_bytes), offsetof(struct header, rules_at),
                                    offsetof(struct header, rules_bytes)};
    for (size_t i = 0; i < COUNT(fields); i++) {
        w->bytes[fields[i]] ^= 0x41;
        struct err e = catalogue_open(&arena, path, &c);
        want_err(e, ERR_IO);
        want(strstr(e.say, path) != NULL);
        w->bytes[fields[i]] ^= 0x41;
    }
    catalogue_close(w);
    want(truncate(path, 100) == 0);
    want_err(catalogue_open(&arena, path, &c), ERR_IO);
    want(unlink(path) == 0);
    want_err(catalogue_open(&arena, path, &c), ERR_IO);
}

/* ---- a reader beside a writer ---- */

static void linger(void) {
    for (volatile unsigned i = 0; i < 200; i++) {
    }
}

/* As catalogue_put_token does for a token that is there, but long inside. */
static void put_slowly(struct catalogue *c, const struct token_record *r) {
    struct token_slot *slot = slot_for(c, r->id);
    write_begin(c, &slot->sequence);
    linger();
    slot->row = r->row;
    slot->account = r->account;
    linger();
    memcpy(slot->digest, r->digest, sizeof slot->digest);
    slot->expires_s = r->expires_s;
    linger();
    slot->plan = r->plan;
    slot->flags = r->flags;
    write_end(c, &slot->sequence);
}

struct watch {
    _Atomic bool stop;
    uint64_t found, missing, busy, torn;
};

static void *watch(void *with) {
    struct watch *seen = with;
    struct arena a;
    struct catalogue *c;
    struct random chance = random_seeded(1);
    arena_init(&a, 1 << 20);
    must(catalogue_open(&a, path, &c).kind == ERR_NONE);
    while (!seen->stop) {
        struct token_record got;
        uint64_t id = 1 + random_below(&chance, TORN_IDS);
        enum catalogue_answer answer = find(c, id, &got);
        seen->found += answer == CATALOGUE_FOUND;
        seen->missing += answer == CATALOGUE_NONE;
        seen->busy += answer == CATALOGUE_BUSY;
        seen->torn += answer == CATALOGUE_FOUND && !is_record(&got, id);
    }
    catalogue_close(c);
    arena_done(&a);
    return NULL;
}

TEST(a_reader_never_sees_half_a_record) {
    struct random chance = random_seeded(2);
    struct watch seen = {0};
    pthread_t thread;
    struct catalogue *w = grown(NULL, TORN_IDS, TORN_IDS);
    must(pthread_create(&thread, NULL, watch, &seen) == 0);
    for (uint32_t i = 1; i <= TORN_ROUNDS || __atomic_load_n(&seen.found, __ATOMIC_RELAXED) < 1000; i++) {
        struct token_record r = record_of(1 + random_below(&chance, TORN_IDS), i);
        if (i % 2)
            put_slowly(w, &r);
        else
            want_ok(catalogue_put_token(w, &r, NULL));
        if (i % 5000 == 0)
            w = grown(w, TORN_IDS, TORN_IDS);
    }
    seen.stop = true;
    pthread_join(thread, NULL);
    catalogue_close(w);
    print_message("%lu found, %lu busy\n", seen.found, seen.busy);
    want_int(seen.torn, 0);
    want_int(seen.missing, 0);
}

static int begin(void **unused) {
    (void)unused;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    must(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/catalogue.map", folder);
    return 0;
}

static int end(void **unused) {
    (void)unused;
    arena_done(&arena);
    unlink(path);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(as_a_plain_array_does), RUN(it_fills_to_seven_tenths_and_says_so),
        RUN(nothing_of_a_removed_token_is_left), RUN(rules), RUN(plans), RUN(a_reader_follows_a_table_that_grows),
        RUN(a_publisher_that_dies_before_the_new_file_stands), RUN(a_publishing_that_fails_changes_nothing),
        RUN(a_record_left_open_is_busy_and_not_missing), RUN(another_start_of_the_machine),
        RUN(a_damaged_file_is_told), RUN(a_reader_never_sees_half_a_record)};
    return cmocka_run_group_tests(tests, begin, end);
}
