/* backup.c: see backup.h. */
#include "app/backup.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "crypt/stream.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_TMP  "state/backup.tmp"
#define HEAD_LINE "alapi-backup 1"

enum { MANIFEST_BYTES_MAX = 16 << 10, COPIES_MAX = 4096 };

/* What is copied beside the records, where it is there. */
static const struct {
    const char *path, *name;
    bool is_sealed;
} extras[] = {
    {"alapi.conf", "alapi.conf.sealed", true},
    {"state/log/checkpoints", "log.sealed", true},
    {HOME_ERASURES, "erasures.log", false},
};

/* ---- making ---- */

static struct text name_in(struct arena *a, int64_t now_ms) {
    struct text time = clock_print_utc_in(a, now_ms);
    char *room = text_c_in(a, time);
    size_t length = 0;
    for (size_t i = 0; i < time.length; i++)
        if (room[i] != '-' && room[i] != ':')
            room[length++] = room[i];
    return text_format_in(a, "%.*s-%03d", (int)length, room, (int)(now_ms % 1000));
}

static struct err add_file(struct domain *d, struct backup *b, const char *path, const char *name,
                           bool is_sealed) {
    struct digest digest;
    uint64_t bytes;
    const char *to = text_say_in(d->arena, "%s/%s", b->folder, name);
    if (is_sealed) {
        struct stream_file file = {path, to,
                                   text_format_in(d->arena, "%.*s/%s", TEXT_ARG(b->name), name)};
        const struct secret *key;
        try(key_of_file_in(d->keys, d->arena, file.name, &key));
        try(stream_seal(d->arena, key, &file, &digest, &bytes));
    } else {
        try(file_copy_whole(d->arena, path, to, 0600));
        try(stream_digest(d->arena, to, &digest, &bytes));
    }
    must(b->count < BACKUP_FILES_MAX);
    b->files[b->count++] =
        (struct backup_file){text_c(name), bytes, digest_print_in(d->arena, &digest)};
    return ok;
}

static struct err manifest_mac(struct domain *d, struct text manifest, struct text *out) {
    struct digest mac;
    try(domain_hash(d, KEY_BACKUP, "backup manifest", PARTS(manifest), &mac));
    *out = digest_print_in(d->arena, &mac);
    return ok;
}

static struct err manifest_write(struct domain *d, const struct backup *b) {
    struct buf out;
    buf_init(&out, d->arena, MANIFEST_BYTES_MAX);
    buf_format(&out, HEAD_LINE "\nname %.*s\ntime %lld\nschema %u\n", TEXT_ARG(b->name),
               (long long)b->time_ms, b->schema);
    for (unsigned i = 0; i < b->count; i++)
        buf_format(&out, "file %.*s %llu %.*s\n", TEXT_ARG(b->files[i].name),
                   (unsigned long long)b->files[i].bytes, TEXT_ARG(b->files[i].digest));
    struct text mac;
    try(manifest_mac(d, text_copy_in(d->arena, buf_peek(&out)), &mac));
    buf_format(&out, "mac %.*s\n", TEXT_ARG(mac));
    return file_write_whole(d->arena, text_say_in(d->arena, "%s/manifest", b->folder),
                            buf_peek(&out), 0600);
}

static struct err copy_records(struct domain *d, struct backup *b) {
    struct err e = store_copy(d->store, STORE_MAIN, COPY_TMP);
    if (!e.kind && chmod(COPY_TMP, 0600) != 0)
        e = file_fault(d->arena, "cannot close to others", COPY_TMP);
    if (!e.kind)
        e = add_file(d, b, COPY_TMP, "main.db.sealed", true);
    if (e.say)
        e.say = text_say_in(d->arena, "%s", e.say);
    (void)!file_shred(d->arena, COPY_TMP).kind;
    return e;
}

static struct err fill_folder(struct domain *d, struct backup *b) {
    try(copy_records(d, b));
    for (size_t i = 0; i < COUNT(extras); i++)
        if (access(extras[i].path, R_OK) == 0)
            try(add_file(d, b, extras[i].path, extras[i].name, extras[i].is_sealed));
    try(manifest_write(d, b));
    return file_sync_folder(d->arena, b->folder);
}

/* Its files are few and flat. */
static void folder_remove(struct domain *d, const char *path) {
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            unlink(text_say_in(d->arena, "%s/%s", path, entry->d_name));
    if (folder)
        closedir(folder);
    rmdir(path);
}

/* ---- which there are ---- */

