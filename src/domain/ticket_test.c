/* ticket_test.c: the laws of requests: who reads them, who answers them, and when. */
#include "domain/ticket_work.h"
#include "domain/erasure.h"
#include "domain/flow.h"
#include "domain/personal.h"
#include "domain/retention.h"
#include "domain/ticket_clocks.h"
#include "records.h"

#include <dirent.h>

static const int64_t day_ms = 86400000;
static const struct ticket_staff support = {11, STAFF_SUPPORT}, other_support = {12, STAFF_SUPPORT},
                                 officer = {13, STAFF_PRIVACY},
                                 both = {14, STAFF_SUPPORT | STAFF_PRIVACY}, nobody = {15, STAFF_AUDITOR};

static struct new_ticket form(const char *kind, const char *text) {
    return (struct new_ticket){.kind = text_c(kind), .text = text_c(text), .language = TEXT("en"),
                               .prefix = TEXT("10.0.0.0"), .asker = TEXT("10.0.0.7"), .source = "form"};
}

static struct ticket_promise opened(struct records *r, const struct new_ticket *with) {
    struct ticket_promise p;
    want_ok(ticket_open(&r->d, with, &p));
    return p;
}

static struct ticket now_of(struct records *r, const struct ticket_promise *p) {
    struct ticket t;
    int64_t number;
    want(ticket_public_parse(p->number, &number));
    want_ok(ticket_read(&r->d, number, &t));
    return t;
}

struct seen {
    struct arena *arena;
    unsigned count;
    struct text last, author;
};

static void see(void *with, const struct ticket_message *m) {
    struct seen *s = with;
    s->count++;
    s->last = m->text;
    s->author = m->author;
}

static struct seen messages_of(struct records *r, const struct ticket *t) {
    struct seen s = {&r->arena, 0, TEXT(""), TEXT("")};
    want_ok(ticket_messages(&r->d, t, see, &s));
    return s;
}

/* All mails together, and how many; the outbox is empty then. */
static struct text take_mails(struct records *r, unsigned *count) {
    struct text all = TEXT("");
    DIR *folder = opendir(r->outbox);
    *count = 0;
    for (struct dirent *e; (e = readdir(folder));) {
        char path[400], content[8192];
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", r->outbox, e->d_name);
        FILE *f = fopen(path, "r");
        size_t length = fread(content, 1, sizeof content, f);
        fclose(f);
        unlink(path);
        all = text_format_in(&r->arena, "%.*s%.*s", TEXT_ARG(all), (int)length, content);
        ++*count;
    }
    closedir(folder);
    return all;
}

static bool holds(struct text t, const char *what) { return text_find(t, text_c(what)) != SIZE_MAX; }

TEST(a_public_number_reads_back_and_no_other_letters_do) {
    struct records r;
    records_open(&r);
    for (unsigned i = 0; i < 2000; i++) {
        int64_t number = (int64_t)(random_u64(&r.chance) % 531441000000000000u), back;
        struct text public = ticket_public_in(&r.arena, number);
        want(ticket_public_parse(public, &back) && back == number);
        want(ticket_public_parse(text_lower_in(&r.arena, public), &back) && back == number);
    }
    static const char *const wrong[] = {"", "----", "2222-2222-222", "2222-2222-22222", "2222-2222-222O",
                                        "2222-2222-2221", "2222/2222/2222", "\xFF" "222-2222-2222"};
    int64_t number;
    for (size_t i = 0; i < COUNT(wrong); i++)
        want(!ticket_public_parse(text_c(wrong[i]), &number));
    records_close(&r);
}

