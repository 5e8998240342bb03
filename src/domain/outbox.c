/* outbox.c: see outbox.h. */
#include "domain/outbox.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "codec/base64.h"
#include "domain/canary.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

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

struct err outbox_put(struct domain *d, const struct identity *to, struct text subject,
                      struct text body) {
    bool is_mail = to->kind == IDENTITY_EMAIL;
    struct digest address = identity_digest(d, to);
    struct text content = is_mail ? mail_in(d, to, subject, body)
                                  : text_format_in(d->arena, "To: %.*s\r\n\r\n%.*s\r\n",
                                                   TEXT_ARG(to->shown), TEXT_ARG(body));
    const char *path = text_say_in(d->arena, "%s/%lld-%.*s-%08x.%s", d->outbox,
                                   (long long)d->now_ms, TEXT_ARG(mark_in(d->arena, &address)),
                                   (unsigned)random_u64(d->chance),
                                   canary_is_address(to) ? "canary" : is_mail ? "eml" : "sms");
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
        if (entry->d_name[0] == '.' || !is_meant(entry->d_name, with))
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
