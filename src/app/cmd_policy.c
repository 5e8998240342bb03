/* cmd_policy.c: alapi policy list | check | publish | compare | facts. */
#include "app/command.h"
#include "app/facts.h"
#include "app/office_hand.h"
#include "app/policy_check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "domain/policy_lint.h"
#include "domain/promise.h"
#include "domain/publication.h"
#include "gate/zone.h"

#include <stdio.h>
#include <string.h>

enum { POLICY_FILE_BYTES_MAX = 512 << 10 };

static const char usage[] =
    "list | check FILE | publish N.zh.md [--major KIND …] [--effective DATE] [--by NAME --second NAME] | "
    "compare | facts";

static const struct option table[] = {
    OPTION_HOME,
    {"--major", false, true,
     "a kind of major change: service controller sharing rights contact risk other, or 1 .. 6, 0"},
    {"--effective", false, false,
     "when it takes effect: 2030-01-31, or 2030-01-31T12:00:00Z; the text's day without it"},
    {"--by", false, false, "who of the staff publishes it"},
    {"--second", false, false, "who of the staff has checked it"},
    {0},
};

/* ---- list ---- */

static struct err open_policy(struct hand *h, struct policy **policy_out,
                              const struct published **list_out) {
    struct domain *d = &h->domain;
    struct text facts;
    *policy_out = arena_alloc(d->arena, sizeof **policy_out);
    try(facts_of_home(d, &h->home.config, &facts));
    try(publication_first(d, policy_texts, facts));
    return publication_read(d, *policy_out, list_out);
}

static struct err list(struct arena *a, struct hand *h) {
    struct policy *policy;
    const struct published *rows;
    try(open_policy(h, &policy, &rows));
    for (unsigned i = 0; i < policy->count; i++) {
        const struct policy_version *v = &policy->versions[i];
        unsigned sentences = 0;
        for (unsigned k = 0; k < v->line_count; k++)
            sentences += !v->lines[k].is_heading;
        printf("%.*s\tpublished %.*s\teffective %.*s\t%u sentences\tmajor %.*s\t%.*s%s\n",
               TEXT_ARG(v->version), TEXT_ARG(clock_print_utc_in(a, rows[i].published_ms)),
               TEXT_ARG(clock_print_utc_in(a, rows[i].effective_ms)), sentences,
               TEXT_ARG(rows[i].kinds ? facts_kinds_in(a, rows[i].kinds) : TEXT("-")),
               TEXT_ARG(rows[i].digest),
               v == policy_in_force(policy)             ? "\tin force"
               : i >= policy->count - policy->scheduled ? "\tscheduled"
                                                        : "");
    }
    return ok;
}

/* ---- publish ---- */

static struct err zone_hours(struct arena *a, const char *name, int64_t *out) {
    struct zone *zone;
    int64_t now = clock_now_ms();
    try(zone_open(a, name, &zone));
    struct zone_day day = zone_day_of(zone, now);
    *out = ((int64_t)day.day * 86400000 - day.from_ms) / 3600000;
    zone_close(zone);
    return ok;
}

/* A text that is not fit is not published; what no machine of this program proves is said. */
static struct err check_text(struct arena *a, const char *file) {
    struct policy_version *v = arena_alloc(a, sizeof *v);
    struct buf faults, notes;
    try(policy_check_read(a, file, v));
    buf_init(&faults, a, FACTS_BYTES_MAX);
    buf_init(&notes, a, FACTS_BYTES_MAX);
    unsigned count = policy_lint(v, &faults);
    fprintf(stderr, "%.*s", TEXT_ARG(buf_peek(&faults)));
    if (count)
        return err_make(ERR_POLICY_CONFLICT, text_say_in(a, "%s may not be published: %u faults", file, count));
    unsigned unproved = policy_promises_check(a, v, &notes);
    if (unproved)
        fprintf(stderr, "%u sentences are not those that this program was built to prove; alapi policy check names "
                        "them\n", unproved);
    return ok;
}

static struct err read_texts(struct arena *a, const char *zh, struct new_version *w) {
    size_t length = strlen(zh);
    if (length < 6 || strcmp(zh + length - 6, ".zh.md") != 0)
        return err_make(ERR_USAGE, "FILE is the Chinese text N.zh.md; N.en.md stands beside it");
    try(file_read_in(a, zh, POLICY_FILE_BYTES_MAX, &w->zh));
    return file_read_in(a, text_say_in(a, "%.*sen.md", (int)length - 5, zh), POLICY_FILE_BYTES_MAX,
                        &w->en);
}