TEST(fault_20__a_request_is_its_owners_alone) {
    struct records r;
    struct ticket t;
    records_open(&r);
    int64_t anna = records_account(&r, "anna", "anna@example.com"), ben = records_account(&r, "ben", "ben@example.com");
    struct account account;
    want_ok(account_read(&r.d, anna, &account));
    struct new_ticket mine = form("access", "what do you hold on me"), strange = form("question", "how");
    mine.account = &account;
    mine.source = "account";
    struct ticket_promise a = opened(&r, &mine), s = opened(&r, &strange);
    want_int(a.key.length, 0);
    want_int(s.key.length, 22);
    want_ok(ticket_of(&r.d, a.number, anna, TEXT(""), &t));
    want_err(ticket_of(&r.d, a.number, ben, TEXT(""), &t), ERR_NOT_FOUND);
    want_err(ticket_of(&r.d, a.number, 0, TEXT(""), &t), ERR_NOT_FOUND);
    want_err(ticket_of(&r.d, a.number, 0, s.key, &t), ERR_NOT_FOUND);
    want_err(ticket_clock(&r.d, a.number, &t), ERR_NOT_FOUND);
    want_ok(ticket_of(&r.d, s.number, 0, s.key, &t));
    want_err(ticket_of(&r.d, s.number, ben, TEXT(""), &t), ERR_NOT_FOUND);
    want_err(ticket_of(&r.d, s.number, 0, TEXT("AAAAAAAAAAAAAAAAAAAAAA"), &t), ERR_NOT_FOUND);
    want_ok(ticket_clock(&r.d, s.number, &t));
    want_int(t.kind.length + t.contact.length + t.draft.length, 0);
    records_close(&r);
}

TEST(a_double_click_is_one_request) {
    struct records r;
    records_open(&r);
    struct new_ticket f = form("question", "twice"), other = f;
    other.asker = TEXT("10.0.0.8");
    struct ticket_promise one = opened(&r, &f), two = opened(&r, &f), another = opened(&r, &other);
    want(text_equal(one.number, two.number) && text_equal(one.key, two.key));
    want(two.was_there && !one.was_there);
    want(!text_equal(one.number, another.number));
    r.d.now_ms += 60000;
    struct ticket_promise later = opened(&r, &f);
    want(!text_equal(one.number, later.number));
    records_close(&r);
}

TEST(row_D3__sensitive_text_is_refused_before_anything_is_stored) {
    struct records r;
    struct ticket_promise p;
    struct ticket_figures figures;
    records_open(&r);
    struct new_ticket f = form("question", "my number is 11010519491231002X");
    want_err(ticket_open(&r.d, &f, &p), ERR_SENSITIVE_TEXT);
    want_ok(ticket_figures(&r.d, &figures));
    want_int(figures.open, 0);
    f.sensitive_ok = true;
    want_ok(ticket_open(&r.d, &f, &p));
    struct ticket t = now_of(&r, &p);
    want_err(ticket_say(&r.d, &t, TEXT("card 4111 1111 1111 1111"), false), ERR_SENSITIVE_TEXT);
    want_ok(ticket_say(&r.d, &t, TEXT("card 4111 1111 1111 1111"), true));
    records_close(&r);
}

/* At each hour of the day, three in the morning too: confirmed in the second that it arrives. */
TEST(row_X6__a_message_is_confirmed_at_once_at_every_hour) {
    struct records r;
    unsigned count;
    records_open(&r);
    int64_t midnight = r.d.now_ms - r.d.now_ms % day_ms;
    for (int hour = 0; hour < 24; hour++) {
        struct new_ticket f = form("question", "zqtext zqtext");
        f.contact = TEXT("owl@example.com");
        r.d.now_ms = midnight + (hour + 1) * day_ms + hour * (day_ms / 24);
        struct ticket_promise p = opened(&r, &f);
        want(p.number.length > 0);
        want(holds(take_mails(&r, &count), "the code "));
        want_int(count, 1);
    }
    records_close(&r);
}

TEST(row_F1__an_address_is_answered_after_its_code_only) {
    struct records r;
    unsigned count;
    struct text mails;
    records_open(&r);
    struct new_ticket f = form("question", "zqtext zqtext");
    f.contact = TEXT("stranger@example.com");
    struct ticket_promise p = opened(&r, &f);
    mails = take_mails(&r, &count);
    want_int(count, 1);
    want(!holds(mails, "zqtext"));
    size_t at = text_find(mails, TEXT("the code "));
    want(at != SIZE_MAX && p.flow.length > 0);
    struct text code = text_part(mails, at + 9, 6);
    struct ticket t = now_of(&r, &p);
    want_ok(ticket_take(&r.d, &support, &t));
    t = now_of(&r, &p);
    want_ok(ticket_ask(&r.d, &support, &t, TEXT("which one?")));
    take_mails(&r, &count);
    want_int(count, 0);
    want_ok(ticket_prove(&r.d, p.flow, code));
    want_err(ticket_prove(&r.d, p.flow, code), ERR_CODE_EXPIRED);
    t = now_of(&r, &p);
    want_ok(ticket_ask(&r.d, &support, &t, TEXT("which one?")));
    mails = take_mails(&r, &count);
    want_int(count, 1);
    want(holds(mails, "To: stranger@example.com"));
    records_close(&r);
}

