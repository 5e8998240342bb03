/* retention_test.c: what has a period goes at its end, byte by byte; not before, and not by a clock that
 * jumps. */
#include "domain/retention.h"
#include "domain/aggregate.h"
#include "domain/clock_watch.h"
#include "domain/epoch.h"
#include "domain/login.h"
#include "domain/network_log.h"
#include "domain/session.h"
#include "domain/throttle.h"
#include "domain/token.h"
#include "domain/usage.h"
#include "base/file.h"
#include "records.h"

static const int64_t day_ms = 86400000;

static int64_t count_of(struct records *r, enum store_sql overdue) {
    bool row;
    struct statement *s = statement_for(r->d.store, overdue);
    statement_bind_i64(s, 1, INT64_MAX / 2);
    want_ok(statement_step(s, &row));
    int64_t count = column_i64(s, 0);
    statement_done(s);
    return count;
}

static const struct store_retention *retention_of(const char *table) {
    for (const struct store_retention *r = store_retentions; r->table; r++)
        if (strcmp(r->table, table) == 0)
            return r;
    fail_msg("%s has no period", table);
    return NULL;
}

/* Whether the bytes are in any file of the records. */
static bool any_file_holds(struct records *r, struct text mark) {
    static const char *const names[] = {"main.db", "main.db-wal", "keys.db", "keys.db-wal"};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct text content;
        const char *path = text_say_in(&r->arena, "%s/%s", r->folder, names[i]);
        if (access(path, F_OK) != 0)
            continue;
        want_ok(file_read_in(&r->arena, path, 64 << 20, &content));
        if (text_find(content, mark) != SIZE_MAX)
            return true;
    }
    return false;
}

static void make_account(struct records *r, struct account *out) {
    want_ok(account_read(&r->d, records_account(r, "somebody", "somebody@example.com"), out));
}

static struct text address_of(struct records *r, const struct account *account,
                              struct text *sealed_out) {
    bool row;
    struct text plain;
    struct statement *s = statement_for(r->d.store, SQL_EXPORT_FIRST_NETWORK_LOG);
    statement_bind_i64(s, 1, account->number);
    statement_bind_i64(s, 2, 1);
    want_ok(statement_step(s, &row));
    want(row);
    int64_t id = column_i64(s, 0);
    *sealed_out = column_text_in(s, &r->arena, 5);
    statement_done(s);
    want_ok(account_open(&r->d, account, FIELD("network_log", "address", id), *sealed_out, &plain));
    return plain;
}

TEST(rows_C3_S1__an_address_is_cut_after_a_week_and_gone_after_half_a_year) {
    struct records r;
    struct account account;
    struct text sealed, short_sealed;
    records_open(&r);
    make_account(&r, &account);
    r.d.client = TEXT("203.0.113.77");
    want_ok(network_log_note(&r.d, &account, NETWORK_LOGIN));
    want_text(address_of(&r, &account, &sealed), "203.0.113.77");
    want_ok(retention_reap(&r.d, 9, NULL));
    want_text(address_of(&r, &account, &sealed), "203.0.113.77");
    r.d.now_ms += 7 * day_ms + 1;
    want_ok(retention_reap(&r.d, 9, NULL));
    want_text(address_of(&r, &account, &short_sealed), "203.0.113.0");
    want(!any_file_holds(&r, sealed)); /* the long one, of which not even the cipher text is left */
    want(any_file_holds(&r, short_sealed));
    r.d.now_ms += 173 * day_ms;
    want_ok(retention_reap(&r.d, 9, NULL));
    want_int(count_of(&r, SQL_OVERDUE_NETWORK_LOG), 0);
    want(!any_file_holds(&r, short_sealed));
    records_close(&r);
}

TEST(row_C3__addresses_of_either_kind_are_cut) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {{"203.0.113.77", "203.0.113.0"},
                {"2001:db8:1:2:3::4", "2001:db8:1::"},
                {"nonsense", "local"},
                {"", "local"}};
    struct arena arena;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(network_prefix_in(&arena, text_c(rows[i].given)), rows[i].wanted);
    arena_done(&arena);
}

