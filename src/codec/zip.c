/* zip.c: see zip.h. */
#include "codec/zip.h"
#include "base/must.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

struct zip {
    struct archive *archive;
    struct buf *out;
    bool failed;
};

static la_ssize_t keep(struct archive *archive, void *with, const void *bytes, size_t length) {
    struct zip *z = with;
    (void)archive;
    buf_add(z->out, bytes, length);
    return buf_is_over(z->out) ? -1 : (la_ssize_t)length;
}

struct zip *zip_new(struct buf *out) {
    struct zip *z = calloc(1, sizeof *z);
    must(z != NULL);
    z->out = out;
    z->archive = archive_write_new();
    must(z->archive != NULL);
    z->failed = archive_write_set_format_zip(z->archive) != ARCHIVE_OK ||
                archive_write_set_bytes_in_last_block(z->archive, 1) != ARCHIVE_OK ||
                archive_write_open(z->archive, z, NULL, keep, NULL) != ARCHIVE_OK;
    return z;
}

void zip_file(struct zip *z, const char *name, int64_t now_ms) {
    struct archive_entry *entry = archive_entry_new();
    must(entry != NULL);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_mtime(entry, now_ms / 1000, 0);
    z->failed = z->failed || archive_write_header(z->archive, entry) != ARCHIVE_OK;
    archive_entry_free(entry);
}

void zip_add(struct zip *z, struct text bytes) {
    if (!z->failed && bytes.length)
        z->failed = archive_write_data(z->archive, bytes.bytes, bytes.length) < 0;
}

bool zip_end(struct zip *z) {
    bool done = archive_write_close(z->archive) == ARCHIVE_OK && !z->failed && !buf_is_over(z->out);
    archive_write_free(z->archive);
    free(z);
    return done;
}
