/* delivery.c: see delivery.h. */
#include "domain/delivery.h"
#include "domain/announcement.h"
#include "base/file.h"
#include "base/must.h"
#include "codec/base64.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MAX = 512 << 10, LINE_LETTERS = 76 };

/* Its fate is that of what is not sent again. */
const struct carried delivery_late = {CARRIED_REFUSED, "late", 0};

/* ---- names ---- */

struct name {
    int64_t born_ms;
    struct text random, stem, reference,
        answer; /* stem: without the answer; answer: "sent" "refused-…" */
    enum delivery_channel channel;
};

static bool is_answer(struct text t) {
    return t.length == 0 || text_equal_c(t, "sent") || text_equal_c(t, "late") ||
           text_starts(t, TEXT("refused-"));
}

/* "<time>-<mark>-<random>[-<reference>].eml[.<answer>]"; false for what is not ours or not yet
 * whole. */
static bool read_name(const char *given, struct name *out) {
    struct text whole = text_c(given), time, mark, random;
    size_t mail = text_find(whole, TEXT(".eml")), sms = text_find(whole, TEXT(".sms"));
    size_t dot = mail < sms ? mail : sms;
    if (dot == SIZE_MAX || whole.length >= OUTBOX_NAME_MAX)
        return false;
    struct text rest = text_part(whole, 0, dot), answer = text_from(whole, dot + 4);
    *out = (struct name){.stem = text_part(whole, 0, dot + 4),
                         .answer = text_from(answer, 1),
                         .channel = mail < sms ? DELIVERY_MAIL : DELIVERY_SMS};
    if ((answer.length && answer.bytes[0] != '.') || !is_answer(out->answer))
        return false;
    bool is_cut =
        text_cut(&rest, '-', &time) && text_cut(&rest, '-', &mark) && text_cut(&rest, '-', &random);
    out->reference = rest;
    out->random = random;
    return is_cut && text_to_i64(time, &out->born_ms) && mark.length > 0 && random.length > 0;
}

static struct err open_folder(struct domain *d, DIR **out) {
    *out = opendir(d->outbox);
    return *out || errno == ENOENT ? ok : file_fault(d->arena, "cannot read", d->outbox);
}

/* ---- what is due ---- */

/* Those for whom a person waits, then by age: names begin with the time. */
static int by_urgency(const void *left, const void *right) {
    const struct delivery_name *a = left, *b = right;
    struct name x, y;
    must(read_name(a->name, &x) && read_name(b->name, &y));
    if ((x.reference.length == 0) != (y.reference.length == 0))
        return x.reference.length ? 1 : -1;
    return strcmp(a->name, b->name);
}

static bool is_reached(int64_t from_ms, int64_t now_ms) {
    return from_ms <= now_ms || from_ms > now_ms + DELIVERY_PAUSE_MAX_MS; /* a clock that was set back */
}

static bool is_due(DIR *folder, const char *name, int64_t born_ms, int64_t now_ms) {
    struct stat info;
    if (fstatat(dirfd(folder), name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode))
        return false;
    int64_t from_ms = (int64_t)info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1000000;
    return is_reached(born_ms, now_ms) && is_reached(from_ms, now_ms);
}

/* The list is kept in order and its last falls off, so that the oldest of any number are found. */
static void take_in(struct delivery_name *list, unsigned room, unsigned *count,
                    const struct delivery_name *next) {
    unsigned at = *count;
    while (at > 0 && by_urgency(next, &list[at - 1]) < 0)
        at--;
    if (at == room)
        return;
    unsigned behind = *count - at - (*count == room);
    memmove(&list[at + 1], &list[at], behind * sizeof *list);
    list[at] = *next;
    *count += *count < room;
}

struct err delivery_due(struct domain *d, unsigned channels, struct delivery_name *out,
                        unsigned room, unsigned *count_out) {
    DIR *folder;
    struct name name;
    *count_out = 0;
    try(open_folder(d, &folder));
    if (!folder)
        return ok;
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct delivery_name next = {.name = ""};
        if (!read_name(entry->d_name, &name) || name.answer.length || !(name.channel & channels))
            continue;
        memcpy(next.name, name.stem.bytes, name.stem.length);
        next.channel = name.channel;
        bool has_room = *count_out < room || by_urgency(&next, &out[room - 1]) < 0;
        if (has_room && is_due(folder, next.name, name.born_ms, d->now_ms))
            take_in(out, room, count_out, &next);
    }
    closedir(folder);
    return ok;
}

struct err delivery_oldest(struct domain *d, unsigned channels, int64_t *born_ms_out) {
    DIR *folder;
    struct name name;
    *born_ms_out = 0;
    try(open_folder(d, &folder));
    if (!folder)
        return ok;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (read_name(entry->d_name, &name) && !name.answer.length && (name.channel & channels) &&
            (!*born_ms_out || name.born_ms < *born_ms_out))
            *born_ms_out = name.born_ms;
    closedir(folder);
    return ok;
}

/* ---- one message ---- */

