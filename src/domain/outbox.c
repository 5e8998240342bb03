/* outbox.c: see outbox.h. */
#include "domain/outbox.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "codec/base64.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HIDDEN ".hidden-" /* .hidden-<mark>-<key>.eml */

enum { MARK_BYTES = 12, MARK_HEX = 24 };

static struct text mark_in(struct arena *a, const struct digest *address) {
    return text_part(digest_print_in(a, address), 0, MARK_HEX);
}

static struct text mail_in(struct domain *d, const struct identity *to, struct text subject,
                           struct text body) {
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t day = d->now_ms / 86400000, second = d->now_ms / 1000 % 86400;
    struct date date = date_from_day(day);
    must(text_find_char(to->shown, '\n') == SIZE_MAX &&
         text_find_char(to->shown, '\r') == SIZE_MAX);
    return text_format_in(
        d->arena,
        "Date: %s, %u %s %d %02d:%02d:%02d +0000\r\nFrom: noreply@localhost\r\nTo: %.*s\r\n"
        "Subject: =?UTF-8?B?%.*s?=\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Auto-Submitted: auto-generated\r\n\r\n%.*s\r\n",
        days[date_weekday(day)], date.day, months[date.month - 1], date.year, (int)(second / 3600),
        (int)(second / 60 % 60), (int)(second % 60), TEXT_ARG(to->shown),
        TEXT_ARG(base64_encode_in(d->arena, subject)), TEXT_ARG(body));
}

static struct text content_in(struct domain *d, const struct identity *to, struct text subject,
                              struct text body) {
    return to->kind == IDENTITY_EMAIL
               ? mail_in(d, to, subject, body)
               : text_format_in(d->arena, "To: %.*s\r\n\r\n%.*s\r\n", TEXT_ARG(to->shown), TEXT_ARG(body));
}

struct err outbox_put(struct domain *d, const struct identity *to, struct text subject,
                      struct text body) {
    bool is_mail = to->kind == IDENTITY_EMAIL;
    struct digest address = identity_digest(d, to);
    struct text content = content_in(d, to, subject, body);
    const char *path = text_say_in(d->arena, "%s/%lld-%.*s-%08x.%s", d->outbox,
                                   (long long)d->now_ms, TEXT_ARG(mark_in(d->arena, &address)),
                                   (unsigned)random_u64(d->chance), is_mail ? "eml" : "sms");
    struct err e = file_write_whole(d->arena, path, content, 0600);
    return e.kind ? err_make(ERR_STORAGE_UNAVAILABLE, e.say) : ok;
}

/* Removes the files that `is_meant` says; every one is tried, the first error is told. */
static struct err remove_where(struct domain *d,
                               bool (*is_meant)(const char *name, const void *with),
                               const void *with) {
    DIR *folder = opendir(d->outbox);
    struct err e = ok;
    if (!folder)
        return errno == ENOENT ? ok : file_fault(d->arena, "cannot read", d->outbox);
    for (struct dirent *entry; (entry = readdir(folder));) {
        bool is_message = entry->d_name[0] != '.' || text_starts(text_c(entry->d_name), TEXT(HIDDEN));
        if (!is_message || !is_meant(entry->d_name, with))
            continue;
        const char *path = text_say_in(d->arena, "%s/%s", d->outbox, entry->d_name);
        if (unlink(path) != 0 && errno != ENOENT && !e.kind)
            e = file_fault(d->arena, "cannot remove", path);
    }
    closedir(folder);
    return e;
}

static bool has_mark(const char *name, const void *mark) {
    return text_find(text_c(name), *(const struct text *)mark) != SIZE_MAX;
}

struct err outbox_erase(struct domain *d, const struct digest *address) {
    struct text mark = mark_in(d->arena, address);
    return remove_where(d, has_mark, &mark);
}

static bool is_older(const char *name, const void *before) {
    struct text rest = text_c(name), time;
    int64_t ms;
    return text_cut(&rest, '-', &time) && text_to_i64(time, &ms) && ms < *(const int64_t *)before;
}

struct err outbox_reap(struct domain *d, int64_t before_ms) {
    return remove_where(d, is_older, &before_ms);
}

