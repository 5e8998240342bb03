/* cookie_test.c: the laws of cookies: what is set, what cannot be, and what a choice is. */
#include "site/cookie.h"
#include "test.h"

static const int64_t now_s = 1800000000;

static struct cookie_jar jar_of(struct text header, bool is_tls, bool opts_out, struct arena *a) {
    return (struct cookie_jar){header, is_tls, cookie_choice_read(a, header, is_tls, opts_out, now_s)};
}

static struct text header_of(struct arena *a, bool functional, int64_t made_s) {
    const struct cookie_choice choice = {
        .allows = {[COOKIE_NECESSARY] = true, [COOKIE_FUNCTIONAL] = functional}, .made_s = made_s};
    return text_format_in(a, "consent=%.*s", TEXT_ARG(cookie_choice_print_in(a, &choice)));
}

TEST(row_K4__without_a_choice_nothing_but_the_necessary_can_be_set) {
    struct arena a;
    arena_init(&a, 1 << 20);
    for (unsigned tls = 0; tls < 2; tls++) {
        struct cookie_jar jar = jar_of(TEXT(""), tls, false, &a);
        for (unsigned i = 0; i < COOKIE_COUNT; i++) {
            bool is_necessary = cookie_of((enum cookie_id)i)->category == COOKIE_NECESSARY;
            want_int(cookie_print_in(&a, (enum cookie_id)i, TEXT("x"), 60, &jar).length > 0, is_necessary);
            want(cookie_print_in(&a, (enum cookie_id)i, TEXT(""), 60, &jar).length > 0); /* taking away: always */
        }
    }
    struct cookie_jar chosen = jar_of(header_of(&a, true, now_s - 60), false, false, &a);
    want(chosen.choice.is_made);
    want_text(cookie_print_in(&a, COOKIE_THEME, TEXT("dark"), 60, &chosen),
              "theme=dark; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    struct cookie_jar refused = jar_of(header_of(&a, false, now_s - 60), false, false, &a);
    want(refused.choice.is_made);
    want_int(cookie_print_in(&a, COOKIE_THEME, TEXT("dark"), 60, &refused).length, 0);
    arena_done(&a);
}

TEST(row_K10__a_browser_that_asks_not_to_be_tracked_has_chosen) {
    struct arena a;
    arena_init(&a, 1 << 20);
    struct cookie_jar jar = jar_of(header_of(&a, true, now_s - 60), false, true, &a);
    want(jar.choice.opts_out && !jar.choice.is_made && !jar.choice.allows[COOKIE_FUNCTIONAL]);
    want_int(cookie_print_in(&a, COOKIE_LANG, TEXT("en"), 60, &jar).length, 0);
    arena_done(&a);
}

TEST(row_K3__every_cookie_has_its_attributes) {
    struct arena a;
    arena_init(&a, 1 << 20);
    struct cookie_jar jar = jar_of(TEXT(""), true, false, &a);
    for (unsigned i = 0; i < COOKIE_CATEGORY_COUNT; i++)
        jar.choice.allows[i] = true;
    for (unsigned i = 0; i < COOKIE_COUNT; i++) {
        struct text set = cookie_print_in(&a, (enum cookie_id)i, TEXT("value"), 60, &jar);
        want(text_starts(set, TEXT("__Host-")));
        static const char *const attributes[] = {"; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/;"};
        for (size_t k = 0; k < COUNT(attributes); k++)
            want(text_find(set, text_c(attributes[k])) != SIZE_MAX);
        want(text_find(set, TEXT("Domain")) == SIZE_MAX);
        want(set.length < COOKIE_BYTES_MAX);
    }
    arena_done(&a);
}

TEST(a_choice_ends_with_the_register_with_time_and_with_nonsense) {
    struct arena a;
    arena_init(&a, 1 << 20);
    struct text rev = text_part(cookie_register_in(&a), 0, 8);
    static const struct {
        const char *form;
        bool is_made;
    } rows[] = {
        {"consent=%.*s.n.1799999999", true},        {"a=b; consent=%.*s.nf.1799999999; c=d", true},
        {"consent=%.*s.n.1784448000", true},        {"consent=%.*s.n.1784447999", false}, /* 180 days and a second */
        {"consent=%.*s.n.1800000001", false},       {"consent=%.*s.nx.1799999999", false},
        {"consent=%.*s..1799999999", false},        {"consent=%.*s.n.", false},
        {"consent=%.*s.n.1799999999.more", false},  {"consent=%.*s.n.-5", false},
        {"consent=0%.*s.n.1799999999", false},      {"consent=%.*s.n.1799999999; consent=x", false},
        {"__Host-consent=%.*s.n.1799999999", false}, {"consent", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text form = text_c(rows[i].form);
        size_t hole = text_find(form, TEXT("%.*s"));
        struct text header = form;
        if (hole != SIZE_MAX)
            header = text_format_in(&a, "%.*s%.*s%.*s", TEXT_ARG(text_part(form, 0, hole)), TEXT_ARG(rev),
                                    TEXT_ARG(text_from(form, hole + 4)));
        if (cookie_choice_read(&a, header, false, false, now_s).is_made != rows[i].is_made)
            fail_msg("%.*s", TEXT_ARG(header));
    }
    arena_done(&a);
}

TEST(fault_44__doubles_are_nobodys_and_strangers_are_ignored) {
    struct arena a;
    arena_init(&a, 1 << 20);
    want_text(cookie_read(&a, COOKIE_SID, TEXT("x=1; sid=abc; y"), false), "abc");
    want_text(cookie_read(&a, COOKIE_SID, TEXT("sid=abc; sid=abd"), false), "");
    want(cookie_is_there(&a, COOKIE_SID, TEXT("sid=abc; sid=abd"), false));
    want_text(cookie_read(&a, COOKIE_SID, TEXT("sid=abc"), true), "");
    want_int(cookie_count(TEXT("a=1;; b ;c=;")), 3);
    arena_done(&a);
}

TESTS(RUN(row_K4__without_a_choice_nothing_but_the_necessary_can_be_set),
      RUN(row_K10__a_browser_that_asks_not_to_be_tracked_has_chosen),
      RUN(row_K3__every_cookie_has_its_attributes),
      RUN(a_choice_ends_with_the_register_with_time_and_with_nonsense),
      RUN(fault_44__doubles_are_nobodys_and_strangers_are_ignored))
