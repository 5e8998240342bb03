/* people_bench.c: a million accounts: what it costs to log in, export, erase, rekey and tell among them.
 *
 *     people_bench [PERSONS]     1,000,000 without a word: some minutes, 2 GB of temporary files
 *
 * The accounts are synthetic and made in bulk by this program alone: the house has no way in for lists. The
 * announcement runs in a process of its own that is killed with SIGKILL ten times, each time at a moment that
 * chance chooses; this one takes the messages as a sender does, after each death and all along the last life,
 * and counts them for each person. The program fails where somebody has none or two, or where a duty is not
 * opened when the millionth is counted.
 */
#include "base/clock.h"
#include "base/must.h"
#include "domain/announcement.h"
#include "domain/duty.h"
#include "domain/epoch.h"
#include "domain/erasure.h"
#include "domain/export.h"
#include "domain/login.h"
#include "domain/token.h"
#include "domain/usage.h"
#include "key_side.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    BATCH = 5000,
    LOGINS = 200,
    LOOKUPS = 5000,
    EXPORTS = 500,
    ERASURES = 200,
    EXPORT_ROWS = 1000000,
    TOLD_AT_ONCE = 1000,
    KILLS = 10
};

struct town {
    char folder[64];
    struct store_options options;
    struct arena arena;
    struct key_side keyd;
    struct random chance;
    struct domain d;
    int64_t persons, erased;
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
    t->options = (struct store_options){main_path, keys_path, 0};
    check(store_open(&t->arena, &t->options, &t->d.store));
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
    const struct visitor visitor = {TEXT("203.0.113.0"), TEXT("Firefox"), TEXT(""), false};
    struct login in;
    check(login(&t->d, &visitor, text_format_in(&t->arena, "person_%lld", (long long)person), text_c(password),
                &in));
}

/* From an address of its own each, so that nobody has to wait for another's failures. */
static void fail_to(struct town *t, const char *stem, int64_t person) {
    const struct visitor visitor = {
        text_format_in(&t->arena, "2001:db8:%x::", (unsigned)random_below(&t->chance, 65536)),
        TEXT("Firefox"), TEXT(""), false};
    struct login in;
    struct text name = text_format_in(&t->arena, "%s_%lld", stem, (long long)person);
    must(login(&t->d, &visitor, name, TEXT("wrong wrong wrong"), &in).kind == ERR_LOGIN_FAILED);
}

static void fail_known(struct town *t, int64_t person) {
    fail_to(t, "person", person);
}

