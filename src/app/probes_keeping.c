/* probes_keeping.c: what is checked of keys, backups and the ways out; see probes_inside.h. */
#include "app/backup.h"
#include "app/facts.h"
#include "app/probes_inside.h"
#include "app/sockets.h"
#include "base/file.h"
#include "base/must.h"
#include "domain/epoch.h"
#include "domain/publication.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { GRACE_HOURS = 1, DRILL_DAYS = 7, BACKUP_NAMES_MAX = 64, SOCKETS_MAX = 256 };
static const int64_t day_ms = 86400000, hour_ms = 3600000;

/* ---- wrapping keys ---- */

/* The files of keys that were replaced: each must be gone, or what it opened is not. */
static struct err look_for_old_keys(const struct probes_room *room, int64_t current, struct finding *f) {
    struct domain *d = room->d;
    DIR *folder = opendir(d->key_folder);
    if (!folder)
        return file_fault(d->arena, "cannot read", d->key_folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct text name = text_c(entry->d_name), digits;
        int64_t number;
        if (!text_starts(name, TEXT("epoch-")))
            continue;
        digits = text_part(name, 6, text_find_char(name, '.') - 6);
        if (!text_to_i64(digits, &number) || number < current)
            finding_bad(f, text_format_in(d->arena, "%.*s was replaced and is still there", TEXT_ARG(name)));
    }
    closedir(folder);
    return ok;
}

struct err probe_keys_epoch(const struct probes_room *room, struct finding *f) {
    struct domain *d = room->d;
    const int64_t oldest_ms = d->now_ms - EPOCH_DAYS * day_ms - GRACE_HOURS * hour_ms;
    struct epoch_state state;
    try(epoch_state(d, &state));
    if (state.current == 0) {
        f->detail = TEXT("there is nobody yet, so no key");
        if (state.waiting)
            finding_bad(f, TEXT("keys of persons are wrapped by the master key itself"));
        return ok;
    }
    if (state.oldest_ms < oldest_ms)
        finding_bad(f, text_format_in(d->arena, "a wrapping key is %lld days old",
                                      (long long)((d->now_ms - state.oldest_ms) / day_ms)));
    if (state.waiting && d->now_ms - state.made_ms > GRACE_HOURS * hour_ms)
        finding_bad(f, text_format_in(d->arena, "%llu keys of persons are still wrapped by an older key",
                                      (unsigned long long)state.waiting));
    struct err files = epoch_check(d);
    if (files.kind)
        finding_bad(f, text_c(files.say));
    if (state.waiting == 0)
        try(look_for_old_keys(room, state.current, f));
    if (f->is_good)
        f->detail = text_format_in(d->arena, "key %lld, %lld hours old", (long long)state.current,
                                   (long long)((d->now_ms - state.made_ms) / hour_ms));
    return ok;
}

/* ---- backups ---- */

/* Only what backup.h lists may lie in a backup: a key beside it would open it. */
static bool is_backup_file(const char *name) {
    static const char *const names[] = {"main.db.sealed", "alapi.conf.sealed", "log.sealed", "erasures.log",
                                        "manifest"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return name[0] == '.';
}

static struct err look_for_keys_in(const struct probes_room *room, const char *path, struct finding *f) {
    DIR *folder = opendir(path);
    if (!folder)
        return file_fault(room->d->arena, "cannot read", path);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (!is_backup_file(entry->d_name))
            finding_bad(f, text_format_in(room->d->arena, "%s lies in a backup and does not belong there",
                                          entry->d_name));
    closedir(folder);
    return ok;
}

/* Beside the backups only their journal. */
static struct err look_beside(const struct probes_room *room, const char *path, struct finding *f) {
    DIR *folder = opendir(path);
    if (!folder)
        return file_fault(room->d->arena, "cannot read", path);
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct text name = text_c(entry->d_name);
        if (text_ends(name, TEXT(".key")) || text_equal_c(name, "keys.db"))
            finding_bad(f, text_format_in(room->d->arena, "the key file %.*s lies beside the backups",
                                          TEXT_ARG(name)));
    }
    closedir(folder);
    return ok;
}

static struct err one_i64(struct domain *d, enum store_sql query, unsigned column, int64_t *out) {
    struct statement *s = statement_for(d->store, query);
    bool row;
    try(statement_step(s, &row));
    *out = row ? column_i64(s, column) : 0;
    statement_done(s);
    return ok;
}

