/* people_bench.c: a million accounts: what it costs to find, export, erase and rekey among them.
 *
 *     people_bench [PERSONS]     1,000,000 without a word: two to three minutes, 1.2 GB of temporary files
 *
 * The accounts are synthetic and made in bulk by this program alone: the house has no way in for lists.
 */
#include "base/clock.h"
#include "base/must.h"
#include "domain/epoch.h"
#include "domain/erasure.h"
#include "domain/export.h"
#include "domain/login.h"
#include "domain/token.h"
#include "domain/usage.h"
#include "key_side.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BATCH = 5000,
    LOGINS = 40,
    LOOKUPS = 5000,
    EXPORTS = 500,
    ERASURES = 200,
    EXPORT_ROWS = 1000000
};

struct town {
    char folder[64];
    struct arena arena;
    struct key_side keyd;
    struct random chance;
    struct domain d;
    int64_t persons;
    char hash[PASSWORD_HASH_BYTES];
};

static const char password[] = "correct horse battery staple 9";

static void check(struct err e) {
    if (!e.kind)
        return;
    fprintf(stderr, "people_bench: %s: %s\n", err_name(e.kind), e.say ? e.say : "");
    exit(1);
}

static void town_open(struct town *t, int64_t persons) {
    *t = (struct town){
        .folder = P_tmpdir "/alapi-people-XXXXXX", .persons = persons, .chance = random_system()};
    must(crypt_ready() && mkdtemp(t->folder) != NULL);
    arena_init(&t->arena, 512 << 20);
    key_side_open(&t->keyd, &t->arena, t->folder);
    char *outbox, *main_path, *keys_path, *journal, *rotation;
    must(asprintf(&outbox, "%s/outbox", t->folder) > 0 &&
         asprintf(&main_path, "%s/main.db", t->folder) > 0);
    must(asprintf(&keys_path, "%s/keys.db", t->folder) > 0 &&
         asprintf(&journal, "%s/erasures.log", t->folder) > 0);
    must(asprintf(&rotation, "%s/rotation.lock", t->folder) > 0);
    must(mkdir(outbox, 0700) == 0);
    t->d = (struct domain){.keys = &t->keyd.ring,
                           .arena = &t->arena,
                           .chance = &t->chance,
                           .passwords = password_desk_new(2, 8),
                           .outbox = outbox,
                           .rotation_lock = rotation,
                           .erasure_journal = journal,
                           .service = TEXT("bench"),
                           .now_ms = 1800000000000,
                           .sends_hour_prefix = 1000};
    const struct store_options options = {main_path, keys_path, 0};
    check(store_open(&t->arena, &options, &t->d.store));
    check(password_hash(t->d.passwords, text_c(password), t->hash));
}

static void town_close(struct town *t) {
    char path[400];
    key_side_close(&t->keyd);
    store_close(t->d.store);
    password_desk_free(t->d.passwords);
    rmdir(t->d.outbox);
    DIR *folder = opendir(t->folder);
    for (struct dirent *e; folder && (e = readdir(folder));) {
        snprintf(path, sizeof path, "%s/%s", t->folder, e->d_name);
        unlink(path);
    }
    closedir(folder);
    rmdir(t->folder);
}

/* ---- making ---- */

static void put_index(struct domain *d, int64_t number, const struct identity *who) {
    struct digest digest;
    check(identity_digest(d, who, &digest));
    struct statement *put = statement_for(d->store, SQL_BLIND_INDEX_PUT);
    statement_bind_text(put, 1, text_c(identity_kind_name(who->kind)));
    statement_bind_bytes(put, 2, digest_text(&digest));
    statement_bind_i64(put, 3, number);
    check(statement_run(put, NULL));
}

static void put_key(struct domain *d, struct account *a) {
    int64_t epoch;
    struct text wrapped;
    struct secret *key = arena_alloc_secret(d->arena, sizeof *key);
    random_bytes(d->chance, key->bytes, sizeof key->bytes);
    a->key = key;
    check(epoch_wrap(d, a->subject, key, &epoch, &wrapped));
    struct statement *put = statement_for(d->store, SQL_SUBJECT_KEY_PUT);
    statement_bind_i64(put, 1, (int64_t)a->subject);
    statement_bind_i64(put, 2, epoch);
    statement_bind_bytes(put, 3, wrapped);
    check(statement_run(put, NULL));
}

