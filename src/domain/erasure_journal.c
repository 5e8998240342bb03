/* erasure_journal.c: see erasure_journal.h. */
#include "domain/erasure_journal.h"
#include "base/file.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MAC_HEX = 64,
    HEAD_BYTES = 10 + 1 + 20 + 1 + 15 + 1,
    LINE_BYTES = HEAD_BYTES + MAC_HEX + 1,
    CHUNK_LINES = 4096
};

struct line {
    char bytes[LINE_BYTES];
};

/* Over the head and the MAC before; the first line has 64 zeros before it. */
static struct err mac_in(struct domain *d, struct arena *a, struct text head, struct text before,
                         struct text *out) {
    struct digest mac;
    try(key_hash(d->keys, a, KEY_BACKUP, "erasure journal", PARTS(head, before), &mac));
    *out = digest_print_in(a, &mac);
    return ok;
}

static const char zeros[MAC_HEX + 1] =
    "0000000000000000000000000000000000000000000000000000000000000000";

static struct text head_of(const struct line *l) {
    return text_of(l->bytes, HEAD_BYTES);
}
static struct text mac_of(const struct line *l) {
    return text_of(l->bytes + HEAD_BYTES, MAC_HEX);
}

static bool number_of(const struct line *l, size_t from, size_t length, uint64_t *out) {
    return text_to_u64(text_of(l->bytes + from, length), out);
}

/* ---- adding ---- */

static struct err read_last(struct domain *d, int fd, uint64_t *count_out, struct line *last_out) {
    struct stat info;
    if (fstat(fd, &info) != 0)
        return file_fault(d->arena, "cannot read", d->erasure_journal);
    *count_out = (uint64_t)info.st_size / LINE_BYTES;
    if (info.st_size % LINE_BYTES && ftruncate(fd, (off_t)(*count_out * LINE_BYTES)) != 0)
        return file_fault(d->arena, "cannot mend", d->erasure_journal);
    if (*count_out && pread(fd, last_out->bytes, LINE_BYTES,
                            (off_t)((*count_out - 1) * LINE_BYTES)) != (ssize_t)LINE_BYTES)
        return file_fault(d->arena, "cannot read", d->erasure_journal);
    return ok;
}

static struct err add_line(struct domain *d, int fd, uint64_t subject, uint64_t *count) {
    struct line last;
    uint64_t known = 0;
    try(read_last(d, fd, count, &last));
    if (*count && number_of(&last, 11, 20, &known) && known == subject)
        return ok; /* the program died behind this step and does it again */
    struct text head =
        text_format_in(d->arena, "%010llu %020llu %015lld ", (unsigned long long)*count,
                       (unsigned long long)subject, (long long)d->now_ms);
    must(head.length == HEAD_BYTES);
    struct text mac;
    try(mac_in(d, d->arena, head, *count ? mac_of(&last) : text_of(zeros, MAC_HEX), &mac));
    struct text whole = text_format_in(d->arena, "%.*s%.*s\n", TEXT_ARG(head), TEXT_ARG(mac));
    ssize_t put = pwrite(fd, whole.bytes, whole.length, (off_t)(*count * LINE_BYTES));
    if (put != (ssize_t)LINE_BYTES || fsync(fd) != 0)
        return err_make(ERR_STORAGE_UNAVAILABLE,
                        file_fault(d->arena, "cannot write", d->erasure_journal).say);
    ++*count;
    return ok;
}

struct err erasure_journal_add(struct domain *d, uint64_t subject, int64_t *count_out) {
    uint64_t count = 0;
    int fd;
    try(file_lock(d->arena, d->erasure_journal, &fd));
    struct err e = add_line(d, fd, subject, &count);
    close(fd);
    *count_out = (int64_t)count;
    return e;
}

/* ---- reading ---- */

struct reading {
    uint64_t count;
    char before[MAC_HEX + 1];
    struct err (*visit)(struct domain *d, void *with, uint64_t subject, int64_t time_ms);
    void *with;
};

static struct err take_line(struct domain *d, struct reading *r, struct arena *scratch,
                            const struct line *l) {
    uint64_t number, subject, time_ms;
    struct text mac;
    struct err e = mac_in(d, scratch, head_of(l), text_of(r->before, MAC_HEX), &mac);
    if (e.kind) /* its sentence lives in scratch memory */
        return err_make(e.kind, e.say ? text_say_in(d->arena, "%s", e.say) : NULL);
    if (!number_of(l, 0, 10, &number) || !number_of(l, 11, 20, &subject) ||
        !number_of(l, 32, 15, &time_ms) || number != r->count || !text_equal(mac, mac_of(l)))
        return err_make(
            ERR_INTEGRITY_FAILED,
            text_say_in(d->arena,
                        "the erasure journal was changed at line %llu: put it back from the copy "
                        "beside the newest backup",
                        (unsigned long long)r->count + 1));
    memcpy(r->before, mac.bytes, MAC_HEX);
    r->count++;
    return r->visit ? r->visit(d, r->with, subject, (int64_t)time_ms) : ok;
}

static struct err read_lines(struct domain *d, struct reading *r, FILE *file) {
    struct line *chunk = arena_alloc(d->arena, CHUNK_LINES * sizeof *chunk);
    struct arena scratch;
    struct err e = ok;
    arena_init(&scratch, 1 << 20);
    for (size_t got = 1; got > 0 && !e.kind;) {
        got = fread(chunk, sizeof *chunk, CHUNK_LINES, file);
        for (size_t i = 0; i < got && !e.kind; i++) {
            e = take_line(d, r, &scratch, &chunk[i]);
            arena_reset(&scratch);
        }
    }
    arena_done(&scratch);
    return e;
}

struct err erasure_journal_each(struct domain *d, const char *path,
                                struct err (*visit)(struct domain *d, void *with, uint64_t subject,
                                                    int64_t time_ms),
                                void *with, int64_t *count_out) {
    struct reading r = {.visit = visit, .with = with};
    FILE *file = fopen(path, "re");
    *count_out = 0;
    if (!file)
        return errno == ENOENT ? ok : file_fault(d->arena, "cannot open", path);
    memcpy(r.before, zeros, sizeof zeros);
    struct err e = read_lines(d, &r, file);
    fclose(file);
    *count_out = (int64_t)r.count;
    return e;
}
