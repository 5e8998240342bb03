/* announcement_test.c: everybody is told once, wherever the job is killed. */
#include "base/clock.h"
#include "domain/consent.h"
#include "domain/erasure.h"
#include "domain/announcement.h"
#include "domain/outbox.h"
#include "policies.h"

#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>

enum { ALL = 23, BATCH = 4 };

static void publish(struct records *r) {
    struct publish p = {.number = 2,
                        .effective = "2027-02-15",
                        .sentences = "[a] B",
                        .facts = "",
                        .kinds = 1 << CHANGE_SERVICE | 1 << CHANGE_OTHER,
                        .notice_days = 30};
    want_ok(policy_publish(r, &p, NULL));
}

static void persons(struct records *r, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        records_account(r, text_say_in(&r->arena, "person%u", i),
                        text_say_in(&r->arena, "person%u@example.com", i));
}

/* Visible messages, hidden ones; every message is emptied out where `take`. */
struct found {
    unsigned shown, hidden, to_first;
};

static struct found look(struct records *r, bool take) {
    struct found f = {0};
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));) {
        char path[512], line[4096];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", r->outbox, e->d_name);
        f.hidden += e->d_name[0] == '.';
        f.shown += e->d_name[0] != '.';
        FILE *file = fopen(path, "r");
        size_t got = fread(line, 1, sizeof line - 1, file);
        line[got] = 0;
        fclose(file);
        f.to_first += strstr(line, "To: person0@") != NULL;
        if (take)
            unlink(path);
    }
    closedir(folder);
    return f;
}

static void work_all(struct records *r) {
    bool more = true;
    while (more)
        want_ok(announcement_work(&r->d, BATCH, ANNOUNCE_ALL, &more));
}

TEST(row_U4__each_person_has_one_message_and_no_more) {
    struct records r;
    struct announcement n;
    records_open(&r);
    policy_first(&r, "[a] A", "");
    persons(&r, ALL);
    int64_t robot = records_account(&r, "robot", NULL);
    publish(&r);
    work_all(&r);
    work_all(&r);
    struct found f = look(&r, true);
    want(f.shown == ALL && f.hidden == 0 && f.to_first == 1);
    want_ok(announcement_last(&r.d, &n));
    want(n.put == ALL && n.unreachable == 1 && n.done_ms == 0 && n.reached == robot);
    persons(&r, 0);
    records_account(&r, "late", "late@example.com"); /* before the day: told as well */
    work_all(&r);
    want_int(look(&r, true).shown, 1);
    r.d.now_ms += 40 * 86400000LL;
    work_all(&r);
    want_ok(announcement_last(&r.d, &n));
    want(n.done_ms != 0 && n.put == ALL + 1);
    records_account(&r, "later", "later@example.com");
    work_all(&r);
    want_int(look(&r, true).shown, 0);
    records_close(&r);
}

/* Killed behind every step of every batch, with a sender that takes what it sees in between. */
TEST(row_U4__killed_at_each_step_it_is_still_one) {
    struct records r;
    struct found sum = {0};
    bool more = true;
    records_open(&r);
    policy_first(&r, "[a] A", "");
    persons(&r, ALL);
    publish(&r);
    for (unsigned round = 0; more; round++) {
        enum announcement_step last =
            (enum announcement_step)(ANNOUNCE_HIDE + round % ANNOUNCE_ALL);
        want_ok(announcement_resume(&r.d));
        struct found f = look(&r, false);
        want_int(f.hidden, 0); /* what a killed one left is shown or gone */
        f = look(&r, true);
        sum.shown += f.shown;
        sum.to_first += f.to_first;
        want_ok(announcement_work(&r.d, BATCH, last, &more));
        store_close(r.d.store);
        records_attach(&r);
    }
    want_int(sum.shown, ALL);
    want_int(sum.to_first, 1);
    records_close(&r);
}

/* The real thing: a process of its own, killed with SIGKILL at a moment that chance chooses. */
static void child(struct records *r) {
    struct records own = *r;
    bool more = true;
    arena_init(&own.arena, 64 << 20);
    own.d.arena = &own.arena;
    own.d.chance = &own.chance;
    struct store_options options = {own.main_path, own.keys_path, 0};
    if (store_open(&own.arena, &options, &own.d.store).kind || announcement_resume(&own.d).kind)
        _exit(1);
    while (more)
        if (announcement_work(&own.d, BATCH, ANNOUNCE_ALL, &more).kind)
            _exit(1);
    _exit(0);
}