static void put_account(struct town *t, struct account *a, struct text name) {
    struct domain *d = &t->d;
    struct seal_place place = {"account", "password", 0, a->subject};
    struct text sealed;
    check(domain_seal(d, KEY_PEPPER, &place, text_c(t->hash), &sealed));
    struct statement *add = statement_for(d->store, SQL_ACCOUNT_ADD);
    bool row;
    statement_bind_i64(add, 1, (int64_t)a->subject);
    statement_bind_text(add, 2, TEXT("adult"));
    statement_bind_bytes(
        add, 3, account_seal(d, a, FIELD("account", "username", (int64_t)a->subject), name));
    statement_bind_bytes(add, 4, sealed);
    statement_bind_text(add, 5, TEXT("subject"));
    statement_bind_i64(add, 6, d->now_ms);
    statement_bind_i64(add, 7, 0);
    check(statement_step(add, &row));
    a->number = column_i64(add, 0);
    check(statement_run(add, NULL));
}

static void put_person(struct town *t, int64_t i) {
    struct domain *d = &t->d;
    struct account a = {.subject = random_u64(d->chance) >> 1};
    struct identity name = {
        IDENTITY_USERNAME, text_format_in(d->arena, "person_%lld", (long long)i), {NULL, 0}};
    struct text address = text_format_in(d->arena, "person_%lld@example.com", (long long)i);
    struct identity mail = {IDENTITY_EMAIL, address, address};
    name.canonical = name.shown;
    put_key(d, &a);
    put_account(t, &a, name.shown);
    struct statement *put = statement_for(d->store, SQL_CONTACT_PUT);
    statement_bind_i64(put, 1, a.number);
    statement_bind_text(put, 2, TEXT("email"));
    statement_bind_bytes(put, 3,
                         account_seal(d, &a, FIELD("contact", "sealed", a.number * 2), mail.shown));
    statement_bind_i64(put, 4, d->now_ms);
    check(statement_run(put, NULL));
    put_index(d, a.number, &name);
    put_index(d, a.number, &mail);
}

static void make_persons(struct town *t) {
    for (int64_t i = 0; i < t->persons;) {
        check(store_begin(t->d.store));
        for (int64_t end = i + BATCH; i < end && i < t->persons; i++)
            put_person(t, i);
        check(store_commit(t->d.store));
        arena_reset(&t->arena);
    }
}

/* ---- measuring ---- */

