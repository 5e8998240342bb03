/* cmd_audit.c: alapi audit verify | promises | usage. */
#include "app/command.h"
#include "app/probes.h"
#include "app/usage_audit.h"
#include "base/clock.h"
#include "base/file.h"
#include "codec/json.h"
#include "crypt/receipt.h"
#include "domain/audit_verify.h"
#include "domain/publication.h"

#include <stdio.h>
#include <string.h>

enum { JSON_BYTES_MAX = 64 << 10 };

static const struct option table[] = {
    OPTION_HOME,
    {"--json", true, false, "the result as one JSON object"},
    {"--now", true, false, "check the promises now (the canary's: alapi canary)"},
    {"--against", false, false, "a checkpoint or a receipt that somebody kept"},
    {0}};

static int run_usage(struct arena *a, struct hand *h) {
    struct usage_audit audit;
    struct err e = usage_audit(a, h, &audit);
    if (e.kind)
        return command_fail(e);
    if (audit.is_wrong)
        return command_fail(err_make(ERR_CONFLICT, audit.first_wrong));
    printf("granted = left + spent + reserved holds for %llu tokens of %llu accounts; %llu units "
           "spent this month\n",
           (unsigned long long)audit.tokens, (unsigned long long)audit.accounts,
           (unsigned long long)audit.units_month);
    return 0;
}

/* ---- verify ---- */

static void print_json(struct arena *a, const struct audit_verdict *v) {
    struct buf b;
    struct json j;
    buf_init(&b, a, JSON_BYTES_MAX);
    json_init(&j, &b);
    json_open_object(&j);
    json_put_bool(&j, "whole", v->fault == AUDIT_WHOLE);
    json_put_i64(&j, "entries", (int64_t)v->entries);
    json_put_i64(&j, "pruned", (int64_t)v->pruned);
    json_put_i64(&j, "checkpoints", (int64_t)v->checkpoints);
    json_put_text(&j, "root", digest_print_in(a, &v->root));
    if (v->fault != AUDIT_WHOLE) {
        json_put_c(&j, "fault", audit_fault_name(v->fault));
        json_put_i64(&j, "index", (int64_t)v->index);
        json_put_c(&j, "say", v->say);
    }
    json_close_object(&j);
    printf("%.*s\n", TEXT_ARG(buf_peek(&b)));
}

/* The file's checkpoint; a receipt's is taken out of it. */
static struct err read_against(struct arena *a, const char *path, struct text *out) {
    struct receipt r;
    *out = TEXT("");
    if (!path)
        return ok;
    try(file_read_in(a, path, RECEIPT_BYTES_MAX, out));
    if (!text_starts(text_trim(*out), TEXT("{")))
        return ok;
    try(receipt_parse(a, *out, &r));
    *out = r.checkpoint;
    return ok;
}

static int run_verify(struct arena *a, struct hand *h, const struct options *o,
                      struct text against) {
    struct audit_verdict v;
    struct err e = audit_verify(&h->domain, against, &v);
    if (e.kind)
        return command_fail(
            err_make(e.kind, text_say_in(a, "the log cannot be verified: %s", e.say)));
    if (options_has(o, "--json"))
        print_json(a, &v);
    if (v.fault != AUDIT_WHOLE)
        return command_fail(err_make(ERR_INTEGRITY_FAILED, v.say));
    if (!options_has(o, "--json"))
        printf(
            "the log is whole: %llu entries (%llu of them pruned), %llu checkpoints, root %.*s\n",
            (unsigned long long)v.entries, (unsigned long long)v.pruned,
            (unsigned long long)v.checkpoints, TEXT_ARG(digest_print_in(a, &v.root)));
    return 0;
}

/* ---- promises ---- */

static const char *mark_of(enum outcome_state state, enum probe_id id) {
    return state == OUTCOME_NONE && !probes_has(id) ? "unchecked" : outcome_state_name(state);
}

/* A line with nothing behind it yet is told, not counted. */
static struct err list_promises(struct arena *a, struct hand *h, const char **first_bad_out) {
    *first_bad_out = NULL;
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        enum probe_id id = (enum probe_id)i;
        struct outcome outcome;
        try(outcome_of(&h->domain, id, &outcome));
        const char *mark = mark_of(outcome.state, id);
        printf("%s\t%s\t%.*s\t%.*s\n", mark, probe_lines[i].name,
               TEXT_ARG(outcome.time_ms ? clock_print_utc_in(a, outcome.time_ms) : TEXT("never")),
               TEXT_ARG(outcome.detail));
        bool counts = probes_has(id) || outcome.state != OUTCOME_NONE;
        if (counts && outcome.state != OUTCOME_GOOD && !*first_bad_out)
            *first_bad_out = text_say_in(a, "the promise %s is %s%s%.*s", probe_lines[i].name, mark,
                                         outcome.detail.length ? ": " : "", TEXT_ARG(outcome.detail));
    }
    return ok;
}

static struct err check_now(struct arena *a, struct hand *h) {
    struct policy *policy = arena_alloc(a, sizeof *policy);
    const struct probes_room room = {&h->domain, &h->home, policy};
    struct err e = publication_read(&h->domain, policy, NULL);
    if (e.kind == ERR_NOT_FOUND) /* never started: the shipped ones */
        e = policy_read(a, policy_texts, policy);
    try(e);
    return probes_run(&room, true);
}

static int run_promises(struct arena *a, struct hand *h, const struct options *o) {
    const char *first_bad = NULL;
    struct err e = options_has(o, "--now") ? check_now(a, h) : ok;
    if (!e.kind)
        e = list_promises(a, h, &first_bad);
    if (!e.kind && first_bad)
        e = err_make(ERR_CONFLICT, first_bad);
    return e.kind ? command_fail(e) : 0;
}

enum verb { VERIFY, PROMISES, USAGE, VERBS };

static enum verb verb_of(const struct options *o) {
    static const char *const names[VERBS] = {"verify", "promises", "usage"};
    unsigned verb = 0;
    while (verb < VERBS && (o->word_count != 1 || strcmp(o->words[0], names[verb]) != 0))
        verb++;
    return (enum verb)verb;
}

static int run_audit(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct text against = TEXT("");
    struct err e = options_parse(a, table, argc, argv, &o);
    enum verb verb = e.kind ? VERBS : verb_of(&o);
    if (!e.kind && verb == VERBS)
        e = err_make(
            ERR_USAGE,
            "usage: alapi audit verify [--json] [--against FILE] | promises [--now] | usage");
    if (!e.kind) /* before the home becomes the working directory */
        e = read_against(a, options_value(&o, "--against"), &against);
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    int code = verb == VERIFY     ? run_verify(a, &h, &o, against)
               : verb == PROMISES ? run_promises(a, &h, &o)
                                  : run_usage(a, &h);
    hand_close(&h);
    return code;
}

const struct command command_audit = {
    .name = "audit",
    .usage = "verify | promises | usage",
    .says = "proves the log, the promises, and that what was charged is what was counted",
    .run = run_audit,
};