static void draft(struct records *r, const struct ticket_staff *who, const struct ticket_promise *p,
                  struct ticket_draft with) {
    struct ticket t = now_of(r, p);
    want_ok(ticket_take(&r->d, who, &t));
    t = now_of(r, p);
    want_ok(ticket_answer(&r->d, who, &t, &with));
}

TEST(row_F2__an_answer_about_personal_data_has_two_signatures_of_two_persons) {
    struct records r;
    records_open(&r);
    struct new_ticket f = form("access", "everything please");
    struct ticket_promise p = opened(&r, &f);
    struct ticket t = now_of(&r, &p);
    want_err(ticket_close(&r.d, &support, &t), ERR_CONFLICT); /* nothing to sign */
    draft(&r, &support, &p, (struct ticket_draft){TEXT("done"), TEXT("here it is"), TEXT("")});
    t = now_of(&r, &p);
    want_err(ticket_close(&r.d, &support, &t), ERR_SIGN_OFF_MISSING);
    want_ok(ticket_sign(&r.d, &support, &t, TEXT("support")));
    want_err(ticket_close(&r.d, &support, &t), ERR_SIGN_OFF_MISSING);
    want_err(ticket_sign(&r.d, &support, &t, TEXT("privacy")), ERR_ROLE_MISSING);
    want_err(ticket_sign(&r.d, &nobody, &t, TEXT("support")), ERR_ROLE_MISSING);
    want_ok(ticket_sign(&r.d, &officer, &t, TEXT("")));
    want_ok(ticket_close(&r.d, &support, &t));
    t = now_of(&r, &p);
    want(t.closed_ms == r.d.now_ms && t.expires_ms == r.d.now_ms + TICKET_STRANGER_DAYS * day_ms);
    want_err(ticket_close(&r.d, &support, &t), ERR_CONFLICT);
    records_close(&r);
}

TEST(row_F2__one_person_in_two_roles_signs_once_and_a_new_draft_is_unsigned) {
    struct records r;
    records_open(&r);
    struct new_ticket f = form("delete", "all of it");
    struct ticket_promise p = opened(&r, &f);
    const struct ticket_draft first = {TEXT("done"), TEXT("first"), TEXT("")};
    draft(&r, &both, &p, first);
    struct ticket t = now_of(&r, &p);
    want_ok(ticket_sign(&r.d, &both, &t, TEXT("support")));
    want_err(ticket_sign(&r.d, &both, &t, TEXT("privacy")), ERR_FOUR_EYES_REQUIRED);
    want_err(ticket_close(&r.d, &both, &t), ERR_SIGN_OFF_MISSING);
    want_ok(ticket_sign(&r.d, &officer, &t, TEXT("privacy")));
    draft(&r, &both, &p, first);
    t = now_of(&r, &p);
    want_err(ticket_close(&r.d, &both, &t), ERR_SIGN_OFF_MISSING);
    records_close(&r);
}

