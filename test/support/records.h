/* records.h: a domain on fresh records in a folder of its own, with a clock and a chance of the test's.
 *
 *     struct records r; records_open(&r);  … r.d …  records_close(&r);
 */
#pragma once
#include "domain/account.h"
#include "domain/domain.h"
#include "keyd/desk.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct records {
    char folder[64], outbox[80], main_path[80], keys_path[80], journal[80], rotation[80];
    struct arena arena;
    struct key_desk keyd; /* its side of the keys */
    struct key_ring keys;
    struct random chance;
    struct domain d;
};

/* The key process's own desk, without a process. */
static inline struct err records_ask(void *with, struct arena *a, struct text request,
                                     struct text *answer_out) {
    *answer_out = key_desk_answer(with, a, request, 1);
    return ok;
}

static inline void records_keys(struct records *r) {
    struct secret master;
    memset(master.bytes, 7, sizeof master.bytes);
    r->keyd = (struct key_desk){.vault = {.folder = r->folder}, .chance = &r->chance};
    keys_derive(&master, &r->keyd.vault.keys);
    r->keys = (struct key_ring){.ask = records_ask, .with = &r->keyd};
    want_ok(key_ring_greet(&r->keys, &r->arena));
}

static inline void records_attach(struct records *r) {
    struct store_options options = {r->main_path, r->keys_path, 0};
    want_ok(store_open(&r->arena, &options, &r->d.store));
}

static inline void records_open(struct records *r) {
    *r = (struct records){.folder = "/tmp/alapi-records-XXXXXX", .chance = random_system()};
    want(crypt_ready());
    want(mkdtemp(r->folder) != NULL);
    snprintf(r->outbox, sizeof r->outbox, "%s/outbox", r->folder);
    snprintf(r->main_path, sizeof r->main_path, "%s/main.db", r->folder);
    snprintf(r->keys_path, sizeof r->keys_path, "%s/keys.db", r->folder);
    snprintf(r->journal, sizeof r->journal, "%s/erasures.log", r->folder);
    want(mkdir(r->outbox, 0700) == 0);
    arena_init(&r->arena, 256 << 20);
    snprintf(r->rotation, sizeof r->rotation, "%s/rotation.lock", r->folder);
    records_keys(r);
    r->d = (struct domain){.arena = &r->arena,
                           .keys = &r->keys,
                           .chance = &r->chance,
                           .passwords = password_desk_new(2, 8),
                           .outbox = r->outbox,
                           .key_folder = r->folder,
                           .rotation_lock = r->rotation,
                           .erasure_journal = r->journal,
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
    DIR *folder = opendir(r->folder);
    for (struct dirent *e; folder && (e = readdir(folder));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", r->folder, e->d_name);
        if (e->d_type == DT_REG)
            unlink(path);
    }
    closedir(folder);
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
