/* cmd_doctor.c: alapi doctor: every fault of the set-up, each with its mend.
 *
 * A check prints one line: "ok    what" or "FAULT what: why; how to mend it". Exit 1 where there is a fault.
 */
#include "api/catalog.h"
#include "app/command.h"
#include "app/facts.h"
#include "app/hand.h"
#include "app/home.h"
#include "app/keeper.h"
#include "app/nginx_conf.h"
#include "app/options.h"
#include "app/sender.h"
#include "base/clock.h"
#include "base/limits.h"
#include "connect/connectors.h"
#include "data/data.h"
#include "domain/disclosure.h"
#include "domain/duty.h"
#include "domain/publication.h"
#include "domain/clock_watch.h"
#include "gate/catalogue.h"
#include "gate/ledger.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DISK_FREE_LEAST = 512 }; /* MiB */

static const struct option table[] = {
    {"--home", false, false, "the home directory"},
    {"--clock-is-right", true, false, "the wall clock was looked at: deleting may go on"},
    {"--print-config", true, false, "prints the commented sample of alapi.conf"},
    {0}};

struct doctor {
    struct arena *arena;
    unsigned faults;
};

static void good(const char *what) { printf("ok    %s\n", what); }

static void bad(struct doctor *d, const char *what, const char *why, const char *mend) {
    printf("FAULT %s: %s; %s\n", what, why, mend);
    d->faults++;
}

/* ---- what is installed ---- */

/* "nginx version: nginx/1.22.1", which nginx prints on stderr. */
static struct text nginx_version(struct arena *a) {
    char room[256] = "";
    int ends[2];
    if (pipe(ends) != 0)
        return TEXT("");
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        execl(NGINX_PROGRAM, NGINX_PROGRAM, "-v", NULL);
        _exit(127);
    }
    close(ends[1]);
    ssize_t got = child > 0 ? read(ends[0], room, sizeof room - 1) : 0;
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return text_copy_in(a, text_trim(text_of(room, got > 0 ? (size_t)got : 0)));
}

static void check_nginx(struct doctor *d) {
    struct text found = nginx_version(d->arena);
    const char *module = nginx_module_path(d->arena);
    if (found.length == 0)
        bad(d, "nginx", "there is no " NGINX_PROGRAM, "install it: apt-get install nginx");
    else if (!text_equal_c(found, ALAPI_NGINX_VERSION))
        bad(d, "nginx", text_say_in(d->arena, "the module was built for \"%s\" but \"%.*s\" is installed", ALAPI_NGINX_VERSION,
                                    TEXT_ARG(found)),
            "build again: make build");
    else
        good(text_say_in(d->arena, "%s, and the module was built for it", ALAPI_NGINX_VERSION));
    if (access(module, R_OK) != 0)
        bad(d, "the nginx module", text_say_in(d->arena, "%s: %s", module, strerror(errno)), "build it: make build");
}

static void check_data(struct doctor *d) {
    struct data *data = data_open(command_data_folder(d->arena));
    for (unsigned i = 1; i < DATA_COUNT; i++) {
        enum data_set set = (enum data_set)i;
        const char *name = text_say_in(d->arena, "data set %s (%s)", data_file(set), data_what(set));
        if (data_fault(data, set) == NULL && !pack_check_all(data_pack(data, set)))
            bad(d, name, "a block does not have its checksum", "its APIs answer 503; pack it again: make data");
        else if (data_fault(data, set))
            bad(d, name, data_fault(data, set), "its APIs answer 503; pack it again: make data");
        else if (data_is_stale(data, set, clock_now_ms()))
            good(text_say_in(d->arena, "%s, as of %.*s: stale, and its answers say so", name,
                             TEXT_ARG(pack_meta(data_pack(data, set), "as_of"))));
        else
            good(text_say_in(d->arena, "%s, as of %.*s", name, TEXT_ARG(pack_meta(data_pack(data, set), "as_of"))));
    }
    data_close(data);
}

/* ---- the home ---- */