/* One row in each table that has a period, made as the house makes it. */
static void make_rows(struct records *r, struct account *account) {
    struct text cookie;
    struct new_token with = {.name = TEXT("t")};
    struct usage_sum sum = {
        .api = 1, .minute = (uint32_t)(r->d.now_ms / 60000), .status = 200, .calls = 1};
    bool was_new;
    struct text secret;
    uint64_t id;
    struct token token;
    want_ok(session_begin(
        &r->d, &(struct new_session){.account = account, .aal = 1, .remember = true}, &cookie));
    want_ok(throttle_failed(&r->d, "login", TEXT("somebody")));
    want_ok(network_log_note(&r->d, account, NETWORK_LOGIN));
    want_ok(token_create(&r->d, account, &with, &secret, &id));
    want_ok(token_of(&r->d, account->number, id, &token));
    sum.row = (uint32_t)token.row;
    want_ok(usage_store(&r->d, 1, &sum, 1, &was_new));
}

TEST(row_S1__each_period_ends_its_rows_and_not_a_moment_before) {
    static const char *const tables[] = {"session", "throttle", "network_log", "traffic_minute"};
    for (size_t i = 0; i < COUNT(tables); i++) {
        struct records r;
        struct account account;
        uint64_t overdue;
        const struct store_retention *kept = retention_of(tables[i]);
        records_open(&r);
        make_account(&r, &account);
        make_rows(&r, &account);
        want_int(count_of(&r, kept->overdue), 1);
        r.d.now_ms += kept->period_ms - (kept->unit_ms > 1 ? kept->unit_ms : 0);
        want_ok(retention_reap(&r.d, 9, NULL));
        want_int(count_of(&r, kept->overdue), 1);
        r.d.now_ms += kept->unit_ms * 2 + 1;
        want_ok(retention_overdue(&r.d, 0, &overdue));
        want(overdue >= 1);
        want_ok(retention_reap(&r.d, 9, NULL));
        want_int(count_of(&r, kept->overdue), 0);
        want_ok(retention_overdue(&r.d, 0, &overdue));
        want_int(overdue, 0);
        records_close(&r);
    }
}

TEST(row_S1__a_reaper_killed_behind_any_write_goes_on) {
    struct records r;
    struct account account;
    uint64_t overdue;
    records_open(&r);
    make_account(&r, &account);
    make_rows(&r, &account);
    r.d.now_ms += 182 * day_ms; /* the audit log, which ends by itself, keeps one day longer */
    for (unsigned n = 1;; n++) {
        store_fail_write(r.d.store, n);
        struct err e = retention_reap(&r.d, 9, NULL);
        store_fail_write(r.d.store, 0);
        store_close(r.d.store); /* what a killed program did is there, and nothing half */
        records_attach(&r);
        if (!e.kind)
            break;
        want_err(e, ERR_STORAGE_UNAVAILABLE);
    }
    want_ok(retention_overdue(&r.d, 0, &overdue));
    want_int(overdue, 0);
    records_close(&r);
}

/* ---- clocks that jump ---- */

static struct clock_reading reading(int64_t steady_ms, const char *boot) {
    return (struct clock_reading){steady_ms, text_c(boot)};
}

