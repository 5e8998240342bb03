/* probe_log.c: see probe_log.h. */
#include "domain/probe_log.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD_WORD "alapi-probes 1 "

enum { DAY_LETTERS = 10, FILE_BYTES_MAX = 4 << 20, NAMES_MAX = 512 };

static const char *path_of(struct arena *a, const struct probe_log *log, const char *day,
                           const char *ending) {
    return text_say_in(a, "%s/%s.%s", log->place.folder, day, ending);
}

static struct digest chain_on(const struct digest *before, struct text line) {
    return hash_sha256(PARTS(digest_text(before), line));
}

/* The first fault is the one that is told. */
static void fault(struct probe_log *log, const char *day, const char *what) {
    if (!log->fault[0])
        snprintf(log->fault, sizeof log->fault, "%s: %s", day, what);
}

/* ---- the signed end of a file ---- */

struct end {
    int64_t bytes;
    struct text chain; /* hex */
};

static struct text end_content_in(struct arena *a, const struct probe_log *log, int64_t now_ms) {
    return text_format_in(a, "%.*s\n%s\nbytes %lld\nchain %.*s\ntime %lld\n",
                          TEXT_ARG(log->place.name), log->day, (long long)log->bytes,
                          TEXT_ARG(digest_print_in(a, &log->chain)), (long long)now_ms);
}

static struct err end_write(struct arena *a, const struct probe_log *log, int64_t now_ms) {
    struct text note =
        note_sign_in(a, log->place.seed, log->place.name, end_content_in(a, log, now_ms));
    return file_write_whole(a, path_of(a, log, log->day, "end"), note, 0640);
}

static bool take_word(struct text *rest, const char *word, struct text *out) {
    struct text line;
    if (!text_cut(rest, '\n', &line) || !text_starts(line, text_c(word)))
        return false;
    *out = text_from(line, strlen(word));
    return true;
}

static bool end_read(struct arena *a, const struct probe_log *log, const char *day,
                     struct end *out) {
    struct note_key key = note_key_of(log->place.seed, log->place.name);
    struct text note, content, bytes, line;
    if (file_read_in(a, path_of(a, log, day, "end"), NOTE_BYTES_MAX, &note).kind ||
        note_open(a, &key, note, &content).kind)
        return false;
    return text_cut(&content, '\n', &line) && text_equal(line, log->place.name) &&
           text_cut(&content, '\n', &line) && text_equal_c(line, day) &&
           take_word(&content, "bytes ", &bytes) && text_to_i64(bytes, &out->bytes) &&
           take_word(&content, "chain ", &out->chain);
}

/* ---- lines ---- */

static bool line_parse(struct text line, struct probe_line *out) {
    struct text words[5], rest = line;
    uint64_t slot, pages, asked, failed;
    for (size_t i = 0; i < COUNT(words); i++)
        if (!text_cut(&rest, ' ', &words[i]))
            return false;
    if (!text_to_u64(words[0], &slot) || !service_state_parse(words[1], &out->state) ||
        !text_to_u64(words[2], &pages) || !text_to_u64(words[3], &asked) ||
        !text_to_u64(words[4], &failed))
        return false;
    out->slot = (int64_t)slot;
    out->pages_ok = (unsigned)pages;
    out->asked = (unsigned)asked;
    out->failed = (unsigned)failed;
    return slot > 0;
}

static struct text line_print_in(struct arena *a, const struct probe_line *l) {
    return text_format_in(a, "%lld %s %u %u %u\n", (long long)l->slot, service_state_name(l->state),
                          l->pages_ok, l->asked, l->failed);
}

/* ---- a file ---- */

struct visiting {
    probe_line_visit *visit;
    void *with;
    bool has_before; /* the chain of the day before is known */
};

/* The chain of what the note speaks for; each line of it whole. */
static struct digest chain_of(struct text content) {
    struct digest chain = {{0}};
    while (content.length) {
        size_t end = text_find_char(content, '\n');
        size_t length = end == SIZE_MAX ? content.length : end + 1;
        chain = chain_on(&chain, text_part(content, 0, length));
        content = text_from(content, length);
    }
    return chain;
}

static void visit_lines(struct probe_log *log, struct text content, const struct visiting *v) {
    struct text line;
    struct probe_line parsed;
    text_cut(&content, '\n', &line); /* its head */
    while (text_cut(&content, '\n', &line) && line.length)
        if (line_parse(line, &parsed)) {
            v->visit(v->with, &parsed);
            log->lines++;
        }
}

/* What is wrong with it; NULL: it is proved, and log->chain and bytes are its own. */
static const char *check(struct arena *a, struct probe_log *log, const char *day,
                         const struct visiting *v) {
    struct text content, head;
    struct end end;
    if (!end_read(a, log, day, &end)) /* first: while somebody looks, the file grows before its end does */
        return "its signed end is missing or is not ours";
    if (file_read_in(a, path_of(a, log, day, "log"), FILE_BYTES_MAX, &content).kind)
        return "it cannot be read";
    if (end.bytes < 0 || (uint64_t)end.bytes > content.length)
        return "it is shorter than it was";
    content = text_part(content, 0, (size_t)end.bytes);
    struct digest chain = chain_of(content);
    if (!text_equal(digest_print_in(a, &chain), end.chain))
        return "it was changed";
    struct text rest = content;
    if (!take_word(&rest, HEAD_WORD, &head))
        return "it is of another version";
    if (v->has_before && !text_equal(head, digest_print_in(a, &log->chain)))
        return "it does not follow the day before it";
    log->chain = chain;
    log->bytes = end.bytes;
    visit_lines(log, content, v);
    return NULL;
}

