/* file.c: see file.h. */
#include "base/file.h"
#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct err file_fault(struct arena *a, const char *what, const char *path) {
    return err_make(ERR_IO, text_say_in(a, "%s %s: %s", what, path, strerror(errno)));
}

static struct err read_all(struct arena *a, int fd, const char *path, size_t limit,
                           struct text *out) {
    struct stat info;
    if (fstat(fd, &info) != 0)
        return file_fault(a, "cannot read", path);
    if (!S_ISREG(info.st_mode) || (size_t)info.st_size > limit)
        return err_make(ERR_IO, text_say_in(a, "cannot read %s: not a file of at most %zu bytes",
                                            path, limit));
    size_t size = (size_t)info.st_size, at = 0;
    char *room = arena_alloc(a, size + 1);
    while (at < size) {
        ssize_t got = read(fd, room + at, size - at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_fault(a, "cannot read", path);
        if (got == 0)
            break;
        at += (size_t)got;
    }
    *out = text_of(room, at);
    return ok;
}

struct err file_read_in(struct arena *a, const char *path, size_t limit, struct text *out) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_fault(a, "cannot open", path);
    struct err e = read_all(a, fd, path, limit, out);
    close(fd);
    return e;
}

struct err file_read_pseudo_in(struct arena *a, const char *path, size_t limit, struct text *out) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_fault(a, "cannot open", path);
    char *room = arena_alloc(a, limit + 1);
    ssize_t got = read(fd, room, limit);
    struct err e = got < 0 ? file_fault(a, "cannot read", path) : ok;
    close(fd);
    if (!e.kind)
        *out = text_of(room, (size_t)got);
    return e;
}

static bool write_all(int fd, struct text content) {
    while (content.length) {
        ssize_t put = write(fd, content.bytes, content.length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        content = text_from(content, (size_t)put);
    }
    return fsync(fd) == 0;
}

struct err file_write_whole(struct arena *a, const char *path, struct text content, mode_t mode) {
    const char *beside = text_say_in(a, "%s.%d.new", path, (int)getpid());
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0 && errno == EEXIST && unlink(beside) == 0)
        fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return file_fault(a, "cannot write", beside);
    bool written = write_all(fd, content);
    int why = errno;
    close(fd);
    if (written && rename(beside, path) == 0)
        return ok;
    if (written)
        why = errno;
    unlink(beside);
    errno = why;
    return file_fault(a, "cannot write", path);
}

static bool copy_all(int from, int to) {
    char room[16384];
    ssize_t got;
    while ((got = read(from, room, sizeof room)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0 && write(to, room, (size_t)got) != got)
            return false;
    return got == 0 && fsync(to) == 0;
}

struct err file_copy_whole(struct arena *a, const char *from, const char *to, mode_t mode) {
    const char *beside = text_say_in(a, "%s.%d.new", to, (int)getpid());
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return file_fault(a, "cannot open", from);
    unlink(beside);
    int out = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool done = out >= 0 && copy_all(in, out) && rename(beside, to) == 0;
    struct err e = done ? ok : file_fault(a, "cannot write", to);
    if (out >= 0)
        close(out);
    if (e.kind)
        unlink(beside);
    close(in);
    return e;
}

struct err file_make_folder(struct arena *a, const char *path, mode_t mode) {
    struct stat info;
    if (mkdir(path, mode) == 0)
        return ok;
    if (errno == EEXIST && stat(path, &info) == 0) {
        if (S_ISDIR(info.st_mode))
            return ok;
        errno = ENOTDIR;
    }
    return file_fault(a, "cannot make the folder", path);
}

struct err file_sync_folder(struct arena *a, const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return file_fault(a, "cannot open", path);
    bool done = fsync(fd) == 0;
    struct err e = done ? ok : file_fault(a, "cannot sync", path);
    close(fd);
    return e;
}

static bool overwrite(int fd) {
    char room[4096];
    struct random chance = random_system();
    struct stat info;
    if (fstat(fd, &info) != 0)
        return false;
    for (off_t at = 0; at < info.st_size; at += (off_t)sizeof room) {
        size_t length = info.st_size - at < (off_t)sizeof room ? (size_t)(info.st_size - at) : sizeof room;
        random_bytes(&chance, room, length);
        if (pwrite(fd, room, length, at) != (ssize_t)length)
            return false;
    }
    return fsync(fd) == 0;
}

struct err file_shred(struct arena *a, const char *path) {
    if (chmod(path, 0600) != 0)
        return errno == ENOENT ? ok : file_fault(a, "cannot remove", path);
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return file_fault(a, "cannot remove", path);
    struct err e = overwrite(fd) ? ok : file_fault(a, "cannot write over", path);
    close(fd);
    try(e);
    if (unlink(path) != 0)
        return file_fault(a, "cannot remove", path);
    return file_sync_folder(a, dirname(text_c_in(a, text_c(path))));
}

struct err file_lock(struct arena *a, const char *path, int *fd_out) {
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600), code;
    if (fd < 0)
        return file_fault(a, "cannot open", path);
    do
        code = flock(fd, LOCK_EX);
    while (code != 0 && errno == EINTR);
    if (code != 0) {
        struct err e = file_fault(a, "cannot lock", path);
        close(fd);
        return e;
    }
    *fd_out = fd;
    return ok;
}