TEST(fault_35__nothing_is_deleted_while_the_clock_is_suspect) {
    static const struct {
        int64_t wall_days, steady_days;
        const char *boot;
        bool is_suspect;
    } rows[] = {
        {0, 0, "a", false},   {1, 1, "a", false},
        {30, 30, "a", false}, {365, 0, "a", true},
        {3650, 0, "a", true}, {-365, 0, "a", true},
        {-2, 0, "a", true},   {2, 0, "a", true},
        {0, 2, "a", true},    /* frozen */ {3, 0, "b", false},
        {39, 0, "b", false},  {41, 0, "b", true},
        {-2, 0, "b", true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct records r;
        struct account account;
        records_open(&r);
        make_account(&r, &account);
        make_rows(&r, &account);
        struct clock_reading before = reading(1000, "a"),
                             after = reading(1000 + rows[i].steady_days * day_ms, rows[i].boot);
        want_ok(clock_watch(&r.d, &before));
        r.d.now_ms += rows[i].wall_days * day_ms;
        want_ok(clock_watch(&r.d, &after));
        int64_t sessions = count_of(&r, SQL_OVERDUE_SESSION);
        want_err(retention_reap(&r.d, 9, NULL), rows[i].is_suspect ? ERR_CLOCK_SUSPECT : ERR_NONE);
        if (rows[i].is_suspect) {
            want_int(count_of(&r, SQL_OVERDUE_SESSION), sessions);
            want_ok(clock_watch(&r.d, &after)); /* it stays suspect until somebody looked */
            want_err(retention_reap(&r.d, 9, NULL), ERR_CLOCK_SUSPECT);
            want_ok(clock_confirm(&r.d, &after));
            want_ok(retention_reap(&r.d, 9, NULL));
        }
        records_close(&r);
    }
}

/* ---- accounts that nobody uses ---- */

static unsigned mails_in(struct records *r) {
    unsigned count = 0;
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));)
        count += e->d_name[0] != '.';
    closedir(folder);
    return count;
}

static int64_t registered(struct records *r, const char *name, const char *email) {
    struct new_account with = {.age = TEXT("adult"), .source = "subject"};
    int64_t number;
    want_ok(identity_username(&r->d, text_c(name), &with.username));
    want_ok(identity_email(&r->d, text_c(email), &with.contact));
    want_ok(account_create(&r->d, &with, NULL, NULL, &number));
    return number;
}

static void step(struct records *r) {
    int64_t after = 0;
    do
        want_ok(dormancy_step(&r->d, &after));
    while (after);
}

TEST(row_S2__an_unused_account_is_told_three_times_and_then_cancelled) {
    struct records r;
    struct account account;
    records_open(&r);
    int64_t dormant = registered(&r, "dormant", "dormant@example.com");
    int64_t used = registered(&r, "used", "used@example.com");
    int64_t start_ms = r.d.now_ms;
    r.d.now_ms = start_ms + DORMANT_DAYS * day_ms - day_ms;
    want_ok(dormancy_seen(&r.d, used)); /* a log-in stops it */
    step(&r);
    want_int(mails_in(&r), 0);
    r.d.now_ms = start_ms + DORMANT_DAYS * day_ms + 1;
    for (unsigned notice = 1; notice <= DORMANT_NOTICES; notice++) {
        step(&r);
        step(&r); /* not twice */
        want_int(mails_in(&r), notice);
        want_ok(account_read(&r.d, dormant, &account));
        want(account.is_active);
        r.d.now_ms += DORMANT_STEP_DAYS * day_ms + 1;
    }
    step(&r);
    want_ok(account_read(&r.d, dormant, &account));
    want(account.is_erasing);
    want_ok(account_read(&r.d, used, &account));
    want(account.is_active);
    records_close(&r);
}

/* A log-in as the person does it: by name and password. */
static void logs_in(struct records *r, const char *name, const char *password) {
    const struct visitor visitor = {.prefix = TEXT("192.0.2.0/24"), .label = TEXT("Firefox · Linux")};
    struct login in;
    want_ok(login(&r->d, &visitor, text_c(name), text_c(password), &in));
    want(in.cookie.length > 0);
}