static bool is_name(const char *name) {
    return strlen(name) == 20 && name[8] == 'T' && name[15] == 'Z';
}

static int newest_first(const void *left, const void *right) {
    return -strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Names of whole backups, the newest first, ended by NULL. */
static struct err list_names(struct domain *d, const char *path, const char ***out) {
    size_t count = 0;
    DIR *folder = opendir(path);
    *out = arena_alloc(d->arena, (COPIES_MAX + 1) * sizeof **out);
    if (!folder)
        return errno == ENOENT ? ok : file_fault(d->arena, "cannot read", path);
    for (struct dirent *entry; (entry = readdir(folder)) && count < COPIES_MAX;)
        if (is_name(entry->d_name))
            (*out)[count++] = text_c_in(d->arena, text_c(entry->d_name));
    closedir(folder);
    qsort(*out, count, sizeof **out, newest_first);
    return ok;
}

static struct err prune(struct domain *d, const char *path, unsigned keep) {
    const char **names;
    try(list_names(d, path, &names));
    for (unsigned i = 0; keep && names[i]; i++)
        if (i >= keep)
            folder_remove(d, text_say_in(d->arena, "%s/%s", path, names[i]));
    return ok;
}

struct err backup_make(struct domain *d, const char *folder, unsigned keep, struct backup *out) {
    struct backup b = {
        .time_ms = d->now_ms, .schema = STORE_SCHEMA_COUNT, .name = name_in(d->arena, d->now_ms)};
    const char *whole = text_say_in(d->arena, "%s/%.*s", folder, TEXT_ARG(b.name));
    int lock;
    try(file_make_folder(d->arena, folder, 0700));
    try(file_lock(d->arena, "state/backup.lock", &lock));
    b.folder = text_say_in(d->arena, "%s/.making", folder);
    folder_remove(d, b.folder); /* of one that was killed */
    struct err e = file_make_folder(d->arena, b.folder, 0700);
    if (!e.kind)
        e = fill_folder(d, &b);
    if (!e.kind && rename(b.folder, whole) != 0)
        e = file_fault(d->arena, "cannot make", whole);
    if (e.kind)
        folder_remove(d, b.folder);
    if (!e.kind)
        e = file_sync_folder(d->arena, folder);
    if (!e.kind)
        e = prune(d, folder, keep);
    close(lock);
    b.folder = whole;
    *out = b;
    return e;
}

/* ---- reading ---- */

static struct err not_whole(struct domain *d, const char *folder, const char *what) {
    return err_make(
        ERR_CONFIG,
        text_say_in(d->arena, "the backup %s is not whole: %s; take another one", folder, what));
}

static bool take_line(struct domain *d, struct text line, struct backup *b) {
    struct text word, name, number, rest = line;
    uint64_t value;
    if (!text_cut(&rest, ' ', &word))
        return false;
    if (text_equal_c(word, "name"))
        b->name = text_copy_in(d->arena, rest);
    else if (text_equal_c(word, "time"))
        return text_to_i64(rest, &b->time_ms);
    else if (text_equal_c(word, "schema") && text_to_u64(rest, &value))
        b->schema = (unsigned)value;
    else if (text_equal_c(word, "file") && b->count < BACKUP_FILES_MAX &&
             text_cut(&rest, ' ', &name) && text_cut(&rest, ' ', &number) &&
             text_to_u64(number, &value))
        b->files[b->count++] = (struct backup_file){name, value, rest};
    else
        return false;
    return true;
}

static struct err manifest_read(struct domain *d, struct backup *b) {
    struct text content, line, rest;
    try(file_read_in(d->arena, text_say_in(d->arena, "%s/manifest", b->folder), MANIFEST_BYTES_MAX,
                     &content));
    size_t at = text_find(content, TEXT("mac "));
    struct text signed_part = text_part(content, 0, at == SIZE_MAX ? 0 : at), mac;
    try(manifest_mac(d, signed_part, &mac));
    if (at == SIZE_MAX || !text_equal(text_trim(text_from(content, at + 4)), mac))
        return not_whole(d, b->folder, "its manifest was changed, or another master key made it");
    rest = signed_part;
    if (!text_cut(&rest, '\n', &line) || !text_equal_c(line, HEAD_LINE))
        return not_whole(d, b->folder, "its manifest is of another version of this program");
    while (text_cut(&rest, '\n', &line) && line.length)
        if (!take_line(d, line, b))
            return not_whole(d, b->folder, "its manifest is not understood");
    return ok;
}

static struct err files_check(struct domain *d, const struct backup *b) {
    for (unsigned i = 0; i < b->count; i++) {
        struct digest digest;
        uint64_t bytes;
        const char *path = text_say_in(d->arena, "%s/%.*s", b->folder, TEXT_ARG(b->files[i].name));
        try(stream_digest(d->arena, path, &digest, &bytes));
        if (bytes != b->files[i].bytes ||
            !text_equal(digest_print_in(d->arena, &digest), b->files[i].digest))
            return not_whole(d, b->folder,
                             text_say_in(d->arena, "%.*s was changed", TEXT_ARG(b->files[i].name)));
    }
    return ok;
}

struct err backup_find(struct domain *d, const char *folder, struct backup *out) {
    *out = (struct backup){.folder = folder};
    if (access(text_say_in(d->arena, "%s/manifest", folder), F_OK) != 0) {
        const char **names;
        try(list_names(d, folder, &names));
        if (!names[0])
            return err_make(ERR_CONFIG,
                            text_say_in(d->arena,
                                        "there is no backup in %s; alapi backup DIR makes one",
                                        folder));
        out->folder = text_say_in(d->arena, "%s/%s", folder, names[0]);
    }
    try(manifest_read(d, out));
    return files_check(d, out);
}

struct err backup_newest(struct domain *d, const char *folder, int64_t *time_out) {
    const char **names;
    *time_out = 0;
    try(list_names(d, folder, &names));
    if (!names[0])
        return ok;
    struct backup b = {.folder = text_say_in(d->arena, "%s/%s", folder, names[0])};
    try(manifest_read(d, &b));
    *time_out = b.time_ms;
    return ok;
}

struct err backup_open(struct domain *d, const struct backup *b, const char *name, const char *to) {
    for (unsigned i = 0; i < b->count; i++) {
        if (!text_equal_c(b->files[i].name, name))
            continue;
        struct stream_file file = {text_say_in(d->arena, "%s/%s", b->folder, name), to,
                                   text_format_in(d->arena, "%.*s/%s", TEXT_ARG(b->name), name)};
        const struct secret *key;
        try(key_of_file_in(d->keys, d->arena, file.name, &key));
        return stream_open(d->arena, key, &file);
    }
    return err_make(ERR_NOT_FOUND,
                    text_say_in(d->arena, "the backup %s has no %s", b->folder, name));
}

/* ---- the journal beside ---- */

struct err backup_ship_journal(struct domain *d, const char *folder) {
    struct stat mine, shipped;
    const char *to = text_say_in(d->arena, "%s/erasures.log", folder);
    if (stat(d->erasure_journal, &mine) != 0)
        return ok;
    if (stat(to, &shipped) == 0 && shipped.st_size == mine.st_size)
        return ok;
    try(file_make_folder(d->arena, folder, 0700));
    return file_copy_whole(d->arena, d->erasure_journal, to, 0600);
}

/* ---- keys ---- */

static struct err copy_key(struct domain *d, const char *folder, const char *name) {
    return file_copy_whole(d->arena, text_say_in(d->arena, HOME_KEYS "/%s", name),
                           text_say_in(d->arena, "%s/%s", folder, name), 0400);
}

static bool is_key_file(const char *name) {
    return text_ends(text_c(name), TEXT(".key"));
}

static struct err each_key(struct domain *d, const char *path, const char *to, bool shred) {
    DIR *folder = opendir(path);
    struct err e = ok;
    if (!folder)
        return file_fault(d->arena, "cannot read", path);
    for (struct dirent *entry; (entry = readdir(folder)) && !e.kind;) {
        if (!is_key_file(entry->d_name))
            continue;
        e = shred ? file_shred(d->arena, text_say_in(d->arena, "%s/%s", path, entry->d_name))
                  : copy_key(d, to, entry->d_name);
    }
    closedir(folder);
    return e;
}

struct err backup_keys(struct domain *d, const char *folder) {
    const char *copy = text_say_in(d->arena, "%s/keys.db", folder);
    const char *fresh = text_say_in(d->arena, "%s.new", copy);
    try(file_make_folder(d->arena, folder, 0700));
    try(each_key(d, folder, NULL, true));
    try(file_shred(d->arena, copy));
    try(each_key(d, HOME_KEYS, folder, false));
    try(store_copy(d->store, STORE_KEYS, fresh));
    if (chmod(fresh, 0600) != 0 || rename(fresh, copy) != 0)
        return file_fault(d->arena, "cannot write", copy);
    return file_sync_folder(d->arena, folder);
}