TEST(row_U4__kill_9_at_any_moment_it_is_still_one) {
    enum { PERSONS = 120 };
    struct records r;
    struct found sum = {0};
    struct random dice = random_seeded(7);
    unsigned killed = 0;
    int status = -1;
    records_open(&r);
    policy_first(&r, "[a] A", "");
    persons(&r, PERSONS);
    publish(&r);
    store_close(r.d.store); /* no connection may cross a fork */
    for (unsigned round = 0; status != 0; round++) {
        pid_t pid = fork();
        if (pid == 0)
            child(&r);
        if (round < 30) { /* where it is then is chance: within a write, a commit, a rename */
            usleep((useconds_t)(random_u64(&dice) % (30000u << round / 6))); /* longer on a slow machine */
            kill(pid, SIGKILL);
        }
        want(waitpid(pid, &status, 0) == pid);
        killed += WIFSIGNALED(status) && look(&r, false).shown + look(&r, false).hidden > 0;
    }
    records_attach(&r);
    want(killed > 0);
    sum = look(&r, true);
    want(sum.shown == PERSONS && sum.hidden == 0 && sum.to_first == 1);
    print_message("killed %u times in the middle of it\n", killed);
    records_close(&r);
}

TEST(rows_U4_S5__whoever_leaves_meanwhile_gets_nothing_and_leaves_nothing) {
    struct records r;
    struct account account;
    struct text receipt;
    struct announcement n;
    bool more;
    records_open(&r);
    policy_first(&r, "[a] A", "");
    persons(&r, 3);
    publish(&r);
    want_ok(announcement_work(&r.d, BATCH, ANNOUNCE_SYNC,
                              &more)); /* hidden, and not yet in the records */
    want_ok(account_read(&r.d, 2, &account));
    want_ok(erasure_begin(&r.d, &account, &receipt));
    want_ok(erasure_finish(&r.d, ERASURE_ALL));
    want_int(look(&r, false).hidden, 2); /* an erasure finds hidden messages too */
    want_ok(announcement_resume(&r.d));
    work_all(&r);
    want_ok(announcement_last(&r.d, &n));
    want_int(n.put, 2);
    struct found f = look(&r, true);
    want(f.shown == 2 && f.hidden == 0);
    want_ok(account_read(&r.d, 3,
                         &account)); /* killed between the rows and the messages, then erased */
    records_account(&r, "late", "late@example.com");
    want_ok(announcement_work(&r.d, BATCH, ANNOUNCE_ROWS, &more));
    want_ok(account_read(&r.d, 4, &account));
    want_ok(erasure_begin(&r.d, &account, &receipt));
    want_ok(erasure_finish(&r.d, ERASURE_ALL));
    want_ok(announcement_resume(&r.d));
    want_int(look(&r, true).shown, 0);
    records_close(&r);
}

TEST(row_U4__whoever_has_agreed_already_is_not_told_and_a_bounce_is_counted_once) {
    struct records r;
    struct account account;
    struct consent given;
    struct announcement n;
    const struct consent_wish wish = {.version = TEXT("2"), .language = TEXT("en")};
    records_open(&r);
    policy_first(&r, "[a] A", "");
    persons(&r, 3);
    publish(&r);
    want_ok(account_read(&r.d, 1, &account));
    want_ok(consent_give(&r.d, policy_of_now(&r), &account, &wish, &given));
    work_all(&r);
    want_int(look(&r, true).shown, 2);
    want_ok(announcement_bounced(&r.d, TEXT("n2_2")));
    want_ok(announcement_bounced(&r.d, TEXT("n2_2")));
    want_ok(announcement_bounced(&r.d, TEXT("n2_1")));
    want_err(announcement_bounced(&r.d, TEXT("x")), ERR_NOT_FOUND);
    want_ok(announcement_last(&r.d, &n));
    want(n.put == 2 && n.bounced == 1);
    records_close(&r);
}

/* What it costs is printed; ALAPI_MEASURE=1 asks ten thousand. */
TEST(row_U4__batch_after_batch_in_bounded_memory) {
    struct records r;
    struct arena each, *whole = &r.arena;
    bool more = true;
    unsigned count = getenv("ALAPI_MEASURE") ? 10000 : 400;
    records_open(&r);
    policy_first(&r, "[a] A", "");
    arena_init(&each, 16 << 20);
    r.d.arena = &each;
    for (unsigned i = 0; i < count; i++) {
        char name[32], address[64];
        snprintf(name, sizeof name, "person%u", i);
        snprintf(address, sizeof address, "person%u@example.com", i);
        records_account(&r, name, address);
        arena_reset(&each);
    }
    r.d.arena = whole;
    publish(&r);
    r.d.arena = &each;
    uint64_t began = clock_monotonic_ns();
    for (; more; arena_reset(&each))
        want_ok(announcement_work(&r.d, 200, ANNOUNCE_ALL, &more));
    print_message("%u persons, %.1f us each\n", count,
                  (double)(clock_monotonic_ns() - began) / 1000 / count);
    r.d.arena = whole;
    arena_done(&each);
    want_int(look(&r, true).shown, count);
    records_close(&r);
}

TESTS(RUN(row_U4__each_person_has_one_message_and_no_more),
      RUN(row_U4__killed_at_each_step_it_is_still_one),
      RUN(row_U4__kill_9_at_any_moment_it_is_still_one),
      RUN(rows_U4_S5__whoever_leaves_meanwhile_gets_nothing_and_leaves_nothing),
      RUN(row_U4__whoever_has_agreed_already_is_not_told_and_a_bounce_is_counted_once),
      RUN(row_U4__batch_after_batch_in_bounded_memory))
