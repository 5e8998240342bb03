/* residue.c: see residue.h. */
#include "app/residue.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 20, KEEP = RESIDUE_MARK_BYTES_MAX };

struct search {
    const struct text *marks;
    unsigned count;
    char *room; /* KEEP bytes of the chunk before, and CHUNK */
};

static bool holds(const struct search *s, const char *bytes, size_t length) {
    for (unsigned i = 0; i < s->count; i++)
        if (memmem(bytes, length, s->marks[i].bytes, s->marks[i].length))
            return true;
    return false;
}

/* One stretch of data between holes; a mark may lie across two chunks. */
static bool stretch_holds(const struct search *s, int fd, off_t from, off_t to, bool *found_out) {
    size_t kept = 0;
    while (from < to) {
        size_t want = to - from < CHUNK ? (size_t)(to - from) : CHUNK;
        ssize_t got = pread(fd, s->room + kept, want, from);
        if (got < 0)
            return false;
        if (got == 0)
            return true; /* it has become shorter */
        *found_out = holds(s, s->room, kept + (size_t)got);
        if (*found_out)
            return true;
        size_t all = kept + (size_t)got, next = all < KEEP ? all : KEEP;
        memmove(s->room, s->room + all - next, next);
        kept = next;
        from += got;
    }
    return true;
}

static bool file_holds(const struct search *s, int fd, bool *found_out, uint64_t *bytes_out) {
    off_t end = lseek(fd, 0, SEEK_END);
    for (off_t at = 0; at < end && !*found_out;) {
        off_t data = lseek(fd, at, SEEK_DATA);
        if (data < 0)
            return errno == ENXIO; /* holes up to the end */
        off_t hole = lseek(fd, data, SEEK_HOLE);
        at = hole < 0 ? end : hole;
        *bytes_out += (uint64_t)(at - data);
        if (!stretch_holds(s, fd, data, at, found_out))
            return false;
    }
    return true;
}

static struct err look_into(struct arena *a, const struct search *s, const FTSENT *entry,
                            struct residue *out) {
    bool found = false;
    if (entry->fts_statp->st_size == 0)
        return ok;
    int fd = open(entry->fts_accpath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT ? ok : file_fault(a, "cannot read", entry->fts_path);
    bool is_read = file_holds(s, fd, &found, &out->bytes);
    close(fd);
    if (!is_read)
        return file_fault(a, "cannot read", entry->fts_path);
    out->files++;
    if (found)
        out->where = text_copy_in(a, text_c(entry->fts_path));
    return ok;
}

struct err residue_find(struct arena *a, const char *folder, const struct text *marks,
                        unsigned count, struct residue *out) {
    char *roots[] = {text_c_in(a, text_c(folder)), NULL};
    struct search s = {marks, count, arena_alloc(a, KEEP + CHUNK)};
    struct err e = ok;
    *out = (struct residue){.files = 0};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (!tree)
        return file_fault(a, "cannot read", folder);
    for (FTSENT *entry; !e.kind && out->where.length == 0 && (entry = fts_read(tree));) {
        errno = entry->fts_errno;
        if (entry->fts_info == FTS_F)
            e = look_into(a, &s, entry, out);
        else if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR)
            e = file_fault(a, "cannot read", entry->fts_path);
    }
    fts_close(tree);
    return e;
}