static void fail_unknown(struct town *t, int64_t person) {
    fail_to(t, "nobody", person);
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
    t->erased++;
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

/* ---- the announcement ---- */

/* What the process that is killed and the one that takes the messages both see. */
struct telling {
    struct town *town;
    unsigned char *had; /* messages of each person's account */
    int64_t taken;
    unsigned killed;
};

/* The process that is killed: records of its own, and goes on where the last one was. */
_Noreturn static void announce(struct town *t, int progress) {
    bool more = true;
    if (store_open(&t->arena, &t->options, &t->d.store).kind || announcement_resume(&t->d).kind)
        _exit(1);
    while (more) {
        if (announcement_work(&t->d, TOLD_AT_ONCE, ANNOUNCE_ALL, &more).kind || write(progress, "", 1) != 1)
            _exit(1);
        arena_reset(&t->arena);
    }
    _exit(0);
}

/* "…-n2_<account>.eml": every message that a sender sees is taken once. */
static void take_messages(struct telling *x) {
    char path[400];
    DIR *folder = opendir(x->town->d.outbox);
    must(folder != NULL);
    for (struct dirent *e; (e = readdir(folder));) {
        const char *reference = strstr(e->d_name, "-n2_");
        if (e->d_name[0] == '.' || !reference)
            continue;
        int64_t account = strtoll(reference + 4, NULL, 10);
        must(account >= 0 && account <= x->town->persons && x->had[account] < 255);
        x->had[account]++;
        x->taken++;
        snprintf(path, sizeof path, "%s/%s", x->town->d.outbox, e->d_name);
        must(unlink(path) == 0);
    }
    closedir(folder);
}

/* Until the process ends, or has done `batches` and a moment that chance chooses. True: it ended. */
static bool follow(struct telling *x, int progress, int64_t batches) {
    struct pollfd ready = {.fd = progress, .events = POLLIN};
    char bytes[64];
    bool is_bounded = batches > 0;
    for (;;) {
        ssize_t done = poll(&ready, 1, 1000) > 0 ? read(progress, bytes, sizeof bytes) : 0;
        if (done <= 0 && ready.revents)
            return true;
        batches -= done;
        if (!is_bounded)
            take_messages(x);
        else if (batches <= 0) {
            usleep((useconds_t)random_below(&x->town->chance, 50000));
            return false;
        }
    }
}

/* One life of it; true: it went to the end. */
static bool announce_until(struct telling *x, int64_t batches) {
    int progress[2], status;
    must(pipe(progress) == 0);
    pid_t pid = fork();
    must(pid >= 0);
    if (pid == 0) {
        close(progress[0]);
        announce(x->town, progress[1]);
    }
    close(progress[1]);
    if (!follow(x, progress[0], batches))
        kill(pid, SIGKILL);
    must(waitpid(pid, &status, 0) == pid);
    close(progress[0]);
    x->killed += WIFSIGNALED(status);
    must(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    take_messages(x);
    return !WIFSIGNALED(status);
}

static void publish(struct town *t) {
    struct text one = TEXT("version: 1\npublished: 2027-01-15\neffective: 2027-01-15\ntitle: T\n## X {#x}\n[a] A\n");
    struct text two = TEXT("version: 2\npublished: 2027-01-15\neffective: 2027-02-28\ntitle: T\n## X {#x}\n[a] B\n");
    const struct new_version second = {
        .zh = two, .en = two, .kinds = 1 << CHANGE_SERVICE, .notice_days = 30};
    const struct embedded first[] = {{"1.zh.md", one}, {"1.en.md", one}, {0}};
    struct buf why;
    int64_t number;
    buf_init(&why, &t->arena, FACTS_BYTES_MAX);
    check(publication_first(&t->d, first, TEXT("")));
    check(publication_put(&t->d, &second, &why, &number));
    arena_reset(&t->arena);
}

static void tell_everybody(struct town *t) {
    struct telling x = {.town = t, .had = calloc((size_t)t->persons + 1, 1)};
    int64_t batches = t->persons / TOLD_AT_ONCE / (KILLS + 2), missing = 0;
    must(x.had != NULL);
    publish(t);
    store_close(t->d.store); /* no connection may cross a fork */
    uint64_t began = clock_monotonic_ns();
    while (!announce_until(&x, x.killed < KILLS ? batches + !batches : 0))
        ;
    tell_whole(text_say_in(&t->arena, "announcement, killed -9 %u times", x.killed), began, t->persons);
    for (int64_t account = 1; account <= t->persons; account++) {
        must(x.had[account] <= 1);
        missing += x.had[account] == 0;
    }
    printf("%-44s %lld had exactly one, the %lld erased before none\n", "", (long long)x.taken,
           (long long)missing);
    must(missing == t->erased && x.taken == t->persons - t->erased);
    free(x.had);
    check(store_open(&t->arena, &t->options, &t->d.store));
}

/* ---- the millionth ---- */

static void note_duty(void *with, const struct duty *duty) {
    *(bool *)with |= text_equal_c(duty->kind, "officer_report") && !duty->done_ms;
}

static void follow_duty(struct town *t) {
    bool is_open = false;
    uint64_t began = clock_monotonic_ns();
    check(duty_follow(&t->d));
    tell_whole("persons counted for the law's duties", began, t->persons);
    check(duty_each(&t->d, note_duty, &is_open));
    printf("%-44s %s\n", "duty to report the officer", is_open ? "opened" : "not yet");
    must(is_open == (t->persons >= 1000000));
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
    follow_duty(&t);
    measure(&t, "log-in (Argon2id, 64 MiB)", LOGINS, log_in);
    measure(&t, "wrong password of a known name", LOGINS, fail_known);
    measure(&t, "wrong password of an unknown name", LOGINS, fail_unknown);
    measure(&t, "export of one", EXPORTS, take_along);
    export_large(&t);
    rotate(&t);
    measure(&t, "erasure of one, to the last byte", ERASURES, erase);
    tell_everybody(&t);
    tell_memory();
    town_close(&t);
    return 0;
}
