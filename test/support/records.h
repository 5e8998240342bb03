/* records.h: a domain on fresh records in a folder of its own, with a clock and a chance of the test's.
 *
 *     struct records r; records_open(&r);  … r.d …  records_close(&r);
 */
#pragma once
#include "domain/account.h"
#include "domain/domain.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct records {
    char folder[64], outbox[80], main_path[80], keys_path[80];
    struct arena arena;
    struct keys keys;
    struct random chance;
    struct domain d;
};

static inline void records_attach(struct records *r) {
    struct store_options options = {r->main_path, r->keys_path, 0};
    want_ok(store_open(&r->arena, &options, &r->d.store));
}

static inline void records_open(struct records *r) {
    struct secret master;
    memset(master.bytes, 7, sizeof master.bytes);
    *r = (struct records){.folder = "/tmp/alapi-records-XXXXXX", .chance = random_system()};
    want(crypt_ready());
    want(mkdtemp(r->folder) != NULL);
    snprintf(r->outbox, sizeof r->outbox, "%s/outbox", r->folder);
    snprintf(r->main_path, sizeof r->main_path, "%s/main.db", r->folder);
    snprintf(r->keys_path, sizeof r->keys_path, "%s/keys.db", r->folder);
    want(mkdir(r->outbox, 0700) == 0);
    arena_init(&r->arena, 256 << 20);
    keys_derive(&master, &r->keys);
    r->d = (struct domain){.arena = &r->arena,
                           .keys = &r->keys,
                           .chance = &r->chance,
                           .passwords = password_desk_new(2, 8),
                           .outbox = r->outbox,
                           .service = TEXT("test"),
                           .log_name = TEXT("test.example/log"),
                           .now_ms = 1800000000000,
                           .sends_hour_prefix = 1000,
                           .hold_days_max = 365,
                           .detail = {.tries_left = -1}};
    records_attach(r);
}

static inline void records_close(struct records *r) {
    store_close(r->d.store);
    password_desk_free(r->d.passwords);
    arena_done(&r->arena);
    static const char *const files[] = {"main.db", "main.db-wal", "main.db-shm",
                                        "keys.db", "keys.db-wal", "keys.db-shm"};
    for (size_t i = 0; i < COUNT(files); i++) {
        char path[160];
        snprintf(path, sizeof path, "%s/%s", r->folder, files[i]);
        unlink(path);
    }
    rmdir(r->outbox);
    rmdir(r->folder);
}

/* An account of the operator's hand. */
static inline int64_t records_account(struct records *r, const char *name, const char *email) {
    struct new_account with = {.age = TEXT("adult"), .source = "operator"};
    int64_t number;
    want_ok(identity_username(&r->d, text_c(name), &with.username));
    if (email)
        want_ok(identity_email(&r->d, text_c(email), &with.contact));
    want_ok(account_create(&r->d, &with, NULL, NULL, &number));
    return number;
}