static void check_maps(struct doctor *d) {
    struct catalogue *c;
    struct ledger *l;
    struct err e = catalogue_open(d->arena, HOME_CATALOGUE, &c);
    if (e.kind) {
        bad(d, "the published catalogue", e.say, "start alapi serve, which makes it anew");
    } else {
        if (catalogue_is_sound(c))
            good(text_say_in(d->arena, "the published catalogue: %u tokens", catalogue_token_count(c)));
        else
            bad(d, "the published catalogue", "the machine was restarted or its writer was killed since it was made",
                "start alapi serve, which makes it anew");
        catalogue_close(c);
    }
    e = ledger_open(d->arena, HOME_LEDGER, &l);
    if (e.kind) {
        bad(d, "the ledger", e.say, "restore it, or end everything and remove it: what was not yet stored is then lost");
    } else {
        good(text_say_in(d->arena, "the ledger: epoch %llu was closed last", (unsigned long long)ledger_closed(l)));
        ledger_close(l);
    }
}

static void check_disk(struct doctor *d) {
    struct statvfs disk;
    if (statvfs(".", &disk) != 0)
        return;
    unsigned long long free_mib = (unsigned long long)disk.f_bavail * disk.f_frsize >> 20;
    if (free_mib < DISK_FREE_LEAST)
        bad(d, "the disk", text_say_in(d->arena, "%llu MiB are free", free_mib),
            text_say_in(d->arena, "make room: %d MiB at least", DISK_FREE_LEAST));
    else
        good(text_say_in(d->arena, "the disk: %llu MiB are free", free_mib));
}

/* ---- the office ---- */

static void tell_duty(void *with, const struct duty *duty) {
    struct doctor *d = with;
    if (duty->done_ms)
        return;
    const char *what = text_say_in(d->arena, "a duty: %s, due %.*s", duty->says[1],
                                   TEXT_ARG(clock_print_utc_in(d->arena, duty->due_ms)));
    if (duty->is_late)
        bad(d, what, "its day is past", "do it and say so at /admin/duties");
    else
        good(what);
}

static void check_office(struct doctor *d, const struct home *home, struct store *store) {
    struct random chance = random_system();
    struct domain domain = home_domain(home, d->arena, store, &chance, clock_now_ms());
    unsigned overdue = 0;
    struct err e = duty_each(&domain, tell_duty, d);
    if (!e.kind)
        e = disclosure_overdue(&domain, &overdue);
    if (e.kind)
        bad(d, "the office", e.say, "restore state/main.db");
    else if (overdue)
        bad(d, "the register of disclosures", "an emergency was not reviewed within 24 hours", "alapi disclosure review ID");
    else
        good("the office: no review of a disclosure is overdue");
}

/* ---- the policy ---- */

static void check_assessment(void *with, const struct assessment *a) {
    struct doctor *d = with;
    if (a->valid_until_ms <= clock_now_ms())
        bad(d, text_say_in(d->arena, "the assessment %.*s", TEXT_ARG(a->id)), "its time is over",
            "look at what it is about again: alapi assessment add");
    if (!a->approved_ms)
        bad(d, text_say_in(d->arena, "the assessment %.*s", TEXT_ARG(a->id)), "nobody has approved it",
            "another person looks at it: alapi assessment approve");
}

static struct err compare_policy(struct domain *d, const struct config *config, struct text *lines_out) {
    struct policy *policy = arena_alloc(d->arena, sizeof *policy);
    const struct published *list;
    struct text live;
    struct buf why;
    try(publication_read(d, policy, &list));
    try(facts_of_home(d, config, &live));
    buf_init(&why, d->arena, FACTS_BYTES_MAX);
    (void)facts_compare(list[policy->count - policy->scheduled - 1].facts, live, &why);
    *lines_out = buf_peek(&why);
    return ok;
}

static void check_policy(struct doctor *d, const struct home *home, struct store *store) {
    struct random chance = random_system();
    struct domain domain = home_domain(home, d->arena, store, &chance, clock_now_ms());
    struct text lines = TEXT("");
    struct err e = compare_policy(&domain, &home->config, &lines);
    if (e.kind == ERR_NOT_FOUND)
        good("the policy: none is published yet; the first start does it");
    else if (e.kind)
        bad(d, "the policy", e.say, "restore state/main.db");
    else if (lines.length)
        bad(d, "the policy (policy_behind)",
            text_say_in(d->arena, "the system does what the policy in force does not say:\n%.*s", TEXT_ARG(lines)),
            "publish a version that says it: alapi policy publish");
    else
        good("the policy in force says what the system does");
    e = assessment_each(&domain, check_assessment, d);
    if (e.kind)
        bad(d, "the assessments", e.say, "restore state/main.db");
}

