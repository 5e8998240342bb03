/* outbox.c: see outbox.h. */
#include "domain/outbox.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "codec/base64.h"
#include "domain/canary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HIDDEN ".hidden-" /* .hidden-<mark>-<key>.eml */

enum { MARK_HEX = 24, WORD_BYTES_MAX = 39, MESSAGE_BYTES_MAX = 256 << 10 };

static struct text mark_in(struct arena *a, const struct digest *address) {
    return text_part(digest_print_in(a, address), 0, MARK_HEX);
}

/* Encoded words of at most 75 letters each, cut between characters, one a line (RFC 2047). */
static struct text subject_in(struct arena *a, struct text subject) {
    struct text rest = subject, all = TEXT("");
    while (rest.length) {
        struct text ahead = rest;
        size_t length = 0;
        while (ahead.length && length <= WORD_BYTES_MAX - 4 && text_rune(&ahead) >= 0)
            length = rest.length - ahead.length;
        must(length > 0); /* ours, so it is UTF-8 */
        all = text_format_in(a, "%.*s%s=?UTF-8?B?%.*s?=", TEXT_ARG(all), all.length ? "\r\n " : "",
                             TEXT_ARG(base64_encode_in(a, text_part(rest, 0, length))));
        rest = text_from(rest, length);
    }
    return all;
}

static struct text date_in(struct arena *a, int64_t now_ms) {
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t day = now_ms / 86400000, second = now_ms / 1000 % 86400;
    struct date date = date_from_day(day);
    return text_format_in(a, "%s, %u %s %d %02d:%02d:%02d +0000", days[date_weekday(day)], date.day,
                          months[date.month - 1], date.year, (int)(second / 3600), (int)(second / 60 % 60),
                          (int)(second % 60));
}

const char *message_kind_name(enum message_kind kind) {
    static const char *const kinds[MESSAGE_KINDS] = {"notice", "code", "known", "guardian", "invitation"};
    must(kind < MESSAGE_KINDS);
    return kinds[kind];
}

/* What the sender needs and nobody else sees. */
static void put_own_lines(struct buf *b, const struct message *m) {
    buf_format(b, "X-Alapi-Kind: %s\r\n", message_kind_name(m->kind));
    if (m->until_ms)
        buf_format(b, "X-Alapi-Until: %lld\r\n", (long long)m->until_ms);
}

static void put_mail(struct buf *b, struct domain *d, const struct identity *to, const struct message *m) {
    const char *from = d->mail_from ? d->mail_from : "noreply@localhost";
    buf_format(b, "Date: %.*s\r\nFrom: %.*s <%s>\r\nTo: %.*s\r\nSubject: %.*s\r\n",
               TEXT_ARG(date_in(d->arena, d->now_ms)), TEXT_ARG(subject_in(d->arena, d->service)), from,
               TEXT_ARG(to->shown), TEXT_ARG(subject_in(d->arena, m->subject)));
    put_own_lines(b, m);
    buf_c(b, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
             "Content-Transfer-Encoding: 8bit\r\nAuto-Submitted: auto-generated\r\n\r\n");
}

static void put_sms(struct buf *b, struct domain *d, const struct identity *to, const struct message *m) {
    buf_format(b, "To: %.*s\r\n", TEXT_ARG(to->shown));
    put_own_lines(b, m);
    if (m->code.length)
        buf_format(b, "X-Alapi-Code: %.*s\r\n", TEXT_ARG(m->code));
    else
        buf_format(b, "Subject: %.*s\r\n", TEXT_ARG(subject_in(d->arena, m->subject)));
    buf_c(b, "\r\n");
}

