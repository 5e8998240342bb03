/* cmd_assessment.c: alapi assessment add | approve | list | delete. */
#include "app/command.h"
#include "app/office_hand.h"
#include "base/clock.h"
#include "domain/assessment.h"
#include "domain/publication.h"
#include "domain/staff.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {
    OPTION_HOME,
    {"--scope", false, false, "columns and features that it is about, one a word"},
    {"--purpose", false, false, "what for"},
    {"--necessity", false, false, "why it cannot be done with less"},
    {"--impact", false, false, "what it means for the persons"},
    {"--measures", false, false, "what is done about that"},
    {"--risk", false, false, "low, middle or high"},
    {"--until", false, false, "the day until which it holds, such as 2030-01-31"},
    {"--by", false, false, "who of the staff does this"},
    {0},
};

static struct err staff_of(struct hand *h, const struct options *o, uint64_t *subject_out) {
    struct account account;
    unsigned roles;
    if (!options_has(o, "--by"))
        return err_make(ERR_USAGE, "say with --by who of the staff does this");
    try(hand_account(h, options_value(o, "--by"), &account));
    try(staff_roles(&h->domain, account.number, &roles));
    if (!(roles & (STAFF_OWNER | STAFF_PRIVACY)))
        return err_make(ERR_ROLE_MISSING,
                        "assessments are of owners and privacy officers of the staff");
    *subject_out = account.subject;
    return office_hand_prove(h, "--by", options_value(o, "--by"), account.number);
}

static struct err add(struct hand *h, const struct options *o, uint64_t by) {
    struct text id;
    struct assessment a = {.scope = text_c(options_value(o, "--scope")),
                           .purpose = text_c(options_value(o, "--purpose")),
                           .necessity = text_c(options_value(o, "--necessity")),
                           .impact = text_c(options_value(o, "--impact")),
                           .measures = text_c(options_value(o, "--measures")),
                           .risk = text_c(options_value(o, "--risk"))};
    if (!publication_moment(text_c(options_value(o, "--until")), 0, &a.valid_until_ms))
        return err_make(ERR_USAGE, "say with --until until which day it holds, such as 2030-01-31");
    try(assessment_add(&h->domain, &a, by, &id));
    printf("%.*s\n", TEXT_ARG(id));
    return ok;
}

static void print(void *with, const struct assessment *a) {
    struct hand *h = with;
    bool is_old = a->valid_until_ms <= h->domain.now_ms;
    struct text until = text_part(clock_print_utc_in(h->domain.arena, a->valid_until_ms), 0, 10);
    printf("%.*s\t%.*s\t%s\tuntil %.*s%s\t%.*s\t%.*s\n", TEXT_ARG(a->id), TEXT_ARG(a->risk),
           a->is_shipped    ? "shipped"
           : a->approved_ms ? "approved"
                            : "waits for approval",
           TEXT_ARG(until), is_old ? " (outdated)" : "", TEXT_ARG(a->scope), TEXT_ARG(a->purpose));
}

static struct err act(struct hand *h, const struct options *o) {
    const char *verb = o->words[0];
    uint64_t by = 0;
    if (strcmp(verb, "list") == 0)
        return assessment_each(&h->domain, print, h);
    try(staff_of(h, o, &by));
    if (strcmp(verb, "add") == 0)
        return add(h, o, by);
    struct text id = text_c(o->words[1]);
    return strcmp(verb, "approve") == 0 ? assessment_approve(&h->domain, id, by)
                                        : assessment_delete(&h->domain, id, by);
}

static bool is_known(const struct options *o) {
    const char *verb = o->word_count ? o->words[0] : "";
    return (o->word_count == 1 && (strcmp(verb, "list") == 0 || strcmp(verb, "add") == 0)) ||
           (o->word_count == 2 && (strcmp(verb, "approve") == 0 || strcmp(verb, "delete") == 0));
}

static int run_assessment(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && !is_known(&o))
        e = err_make(ERR_USAGE, "usage: alapi assessment list | add --scope … | approve ID | "
                                "delete ID, with --by NAME");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = act(&h, &o);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_assessment = {
    .name = "assessment",
    .usage = "list | add --scope … | approve ID | delete ID, with --by NAME",
    .says = "assessments of the impact on persons",
    .run = run_assessment,
};