static void check_delivery(struct doctor *d, const struct config *config) {
    struct err e = sender_check(d->arena, config);
    if (e.kind)
        bad(d, "the way of mails and messages", e.say, "alapi serve does not start until then");
    else if (!sender_is_set(config))
        good("mails and messages stay files in outbox/: neither smtp_host nor sms_provider is set");
    else
        good(text_say_in(d->arena, "mails go %s%s, short messages %s%s", *config->smtp_host ? "through " : "nowhere",
                         config->smtp_host, strcmp(config->sms_provider, "none") ? "through " : "nowhere",
                         strcmp(config->sms_provider, "none") ? config->sms_provider : ""));
}

/* ---- the clock ---- */

static void check_connector(void *with, const char *group, const char *name) {
    struct doctor *d = with;
    struct connectors_settings settings = {.home = ".", .catalog = api_catalog};
    struct connector *c;
    struct err e = connectors_load(d->arena, &settings, name, &c);
    (void)group;
    if (e.kind)
        bad(d, text_say_in(d->arena, "the connector %s", name), e.say,
            "its APIs are answered by the next of its group, or not at all; restart the worker when it is mended");
    else
        good(text_say_in(d->arena, "the connector %s", name));
}

static void check_clock(struct doctor *d, const struct home *home, struct store *store) {
    struct random chance = random_system();
    struct domain domain = home_domain(home, d->arena, store, &chance, clock_now_ms());
    struct err e = clock_trusted(&domain);
    if (e.kind)
        bad(d, "the clock", "it stepped by more than a day, so nothing is deleted",
            "set it right, then run alapi doctor --clock-is-right");
    else
        good("the clock: no step was seen");
}

static struct err confirm_clock(struct arena *a, const struct options *o) {
    struct hand h;
    try(hand_open(a, o, &h));
    const struct clock_reading now = keeper_clock_in(a);
    struct err e = clock_confirm(&h.domain, &now);
    if (e.say)
        e.say = text_say_in(a, "%s", e.say);
    hand_close(&h);
    return e;
}

static void check_home(struct doctor *d, const char *folder) {
    struct home home;
    struct store *store;
    int role;
    struct err e = home_enter(d->arena, folder, &home);
    if (e.kind) {
        bad(d, text_say_in(d->arena, "the home %s", folder), e.say, "nothing in it could be looked at");
        return;
    }
    good(text_say_in(d->arena, "the home %s: its settings and its master key", home.path));
    e = home_store(d->arena, &store);
    if (e.kind)
        bad(d, "the records", e.say, "make room, or restore state/main.db and state/keys.db");
    else
        good("the records open");
    if (!e.kind) {
        check_policy(d, &home, store);
        check_office(d, &home, store);
        struct err state = home_check(&home, d->arena, store);
        if (state.kind)
            bad(d, "the records and their keys", state.say, "see what it says");
        check_clock(d, &home, store);
        store_close(store);
    }
    check_delivery(d, &home.config);
    (void)connectors_each(d->arena, home.config.connectors, check_connector, d);
    check_maps(d);
    check_disk(d);
    e = home_take_role(d->arena, "serve", &role);
    good(e.kind ? "alapi serve is running" : "alapi serve is not running");
    if (!e.kind)
        close(role);
    home_leave(&home);
}

static int run_doctor(struct arena *a, int argc, char **argv) {
    struct options o;
    struct doctor d = {.arena = a};
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && o.word_count)
        e = err_make(ERR_USAGE, "usage: alapi doctor [--print-config | --clock-is-right]");
    if (e.kind)
        return command_fail(e);
    if (options_has(&o, "--print-config")) {
        printf("%.*s", TEXT_ARG(config_sample_in(a)));
        return 0;
    }
    if (options_has(&o, "--clock-is-right")) {
        e = confirm_clock(a, &o);
        return e.kind ? command_fail(e) : 0;
    }
    check_nginx(&d);
    check_data(&d);
    check_home(&d, command_home(options_value(&o, "--home")));
    if (d.faults)
        printf("%u fault(s)\n", d.faults);
    else
        puts("no fault");
    return d.faults ? EXIT_FAILED : 0;
}

const struct command command_doctor = {
    .name = "doctor",
    .usage = "[--print-config | --clock-is-right]",
    .says = "every fault of the set-up, with its mend",
    .run = run_doctor,
};