/* The value of a head line, with its continuation lines unfolded; empty where it is missing. */
static struct text head_value_in(struct arena *a, struct text head, const char *name) {
    struct text rest = head, line, found = TEXT(""), wanted = text_format_in(a, "%s: ", name);
    bool is_inside = false;
    while (text_cut(&rest, '\n', &line)) {
        line = text_ends(line, TEXT("\r")) ? text_part(line, 0, line.length - 1) : line;
        if (is_inside && !text_starts(line, TEXT(" ")))
            break;
        if (is_inside)
            found = text_format_in(a, "%.*s%.*s", TEXT_ARG(found), TEXT_ARG(line));
        else if (text_starts(line, wanted))
            found = text_from(line, wanted.length);
        is_inside = found.length > 0;
    }
    return found;
}

/* "=?UTF-8?B?…?= =?UTF-8?B?…?=" as words; whatever else as it stands. */
static struct text plain_in(struct arena *a, struct text value) {
    struct text rest = value, word, plain = TEXT(""), part;
    while (text_cut(&rest, ' ', &word)) {
        bool is_encoded = text_starts(word, TEXT("=?UTF-8?B?")) && text_ends(word, TEXT("?="));
        if (!is_encoded || !base64_decode_in(a, text_part(word, 10, word.length - 12), &part))
            return value;
        plain = text_format_in(a, "%.*s%.*s", TEXT_ARG(plain), TEXT_ARG(part));
    }
    return plain;
}

static enum message_kind kind_of(struct text name) {
    for (unsigned i = 0; i < MESSAGE_KINDS; i++)
        if (text_equal_c(name, message_kind_name((enum message_kind)i)))
            return (enum message_kind)i;
    return MESSAGE_NOTICE;
}

/* The head without our own lines; the body in base64, so that neither a long line nor a lone dot
 * nor a server without 8BITMIME can change it. */
static struct text wire_in(struct arena *a, struct text head, struct text body,
                           const struct letter *letter, struct text from) {
    struct buf b;
    struct text rest = head, line;
    struct text encoded = base64_encode_in(a, body);
    buf_init(&b, a, 3 * FILE_BYTES_MAX);
    buf_format(&b, "Message-ID: <%.*s@%.*s>\r\n", TEXT_ARG(letter->id),
               TEXT_ARG(text_from(from, text_find_char(from, '@') + 1)));
    while (text_cut(&rest, '\n', &line)) {
        line = text_ends(line, TEXT("\r")) ? text_part(line, 0, line.length - 1) : line;
        if (text_starts(line, TEXT("X-Alapi-")) || line.length == 0)
            continue;
        bool is_form = text_starts(line, TEXT("Content-Transfer-Encoding:"));
        buf_text(&b, is_form ? TEXT("Content-Transfer-Encoding: base64") : line);
        buf_c(&b, "\r\n");
    }
    buf_c(&b, "\r\n");
    for (size_t at = 0; at < encoded.length; at += LINE_LETTERS) {
        buf_text(&b, text_part(encoded, at, LINE_LETTERS));
        buf_c(&b, "\r\n");
    }
    must(!buf_is_over(&b));
    return buf_peek(&b);
}

struct err delivery_read(struct arena *a, const char *outbox, const struct delivery_name *name,
                         struct text from, struct letter *out) {
    struct name parts;
    struct text file;
    const char *path = text_say_in(a, "%s/%s", outbox, name->name);
    must(read_name(name->name, &parts));
    struct err e = file_read_in(a, path, FILE_BYTES_MAX, &file);
    if (e.kind)
        return access(path, F_OK) != 0 ? err_make(ERR_NOT_FOUND, "the message is gone") : e;
    size_t gap = text_find(file, TEXT("\r\n\r\n"));
    struct text head = text_part(file, 0, gap);
    *out = (struct letter){
        .kind = kind_of(head_value_in(a, head, "X-Alapi-Kind")),
        .to = head_value_in(a, head, "To"),
        .subject = plain_in(a, head_value_in(a, head, "Subject")),
        .code = head_value_in(a, head, "X-Alapi-Code"),
        .body = gap == SIZE_MAX ? TEXT("") : text_from(file, gap + 4),
        .id = text_format_in(a, "%lld.%.*s", (long long)parts.born_ms, TEXT_ARG(parts.random)),
        .born_ms = parts.born_ms};
    if (gap == SIZE_MAX || out->to.length == 0)
        return err_make(ERR_IO, "a file of the outbox is no message");
    if (!text_to_i64(head_value_in(a, head, "X-Alapi-Until"), &out->until_ms))
        out->until_ms = 0;
    if (name->channel == DELIVERY_MAIL)
        out->content = wire_in(a, head, out->body, out, from);
    return ok;
}

bool delivery_is_late(const struct letter *letter, int64_t now_ms) {
    return (letter->until_ms && now_ms >= letter->until_ms) ||
           now_ms >= letter->born_ms + DELIVERY_MS;
}

/* ---- what the answer was ---- */

