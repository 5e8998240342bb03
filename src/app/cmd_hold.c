/* cmd_hold.c: alapi hold list | open … | end ID: legal holds. */
#include "app/command.h"
#include "app/office_hand.h"
#include "base/clock.h"
#include "base/file.h"
#include "codec/sha256.h"
#include "domain/disclosure.h"
#include "domain/hold.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {
    OPTION_HOME,
    {"--account", false, true, "whom it concerns; may be given again"},
    {"--statute", false, false, "the statute that it rests on"},
    {"--article", false, false, "its article"},
    {"--authority", false, false, "who asks for it"},
    {"--document", false, false, "the authority's document, a file, or its SHA-256"},
    {"--reason", false, false, "why, for the office's record"},
    {"--until", false, false, "its last day, such as 2027-01-31"},
    {"--secret-until", false, false, "the last day of an order of secrecy"},
    {"--by", false, false, "who of the staff opens or ends it"},
    {"--second", false, true, "who approves it; of several accounts two persons"},
    {0}};

static const char usage[] =
    "usage: alapi hold list | open --account NAME … --statute S --article A --authority W --document FILE "
    "--reason R --until DAY [--secret-until DAY] --by NAME [--second NAME …] | end ID --by NAME "
    "[--second NAME]";

static void print(void *with, const struct hold *h) {
    struct arena *a = with;
    printf("%.*s\t%.*s\t%.*s %.*s\t%.*s\tuntil %.*s\n", TEXT_ARG(h->id), TEXT_ARG(h->state),
           TEXT_ARG(h->statute), TEXT_ARG(h->article), TEXT_ARG(h->authority),
           TEXT_ARG(clock_print_utc_in(a, h->until_ms)));
}

/* Read before the home is entered: its path is the caller's. */
static struct err read_document(struct arena *a, const char *given, struct text *sha256_out) {
    struct text file;
    *sha256_out = text_lower_in(a, text_c(given));
    if (!given || sha256_out->length == 64)
        return ok;
    try(file_read_in(a, given, DISCLOSURE_DOCUMENT_BYTES_MAX, &file));
    *sha256_out = sha256_hex_in(a, file);
    return ok;
}

static struct err open_hold(struct hand *h, const struct options *o, struct text sha256) {
    struct staff_member by;
    int64_t accounts[HOLD_ACCOUNTS_MAX];
    struct new_hold with = {.statute = office_hand_text(o, "--statute"),
                            .article = office_hand_text(o, "--article"),
                            .authority = office_hand_text(o, "--authority"),
                            .document_sha256 = sha256,
                            .reason = office_hand_text(o, "--reason"),
                            .accounts = accounts,
                            .account_count = options_count(o, "--account")};
    struct text id, approvals[2];
    try(office_hand_member(h, o, "--by", STAFF_PRIVACY, &by));
    try(office_hand_when(h, o, "--until", true, &with.until_ms));
    try(office_hand_when(h, o, "--secret-until", true, &with.secret_until_ms));
    for (unsigned i = 0; i < with.account_count && i < HOLD_ACCOUNTS_MAX; i++) {
        struct account account;
        try(hand_account(h, options_at(o, "--account", i), &account));
        accounts[i] = account.number;
    }
    try(hold_open(&h->domain, &by, &with, &id, approvals));
    printf("%.*s\n", TEXT_ARG(id));
    for (unsigned i = 0; i < 2; i++)
        try(office_hand_second(h, o, approvals[i], i));
    return ok;
}

static struct err end_hold(struct hand *h, const struct options *o) {
    struct staff_member by;
    struct text approval;
    try(office_hand_member(h, o, "--by", STAFF_PRIVACY, &by));
    try(hold_ask_end(&h->domain, &by, text_c(o->words[1]), &approval));
    try(office_hand_second(h, o, approval, 0));
    return hold_follow(&h->domain);
}

static struct err do_verb(struct arena *a, struct hand *h, const struct options *o, struct text sha256) {
    if (o->words[0][0] == 'l')
        return hold_each(&h->domain, print, a);
    try(o->words[0][0] == 'o' ? open_hold(h, o, sha256) : end_hold(h, o));
    return hand_publish(a, h); /* tokens stop, or go on */
}

static int run_hold(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct text sha256 = TEXT("");
    struct err e = options_parse(a, table, argc, argv, &o);
    const char *verb = o.word_count ? o.words[0] : "";
    bool is_known = (o.word_count == 1 && (strcmp(verb, "list") == 0 || strcmp(verb, "open") == 0)) ||
                    (o.word_count == 2 && strcmp(verb, "end") == 0);
    if (!e.kind && !is_known)
        e = err_make(ERR_USAGE, usage);
    if (!e.kind)
        e = read_document(a, options_value(&o, "--document"), &sha256);
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = do_verb(a, &h, &o, sha256);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_hold = {
    .name = "hold",
    .usage = "list | open --account NAME … --by NAME | end ID",
    .says = "legal holds: what may not be erased yet",
    .run = run_hold,
};
