/* cmd_transfer.c: alapi transfer list | open | approve | export: handing the business over. */
#include "app/command.h"
#include "app/office_hand.h"
#include "base/clock.h"
#include "codec/json.h"
#include "domain/publication.h"
#include "domain/staff.h"
#include "domain/transfer.h"

#include <stdio.h>
#include <string.h>

enum { LINE_BYTES_MAX = 8192 };

static const struct option table[] = {
    OPTION_HOME,
    {"--to", false, false, "name of the receiver"},
    {"--contact", false, false, "how persons reach the receiver"},
    {"--reason", false, false, "why: merger, division, sale"},
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
                        "hand-overs are of owners and privacy officers of the staff");
    *subject_out = account.subject;
    return office_hand_prove(h, "--by", options_value(o, "--by"), account.number);
}

static void print(void *with, const struct transfer *t) {
    struct hand *h = with;
    printf("%.*s\t%s\t%lld persons\t%.*s\t%.*s\n", TEXT_ARG(t->id),
           t->exported_ms   ? "handed over"
           : t->approved_ms ? "approved"
                            : "waits for approval",
           (long long)t->persons, TEXT_ARG(clock_print_utc_in(h->domain.arena, t->created_ms)),
           TEXT_ARG(t->recipient));
}

/* One person a line. */
static struct err give(void *with, const struct account *a) {
    struct hand *h = with;
    struct buf b;
    struct json j;
    buf_init(&b, h->domain.arena, LINE_BYTES_MAX);
    json_init(&j, &b);
    json_open_object(&j);
    json_put_text(&j, "account",
                  text_format_in(h->domain.arena, "%llu", (unsigned long long)a->subject));
    json_put_text(&j, "username", a->username);
    json_put_text(&j, "email", a->email);
    json_put_text(&j, "phone", a->phone);
    json_close_object(&j);
    printf("%.*s\n", TEXT_ARG(buf_peek(&b)));
    return ok;
}

static struct err export(struct hand *h, struct text id) {
    struct policy *policy = arena_alloc(h->domain.arena, sizeof *policy);
    try(publication_read(&h->domain, policy, NULL));
    return transfer_export(&h->domain, policy, id, give, h);
}

static struct err act(struct hand *h, const struct options *o) {
    const char *verb = o->words[0];
    struct text id;
    uint64_t by = 0;
    if (strcmp(verb, "list") == 0)
        return transfer_each(&h->domain, print, h);
    if (strcmp(verb, "export") == 0)
        return export(h, text_c(o->words[1]));
    try(staff_of(h, o, &by));
    if (strcmp(verb, "approve") == 0)
        return transfer_approve(&h->domain, text_c(o->words[1]), by);
    const struct transfer t = {.recipient = text_c(options_value(o, "--to")),
                               .contact = text_c(options_value(o, "--contact")),
                               .reason = text_c(options_value(o, "--reason")),
                               .asked_by = by};
    try(transfer_open(&h->domain, &t, &id));
    printf("%.*s\n", TEXT_ARG(id));
    return ok;
}

static bool is_known(const struct options *o) {
    const char *verb = o->word_count ? o->words[0] : "";
    return (o->word_count == 1 && (strcmp(verb, "list") == 0 || strcmp(verb, "open") == 0)) ||
           (o->word_count == 2 && (strcmp(verb, "approve") == 0 || strcmp(verb, "export") == 0));
}

static int run_transfer(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && !is_known(&o))
        e = err_make(
            ERR_USAGE,
            "usage: alapi transfer list | open --to NAME --contact HOW --reason WHY --by NAME | "
            "approve ID --by NAME | export ID");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = act(&h, &o);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_transfer = {
    .name = "transfer",
    .usage =
        "list | open --to … --contact … --reason … --by NAME | approve ID --by NAME | export ID",
    .says = "handing consenting persons over when the business changes hands",
    .run = run_transfer,
};
