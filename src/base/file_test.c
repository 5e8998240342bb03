/* file_test.c: whole files, the limit, and the sentences of faults. */
#include "test.h"

#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static char folder[] = "/tmp/file_test_XXXXXX";

static const char *path(const char *name) {
    return text_say_in(&arena, "%s/%s", folder, name);
}

static int set_up(void **unused) {
    (void)unused;
    arena_init(&arena, 4 << 20);
    return mkdtemp(folder) == NULL;
}

static int tear_down(void **unused) {
    (void)unused;
    unlink(path("a"));
    rmdir(path("sub"));
    int left = rmdir(folder); /* fails where a file was left beside */
    arena_done(&arena);
    return left;
}

TEST(what_is_written_is_read) {
    struct text got, big = text_of(arena_alloc(&arena, 300000), 300000);
    want_ok(file_write_whole(&arena, path("a"), TEXT("one"), 0600));
    want_ok(file_read_in(&arena, path("a"), 3, &got));
    want_text(got, "one");
    want_int(got.bytes[3], 0);
    want_ok(file_write_whole(&arena, path("a"), big, 0600));
    want_ok(file_read_in(&arena, path("a"), 1 << 20, &got));
    want(text_equal(got, big));
    want_ok(file_write_whole(&arena, path("a"), TEXT(""), 0640));
    want_ok(file_read_in(&arena, path("a"), 0, &got));
    want_int(got.length, 0);
    struct stat info;
    want_int(stat(path("a"), &info), 0);
    want_int(info.st_mode & 0777, 0640);
}

TEST(a_half_written_file_of_a_dead_process_is_no_obstacle) {
    struct text got;
    const char *beside = text_say_in(&arena, "%s.%d.new", path("a"), (int)getpid());
    want_ok(file_write_whole(&arena, beside, TEXT("half"), 0600));
    want_ok(file_write_whole(&arena, path("a"), TEXT("whole"), 0600));
    want_ok(file_read_in(&arena, path("a"), 10, &got));
    want_text(got, "whole");
    want_int(access(beside, F_OK), -1);
}

TEST(one_byte_past_the_limit_is_an_error) {
    struct text got = TEXT("untouched");
    want_ok(file_write_whole(&arena, path("a"), TEXT("1234"), 0600));
    want_ok(file_read_in(&arena, path("a"), 4, &got));
    struct err e = file_read_in(&arena, path("a"), 3, &got);
    want_err(e, ERR_IO);
    want(strstr(e.say, path("a")) && strstr(e.say, "at most 3 bytes"));
}

TEST(faults_name_the_path_and_the_reason) {
    struct text got;
    struct err e = file_read_in(&arena, path("none"), 10, &got);
    want_err(e, ERR_IO);
    want(strstr(e.say, path("none")) && strstr(e.say, "No such file"));
    want_err(file_read_in(&arena, folder, 1 << 20, &got), ERR_IO);
    e = file_write_whole(&arena, path("none/x"), TEXT("x"), 0600);
    want_err(e, ERR_IO);
    want(strstr(e.say, "No such file") != NULL);
}

TEST(folders) {
    want_ok(file_make_folder(&arena, path("sub"), 0700));
    want_ok(file_make_folder(&arena, path("sub"), 0700));
    want_err(file_make_folder(&arena, path("no/sub"), 0700), ERR_IO);
}

TEST(a_file_where_a_folder_should_be) {
    want_ok(file_write_whole(&arena, path("a"), TEXT("x"), 0600));
    want_err(file_make_folder(&arena, path("a"), 0700), ERR_IO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(what_is_written_is_read),
        RUN(a_half_written_file_of_a_dead_process_is_no_obstacle),
        RUN(one_byte_past_the_limit_is_an_error),
        RUN(faults_name_the_path_and_the_reason),
        RUN(folders),
        RUN(a_file_where_a_folder_should_be),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