static struct err put_off(struct arena *a, const char *path, int64_t born_ms, int64_t now_ms) {
    int64_t pause = now_ms - born_ms;
    pause = pause < DELIVERY_PAUSE_MS ? DELIVERY_PAUSE_MS : pause;
    pause = pause > DELIVERY_PAUSE_MAX_MS ? DELIVERY_PAUSE_MAX_MS : pause;
    struct timespec at = {(now_ms + pause) / 1000, (long)((now_ms + pause) % 1000) * 1000000};
    if (utimensat(AT_FDCWD, path, (const struct timespec[2]){at, at}, 0) == 0 || errno == ENOENT)
        return ok;
    return file_fault(a, "cannot put off", path);
}

/* Renamed, and the folder synced: after a power cut it is still answered. */
static struct err note(struct arena *a, const char *outbox, const char *path, const char *answer) {
    const char *marked = text_say_in(a, "%s.%s", path, answer);
    if (rename(path, marked) != 0)
        return errno == ENOENT
                   ? ok
                   : err_make(ERR_STORAGE_UNAVAILABLE, file_fault(a, "cannot rename", path).say);
    int folder = open(outbox, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0)
        close(folder);
    return synced ? ok
                  : err_make(ERR_STORAGE_UNAVAILABLE, file_fault(a, "cannot sync", outbox).say);
}

struct err delivery_mark(struct arena *a, const char *outbox, const struct delivery_name *name,
                         const struct carried *what, int64_t now_ms) {
    struct name parts;
    const char *path = text_say_in(a, "%s/%s", outbox, name->name);
    must(read_name(name->name, &parts));
    if (strcmp(what->reason, delivery_late.reason) == 0)
        return note(a, outbox, path, "late");
    switch (what->fate) {
    case CARRIED_SENT:
        return note(a, outbox, path, "sent");
    case CARRIED_REFUSED:
        return note(a, outbox, path, text_say_in(a, "refused-%s", what->reason));
    case CARRIED_LATER:
        return put_off(a, path, parts.born_ms, now_ms);
    default:
        return ok; /* it was not this message's fault */
    }
}

/* ---- into the records ---- */

static struct err tell_records(struct domain *d, const struct delivery_told *told) {
    struct statement *tell = statement_for(d->store, SQL_DELIVERY_TELL);
    statement_bind_text(tell, 1, told->reference);
    statement_bind_text(tell, 2, told->fate);
    statement_bind_text(tell, 3, told->reason);
    statement_bind_i64(tell, 4, d->now_ms);
    return statement_run(tell, NULL);
}

static struct delivery_told read_answer(const struct name *name) {
    bool is_sent = text_equal_c(name->answer, "sent"), is_late = text_equal_c(name->answer, "late");
    size_t dash = text_find_char(name->answer, '-');
    return (struct delivery_told){.channel = name->channel,
                                  .reference = name->reference,
                                  .fate = is_sent   ? TEXT("delivered")
                                          : is_late ? TEXT("expired")
                                                    : TEXT("bounced"),
                                  .reason = dash == SIZE_MAX ? TEXT("")
                                                             : text_from(name->answer, dash + 1)};
}

static struct err settle_one(struct domain *d, const char *file, const struct name *name,
                             struct err (*tell)(struct domain *d,
                                                const struct delivery_told *told)) {
    struct delivery_told told = read_answer(name);
    if (told.reference.length)
        try(tell_records(d, &told));
    if (!text_equal_c(told.fate, "delivered") && announcement_is_of(told.reference))
        try(announcement_bounced(d, told.reference));
    if (tell)
        try(tell(d, &told));
    const char *path = text_say_in(d->arena, "%s/%s", d->outbox, file);
    return unlink(path) == 0 || errno == ENOENT ? ok : file_fault(d->arena, "cannot remove", path);
}

struct err delivery_settle(struct domain *d,
                           struct err (*tell)(struct domain *d, const struct delivery_told *told)) {
    DIR *folder;
    struct name name;
    struct err e = ok;
    try(open_folder(d, &folder));
    if (!folder)
        return ok;
    for (struct dirent *entry; !e.kind && (entry = readdir(folder));)
        if (read_name(entry->d_name, &name) && name.answer.length > 0)
            e = settle_one(d, entry->d_name, &name, tell);
    closedir(folder);
    return e;
}

struct err delivery_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_DELIVERY_REAP);
    statement_bind_i64(reap, 1, d->now_ms - OUTBOX_FATE_DAYS * 86400000ll);
    return statement_run(reap, NULL);
}

struct err delivery_list(struct domain *d, int64_t account,
                         void (*visit)(void *with, const struct delivery_line *line), void *with) {
    struct statement *list = statement_for(d->store, SQL_DELIVERY_LIST);
    statement_bind_i64(list, 1, account);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct delivery_line line = {column_text_in(list, d->arena, 0),
                                     column_text_in(list, d->arena, 1),
                                     column_text_in(list, d->arena, 2), column_i64(list, 3)};
        visit(with, &line);
    }
}