/* A service that has just been made has the time of one backup for its first. */
static struct err check_age(const struct probes_room *room, int64_t newest_ms, struct finding *f) {
    struct domain *d = room->d;
    const int64_t due_ms = ((int64_t)room->home->config.backup_hours + GRACE_HOURS) * hour_ms;
    int64_t from_ms = newest_ms;
    if (!newest_ms)
        try(one_i64(d, SQL_PROBE_FIRST_ENTRY, 0, &from_ms));
    if (from_ms && d->now_ms - from_ms > due_ms)
        finding_bad(f, newest_ms ? text_format_in(d->arena, "the newest backup is %lld hours old",
                                                  (long long)((d->now_ms - newest_ms) / hour_ms))
                                 : TEXT("there is no backup"));
    return ok;
}

static struct err check_drill(const struct probes_room *room, struct finding *f) {
    struct domain *d = room->d;
    int64_t time_ms, is_good;
    try(one_i64(d, SQL_DRILL_LAST, 0, &time_ms));
    try(one_i64(d, SQL_DRILL_LAST, 3, &is_good));
    if (time_ms && !is_good)
        finding_bad(f, TEXT("the last rehearsal of a restore failed"));
    if (time_ms && d->now_ms - time_ms > DRILL_DAYS * day_ms + GRACE_HOURS * hour_ms)
        finding_bad(f, TEXT("the restore was not rehearsed in the last seven days"));
    return ok;
}

struct err probe_backups_age(const struct probes_room *room, struct finding *f) {
    struct domain *d = room->d;
    const char *folder = room->home->config.backup_dir;
    struct backup newest;
    int64_t newest_ms;
    if (!folder[0]) {
        finding_bad(f, TEXT("backup_dir is not set in alapi.conf, so no backup is made"));
        return ok;
    }
    try(backup_newest(d, folder, &newest_ms));
    try(check_age(room, newest_ms, f));
    if (!newest_ms)
        return ok;
    struct err whole = backup_find(d, folder, &newest);
    if (whole.kind)
        finding_bad(f, text_c(whole.say));
    else
        try(look_for_keys_in(room, newest.folder, f));
    try(look_beside(room, folder, f));
    try(check_drill(room, f));
    if (f->is_good)
        f->detail = text_format_in(d->arena, "the newest is %lld hours old and whole",
                                   (long long)((d->now_ms - newest_ms) / hour_ms));
    return ok;
}

/* ---- ways out ---- */

static bool has_line(struct text lines, struct text line) {
    struct text rest = lines, one;
    while (text_cut(&rest, '\n', &one))
        if (text_equal(one, line))
            return true;
    return false;
}

/* Whoever data goes to by the settings and by the program stood in the list when the policy was published. */
static struct err compare_lists(const struct probes_room *room, struct finding *f, unsigned *count_out) {
    struct domain *d = room->d;
    const struct published *rows;
    struct policy policy;
    struct text live, line;
    *count_out = 0;
    try(publication_read(d, &policy, &rows));
    try(facts_of_home(d, &room->home->config, &live));
    struct text told = rows[policy.count - policy.scheduled - 1].facts;
    while (text_cut(&live, '\n', &line)) {
        bool is_way_out = text_starts(line, TEXT("host ")) || text_starts(line, TEXT("processor ")) ||
                          text_starts(line, TEXT("outside "));
        *count_out += is_way_out;
        if (is_way_out && !has_line(told, line))
            finding_bad(f, text_format_in(d->arena, "\"%.*s\" is not in the list of the policy in force",
                                          TEXT_ARG(line)));
    }
    return ok;
}

static bool has_way_out(const struct config *c) {
    return c->smtp_host[0] || c->sms_endpoint[0] || strcmp(c->sms_provider, "none") != 0;
}

struct err probe_egress_list(const struct probes_room *room, struct finding *f) {
    struct remote remotes[SOCKETS_MAX];
    unsigned listed, count;
    try(compare_lists(room, f, &listed));
    try(sockets_outward(room->d->arena, remotes, SOCKETS_MAX, &count));
    if (count && !has_way_out(&room->home->config))
        finding_bad(f, text_format_in(room->d->arena, "connected to port %u of a host although none is set",
                                      remotes[0].port));
    if (f->is_good)
        f->detail = text_format_in(room->d->arena, "%u on the list, %u connections now", listed, count);
    return ok;
}
