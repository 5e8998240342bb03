/* audit_file.c: see audit_file.h. */
#include "domain/audit_file.h"
#include "base/file.h"
#include "domain/audit_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

enum { TAIL_BYTES = 2 * NOTE_BYTES_MAX };

struct err audit_file_lock(struct domain *d, int *fd_out) {
    *fd_out = -1;
    if (!d->log_file)
        return ok;
    int fd = open(d->log_file, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0 || flock(fd, LOCK_EX) != 0) {
        struct err e = file_fault(d->arena, "cannot open", d->log_file);
        if (fd >= 0)
            close(fd);
        return err_make(ERR_STORAGE_UNAVAILABLE, e.say);
    }
    *fd_out = fd;
    return ok;
}

void audit_file_unlock(int fd) {
    if (fd >= 0)
        close(fd); /* the lock goes with it */
}

/* Where the last "\n\n" before `end` begins, or SIZE_MAX. */
static size_t gap_before(struct text t, size_t end) {
    for (size_t i = end; i-- > 0;)
        if (i + 1 < end && t.bytes[i] == '\n' && t.bytes[i + 1] == '\n')
            return i;
    return SIZE_MAX;
}

/* The last whole checkpoint of what the file ends with: head, empty line, signatures, empty line. */
static struct text last_whole(struct text tail, size_t *end_out) {
    size_t end = tail.length, close, middle, open;
    *end_out = 0;
    for (;; end = close + 1) {
        close = gap_before(tail, end);
        middle = close == SIZE_MAX ? SIZE_MAX : gap_before(tail, close + 1);
        if (middle == SIZE_MAX)
            return TEXT("");
        struct text signatures = text_part(tail, middle + 2, close - middle - 2);
        if (text_starts(signatures, TEXT("\xE2\x80\x94 ")))
            break;
    }
    open = gap_before(tail, middle + 1);
    open = open == SIZE_MAX ? 0 : open + 2;
    *end_out = close + 2;
    return text_part(tail, open, close + 1 - open);
}

struct err audit_file_last(struct domain *d, int fd, uint64_t *size_out) {
    struct checkpoint c = {.size = 0};
    off_t length = lseek(fd, 0, SEEK_END);
    off_t start = length > TAIL_BYTES ? length - TAIL_BYTES : 0;
    char *room = arena_alloc(d->arena, TAIL_BYTES);
    ssize_t count = length < 0 ? -1 : pread(fd, room, (size_t)(length - start), start);
    size_t end;
    *size_out = 0;
    if (count < 0)
        return file_fault(d->arena, "cannot read", d->log_file);
    struct text note = last_whole(text_of(room, (size_t)count), &end);
    if (note.length) {
        struct err e = checkpoint_parse(d->arena, note, &c);
        if (e.kind)
            return err_make(ERR_INTEGRITY_FAILED,
                            text_say_in(d->arena, "%s: the last checkpoint in it is none: %s",
                                        d->log_file, e.say));
    }
    /* What is behind it was cut short by a fault; where nothing is whole, nothing was ever finished. */
    if (start + (off_t)end < length && ftruncate(fd, start + (off_t)end) != 0)
        return file_fault(d->arena, "cannot mend", d->log_file);
    *size_out = c.size;
    return ok;
}

struct err audit_file_append(struct domain *d, int fd, struct text note) {
    struct text bytes = text_format_in(d->arena, "%.*s\n", TEXT_ARG(note));
    ssize_t count = write(fd, bytes.bytes, bytes.length);
    if (count == (ssize_t)bytes.length && fsync(fd) == 0)
        return ok;
    if (count >= 0 && count < (ssize_t)bytes.length)
        errno = ENOSPC;
    return err_make(ERR_STORAGE_UNAVAILABLE, file_fault(d->arena, "cannot write", d->log_file).say);
}

/* ---- reading all ---- */

struct reading {
    char *line, *note;
    size_t room, length;
    unsigned gaps; /* empty lines in this note */
};

/* One line into the note; *whole_out where it was the last one. False: the note is too long. */
static bool take_line(struct reading *r, ssize_t length, bool *whole_out) {
    bool is_gap = length == 1 && r->line[0] == '\n';
    *whole_out = is_gap && ++r->gaps == 2;
    if (*whole_out)
        return true;
    if (r->length + (size_t)length > NOTE_BYTES_MAX)
        return false;
    memcpy(r->note + r->length, r->line, (size_t)length);
    r->length += (size_t)length;
    return true;
}

static struct err each_line(struct domain *d, FILE *file, struct reading *r,
                            struct err (*visit)(void *with, struct text note), void *with) {
    bool whole;
    for (ssize_t length; (length = getline(&r->line, &r->room, file)) > 0;) {
        if (!take_line(r, length, &whole))
            return err_make(ERR_INTEGRITY_FAILED,
                            text_say_in(d->arena, "%s holds what is no checkpoint", d->log_file));
        if (!whole)
            continue;
        try(visit(with, text_of(r->note, r->length)));
        r->length = r->gaps = 0;
    }
    if (r->length)
        return visit(with, text_of(r->note, r->length)); /* cut short: the visitor sees that */
    return ferror(file) ? file_fault(d->arena, "cannot read", d->log_file) : ok;
}

struct err audit_file_each(struct domain *d, struct err (*visit)(void *with, struct text note),
                           void *with) {
    struct reading r = {.note = arena_alloc(d->arena, NOTE_BYTES_MAX)};
    FILE *file = d->log_file ? fopen(d->log_file, "re") : NULL;
    if (!file)
        return err_make(ERR_NOT_FOUND, "there is no file of checkpoints");
    struct err e = each_line(d, file, &r, visit, with);
    free(r.line);
    fclose(file);
    return e;
}