TEST(rows_F4_F5__every_final_answer_ends_with_the_remedies_and_a_refusal_has_its_reason) {
    static const char *const outcomes[] = {"answered", "done", "partly", "refused"};
    static const char *const ways[] = {"测试市人民法院", "12377", "12315", "mps.gov.cn", "/feedback/"};
    struct records r;
    records_open(&r);
    r.d.court = TEXT("测试市人民法院");
    for (const struct ticket_kind *k = ticket_kinds; k->name; k++) {
        const char *outcome = outcomes[(size_t)(k - ticket_kinds) % COUNT(outcomes)];
        struct new_ticket f = form(k->name, k->name);
        f.language = (k - ticket_kinds) % 2 ? TEXT("zh") : TEXT("en");
        r.d.now_ms += 3600000;
        struct ticket_promise p = opened(&r, &f);
        struct ticket t = now_of(&r, &p);
        want_int(t.is_privacy, k->is_privacy);
        want_ok(ticket_take(&r.d, &support, &t));
        t = now_of(&r, &p);
        struct ticket_draft d = {text_c(outcome), TEXT("zqanswer"), TEXT("")};
        if (strcmp(outcome, "refused") == 0 || strcmp(outcome, "partly") == 0)
            want_err(ticket_answer(&r.d, &support, &t, &d), ERR_FIELD_MISSING);
        d.reason = TEXT("zqreason");
        want_ok(ticket_answer(&r.d, &support, &t, &d));
        t = now_of(&r, &p);
        want_ok(ticket_sign(&r.d, &support, &t, TEXT("")));
        want_ok(ticket_sign(&r.d, &officer, &t, TEXT("")));
        want_ok(ticket_close(&r.d, &support, &t));
        struct seen s = messages_of(&r, &t);
        want(text_equal_c(s.author, "final") && holds(s.last, "zqanswer"));
        for (size_t i = 0; i < COUNT(ways); i++)
            want(holds(s.last, ways[i]));
        want(text_ends(s.last, ticket_remedy_in(&r.d, &t)));
    }
    records_close(&r);
}

TEST(row_F5__an_appeal_has_another_handler_and_new_clocks) {
    struct records r;
    records_open(&r);
    struct new_ticket f = form("question", "why");
    struct ticket_promise p = opened(&r, &f);
    struct ticket t = now_of(&r, &p);
    want_err(ticket_appeal(&r.d, &t, TEXT("no"), false), ERR_CONFLICT);
    draft(&r, &support, &p, (struct ticket_draft){TEXT("answered"), TEXT("because"), TEXT("")});
    t = now_of(&r, &p);
    want_ok(ticket_close(&r.d, &support, &t));
    r.d.now_ms += day_ms;
    t = now_of(&r, &p);
    want_ok(ticket_appeal(&r.d, &t, TEXT("that is no answer"), false));
    want_err(ticket_appeal(&r.d, &t, TEXT("again"), false), ERR_CONFLICT);
    t = now_of(&r, &p);
    want_int(t.round, 2);
    want_int(t.due_ms, r.d.now_ms + 30 * day_ms);
    want_int(t.expires_ms, 0);
    want_err(ticket_take(&r.d, &support, &t), ERR_OTHER_HANDLER_REQUIRED);
    want_err(ticket_answer(&r.d, &support, &t, &(struct ticket_draft){TEXT("done"), TEXT("x"), TEXT("")}), ERR_CONFLICT);
    draft(&r, &other_support, &p, (struct ticket_draft){TEXT("answered"), TEXT("because of"), TEXT("")});
    t = now_of(&r, &p);
    want_ok(ticket_close(&r.d, &other_support, &t));
    want(!holds(messages_of(&r, &t).last, "appeal at"));
    t = now_of(&r, &p);
    want_err(ticket_appeal(&r.d, &t, TEXT("once more"), false), ERR_CONFLICT);
    records_close(&r);
}