/* ---- the folder ---- */

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of files of this ending, without it, in order. */
static struct err list_days(struct arena *a, const struct probe_log *log, const char *ending,
                            const char ***out, unsigned *count_out) {
    const char **names = arena_alloc(a, NAMES_MAX * sizeof *names);
    DIR *folder = opendir(log->place.folder);
    *count_out = 0;
    *out = names;
    if (!folder)
        return errno == ENOENT ? ok : file_fault(a, "cannot read", log->place.folder);
    for (struct dirent *entry; (entry = readdir(folder)) && *count_out < NAMES_MAX;) {
        struct text name = text_c(entry->d_name), day = text_part(name, 0, DAY_LETTERS);
        struct date date;
        if (name.length == DAY_LETTERS + 1 + strlen(ending) && date_parse(day, &date) &&
            text_equal_c(text_from(name, DAY_LETTERS + 1), ending))
            names[(*count_out)++] = text_c_in(a, day);
    }
    closedir(folder);
    qsort(names, *count_out, sizeof *names, by_name);
    return ok;
}

/* The writer sets a damaged file aside, under a name that says so, and begins the day anew. */
static struct err set_aside(struct arena *a, const struct probe_log *log, const char *day) {
    const char *from = path_of(a, log, day, "log");
    if (rename(from, path_of(a, log, day, "damaged")) != 0)
        return file_fault(a, "cannot set aside", from);
    return ok;
}

static struct err check_all(struct arena *a, struct probe_log *log, const char *const *days,
                            unsigned count, struct visiting *v) {
    for (unsigned i = 0; i < count; i++) {
        const char *wrong = check(a, log, days[i], v);
        v->has_before = !wrong;
        if (!wrong) {
            snprintf(log->day, sizeof log->day, "%s", days[i]);
            continue;
        }
        fault(log, days[i], wrong);
        if (!log->place.is_reader)
            try(set_aside(a, log, days[i]));
    }
    return ok;
}

struct err probe_log_open(struct arena *a, const struct probe_log_place *place,
                          probe_line_visit *visit, void *with, struct probe_log *out) {
    struct probe_log log = {.place = *place};
    struct visiting v = {visit, with, false};
    const char **days;
    unsigned count;
    if (!place->is_reader)
        try(file_make_folder(a, place->folder, 0750));
    try(list_days(a, &log, "damaged", &days, &count));
    if (count)
        fault(&log, days[0], "it was found damaged");
    try(list_days(a, &log, "log", &days, &count));
    try(check_all(a, &log, days, count, &v));
    *out = log;
    return ok;
}

/* ---- growing ---- */

static struct err drop_oldest(struct arena *a, const struct probe_log *log) {
    static const char *const endings[] = {"log", "damaged"};
    for (size_t e = 0; e < COUNT(endings); e++) {
        const char **days;
        unsigned count;
        try(list_days(a, log, endings[e], &days, &count));
        for (unsigned i = 0; i + PROBE_LOG_FILES < count; i++) {
            unlink(path_of(a, log, days[i], endings[e]));
            if (e == 0)
                unlink(path_of(a, log, days[i], "end"));
        }
    }
    return ok;
}

/* At `bytes`, so that what an earlier fault left half-written is gone. */
static struct err write_at_end(struct arena *a, const char *path, int64_t bytes, struct text line) {
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0)
        return file_fault(a, "cannot open", path);
    bool is_cut = ftruncate(fd, bytes) == 0;
    ssize_t count = is_cut ? pwrite(fd, line.bytes, line.length, bytes) : -1;
    if (count >= 0 && count < (ssize_t)line.length)
        errno = ENOSPC;
    bool is_whole = count == (ssize_t)line.length && fdatasync(fd) == 0;
    struct err e = is_whole ? ok : file_fault(a, "cannot write", path);
    close(fd);
    return e;
}

static struct err add(struct arena *a, struct probe_log *log, struct text line) {
    static const struct digest nothing = {{0}};
    try(write_at_end(a, path_of(a, log, log->day, "log"), log->bytes, line));
    log->chain = chain_on(log->bytes ? &log->chain : &nothing, line);
    log->bytes += (int64_t)line.length;
    return ok;
}

static struct err begin_day(struct arena *a, struct probe_log *log, const char *day) {
    struct text before = digest_print_in(a, &log->chain);
    snprintf(log->day, sizeof log->day, "%s", day);
    log->bytes = 0;
    try(drop_oldest(a, log));
    return add(a, log, text_format_in(a, HEAD_WORD "%.*s\n", TEXT_ARG(before)));
}

struct err probe_log_append(struct arena *a, struct probe_log *log, const struct probe_line *line,
                            int64_t now_ms) {
    struct date date = date_from_day(line->slot * SLOT_S / 86400);
    const char *day = text_c_in(a, date_print_in(a, date));
    must(!log->place.is_reader);
    if (log->bytes == 0 ||
        strcmp(day, log->day) > 0) /* a clock that was set back goes on in the same file */
        try(begin_day(a, log, day));
    try(add(a, log, line_print_in(a, line)));
    log->lines++;
    return end_write(a, log, now_ms);
}
