/* facts_test.c: what the program does is what the policy was written for: policy/N.facts of the
 * newest text.
 *
 * Whoever adds a column that says something about a person, gives a cookie another purpose, renames
 * a route of persons or lets an API ask outside changes what the policy is about. */
#include "app/facts.h"
#include "base/file.h"
#include "domain/policy.h"
#include "test.h"

#include <stdio.h>

static unsigned newest(struct arena *a) {
    struct policy *p = arena_alloc(a, sizeof *p);
    want_ok(policy_read(a, policy_texts, p));
    return p->count;
}

TEST(rows_K6_U7_U9_U10__the_program_does_what_the_policy_was_written_for) {
    struct arena a;
    struct text written;
    struct buf why;
    arena_init(&a, 64 << 20);
    const char *file = text_say_in(&a, "policy/%u.facts", newest(&a));
    want_ok(file_read_in(&a, file, FACTS_BYTES_MAX, &written));
    buf_init(&why, &a, FACTS_BYTES_MAX);
    unsigned kinds = facts_compare(written, facts_of_program(&a), &why);
    if (kinds)
        fail_msg(
            "the program does what policy/%u does not say (kinds %.*s):\n%.*s"
            "write it into a new version of the policy; while that version is not published yet:\n"
            "    build/alapi policy facts >%s",
            newest(&a), TEXT_ARG(facts_kinds_in(&a, kinds)), TEXT_ARG(buf_peek(&why)), file);
    arena_done(&a);
}

/* Each change of what the system does is found, and is of its kind. */
TEST(rows_K6_U7_U8_U9_U10_U11_U12__a_change_is_found_and_is_of_its_kind) {
    static const struct {
        const char *before, *after;
        unsigned kind;
    } rows[] = {
        {"", "field contact.fax category=contact", CHANGE_SERVICE},
        {"field a.b purpose=login", "field a.b purpose=advertising", CHANGE_SERVICE},
        {"field a.b retention=30 days", "field a.b retention=account", CHANGE_SERVICE},
        {"cookie sid category=necessary says=x", "cookie sid category=marketing says=x",
         CHANGE_SERVICE},
        {"cookie sid category=necessary says=x", "cookie sid category=necessary says=y",
         CHANGE_SERVICE},
        {"purpose news", "", CHANGE_SERVICE},
        {"controller name=A", "controller name=B", CHANGE_CONTROLLER},
        {"", "host smtp_host=mail.example", CHANGE_SHARING},
        {"", "processor Carrier", CHANGE_SHARING},
        {"", "outside apis network", CHANGE_SHARING},
        {"route GET /account/export", "route GET /account/takeout", CHANGE_RIGHTS},
        {"right f1 GET /account/export", "", CHANGE_RIGHTS},
        {"contact mail=a@b.cn", "contact mail=c@b.cn", CHANGE_CONTACT},
        {"", "risk x scope=feature:y", CHANGE_RISK},
    };
    struct arena a;
    arena_init(&a, 16 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf why;
        buf_init(&why, &a, 4096);
        want_int(facts_compare(text_c(rows[i].before), text_c(rows[i].after), &why),
                 1 << rows[i].kind);
        want(buf_peek(&why).length > 0);
        want_int(facts_compare(text_c(rows[i].before), text_c(rows[i].before), &why), 0);
    }
    struct buf why;
    buf_init(&why, &a, 4096);
    want_int(facts_compare(TEXT("risk x"), TEXT(""), &why),
             0); /* a risk that is gone frightens nobody */
    want_int(facts_compare(TEXT("a\ncontroller x\nroute y\n"),
                           TEXT("a\ncontact x\nhost y\nroute y\n"), &why),
             1 << CHANGE_CONTROLLER | 1 << CHANGE_CONTACT | 1 << CHANGE_SHARING);
    arena_done(&a);
}

TEST(rows_U8_U9_U11__settings_are_facts) {
    struct arena a;
    struct config config;
    struct facts f;
    arena_init(&a, 16 << 20);
    want_ok(config_load(&a, "/nonexistent/alapi.conf", &config));
    config.processors = "Carrier Ltd; ; Mail Ltd";
    facts_init(&f, &a);
    facts_add_home(&f, &config);
    struct text lines = facts_print_in(&a, &f);
    want(text_find(lines, TEXT("processor Carrier Ltd\nprocessor Mail Ltd\n")) != SIZE_MAX);
    want(text_find(lines, TEXT("controller name=")) != SIZE_MAX);
    want(text_find(lines, TEXT("contact mail=privacy@localhost.localdomain\n")) != SIZE_MAX);
    arena_done(&a);
}

TESTS(RUN(rows_K6_U7_U9_U10__the_program_does_what_the_policy_was_written_for),
      RUN(rows_K6_U7_U8_U9_U10_U11_U12__a_change_is_found_and_is_of_its_kind),
      RUN(rows_U8_U9_U11__settings_are_facts))