TEST(row_F3__each_mark_of_each_clock_warns_once_whatever_the_system_clock_does) {
    struct records r;
    unsigned count;
    records_open(&r);
    r.d.contact = TEXT("privacy@example.com");
    struct new_ticket f = form("question", "tick");
    struct ticket_promise p = opened(&r, &f);
    int64_t start = r.d.now_ms, inner = p.inner_ms - start, due = 30 * day_ms;
    const struct {
        int64_t at;
        unsigned mails;
    } rows[] = {
        {0, 0}, {inner / 2 - 1, 0}, {inner / 2 + 1, 1}, {inner / 2 + 1, 0}, {-day_ms, 0}, {due / 2 + 1, 1},
        {inner * 4 / 5 + 1, 1}, {inner + 1, 1},
        {400 * day_ms, 1}, /* a step forward: the highest mark alone */
        {10 * day_ms, 0},  /* and back */
        {800 * day_ms, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        r.d.now_ms = start + rows[i].at;
        want_ok(ticket_watch(&r.d));
        struct text mails = take_mails(&r, &count);
        if (count != rows[i].mails)
            fail_msg("step %zu: %u mails\n%.*s", i, count, TEXT_ARG(mails));
        want(!holds(mails, "tick\r"));
    }
    records_close(&r);
}

TEST(row_F3__what_is_overdue_is_counted) {
    struct records r;
    struct ticket_figures f;
    records_open(&r);
    struct new_ticket a = form("question", "a"), b = form("question", "b");
    struct ticket_promise p = opened(&r, &a);
    opened(&r, &b);
    r.d.now_ms += 2 * day_ms;
    draft(&r, &support, &p, (struct ticket_draft){TEXT("answered"), TEXT("x"), TEXT("")});
    struct ticket t = now_of(&r, &p);
    want_ok(ticket_close(&r.d, &support, &t));
    r.d.now_ms += 28 * day_ms - 1;
    want_ok(ticket_figures(&r.d, &f));
    want_int(f.open, 1);
    want_int(f.overdue, 0);
    want_int(f.overdue_inner, 1);
    want_int(f.answered, 1);
    want_int(f.within[0], 0);
    want_int(f.within[1], 1);
    want_int(f.within[4], 1);
    r.d.now_ms += 1;
    want_ok(ticket_figures(&r.d, &f));
    want_int(f.overdue, 1);
    records_close(&r);
}

/* Rows of this table that should have gone. */
static uint64_t overdue_of(struct domain *d, const char *table) {
    const struct store_retention *kept = personal_retention(table);
    struct statement *count = statement_for(d->store, kept->overdue);
    bool row;
    statement_bind_i64(count, 1, d->now_ms - (kept->is_end ? 0 : kept->period_ms));
    want_ok(statement_step(count, &row));
    uint64_t rows = (uint64_t)column_i64(count, 0);
    statement_done(count);
    return rows;
}

/* When the register says that the first row of this table ends; 0: not known yet. */
static int64_t end_of(struct records *r, const char *table, int64_t account) {
    const struct store_table *t = personal_table(table);
    struct statement *first = statement_for(r->d.store, t->first);
    bool row;
    statement_bind_i64(first, 1, account);
    statement_bind_i64(first, 2, 1);
    want_ok(statement_step(first, &row));
    want(row);
    int64_t ends_ms = column_i64(first, 1);
    statement_done(first);
    return ends_ms;
}

TEST(row_S1__every_row_of_a_request_tells_its_end_once_it_is_known) {
    static const char *const tables[] = {"ticket", "ticket_round", "ticket_message"};
    struct records r;
    records_open(&r);
    int64_t account = records_account(&r, "asker", NULL);
    struct account asker;
    want_ok(account_read(&r.d, account, &asker));
    struct new_ticket f = form("question", "old");
    f.account = &asker;
    f.source = "account";
    struct ticket_promise p = opened(&r, &f);
    for (size_t i = 0; i < COUNT(tables); i++)
        want_int(end_of(&r, tables[i], account), 0);
    draft(&r, &support, &p, (struct ticket_draft){TEXT("answered"), TEXT("x"), TEXT("")});
    struct ticket t;
    want_ok(ticket_of(&r.d, p.number, account, TEXT(""), &t));
    want_ok(ticket_sign(&r.d, &support, &t, TEXT("support")));
    want_ok(ticket_close(&r.d, &support, &t));
    want_ok(ticket_of(&r.d, p.number, account, TEXT(""), &t));
    want(t.expires_ms == r.d.now_ms + 730 * day_ms);
    for (size_t i = 0; i < COUNT(tables); i++)
        want(end_of(&r, tables[i], account) == t.expires_ms);
    r.d.now_ms = t.expires_ms + 1;
    for (size_t i = 0; i < COUNT(tables); i++)
        want(overdue_of(&r.d, tables[i]) > 0);
    want_ok(ticket_reap(&r.d));
    want_ok(retention_reap(&r.d, 9, NULL));
    for (size_t i = 0; i < COUNT(tables); i++)
        want_int(overdue_of(&r.d, tables[i]), 0);
    records_close(&r);
}

TEST(row_S1__an_old_request_is_gone_with_all_its_rows) {
    struct records r;
    struct ticket t;
    records_open(&r);
    struct new_ticket f = form("question", "old");
    struct ticket_promise p = opened(&r, &f);
    draft(&r, &support, &p, (struct ticket_draft){TEXT("answered"), TEXT("x"), TEXT("")});
    t = now_of(&r, &p);
    want_ok(ticket_sign(&r.d, &support, &t, TEXT("support")));
    want_ok(ticket_close(&r.d, &support, &t));
    r.d.now_ms += TICKET_STRANGER_DAYS * day_ms - 1;
    want_ok(ticket_reap(&r.d));
    want_ok(ticket_of(&r.d, p.number, 0, p.key, &t));
    r.d.now_ms += 1;
    want_ok(ticket_reap(&r.d));
    want_err(ticket_of(&r.d, p.number, 0, p.key, &t), ERR_NOT_FOUND);
    want_int(messages_of(&r, &t).count, 0);
    records_close(&r);
}

TEST(an_account_that_leaves_takes_its_requests_along) {
    struct records r;
    struct account account;
    struct text receipt;
    struct ticket t;
    records_open(&r);
    int64_t number = records_account(&r, "leaver", "leaver@example.com");
    want_ok(account_read(&r.d, number, &account));
    struct new_ticket f = form("cancel", "goodbye");
    f.account = &account;
    f.source = "account";
    struct ticket_promise p = opened(&r, &f);
    draft(&r, &both, &p, (struct ticket_draft){TEXT("done"), TEXT("x"), TEXT("")});
    t = now_of(&r, &p);
    want_ok(ticket_sign(&r.d, &both, &t, TEXT("support")));
    want_ok(erasure_begin(&r.d, &account, &receipt));
    want_ok(erasure_finish(&r.d, ERASURE_ALL));
    want_err(ticket_of(&r.d, p.number, number, TEXT(""), &t), ERR_NOT_FOUND);
    want_int(messages_of(&r, &t).count, 0);
    records_close(&r);
}

TEST(requests_of_one_prefix_are_limited) {
    struct records r;
    struct ticket_promise p;
    records_open(&r);
    for (unsigned i = 0; i < TICKETS_HOUR_MAX; i++) {
        struct new_ticket f = form("question", text_say_in(&r.arena, "n %u", i));
        opened(&r, &f);
    }
    struct new_ticket last = form("question", "one too many");
    want_err(ticket_open(&r.d, &last, &p), ERR_TOO_MANY_REQUESTS);
    want(r.d.detail.retry_after_s > 3000);
    records_close(&r);
}

TEST(a_mails_mark_joins_its_own_request_only) {
    struct records r;
    int64_t number = 12345678901234, found;
    records_open(&r);
    struct text mark = ticket_mail_mark(&r.d, number);
    want(ticket_mail_mark_find(&r.d, text_format_in(&r.arena, "Re: AW: your request %.*s", TEXT_ARG(mark)), &found));
    want_int(found, number);
    char *forged = text_c_in(&r.arena, mark);
    forged[mark.length - 2] = forged[mark.length - 2] == 'A' ? 'B' : 'A';
    want(!ticket_mail_mark_find(&r.d, text_c(forged), &found));
    want(!ticket_mail_mark_find(&r.d, text_part(mark, 0, mark.length - 1), &found));
    want(!ticket_mail_mark_find(&r.d, TEXT("[#"), &found));
    records_close(&r);
}

TESTS(RUN(a_public_number_reads_back_and_no_other_letters_do), RUN(fault_20__a_request_is_its_owners_alone),
      RUN(a_double_click_is_one_request), RUN(row_D3__sensitive_text_is_refused_before_anything_is_stored),
      RUN(row_X6__a_message_is_confirmed_at_once_at_every_hour),
      RUN(row_F1__an_address_is_answered_after_its_code_only),
      RUN(row_F2__an_answer_about_personal_data_has_two_signatures_of_two_persons),
      RUN(row_F2__one_person_in_two_roles_signs_once_and_a_new_draft_is_unsigned),
      RUN(rows_F4_F5__every_final_answer_ends_with_the_remedies_and_a_refusal_has_its_reason),
      RUN(row_F5__an_appeal_has_another_handler_and_new_clocks),
      RUN(row_F3__each_mark_of_each_clock_warns_once_whatever_the_system_clock_does),
      RUN(row_F3__what_is_overdue_is_counted),
      RUN(row_S1__every_row_of_a_request_tells_its_end_once_it_is_known),
      RUN(row_S1__an_old_request_is_gone_with_all_its_rows),
      RUN(an_account_that_leaves_takes_its_requests_along), RUN(requests_of_one_prefix_are_limited),
      RUN(a_mails_mark_joins_its_own_request_only))