static int by_time(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

static void tell(const char *what, uint64_t *ns, unsigned count) {
    qsort(ns, count, sizeof *ns, by_time);
    printf("%-44s p50 %9.3f ms   p99 %9.3f ms   (%u)\n", what, (double)ns[count / 2] / 1e6,
           (double)ns[count - 1 - count / 100] / 1e6, count);
}

static void tell_whole(const char *what, uint64_t began, int64_t of) {
    double s = (double)(clock_monotonic_ns() - began) / 1e9;
    printf("%-44s %8.1f s        %8.2f us each (%lld)\n", what, s, s * 1e6 / (double)of,
           (long long)of);
    fflush(stdout);
}

/* Runs the work `count` times, each for another person, with an empty arena. */
static void measure(struct town *t, const char *what, unsigned count,
                    void (*work)(struct town *t, int64_t person)) {
    uint64_t *ns = calloc(count, sizeof *ns);
    must(ns != NULL);
    for (unsigned i = 0; i < count; i++) {
        int64_t person = (int64_t)(random_u64(&t->chance) % (uint64_t)t->persons);
        uint64_t began = clock_monotonic_ns();
        work(t, person);
        ns[i] = clock_monotonic_ns() - began;
        arena_reset(&t->arena);
    }
    tell(what, ns, count);
    free(ns);
}

static int64_t number_of(struct town *t, int64_t person) {
    struct identity who;
    int64_t number;
    check(identity_email(
        &t->d, text_format_in(&t->arena, "person_%lld@example.com", (long long)person), &who));
    check(account_find(&t->d, &who, &number));
    return number;
}

static void look_up(struct town *t, int64_t person) {
    struct account account;
    int64_t number = number_of(t, person);
    if (number)
        check(account_read(&t->d, number, &account));
}

static void log_in(struct town *t, int64_t person) {
    struct text name = text_format_in(&t->arena, "person_%lld", (long long)person);
    const struct visitor visitor = {.prefix = TEXT("203.0.113.0"), .label = TEXT("Firefox · Linux")};
    struct login done;
    check(login(&t->d, &visitor, name, text_c(password), &done));
}

static bool count_row(void *with, const struct export_row *row) {
    *(uint64_t *)with += row->count;
    return true;
}

static void take_along(struct town *t, int64_t person) {
    struct account account;
    struct text next;
    uint64_t values = 0;
    check(account_read(&t->d, number_of(t, person), &account));
    check(export_page(&t->d, &account, TEXT(""), 20000,
                      &(struct export_visitor){count_row, &values}, &next));
    must(values > 5);
}

static void erase(struct town *t, int64_t person) {
    struct account account;
    struct text receipt;
    int64_t number = number_of(t, person);
    if (!number)
        return; /* drawn twice */
    check(account_read(&t->d, number, &account));
    check(erasure_begin(&t->d, &account, &receipt));
    check(erasure_finish(&t->d, ERASURE_ALL));
}

/* One person with a million hours of usage. */
static void export_large(struct town *t) {
    struct account account;
    struct text next = TEXT("");
    uint64_t values = 0, began;
    int64_t number = number_of(t, 0);
    check(store_begin(t->d.store));
    for (int64_t i = 0; i < EXPORT_ROWS; i++) {
        struct statement *add = statement_for(t->d.store, SQL_USAGE_HOUR_ADD);
        const int64_t row[] = {number, 1 + i % 5, 1 + i % 7, 400000 + i / 35, 2, 3, 3};
        for (unsigned n = 0; n < COUNT(row); n++)
            statement_bind_i64(add, n + 1, row[n]);
        check(statement_run(add, NULL));
    }
    check(store_commit(t->d.store));
    check(account_read(&t->d, number, &account));
    began = clock_monotonic_ns();
    do
        check(export_page(&t->d, &account, text_copy_in(&t->arena, next), 20000,
                          &(struct export_visitor){count_row, &values}, &next));
    while (next.length);
    tell_whole("one export of 1,000,000 rows, in pages", began, EXPORT_ROWS);
    arena_reset(&t->arena);
}

static void rotate(struct town *t) {
    struct epoch_state state;
    uint64_t began = clock_monotonic_ns();
    check(epoch_rotate(&t->d, true, EPOCH_ALL, NULL));
    tell_whole("new epoch: every key wrapped anew", began, t->persons);
    check(epoch_state(&t->d, &state));
    must(state.waiting == 0);
    arena_reset(&t->arena);
}

static void tell_memory(void) {
    char line[256];
    FILE *status = fopen("/proc/self/status", "re");
    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "VmHWM", 5) == 0)
            printf("%-44s %s", "most memory", line + 6);
    if (status)
        fclose(status);
}

int main(int argc, char **argv) {
    struct town t;
    int64_t persons = argc > 1 ? strtoll(argv[1], NULL, 10) : 1000000;
    if (persons < 1000) {
        fputs("people_bench: 1000 persons at least\n", stderr);
        return 64;
    }
    town_open(&t, persons);
    uint64_t began = clock_monotonic_ns();
    make_persons(&t);
    tell_whole("accounts made, in batches", began, persons);
    measure(&t, "found and opened by the address", LOOKUPS, look_up);
    measure(&t, "log-in (Argon2id, 64 MiB)", LOGINS, log_in);
    measure(&t, "export of one", EXPORTS, take_along);
    export_large(&t);
    rotate(&t);
    measure(&t, "erasure of one, to the last byte", ERASURES, erase);
    tell_memory();
    town_close(&t);
    return 0;
}
