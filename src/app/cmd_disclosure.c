/* cmd_disclosure.c: alapi disclosure list | record FILE | approve ID | release ID | refuse ID | review ID |
 * close ID | authority NAME: the register of requests for personal data, with documents of any size that is
 * taken. */
#include "app/command.h"
#include "app/office_hand.h"
#include "base/clock.h"
#include "base/file.h"
#include "domain/disclosure.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {
    OPTION_HOME,
    {"--account", false, false, "whose data is asked for"},
    {"--authority", false, false, "who asks"},
    {"--jurisdiction", false, false, "its country, two letters; CN where it is not given"},
    {"--type", false, false, "subpoena, inquiry, assistance, judgment, ruling or other"},
    {"--name", false, false, "what another document is called"},
    {"--number", false, false, "the document's number"},
    {"--sha256", false, false, "the document's SHA-256, as the authority told it"},
    {"--statute", false, false, "the statute that it rests on"},
    {"--scope", false, false, "the fields that it asks for, such as username,email"},
    {"--exception", false, false, "1 to 8, as the policy lists them; 0: with the person's consent"},
    {"--evidence", false, true, "name=value; may be given again"},
    {"--order-ends", false, false, "the last day of the order"},
    {"--notice-after", false, false, "the day until which the notice to the person waits"},
    {"--notice-statute", false, false, "the statute that says so"},
    {"--refuse", false, false, "the reason why: it is written down as refused"},
    {"--fields", false, false, "the fields to release"},
    {"--reason", false, false, "why it is refused"},
    {"--contact", false, false, "how an authority was verified"},
    {"--by", false, false, "who of the staff does it"},
    {"--second", false, true, "who approves it"},
    {0}};

static const char usage[] =
    "usage: alapi disclosure list | record [FILE] --account NAME --authority W --exception N … --by NAME "
    "[--second NAME] | approve ID --by NAME | release ID --fields F --by NAME | refuse ID --reason R "
    "--by NAME | review ID --by NAME | close ID --by NAME | authority NAME --by NAME";

static void print(void *with, const struct disclosure *r) {
    struct arena *a = with;
    printf("%.*s\t%.*s\t%.*s\tcase %d\t%.*s\t%.*s\t%.*s\n", TEXT_ARG(r->id), TEXT_ARG(r->decision),
           TEXT_ARG(r->doc_type), r->exception, TEXT_ARG(r->authority),
           TEXT_ARG(clock_print_utc_in(a, r->received_ms)),
           TEXT_ARG(r->decision.bytes[0] == 'r' && r->refusal.length ? r->refusal : r->fields_released));
}

static struct err take_evidence(const struct options *o, struct new_disclosure *out) {
    if (options_count(o, "--evidence") > EVIDENCE_MAX)
        return err_make(ERR_USAGE, "there are at most 12 pieces of evidence");
    for (unsigned i = 0; i < options_count(o, "--evidence"); i++) {
        struct text name, value = text_c(options_at(o, "--evidence", i));
        if (!text_cut(&value, '=', &name) || text_has_control(value))
            return err_make(ERR_USAGE, "--evidence has the form name=value");
        out->evidence[out->evidence_count++] = (struct evidence){name, value};
    }
    return ok;
}

static struct err record(struct hand *h, const struct options *o, struct text document) {
    struct staff_member by;
    struct account account;
    struct text id, approval;
    struct new_disclosure with = {.document = document,
                                  .authority = office_hand_text(o, "--authority"),
                                  .jurisdiction = office_hand_text(o, "--jurisdiction"),
                                  .doc_type = office_hand_text(o, "--type"),
                                  .doc_name = office_hand_text(o, "--name"),
                                  .doc_no = office_hand_text(o, "--number"),
                                  .document_sha256 = office_hand_text(o, "--sha256"),
                                  .statute = office_hand_text(o, "--statute"),
                                  .scope = office_hand_text(o, "--scope"),
                                  .exception = office_hand_text(o, "--exception"),
                                  .notice_statute = office_hand_text(o, "--notice-statute"),
                                  .refusal = office_hand_text(o, "--refuse")};
    if (with.jurisdiction.length == 0)
        with.jurisdiction = TEXT("CN");
    if (!options_has(o, "--account"))
        return err_make(ERR_USAGE, "--account NAME is needed: whose data is asked for");
    try(office_hand_member(h, o, "--by", STAFF_PRIVACY, &by));
    try(take_evidence(o, &with));
    try(office_hand_when(h, o, "--order-ends", true, &with.order_ends_ms));
    try(office_hand_when(h, o, "--notice-after", true, &with.deferred_ms));
    try(hand_account(h, options_value(o, "--account"), &account));
    with.account = account.number;
    try(disclosure_record(&h->domain, &by, &with, &id, &approval));
    printf("%.*s\n", TEXT_ARG(id));
    return office_hand_second(h, o, approval, 0);
}

