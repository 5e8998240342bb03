/* probes_keeping_test.c: each check is good while the machinery works, and says what is wrong when it is
 * broken. */
#include "app/backup.h"
#include "app/facts.h"
#include "app/probes_inside.h"
#include "app/sockets.h"
#include "base/file.h"
#include "domain/audit.h"
#include "domain/epoch.h"
#include "domain/publication.h"
#include "meddle.h"

static const int64_t day_ms = 86400000, hour_ms = 3600000;

struct looking {
    struct records r;
    struct home home;
    char copies[100], before[400];
};

static void looking_open(struct looking *l) {
    records_open(&l->r);
    want(getcwd(l->before, sizeof l->before) != NULL);
    want(chdir(l->r.folder) == 0 && mkdir("state", 0700) == 0); /* a home is the working directory */
    snprintf(l->copies, sizeof l->copies, "%s/copies", l->r.folder);
    l->home = (struct home){.path = l->r.folder};
    want_ok(config_load(&l->r.arena, "alapi.conf", &l->home.config));
    l->home.config.backup_dir = l->copies;
}

static void empty(const char *path) {
    DIR *folder = opendir(path);
    for (struct dirent *e; folder && (e = readdir(folder));) {
        char inside[600];
        snprintf(inside, sizeof inside, "%s/%s", path, e->d_name);
        if (e->d_type == DT_DIR && e->d_name[0] != '.')
            empty(inside);
        else if (e->d_type == DT_REG)
            unlink(inside);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

static void looking_close(struct looking *l) {
    empty(l->copies);
    empty("state");
    want(chdir(l->before) == 0);
    records_close(&l->r);
}

static void says(struct looking *l, probe_check *check, const char *wrong) {
    const struct probes_room room = {&l->r.d, &l->home, NULL};
    struct finding f = {true, TEXT("")};
    want_ok(check(&room, &f));
    if (f.is_good != (wrong == NULL) || (wrong && text_find(f.detail, text_c(wrong)) == SIZE_MAX))
        fail_msg("found %s \"%.*s\", not \"%s\"", f.is_good ? "good" : "bad", TEXT_ARG(f.detail), wrong ? wrong : "good");
}

TEST(row_S5__a_wrapping_key_that_stays_is_found) {
    struct looking l;
    looking_open(&l);
    struct domain *d = &l.r.d;
    says(&l, probe_keys_epoch, NULL); /* nobody yet */
    records_account(&l.r, "somebody", "somebody@example.cn");
    says(&l, probe_keys_epoch, NULL);
    d->now_ms += 7 * day_ms;
    says(&l, probe_keys_epoch, NULL); /* the job has its hour */
    d->now_ms += hour_ms + 1;
    says(&l, probe_keys_epoch, "a wrapping key is 7 days old");
    want_ok(epoch_rotate(d, false, EPOCH_ALL, NULL));
    says(&l, probe_keys_epoch, NULL);
    want_ok(epoch_rotate(d, true, EPOCH_ROW, NULL)); /* stopped before anything was wrapped anew */
    d->now_ms += hour_ms + 1;
    says(&l, probe_keys_epoch, "1 keys of persons are still wrapped by an older key");
    want_ok(epoch_rotate(d, false, EPOCH_ALL, NULL));
    want_ok(file_write_whole(d->arena, "epoch-1.key", TEXT("saved by somebody"), 0400));
    says(&l, probe_keys_epoch, "epoch-1.key was replaced and is still there");
    want(unlink("epoch-1.key") == 0 && chmod("epoch-3.key", 0644) == 0);
    says(&l, probe_keys_epoch, "must have mode 0400");
    want(unlink("epoch-3.key") == 0);
    says(&l, probe_keys_epoch, "epoch-3.key is missing");
    looking_close(&l);
}

TEST(row_S8f__backups_that_are_missing_old_or_hold_keys_are_found) {
    struct looking l;
    struct backup made;
    looking_open(&l);
    struct domain *d = &l.r.d;
    l.home.config.backup_dir = "";
    says(&l, probe_backups_age, "backup_dir is not set");
    l.home.config.backup_dir = l.copies;
    says(&l, probe_backups_age, NULL); /* nothing has happened here yet */
    want_ok(audit_note(d, &(struct audit_event){.actor_kind = AUDIT_SYSTEM, .action = "service.start",
                                                .object = TEXT("1"), .purpose = "accountability"}));
    d->now_ms += 25 * hour_ms + 1;
    says(&l, probe_backups_age, "there is no backup");
    want_ok(backup_make(d, l.copies, 3, &made));
    says(&l, probe_backups_age, NULL);
    const char *key = text_say_in(d->arena, "%s/epoch-1.key", made.folder);
    want_ok(file_write_whole(d->arena, key, TEXT("x"), 0600));
    says(&l, probe_backups_age, "epoch-1.key lies in a backup");
    want(unlink(key) == 0);
    key = text_say_in(d->arena, "%s/keys.db", l.copies);
    want_ok(file_write_whole(d->arena, key, TEXT("x"), 0600));
    says(&l, probe_backups_age, "keys.db lies beside the backups");
    want(unlink(key) == 0);
    d->now_ms += 25 * hour_ms + 1;
    says(&l, probe_backups_age, "the newest backup is 25 hours old");
    want_ok(backup_make(d, l.copies, 3, &made));
    struct statement *drill = statement_for(d->store, SQL_DRILL_ADD);
    statement_bind_i64(drill, 1, d->now_ms);
    statement_bind_i64(drill, 2, d->now_ms);
    statement_bind_i64(drill, 3, 1);
    statement_bind_i64(drill, 4, 0);
    want_ok(statement_run(drill, NULL));
    says(&l, probe_backups_age, "the last rehearsal of a restore failed");
    want_ok(file_write_whole(d->arena, text_say_in(d->arena, "%s/main.db.sealed", made.folder), TEXT("x"), 0600));
    says(&l, probe_backups_age, "main.db.sealed was changed");
    looking_close(&l);
}

TEST(rows_T2_U9__whoever_gets_data_is_in_the_list_of_the_policy) {
    struct looking l;
    struct text facts;
    looking_open(&l);
    struct domain *d = &l.r.d;
    want_ok(facts_of_home(d, &l.home.config, &facts));
    want_ok(publication_first(d, policy_texts, facts));
    says(&l, probe_egress_list, NULL);
    l.home.config.smtp_host = "mail.example";
    says(&l, probe_egress_list, "\"host smtp_host=mail.example\" is not in the list");
    l.home.config.smtp_host = "";
    l.home.config.processors = "Carrier Ltd";
    says(&l, probe_egress_list, "\"processor Carrier Ltd\" is not in the list");
    looking_close(&l);
}

TEST(the_kernels_lines_of_sockets_are_read) {
    static const struct {
        const char *line, *ip;
        unsigned port, state;
        uint64_t inode;
    } rows[] = {
        {"   1: 0100007F:C35C 08080808:01BB 01 00000000:00000000 00:00000000 00000000    33        0 81 1 0", "8.8.8.8",
         443, 1, 81},
        {"   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 7 1 0", "0.0.0.0", 0,
         10, 7},
        {"   2: 00000000000000000000000001000000:9C40 B80D0120000000000000000001000000:0035 02 0:0 00:0 0 0 0 9 1",
         "2001:db8::1", 53, 2, 9},
        {"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode", NULL, 0, 0, 0},
        {"   3: 0100007F:1 08:1 01 0:0 0:0 0 0 0 9", NULL, 0, 0, 0},
        {"", NULL, 0, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct socket_line s;
        char room[IP_TEXT_BYTES];
        bool is_one = socket_line_parse(text_c(rows[i].line), &s);
        want_int(is_one, rows[i].ip != NULL);
        if (!is_one)
            continue;
        want_text(ip_print(room, &s.remote.ip), rows[i].ip);
        want_int(s.remote.port, rows[i].port);
        want_int(s.state, rows[i].state);
        want_int(s.inode, rows[i].inode);
    }
}

TESTS(RUN(row_S5__a_wrapping_key_that_stays_is_found),
      RUN(row_S8f__backups_that_are_missing_old_or_hold_keys_are_found),
      RUN(rows_T2_U9__whoever_gets_data_is_in_the_list_of_the_policy),
      RUN(the_kernels_lines_of_sockets_are_read))