TEST(row_S2__a_log_in_between_the_notices_begins_it_anew) {
    static const char password[] = "correct horse battery staple 9";
    struct records r;
    struct account account;
    char hash[PASSWORD_HASH_BYTES];
    records_open(&r);
    int64_t number = registered(&r, "dormant", "dormant@example.com");
    want_ok(account_read(&r.d, number, &account));
    want_ok(password_hash(r.d.passwords, text_c(password), hash));
    want_ok(account_set_password(&r.d, &account, hash));
    r.d.now_ms += DORMANT_DAYS * day_ms + 1;
    step(&r);
    want_int(mails_in(&r), 1);
    logs_in(&r, "dormant", password);
    unsigned mails = mails_in(&r); /* the log-in itself may tell of a new browser */
    r.d.now_ms += 600 * day_ms;
    step(&r);
    want_int(mails_in(&r), mails);
    want_ok(account_read(&r.d, number, &account));
    want(account.is_active);
    records_close(&r);
}

/* ---- figures for the public ---- */

struct figures {
    struct aggregate_line lines[16];
    unsigned count;
};

static void take_line(void *with, const struct aggregate_line *line) {
    struct figures *f = with;
    want(f->count < 16);
    f->lines[f->count++] = *line;
}

/* `persons` accounts that called an API once, in the month before now. */
static void add_calls(struct records *r, uint32_t api, unsigned persons, uint64_t *epoch) {
    for (unsigned i = 0; i < persons; i++) {
        struct account account;
        struct token token;
        struct text secret;
        struct new_token with = {.name = TEXT("t")};
        uint64_t id;
        bool was_new;
        const char *name = text_say_in(&r->arena, "person-%u-%u", api, i);
        want_ok(account_read(&r->d, records_account(r, name, NULL), &account));
        want_ok(token_create(&r->d, &account, &with, &secret, &id));
        want_ok(token_of(&r->d, account.number, id, &token));
        struct usage_sum sum = {.row = (uint32_t)token.row,
                                .api = api,
                                .status = 200,
                                .calls = 5,
                                .minute = (uint32_t)((r->d.now_ms - 20 * day_ms) / 60000)};
        want_ok(usage_store(&r->d, ++*epoch, &sum, 1, &was_new));
    }
}

TEST(row_D2__figures_are_of_twenty_persons_at_least) {
    static const struct {
        unsigned persons[3];
        unsigned lines;
        uint64_t other;
    } rows[] = {
        {{25, 0, 0}, 1, 0},
        {{19, 0, 0}, 0, 0},   /* too few, and the rest has too few */
        {{20, 12, 9}, 2, 21}, /* two small ones are one line of 21 */
        {{20, 10, 5}, 1, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct records r;
        struct figures f = {.count = 0};
        uint64_t epoch = 0;
        records_open(&r);
        r.d.now_ms = 1800000000000 / day_ms * day_ms +
                     15 * day_ms; /* 2027-01-30: 20 days before is the 10th */
        for (unsigned api = 0; api < 3; api++)
            add_calls(&r, api + 1, rows[i].persons[api], &epoch);
        want_ok(aggregate_make(&r.d));
        want_ok(aggregate_each(&r.d, take_line, &f));
        want_int(f.count, 0); /* the month is not over */
        r.d.now_ms += 10 * day_ms;
        want_ok(aggregate_make(&r.d));
        want_ok(aggregate_make(&r.d));
        want_ok(aggregate_each(&r.d, take_line, &f));
        want_int(f.count, rows[i].lines);
        for (unsigned n = 0; n < f.count; n++) {
            want(f.lines[n].persons >= AGGREGATE_PERSONS);
            if (f.lines[n].api == 0)
                want_int(f.lines[n].persons, rows[i].other);
        }
        records_close(&r);
    }
}

TESTS(RUN(rows_C3_S1__an_address_is_cut_after_a_week_and_gone_after_half_a_year),
      RUN(row_C3__addresses_of_either_kind_are_cut),
      RUN(row_S1__each_period_ends_its_rows_and_not_a_moment_before),
      RUN(row_S1__a_reaper_killed_behind_any_write_goes_on),
      RUN(fault_35__nothing_is_deleted_while_the_clock_is_suspect),
      RUN(row_S2__an_unused_account_is_told_three_times_and_then_cancelled),
      RUN(row_S2__a_log_in_between_the_notices_begins_it_anew),
      RUN(row_D2__figures_are_of_twenty_persons_at_least))