static struct err approve(struct hand *h, const struct options *o) {
    struct staff_member by;
    struct disclosure r;
    struct approval a;
    bool found;
    try(office_hand_member(h, o, "--by", STAFF_OWNER | STAFF_PRIVACY, &by));
    try(disclosure_find(&h->domain, text_c(o->words[1]), &r));
    try(approval_standing(&h->domain, APPROVAL_DISCLOSURE, r.id, r.verified_by, &a, &found));
    if (!found)
        return err_make(ERR_CONFLICT, "nothing of this disclosure waits for an approval");
    return office_decide(&h->domain, &by, a.id, true, &a);
}

static struct err release(struct hand *h, const struct options *o) {
    struct staff_member by;
    struct person_view view;
    try(office_hand_member(h, o, "--by", STAFF_PRIVACY, &by));
    try(disclosure_release(&h->domain, &by, text_c(o->words[1]), office_hand_text(o, "--fields"), &view));
    for (unsigned i = 0; i < PERSON_FIELD_COUNT; i++)
        if (view.fields & 1u << i)
            printf("%s: %.*s\n", person_field_name((enum person_field)i), TEXT_ARG(view.values[i]));
    return ok;
}

static struct err refuse(struct hand *h, const struct options *o) {
    struct staff_member by;
    try(office_hand_member(h, o, "--by", STAFF_PRIVACY, &by));
    return disclosure_refuse(&h->domain, &by, text_c(o->words[1]), office_hand_text(o, "--reason"));
}

static struct err review(struct hand *h, const struct options *o) {
    struct staff_member by;
    try(office_hand_member(h, o, "--by", STAFF_OWNER | STAFF_PRIVACY, &by));
    return disclosure_review(&h->domain, &by, text_c(o->words[1]));
}

static struct err close_it(struct hand *h, const struct options *o) {
    struct staff_member by;
    try(office_hand_member(h, o, "--by", STAFF_PRIVACY, &by));
    return disclosure_close(&h->domain, &by, text_c(o->words[1]));
}

static struct err enter_authority(struct hand *h, const struct options *o) {
    struct staff_member by;
    struct text jurisdiction = office_hand_text(o, "--jurisdiction");
    try(office_hand_member(h, o, "--by", STAFF_PRIVACY, &by));
    return authority_put(&h->domain, &by, text_c(o->words[1]),
                         jurisdiction.length ? jurisdiction : TEXT("CN"), office_hand_text(o, "--contact"));
}

static const struct {
    const char *name;
    struct err (*run)(struct hand *h, const struct options *o);
} verbs[] = {{"approve", approve}, {"release", release}, {"refuse", refuse},
             {"review", review},   {"close", close_it},  {"authority", enter_authority}};

static bool is_known(const struct options *o) {
    const char *verb = o->word_count ? o->words[0] : "";
    if (strcmp(verb, "list") == 0)
        return o->word_count == 1;
    if (strcmp(verb, "record") == 0)
        return o->word_count <= 2;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verb, verbs[i].name) == 0)
            return o->word_count == 2;
    return false;
}

static struct err do_verb(struct arena *a, struct hand *h, const struct options *o, struct text document) {
    if (strcmp(o->words[0], "list") == 0)
        return disclosure_each(&h->domain, print, a);
    if (strcmp(o->words[0], "record") == 0)
        return record(h, o, document);
    size_t i = 0;
    while (strcmp(o->words[0], verbs[i].name) != 0)
        i++;
    return verbs[i].run(h, o);
}

/* Read before the home is entered: its path is the caller's. */
static struct err read_document(struct arena *a, const struct options *o, struct text *out) {
    if (o->word_count < 2 || strcmp(o->words[0], "record") != 0)
        return ok;
    struct err e = file_read_in(a, o->words[1], DISCLOSURE_DOCUMENT_BYTES_MAX + 1, out);
    if (!e.kind && out->length == 0)
        return err_make(ERR_DOCUMENT_NOT_PDF, "the document is empty; it must be a PDF");
    return e;
}

static int run_disclosure(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct text document = TEXT("");
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && !is_known(&o))
        e = err_make(ERR_USAGE, usage);
    if (!e.kind)
        e = read_document(a, &o, &document);
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = do_verb(a, &h, &o, document);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_disclosure = {
    .name = "disclosure",
    .usage = "list | record [FILE] … | approve ID | release ID | …",
    .says = "the register of requests for personal data",
    .run = run_disclosure,
};
