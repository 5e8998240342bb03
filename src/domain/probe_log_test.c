/* probe_log_test.c: whatever is done to the prober's log is found out, and never makes anything good. */
#include "domain/probe_log.h"
#include "base/file.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SLOT = 179551840, DAY_SLOTS = 8640 };

struct logging {
    char folder[64];
    struct arena arena;
    struct secret seed;
    struct probe_log_place place;
    struct probe_log log;
    struct availability *seen;
};

static void take(void *with, const struct probe_line *line) {
    availability_put(with, line->slot, line->state);
}

static void open_again(struct logging *l) {
    availability_free(l->seen);
    l->seen = availability_new();
    want_ok(probe_log_open(&l->arena, &l->place, take, l->seen, &l->log));
}

static void logging_open(struct logging *l) {
    *l = (struct logging){.folder = "/tmp/alapi-probes-XXXXXX"};
    want(mkdtemp(l->folder) != NULL);
    arena_init(&l->arena, 64 << 20);
    memset(l->seed.bytes, 3, sizeof l->seed.bytes);
    l->place = (struct probe_log_place){l->folder, TEXT("test.example/log"), &l->seed, false};
    open_again(l);
}

static void put(struct logging *l, int64_t slot, enum service_state state) {
    struct probe_line line = {slot, state, state != SERVICE_DOWN, 26, 0};
    want_ok(probe_log_append(&l->arena, &l->log, &line, slot * 10000));
}

static char *name_in(struct logging *l, const char *file) {
    static _Thread_local char path[400];
    snprintf(path, sizeof path, "%s/%s", l->folder, file);
    return path;
}

static void logging_close(struct logging *l) {
    DIR *folder = opendir(l->folder);
    for (struct dirent *e; (e = readdir(folder));)
        if (e->d_name[0] != '.')
            unlink(name_in(l, e->d_name));
    closedir(folder);
    rmdir(l->folder);
    availability_free(l->seen);
    arena_done(&l->arena);
}

/* Two days: 2026-11-23's last ten slots and 2026-11-24's first ten; two of each are outages. */
static int64_t two_days(struct logging *l) {
    int64_t midnight = SLOT - SLOT % DAY_SLOTS;
    for (int i = -10; i < 10; i++)
        put(l, midnight + i, i % 5 == 0 ? SERVICE_DOWN : SERVICE_OPERATIONAL);
    return midnight + 10;
}

static void overwrite(const char *path, long at, const char *bytes) {
    FILE *file = fopen(path, "r+");
    want(file != NULL && fseek(file, at, SEEK_SET) == 0);
    want(fwrite(bytes, 1, strlen(bytes), file) == strlen(bytes));
    want(fclose(file) == 0);
}

static void wants(struct logging *l, int64_t now, int64_t down_s, int64_t up_s, const char *fault) {
    open_again(l);
    struct availability_sum sum = availability_sum(l->seen, now);
    want_int(sum.down_s, down_s);
    want_int(sum.up_s, up_s);
    if (fault ? strstr(l->log.fault, fault) == NULL : l->log.fault[0] != 0)
        fail_msg("it says \"%s\", not \"%s\"", l->log.fault, fault ? fault : "");
}

TEST(row_X5__what_was_seen_is_read_back) {
    struct logging l;
    logging_open(&l);
    int64_t now = two_days(&l);
    wants(&l, now, 40, 160, NULL);
    want_int(l.log.lines, 20);
    put(&l, now, SERVICE_DOWN); /* it goes on where it was */
    wants(&l, now + 1, 50, 160, NULL);
    put(&l, now - 5000, SERVICE_DEGRADED); /* a clock that was set back over midnight */
    wants(&l, now + 1, 50, 170, NULL);
    logging_close(&l);
}