static struct err read_kinds(struct arena *a, const struct options *o, unsigned *kinds_out) {
    enum policy_change_kind kind;
    *kinds_out = 0;
    for (unsigned i = 0; i < options_count(o, "--major"); i++) {
        const char *name = options_at(o, "--major", i);
        if (!facts_kind_parse(text_c(name), &kind))
            return err_make(ERR_USAGE,
                            text_say_in(a, "there is no kind %s: %s", name, table[1].says));
        *kinds_out |= 1u << kind;
    }
    return ok;
}

static struct err staff_named(struct hand *h, const struct options *o, const char *option,
                              int64_t *out) {
    struct account account;
    *out = 0;
    if (!options_has(o, option))
        return ok;
    try(hand_account(h, options_value(o, option), &account));
    *out = account.number;
    return ok;
}

static struct err publish(struct arena *a, struct hand *h, const struct options *o,
                          struct new_version *w) {
    struct policy *policy;
    const struct published *rows;
    struct buf why;
    int64_t number;
    try(open_policy(h, &policy, &rows));
    w->notice_days = (unsigned)h->home.config.policy_notice_days;
    try(zone_hours(a, h->home.config.zone, &w->zone_hours));
    try(facts_of_home(&h->domain, &h->home.config, &w->facts));
    const char *effective = options_value(o, "--effective");
    if (effective && !publication_moment(text_c(effective), w->zone_hours, &w->effective_ms))
        return err_make(ERR_USAGE, table[2].says);
    try(staff_named(h, o, "--by", &w->by));
    try(staff_named(h, o, "--second", &w->second));
    if (w->by && w->by == w->second)
        return err_make(ERR_FOUR_EYES_REQUIRED, "--second must be another person than --by");
    if (w->by)
        try(office_hand_prove(h, "--by", options_value(o, "--by"), w->by));
    if (w->second)
        try(office_hand_prove(h, "--second", options_value(o, "--second"), w->second));
    buf_init(&why, a, FACTS_BYTES_MAX);
    struct err e = publication_put(&h->domain, w, &why, &number);
    if (e.kind == ERR_POLICY_CHANGE_MAJOR)
        fprintf(stderr, "%.*s", TEXT_ARG(buf_peek(&why)));
    try(e);
    try(hand_publish(a, h));
    printf("%lld\n", (long long)number);
    return ok;
}

/* ---- compare ---- */

static struct err compare(struct arena *a, struct hand *h) {
    struct policy *policy;
    const struct published *rows;
    struct text live;
    struct buf why;
    try(open_policy(h, &policy, &rows));
    try(facts_of_home(&h->domain, &h->home.config, &live));
    buf_init(&why, a, FACTS_BYTES_MAX);
    if (!facts_compare(rows[policy->count - policy->scheduled - 1].facts, live, &why))
        return ok;
    printf("%.*s", TEXT_ARG(buf_peek(&why)));
    return err_make(ERR_POLICY_CHANGE_MAJOR,
                    "policy_behind: the system does what the policy in force does not say; "
                    "publish a version that does");
}

static bool is_verb(const struct options *o, const char *verb, unsigned words) {
    return o->word_count == words && strcmp(o->words[0], verb) == 0;
}

static struct err run_in_home(struct arena *a, const struct options *o, struct new_version *w) {
    struct hand h;
    try(hand_open(a, o, &h));
    struct err e = is_verb(o, "list", 1)      ? list(a, &h)
                   : is_verb(o, "compare", 1) ? compare(a, &h)
                                              : publish(a, &h, o, w);
    e.say = e.say ? text_say_in(a, "%s", e.say) : NULL;
    hand_close(&h);
    return e;
}

static int run_policy(struct arena *a, int argc, char **argv) {
    struct options o;
    struct new_version w = {0};
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && is_verb(&o, "check", 2))
        return policy_check_run(a, o.words[1]);
    bool is_publish = !e.kind && is_verb(&o, "publish", 2);
    if (!e.kind && is_verb(&o, "facts", 1)) {
        printf("%.*s", TEXT_ARG(facts_of_program(a)));
        return 0;
    }
    if (!e.kind && !is_publish && !is_verb(&o, "list", 1) && !is_verb(&o, "compare", 1))
        e = err_make(ERR_USAGE, text_say_in(a, "usage: alapi policy %s", usage));
    if (is_publish) { /* the files are the caller's, and may be closed to the home's owner */
        e = read_kinds(a, &o, &w.kinds);
        if (!e.kind)
            e = read_texts(a, o.words[1], &w);
        if (!e.kind)
            e = check_text(a, o.words[1]);
    }
    if (!e.kind)
        e = run_in_home(a, &o, &w);
    return e.kind ? command_fail(e) : 0;
}

const struct command command_policy = {
    .name = "policy",
    .usage = usage,
    .says = "the versions of the privacy policy, and publishing one",
    .run = run_policy,
};
