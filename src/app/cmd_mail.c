/* cmd_mail.c: alapi mail receive | refused | show. The mail server pipes each mail into `receive`:
 *     /etc/aliases:   privacy: "|/usr/bin/alapi mail receive --home /var/lib/alapi"
 * Exit 0: it is a request or kept; 75: bring it again later (sysexits.h, EX_TEMPFAIL). */
#include "app/command.h"
#include "app/hand.h"
#include "app/holidays.h"
#include "app/mail_desk.h"
#include "app/mail_reader.h"
#include "base/file.h"
#include "base/must.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_LATER = 75, KINDS_MAX = 16 };

static const struct option table[] = {
    OPTION_HOME,
    {"--each", false, false, "a folder: receives every file in it, and removes what is received"},
    {0}};

/* ---- receive ---- */

/* What is past the limit is read and let go, so that the mail server's pipe does not break. */
static struct text read_whole(FILE *from, bool *is_cut_out) {
    char *room = malloc(MAIL_BYTES_MAX), spill[65536];
    must(room != NULL);
    size_t length = fread(room, 1, MAIL_BYTES_MAX, from), more = 0;
    for (size_t n; (n = fread(spill, 1, sizeof spill, from)) > 0;)
        more += n;
    *is_cut_out = more > 0;
    return text_of(room, length); /* the program ends with it, or frees it */
}

static struct err receive_one(struct hand *h, FILE *from, struct mail_outcome *out) {
    bool is_cut;
    struct text raw = read_whole(from, &is_cut);
    struct err e = ferror(from) ? err_make(ERR_STORAGE_UNAVAILABLE, "the mail cannot be read")
                                : mail_receive(&h->domain, raw, is_cut, out);
    free((void *)(uintptr_t)raw.bytes);
    return e;
}

static void tell(const char *what, const struct mail_outcome *o) {
    static const char *const fates[] = {"opened", "joined", "twin", "refused"};
    printf("%s%s%s%s%s\n", what, *what ? "\t" : "", fates[o->fate], o->reason ? "\t" : "",
           o->reason ? o->reason : "");
}

static struct err receive_folder(struct hand *h, const char *folder) {
    struct arena *whole = h->domain.arena, each;
    DIR *listing = opendir(folder);
    struct err e = ok;
    if (!listing)
        return file_fault(whole, "cannot read", folder);
    arena_init(&each, 128 << 20);
    h->domain.arena = &each;
    for (struct dirent *entry; !e.kind && (entry = readdir(listing));) {
        struct mail_outcome outcome;
        if (entry->d_name[0] == '.')
            continue;
        const char *path = text_say_in(&each, "%s/%s", folder, entry->d_name);
        FILE *file = fopen(path, "re");
        if (!file)
            continue;
        h->domain.now_ms++;
        e = receive_one(h, file, &outcome);
        fclose(file);
        if (!e.kind && unlink(path) == 0)
            tell(entry->d_name, &outcome);
        if (e.kind)
            e.say = text_say_in(whole, "%s: %s", entry->d_name, e.say ? e.say : "");
        arena_reset(&each);
    }
    h->domain.arena = whole;
    arena_done(&each);
    closedir(listing);
    return e;
}

static struct err receive(struct hand *h, const char *folder) {
    struct mail_outcome outcome;
    struct mail_reader reader;
    mail_reader_open(&reader);
    struct err e = folder ? receive_folder(h, folder) : receive_one(h, stdin, &outcome);
    if (!folder && !e.kind)
        tell("", &outcome);
    mail_reader_close(&reader);
    return e;
}

/* ---- what was refused ---- */

struct counts {
    struct text reasons[KINDS_MAX];
    unsigned counts[KINDS_MAX], kinds, all;
};

static void count(void *with, struct text name) {
    struct counts *c = with;
    struct text rest = name, time, reason = TEXT("");
    text_cut(&rest, '-', &time);
    text_cut(&rest, '-', &reason);
    printf("%.*s\n", TEXT_ARG(name));
    unsigned i = 0;
    while (i < c->kinds && !text_equal(c->reasons[i], reason))
        i++;
    if (i == KINDS_MAX)
        return;
    c->reasons[i] = reason;
    c->kinds = i == c->kinds ? i + 1 : c->kinds;
    c->counts[i]++;
    c->all++;
}

static struct err list_refused(struct hand *h) {
    struct counts c = {.kinds = 0};
    try(mail_refused_each(&h->domain, count, &c));
    printf("%u refused, kept for %d days", c.all, MAIL_REFUSED_DAYS);
    for (unsigned i = 0; i < c.kinds; i++)
        printf("; %.*s %u", TEXT_ARG(c.reasons[i]), c.counts[i]);
    printf("\n");
    return ok;
}

static struct err show_refused(struct hand *h, const char *name) {
    struct text raw;
    try(mail_refused_open(&h->domain, text_c(name), &raw));
    fwrite(raw.bytes, 1, raw.length, stdout);
    return ok;
}

static struct err run_word(struct hand *h, const struct options *o, const char *folder) {
    if (o->word_count == 1 && strcmp(o->words[0], "receive") == 0)
        return receive(h, folder);
    if (o->word_count == 1 && strcmp(o->words[0], "refused") == 0)
        return list_refused(h);
    if (o->word_count == 2 && strcmp(o->words[0], "show") == 0)
        return show_refused(h, o->words[1]);
    return err_make(ERR_USAGE, "usage: alapi mail receive | refused | show NAME");
}

static int run_mail(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (e.kind)
        return command_fail(e);
    /* The home becomes the working directory: a folder of the caller's is named before that. */
    const char *given = options_value(&o, "--each");
    const char *folder = given ? realpath(given, NULL) : NULL;
    if (given && !folder)
        return command_fail(err_make(ERR_USAGE, "--each names a folder that is there"));
    struct data *data = data_open(command_data_folder(a));
    e = hand_open(a, &o, &h);
    if (!e.kind) {
        h.domain.holidays = holidays_of(data);
        e = run_word(&h, &o, folder);
        hand_close(&h);
    }
    data_close(data);
    free((void *)(uintptr_t)folder);
    if (!e.kind)
        return 0;
    int code = command_fail(e);
    return code == EXIT_FAILED && o.word_count && strcmp(o.words[0], "receive") == 0 ? EXIT_LATER : code;
}

const struct command command_mail = {
    .name = "mail",
    .usage = "receive | refused | show NAME",
    .says = "takes a mail from the mail server's pipe and makes a request of it",
    .run = run_mail,
};