/* ---- messages that must be made exactly once ---- */

static const char *hidden_path(struct domain *d, const struct identity *to, struct text key) {
    struct digest address = identity_digest(d, to);
    must(key.length <= OUTBOX_KEY_MAX);
    return text_say_in(d->arena, "%s/" HIDDEN "%.*s-%.*s.%s", d->outbox, TEXT_ARG(mark_in(d->arena, &address)),
                       TEXT_ARG(key), to->kind == IDENTITY_EMAIL ? "eml" : "sms");
}

/* Written over where it is there: a killed program may have left half of it. */
struct err outbox_hide(struct domain *d, const struct identity *to, struct text key,
                       struct text subject, struct text body) {
    const char *path = hidden_path(d, to, key);
    struct text content = content_in(d, to, subject, body);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_make(ERR_STORAGE_UNAVAILABLE, file_fault(d->arena, "cannot make", path).say);
    bool is_whole = write(fd, content.bytes, content.length) == (ssize_t)content.length;
    if (close(fd) == 0 && is_whole)
        return ok;
    return err_make(ERR_STORAGE_UNAVAILABLE, file_fault(d->arena, "cannot write", path).say);
}

struct err outbox_sync(struct domain *d) {
    int fd = open(d->outbox, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || syncfs(fd) != 0) {
        struct err e = file_fault(d->arena, "cannot sync", d->outbox);
        if (fd >= 0)
            close(fd);
        return err_make(ERR_STORAGE_UNAVAILABLE, e.say);
    }
    close(fd);
    return ok;
}

/* ".hidden-<mark>-<key>.eml" under the name that a sender takes, from now on. */
static struct err show_file(struct domain *d, const char *name) {
    struct text rest = text_from(text_c(name), sizeof HIDDEN - 1), mark, key;
    text_cut(&rest, '-', &mark);
    text_cut(&rest, '.', &key);
    const char *from = text_say_in(d->arena, "%s/%s", d->outbox, name);
    const char *to = text_say_in(d->arena, "%s/%lld-%.*s-%08x-%.*s.%.*s", d->outbox, (long long)d->now_ms,
                                 TEXT_ARG(mark), (unsigned)random_u64(d->chance), TEXT_ARG(key),
                                 TEXT_ARG(rest));
    if (rename(from, to) == 0 || errno == ENOENT)
        return ok;
    return err_make(ERR_STORAGE_UNAVAILABLE, file_fault(d->arena, "cannot show", from).say);
}

struct err outbox_show(struct domain *d, const struct identity *to, struct text key) {
    return show_file(d, strrchr(hidden_path(d, to, key), '/') + 1);
}

struct err outbox_drop(struct domain *d, const struct identity *to, struct text key) {
    const char *path = hidden_path(d, to, key);
    if (unlink(path) == 0 || errno == ENOENT)
        return ok;
    return err_make(ERR_STORAGE_UNAVAILABLE, file_fault(d->arena, "cannot remove", path).say);
}

static struct err settle_file(struct domain *d, const char *name,
                              struct err (*is_meant)(struct domain *d, struct text key, bool *out)) {
    struct text rest = text_from(text_c(name), sizeof HIDDEN - 1), mark, key;
    bool meant = false;
    text_cut(&rest, '-', &mark);
    if (text_cut(&rest, '.', &key))
        try(is_meant(d, key, &meant));
    if (meant)
        return show_file(d, name);
    const char *path = text_say_in(d->arena, "%s/%s", d->outbox, name);
    return unlink(path) == 0 || errno == ENOENT ? ok : file_fault(d->arena, "cannot remove", path);
}

struct err outbox_settle(struct domain *d,
                         struct err (*is_meant)(struct domain *d, struct text key, bool *out)) {
    DIR *folder = opendir(d->outbox);
    struct err e = ok;
    if (!folder)
        return errno == ENOENT ? ok : file_fault(d->arena, "cannot read", d->outbox);
    for (struct dirent *entry; !e.kind && (entry = readdir(folder));)
        if (text_starts(text_c(entry->d_name), TEXT(HIDDEN)))
            e = settle_file(d, entry->d_name, is_meant);
    closedir(folder);
    return e;
}
