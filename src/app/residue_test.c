/* residue_test.c: a mark is found wherever in a file it lies, across chunks, behind holes, in any folder. */
#include "app/residue.h"
#include "base/file.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct text mark = {"xqzmarkerqx", 11};

static bool holds_at(struct arena *a, const char *folder, const char *name, off_t at, off_t size) {
    struct residue r;
    const char *path = text_say_in(a, "%s/%s", folder, name);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    want(fd >= 0 && ftruncate(fd, size) == 0);
    want(pwrite(fd, mark.bytes, mark.length, at) == (ssize_t)mark.length);
    close(fd);
    want_ok(residue_find(a, folder, &mark, 1, &r));
    unlink(path);
    return text_equal_c(r.where, path);
}

TEST(row_S5__a_mark_is_found_wherever_it_lies) {
    static const off_t places[] = {0, 1, 4090, (1 << 20) - 11, (1 << 20) - 5, 1 << 20, (2 << 20) - 1, 3000000};
    char folder[] = "/tmp/alapi-residue-XXXXXX";
    struct arena a;
    struct residue r;
    arena_init(&a, 64 << 20);
    want(mkdtemp(folder) != NULL);
    const char *inner = text_say_in(&a, "%s/inner", folder);
    want(mkdir(inner, 0700) == 0);
    for (size_t i = 0; i < COUNT(places); i++) {
        want(holds_at(&a, folder, "file", places[i], places[i] + 11));
        want(holds_at(&a, folder, "inner/.hidden", places[i], places[i] + 5000));
        want(holds_at(&a, folder, "sparse", places[i], (off_t)1 << 40)); /* a terabyte of hole */
    }
    want_ok(file_write_whole(&a, text_say_in(&a, "%s/other", folder), TEXT("xqzmarker qx"), 0600));
    want_ok(residue_find(&a, folder, &mark, 1, &r));
    want_int(r.where.length, 0);
    want_int(r.files, 1);
    unlink(text_say_in(&a, "%s/other", folder));
    rmdir(inner);
    rmdir(folder);
    arena_done(&a);
}

TESTS(RUN(row_S5__a_mark_is_found_wherever_it_lies))