TEST(row_X5__an_edited_log_is_found_out) {
    static const struct {
        const char *file;
        long at;
        const char *bytes, *fault;
        int64_t down_s, up_s;
    } rows[] = {
        {"2026-11-24.log", 100, "8", "2026-11-24: it was changed", 20, 80},
        {"2026-11-23.log", 100, "8", "2026-11-23: it was changed", 20, 80},
        {"2026-11-24.log", 0, "b", "2026-11-24: it was changed", 20, 80},
        {"2026-11-24.end", 30, "9", "its signed end is missing or is not ours", 20, 80},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct logging l;
        logging_open(&l);
        int64_t now = two_days(&l);
        overwrite(name_in(&l, rows[i].file), rows[i].at, rows[i].bytes);
        wants(&l, now, rows[i].down_s, rows[i].up_s, rows[i].fault);
        put(&l, now, SERVICE_OPERATIONAL); /* it goes on, and does not forget */
        wants(&l, now + 1, rows[i].down_s, rows[i].up_s + 10, "it was found damaged");
        logging_close(&l);
    }
}

TEST(row_X5__what_is_taken_away_is_unknown) {
    struct logging l;
    logging_open(&l);
    int64_t now = two_days(&l);
    want(truncate(name_in(&l, "2026-11-24.log"), 150) == 0);
    wants(&l, now, 20, 80, "it is shorter than it was");
    logging_close(&l);
    logging_open(&l);
    now = two_days(&l);
    put(&l, now + DAY_SLOTS, SERVICE_OPERATIONAL);
    want(unlink(name_in(&l, "2026-11-24.log")) == 0); /* a whole day */
    wants(&l, now, 20, 80, "2026-11-25: it does not follow the day before it");
    logging_close(&l);
}

TEST(row_X5__a_power_cut_loses_what_was_not_signed_only) {
    struct logging l;
    logging_open(&l);
    int64_t now = two_days(&l);
    FILE *file = fopen(name_in(&l, "2026-11-24.log"), "a");
    want(file != NULL && fputs("179546", file) > 0 && fclose(file) == 0);
    wants(&l, now, 40, 160, NULL);
    put(&l, now, SERVICE_OPERATIONAL);
    wants(&l, now + 1, 40, 170, NULL);
    file = fopen(name_in(&l, "2026-11-24.log"),
                 "a"); /* whoever writes behind the end has written nothing */
    want(file != NULL && fputs("179546429 operational 1 26 0\n", file) > 0 && fclose(file) == 0);
    wants(&l, now + 100, 40, 170, NULL);
    logging_close(&l);
}

TEST(row_X5__another_key_signs_nothing_here) {
    struct logging l;
    logging_open(&l);
    int64_t now = two_days(&l);
    memset(l.seed.bytes, 4, sizeof l.seed.bytes);
    l.place.is_reader = true;
    wants(&l, now, 0, 0, "is not ours");
    logging_close(&l);
}

TEST(the_oldest_files_go) {
    struct logging l;
    struct stat info;
    logging_open(&l);
    for (int day = 0; day < 40; day++)
        put(&l, SLOT + day * DAY_SLOTS, SERVICE_OPERATIONAL);
    unsigned count = 0;
    DIR *folder = opendir(l.folder);
    for (struct dirent *e; (e = readdir(folder));)
        count += strstr(e->d_name, ".log") != NULL;
    closedir(folder);
    want(count <= PROBE_LOG_FILES + 1);
    want(stat(name_in(&l, "2026-11-24.end"), &info) != 0);
    wants(&l, SLOT + 39 * DAY_SLOTS + 1, 0, 300, NULL);
    logging_close(&l);
}

TESTS(RUN(row_X5__what_was_seen_is_read_back), RUN(row_X5__an_edited_log_is_found_out),
      RUN(row_X5__what_is_taken_away_is_unknown),
      RUN(row_X5__a_power_cut_loses_what_was_not_signed_only),
      RUN(row_X5__another_key_signs_nothing_here), RUN(the_oldest_files_go))