static bool is_reference(struct text t) {
    for (size_t i = 0; i < t.length; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", t.bytes[i]) || t.bytes[i] == '\0')
            return false;
    return t.length <= OUTBOX_REFERENCE_MAX;
}

struct err outbox_expect(struct domain *d, struct text reference, int64_t account) {
    struct statement *add = statement_for(d->store, SQL_DELIVERY_ADD);
    statement_bind_text(add, 1, reference);
    statement_bind_i64(add, 2, account);
    statement_bind_i64(add, 3, d->now_ms);
    return statement_run(add, NULL);
}

/* The whole file. */
static struct text content_in(struct domain *d, const struct identity *to, const struct message *m) {
    struct buf b;
    must(!text_has_control(to->shown) && text_find_char(to->shown, '\n') == SIZE_MAX &&
         text_find_char(to->shown, '\r') == SIZE_MAX);
    buf_init(&b, d->arena, MESSAGE_BYTES_MAX);
    if (to->kind == IDENTITY_EMAIL)
        put_mail(&b, d, to, m);
    else
        put_sms(&b, d, to, m);
    buf_text(&b, m->body);
    buf_c(&b, "\r\n");
    must(!buf_is_over(&b));
    return buf_peek(&b);
}

static const char *ending_of(const struct identity *to) {
    return canary_is_address(to) ? "canary" : to->kind == IDENTITY_EMAIL ? "eml" : "sms";
}

struct err outbox_send(struct domain *d, const struct identity *to, const struct message *m) {
    struct digest address;
    try(identity_digest(d, to, &address));
    struct text content = content_in(d, to, m);
    must(is_reference(m->reference));
    if (m->reference.length)
        try(outbox_expect(d, m->reference, m->account));
    const char *path = text_say_in(d->arena, "%s/%lld-%.*s-%08x%s%.*s.%s", d->outbox,
                                   (long long)(m->from_ms > d->now_ms ? m->from_ms : d->now_ms),
                                   TEXT_ARG(mark_in(d->arena, &address)), (unsigned)random_u64(d->chance),
                                   m->reference.length ? "-" : "", TEXT_ARG(m->reference), ending_of(to));
    struct err e = file_write_whole(d->arena, path, content, 0600);
    return e.kind ? err_make(ERR_STORAGE_UNAVAILABLE, e.say) : ok;
}

struct err outbox_put(struct domain *d, const struct identity *to, struct text subject,
                      struct text body) {
    return outbox_send(d, to, &(struct message){.subject = subject, .body = body});
}

struct err outbox_fate(struct domain *d, struct text reference, enum outbox_fate *out) {
    static const char *const fates[] = {"", "waiting", "delivered", "bounced", "expired"};
    struct statement *get = statement_for(d->store, SQL_DELIVERY_GET);
    bool row;
    statement_bind_text(get, 1, reference);
    try(statement_step(get, &row));
    *out = OUTBOX_UNKNOWN;
    struct text found = row ? column_text_in(get, d->arena, 0) : TEXT("");
    for (unsigned i = 1; i < COUNT(fates); i++)
        if (text_equal_c(found, fates[i]))
            *out = (enum outbox_fate)i;
    statement_done(get);
    return ok;
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

static struct err hidden_path(struct domain *d, const struct identity *to, struct text key,
                              const char **out) {
    struct digest address;
    try(identity_digest(d, to, &address));
    *out = text_say_in(d->arena, "%s/" HIDDEN "%.*s-%.*s.%s", d->outbox, TEXT_ARG(mark_in(d->arena, &address)),
                       TEXT_ARG(key), ending_of(to));
    return ok;
}

/* Written over where it is there: a killed program may have left half of it. */
struct err outbox_hide(struct domain *d, const struct identity *to, const struct message *m) {
    const char *path;
    try(hidden_path(d, to, m->reference, &path));
    struct text content = content_in(d, to, m);
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
    const char *path;
    try(hidden_path(d, to, key, &path));
    return show_file(d, strrchr(path, '/') + 1);
}

struct err outbox_drop(struct domain *d, const struct identity *to, struct text key) {
    const char *path;
    try(hidden_path(d, to, key, &path));
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
