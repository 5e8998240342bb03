/* disclosure_test.c: nothing leaves but by an approved row of the register. */
#include "domain/disclosure.h"
#include "codec/sha256.h"
#include "domain/access.h"
#include "domain/personal.h"
#include "domain/report.h"
#include "domain/retention.h"
#include "office_records.h"

#include <dirent.h>

static const int64_t day_ms = 86400000, hour_ms = 3600000;
static const char pdf[] = "%PDF-1.7\n1 0 obj\nzqdocument\nendobj\n%%EOF\n";
#define SHA "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

/* Evidence that is complete, code by code. */
#define WORD(literal)                                                                                      \
    { "" literal, sizeof(literal) - 1 }
static const struct evidence complete[][5] = {
    [0] = {{{0}, {0}}},
    [1] = {{{0}, {0}}},
    [2] = {{WORD("case_number"), WORD("(2026) 7")}},
    [3] = {{WORD("danger"), WORD("life")}, {WORD("attempts"), WORD("called three times")}},
    [4] = {{WORD("url"), WORD("https://example.com/me")},
           {WORD("captured"), WORD("2026-11-01")},
           {WORD("capture_sha256"), WORD(SHA)}},
    [5] = {{WORD("url"), WORD("https://example.com/news")},
           {WORD("publisher"), WORD("a paper")},
           {WORD("date"), WORD("2026-11-01")},
           {WORD("capture_sha256"), WORD(SHA)},
           {WORD("access"), WORD("public")}},
    [6] = {{WORD("contract"), WORD("C-1")},
           {WORD("request_event"), WORD("R-1")},
           {WORD("requested_by"), WORD("subject")}},
    [7] = {{WORD("incident"), WORD("I-1")},
           {WORD("recipient"), WORD("the night shift")},
           {WORD("fields"), WORD("username,email")}},
    [8] = {{WORD("edition"), WORD("2021")},
           {WORD("article"), WORD("13")},
           {WORD("legal_reviewer"), WORD("L")}},
};

static struct text receipt_of(struct office *o) {
    struct statement *add = statement_for(o->r.d.store, SQL_CONSENT_ADD);
    struct text receipt = domain_receipt(&o->r.d);
    const struct text texts[] = {TEXT("1"), TEXT("h"), TEXT("disclose"), TEXT("zh")};
    statement_bind_text(add, 1, receipt);
    statement_bind_i64(add, 2, o->person.number);
    for (unsigned i = 0; i < 4; i++)
        statement_bind_text(add, i + 3, texts[i]);
    statement_bind_i64(add, 7, o->r.d.now_ms);
    statement_bind_text(add, 8, TEXT("disclosure"));
    statement_bind_text(add, 9, TEXT(""));
    want_ok(statement_run(add, NULL));
    return receipt;
}

static struct new_disclosure asked(struct office *o, int code) {
    struct new_disclosure with = {.authority = TEXT("某市公安局"),
                                  .jurisdiction = TEXT("CN"),
                                  .doc_type = TEXT("inquiry"),
                                  .doc_no = TEXT("A-1"),
                                  .document = text_of(pdf, sizeof pdf - 1),
                                  .statute = TEXT("刑事诉讼法 第五十四条"),
                                  .scope = TEXT("username,email"),
                                  .account = o->person.number};
    with.exception = text_format_in(o->r.d.arena, "%d", code);
    if (code >= 3 && code <= 7)
        with.document = TEXT("");
    for (unsigned i = 0; i < 5 && complete[code][i].name.length; i++)
        with.evidence[with.evidence_count++] = complete[code][i];
    if (code == 0)
        with.evidence[with.evidence_count++] = (struct evidence){TEXT("consent_receipt"), receipt_of(o)};
    return with;
}

static struct err record(struct office *o, const struct new_disclosure *with, struct text *id) {
    struct text approval;
    return disclosure_record(&o->r.d, &o->privacy, with, id, &approval);
}

static struct text approved(struct office *o, const struct new_disclosure *with) {
    struct text id, approval;
    struct approval a;
    want_ok(disclosure_record(&o->r.d, &o->privacy, with, &id, &approval));
    want_err(office_decide(&o->r.d, &o->privacy, approval, true, &a), ERR_FOUR_EYES_REQUIRED);
    want_ok(office_decide(&o->r.d, &o->second, approval, true, &a));
    return id;
}

/* Each case alone, so that the report of a failure names it. */
static void case_with_all_its_evidence_and_each_item_missing(int code) {
    struct office o;
    struct text id;
    struct person_view view;
    office_open(&o);
    struct domain *d = &o.r.d;
    want_ok(authority_put(d, &o.privacy, TEXT("某市公安局"), TEXT("CN"),
                          TEXT("a number of the state's own list")));
    struct new_disclosure whole = asked(&o, code);
    id = approved(&o, &whole);
    want_ok(disclosure_release(d, &o.privacy, id, TEXT("username"), &view));
    want_text(view.values[PERSON_USERNAME], "zqperson");
    want_int(view.values[PERSON_EMAIL].length, 0);
    for (unsigned place = 0; evidence_item(code, place); place++) {
        const char *item = evidence_item(code, place);
        struct new_disclosure with = whole;
        enum err_kind wanted = ERR_EXCEPTION_EVIDENCE_MISSING;
        for (unsigned i = 0; i < with.evidence_count; i++)
            if (text_equal_c(with.evidence[i].name, item))
                with.evidence[i].value = TEXT(" ");
        if (strcmp(item, "document") == 0) {
            with.document = TEXT("");
            wanted = ERR_LEGAL_DOCUMENT_REQUIRED;
        }
        if (strcmp(item, "statute") == 0)
            with.statute = TEXT("");
        if (strcmp(item, "authority_entry") == 0)
            with.authority = TEXT("an authority that nobody verified");
        want_err(record(&o, &with, &id), wanted);
        assert_string_equal(d->detail.field, item);
    }
    office_close(&o);
}

#define CASE(code, test_name)                                                                              \
    TEST(test_name) {                                                                                      \
        case_with_all_its_evidence_and_each_item_missing(code);                                            \
    }
CASE(0, row_T6__consent_is_shown_by_its_receipt)
CASE(1, row_T6_1__national_security)
CASE(2, row_T6_2__criminal_investigation)
CASE(3, row_T6_3__life_and_property)
CASE(4, row_T6_4__made_public_by_the_person)
CASE(5, row_T6_5__lawfully_public)
CASE(6, row_T6_6__a_contract_of_the_person)
CASE(7, row_T6_7__the_running_of_the_service)
CASE(8, row_T6_8__other_cases_of_law)

TEST(row_T6__exactly_one_exception_is_named) {
    static const char *const wrong[] = {"", "9", "-1", "1,2", "12", "x", "01"};
    struct office o;
    struct text id;
    office_open(&o);
    struct new_disclosure with = asked(&o, 2);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        with.exception = text_c(wrong[i]);
        want_err(record(&o, &with, &id), ERR_EXCEPTION_EVIDENCE_MISSING);
        assert_string_equal(o.r.d.detail.field, "exception");
    }
    with.exception = TEXT("0"); /* no consent is shown */
    want_err(record(&o, &with, &id), ERR_EXCEPTION_EVIDENCE_MISSING);
    assert_string_equal(o.r.d.detail.field, "consent_receipt");
    struct account other;
    want_ok(account_read(&o.r.d, records_account(&o.r, "another", NULL), &other));
    with = asked(&o, 0);
    with.account = other.number; /* the receipt is somebody else's */
    want_err(record(&o, &with, &id), ERR_EXCEPTION_EVIDENCE_MISSING);
    office_close(&o);
}

TEST(rows_T3_T4__the_documents_own_faults) {
    static char large[DISCLOSURE_DOCUMENT_BYTES_MAX + 1];
    struct office o;
    struct text id;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_disclosure with = asked(&o, 2);
    with.document = TEXT("PK\x03\x04 an archive");
    want_err(record(&o, &with, &id), ERR_DOCUMENT_NOT_PDF);
    with.document = text_of(large, sizeof large);
    want_err(record(&o, &with, &id), ERR_DOCUMENT_TOO_LARGE);
    with = asked(&o, 2);
    with.document_sha256 = TEXT(SHA);
    want_err(record(&o, &with, &id), ERR_DOCUMENT_MISMATCH);
    with.document_sha256 = sha256_hex_in(d->arena, with.document);
    want_ok(record(&o, &with, &id));
    with.doc_type = TEXT("a letter");
    want_err(record(&o, &with, &id), ERR_FIELD_INVALID);
    with.doc_type = TEXT("other"); /* needs its name */
    want_err(record(&o, &with, &id), ERR_FIELD_MISSING);
    with.doc_name = TEXT("协查函");
    want_ok(record(&o, &with, &id));
    with = asked(&o, 2);
    with.doc_no = TEXT("");
    want_err(record(&o, &with, &id), ERR_FIELD_MISSING);
    office_close(&o);
}

TEST(row_T3__a_large_document_is_kept_and_verified_whole) {
    static char large[DISCLOSURE_DOCUMENT_BYTES_MAX];
    struct office o;
    struct person_view view;
    office_open(&o);
    memset(large, 'a', sizeof large);
    memcpy(large, "%PDF-1.7\n", 9);
    memcpy(large + sizeof large - 6, "\n%%EOF", 6);
    struct new_disclosure with = asked(&o, 2);
    with.document = text_of(large, sizeof large);
    struct text id = approved(&o, &with);
    want_ok(disclosure_release(&o.r.d, &o.privacy, id, TEXT("email"), &view));
    office_close(&o);
}

static void spoil_document(struct office *o, struct text id) {
    struct statement *put = statement_for(o->r.d.store, SQL_DISCLOSURE_DOCUMENT_ADD);
    struct statement *drop = statement_for(o->r.d.store, SQL_DISCLOSURE_DOCUMENT_REAP_ONE);
    statement_bind_text(drop, 1, id);
    struct text sealed;
    want_ok(domain_office_seal(&o->r.d, "disclosure_document.sealed", id, 0, TEXT("%PDF-1.7 another"),
                               &sealed));
    want_ok(statement_run(drop, NULL));
    statement_bind_text(put, 1, id);
    statement_bind_i64(put, 2, 0);
    statement_bind_bytes(put, 3, sealed);
    want_ok(statement_run(put, NULL));
}

TEST(row_T3__what_a_release_asks_for) {
    struct office o;
    struct text id, approval;
    struct approval a;
    struct person_view view = {0};
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_disclosure with = asked(&o, 2);
    with.order_ends_ms = d->now_ms + 3 * day_ms;
    want_ok(disclosure_record(d, &o.privacy, &with, &id, &approval));
    want_err(disclosure_release(d, &o.privacy, id, TEXT("username"), &view), ERR_APPROVAL_NEEDED);
    want_err(office_decide(d, &o.privacy, approval, true, &a), ERR_FOUR_EYES_REQUIRED);
    want_ok(office_decide(d, &o.second, approval, true, &a));
    want_err(disclosure_release(d, &o.privacy, id, TEXT("username,phone"), &view), ERR_SCOPE_TOO_WIDE);
    want_err(disclosure_release(d, &o.privacy, id, TEXT(""), &view), ERR_FIELD_MISSING);
    want_err(disclosure_release(d, &o.privacy, TEXT("none"), TEXT("username"), &view), ERR_NOT_FOUND);
    d->now_ms = with.order_ends_ms;
    want_err(disclosure_release(d, &o.privacy, id, TEXT("username"), &view), ERR_ORDER_EXPIRED);
    want_err(record(&o, &with, &id), ERR_ORDER_EXPIRED);
    with.order_ends_ms = 0;
    id = approved(&o, &with);
    spoil_document(&o, id);
    want_err(disclosure_release(d, &o.privacy, id, TEXT("username"), &view), ERR_DOCUMENT_MISMATCH);
    id = approved(&o, &with);
    d->now_ms += APPROVAL_MS;
    want_err(disclosure_release(d, &o.privacy, id, TEXT("username"), &view), ERR_APPROVAL_EXPIRED);
    want_int(view.fields, 0); /* nothing got out all the while */
    id = approved(&o, &with);
    want_ok(disclosure_release(d, &o.privacy, id, TEXT("username"), &view));
    want_err(disclosure_release(d, &o.privacy, id, TEXT("email"), &view), ERR_CONFLICT); /* once */
    id = approved(&o, &with);
    want_ok(disclosure_refuse(d, &o.privacy, id, TEXT("withdrawn")));
    want_err(disclosure_release(d, &o.privacy, id, TEXT("username"), &view), ERR_CONFLICT);
    want_int(office_noted(&o, "disclosure.release"), 1);
    office_close(&o);
}

TEST(row_T3__a_foreign_authority_gets_nothing_and_is_written_down) {
    struct office o;
    struct text id;
    struct disclosure r;
    struct person_view view;
    office_open(&o);
    struct new_disclosure with = asked(&o, 1);
    with.jurisdiction = TEXT("US");
    want_err(record(&o, &with, &id), ERR_FOREIGN_AUTHORITY);
    want_ok(disclosure_find(&o.r.d, id, &r));
    want_text(r.decision, "refused");
    want_text(r.refusal, "foreign_authority");
    want_err(disclosure_release(&o.r.d, &o.privacy, id, TEXT("username"), &view), ERR_CONFLICT);
    office_close(&o);
}

static unsigned mails(struct office *o) {
    unsigned count = 0;
    DIR *folder = opendir(o->r.outbox);
    for (struct dirent *e; (e = readdir(folder));)
        count += e->d_name[0] != '.';
    closedir(folder);
    return count;
}

static void count_told(void *with, const struct disclosure *r) {
    (void)r;
    ++*(unsigned *)with;
}

static unsigned told(struct office *o) {
    unsigned count = 0;
    want_ok(disclosure_of_account(&o->r.d, o->person.number, count_told, &count));
    return count;
}

TEST(row_T5__the_person_is_told_at_once_or_when_the_secrecy_ends) {
    struct office o;
    struct person_view view;
    struct text id;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_disclosure with = asked(&o, 2);
    want_ok(disclosure_release(d, &o.privacy, approved(&o, &with), TEXT("username"), &view));
    want_int(mails(&o), 1);
    want_int(told(&o), 1);
    with.deferred_ms = d->now_ms + 5 * day_ms;
    want_err(record(&o, &with, &id), ERR_FIELD_MISSING); /* which statute lets it wait? */
    with.notice_statute = TEXT("刑事诉讼法");
    want_ok(disclosure_release(d, &o.privacy, approved(&o, &with), TEXT("username"), &view));
    want_ok(office_follow(d));
    want_int(mails(&o), 1);
    want_int(told(&o), 1);
    d->now_ms = with.deferred_ms - 1;
    want_ok(office_follow(d));
    want_int(told(&o), 1);
    d->now_ms = with.deferred_ms;
    want_ok(office_follow(d));
    want_ok(office_follow(d));
    want_int(mails(&o), 2); /* once */
    want_int(told(&o), 2);
    want_int(office_noted(&o, "disclosure.notice"), 2);
    office_close(&o);
}

TEST(row_T6_3__an_emergency_is_reviewed_within_a_day_by_another_or_escalated) {
    struct office o;
    struct person_view view;
    unsigned overdue;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_disclosure with = asked(&o, 3);
    struct text first = approved(&o, &with), second = approved(&o, &with);
    want_ok(disclosure_release(d, &o.privacy, first, TEXT("email"), &view));
    want_ok(disclosure_release(d, &o.privacy, second, TEXT("email"), &view));
    want_err(disclosure_review(d, &o.privacy, first), ERR_FOUR_EYES_REQUIRED);
    want_ok(disclosure_review(d, &o.second, first));
    d->now_ms += 24 * hour_ms - 1;
    want_ok(office_follow(d));
    want_int(office_noted(&o, "disclosure.escalate"), 0);
    d->now_ms += 1;
    want_ok(office_follow(d));
    want_ok(office_follow(d));
    want_int(office_noted(&o, "disclosure.escalate"), 1);
    want_ok(disclosure_overdue(d, &overdue));
    want_int(overdue, 1);
    want_ok(disclosure_review(d, &o.owner, second));
    want_ok(disclosure_overdue(d, &overdue));
    want_int(overdue, 0);
    office_close(&o);
}

TEST(row_T6_4__an_objection_closes_the_case) {
    struct office o;
    struct person_view view;
    struct text id;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_disclosure with = asked(&o, 4);
    struct text before = approved(&o, &with);
    want_ok(objection_add(d, &o.person));
    want_ok(objection_add(d, &o.person));
    want_err(disclosure_release(d, &o.privacy, before, TEXT("username"), &view), ERR_SUBJECT_OBJECTED);
    want_err(record(&o, &with, &id), ERR_SUBJECT_OBJECTED);
    with = asked(&o, 2); /* the other cases are open as before */
    want_ok(record(&o, &with, &id));
    want_int(office_noted(&o, "objection.add"), 1);
    office_close(&o);
}

static struct new_disclosure with_value(struct office *o, int code, const char *name, const char *value) {
    struct new_disclosure with = asked(o, code);
    for (unsigned i = 0; i < with.evidence_count; i++)
        if (text_equal_c(with.evidence[i].name, name))
            with.evidence[i].value = text_c(value);
    return with;
}

TEST(rows_T6_5_T6_6_T6_7__evidence_that_will_not_do) {
    struct office o;
    struct text id;
    office_open(&o);
    struct new_disclosure with = with_value(&o, 5, "access", "private");
    want_err(record(&o, &with, &id), ERR_SOURCE_NOT_PUBLIC);
    with = with_value(&o, 5, "access", "paid");
    want_err(record(&o, &with, &id), ERR_SOURCE_NOT_PUBLIC);
    with = with_value(&o, 6, "requested_by", "our salesman");
    want_err(record(&o, &with, &id), ERR_REQUEST_NOT_OF_SUBJECT);
    with = with_value(&o, 7, "fields", "username"); /* less than the scope */
    want_err(record(&o, &with, &id), ERR_EXCEPTION_EVIDENCE_MISSING);
    with = with_value(&o, 4, "url", "somewhere");
    want_err(record(&o, &with, &id), ERR_EXCEPTION_EVIDENCE_MISSING);
    with = with_value(&o, 4, "capture_sha256", "abc");
    want_err(record(&o, &with, &id), ERR_EXCEPTION_EVIDENCE_MISSING);
    office_close(&o);
}

TEST(row_T6_7__an_extract_lasts_seven_days_or_until_the_incident_is_closed) {
    struct office o;
    struct person_view view;
    struct text extract;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_disclosure with = asked(&o, 7);
    struct text first = approved(&o, &with), second = approved(&o, &with);
    want_ok(disclosure_release(d, &o.privacy, first, TEXT("username,email"), &view));
    want_ok(disclosure_release(d, &o.privacy, second, TEXT("username"), &view));
    want_ok(disclosure_extract(d, &o.privacy, first, &extract));
    want_text(extract, "username: zqperson\nemail: zqperson@example.com\n");
    want_ok(disclosure_close(d, &o.privacy, second));
    want_err(disclosure_extract(d, &o.privacy, second, &extract), ERR_NOT_FOUND);
    d->now_ms += 7 * day_ms - 1;
    want_ok(disclosure_extract(d, &o.privacy, first, &extract));
    d->now_ms += 1;
    want_err(disclosure_extract(d, &o.privacy, first, &extract), ERR_NOT_FOUND);
    want_ok(office_follow(d));
    d->now_ms -= day_ms;
    want_err(disclosure_extract(d, &o.privacy, first, &extract),
             ERR_NOT_FOUND); /* it is deleted, not hidden */
    office_close(&o);
}

struct recount {
    struct domain *d;
    int64_t lines, in_register;
};

static void add_line(void *with, const struct report_line *l) {
    want_text(l->half, "2027-H1");
    ((struct recount *)with)->lines += l->count;
}

static void add_row(void *with, const struct disclosure *r) {
    (void)r;
    ((struct recount *)with)->in_register++;
}

TEST(row_T5__the_report_counts_the_register) {
    struct office o;
    struct text id;
    struct person_view view;
    struct recount c = {0};
    office_open(&o);
    struct domain *d = &o.r.d;
    want_ok(authority_put(d, &o.privacy, TEXT("某市公安局"), TEXT("CN"), TEXT("x")));
    for (int code = 0; code <= EXCEPTION_MAX; code++) {
        struct new_disclosure with = asked(&o, code);
        if (code % 3 == 0)
            want_ok(disclosure_release(d, &o.privacy, approved(&o, &with), TEXT("username"), &view));
        else
            want_ok(record(&o, &with, &id));
    }
    struct new_disclosure with = asked(&o, 2);
    with.document = TEXT("");
    with.refusal = TEXT("by telephone, without a document");
    want_ok(record(&o, &with, &id)); /* a request that was turned down at the door counts too */
    want_ok(report_disclosures(d, add_line, &c));
    want_ok(disclosure_each(d, add_row, &c));
    want_int(c.lines, 10);
    want_int(c.in_register, 10);
    office_close(&o);
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

TEST(row_S1__after_three_years_the_documents_go_and_the_count_stays) {
    struct office o;
    struct text id;
    struct recount c = {0};
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_disclosure with = asked(&o, 2);
    with.document = TEXT("");
    with.refusal = TEXT("by telephone, without a document");
    want_ok(record(&o, &with, &id));
    d->now_ms += 1095 * day_ms;
    want_int(overdue_of(d, "disclosure"), 0);
    d->now_ms += 1;
    want_int(overdue_of(d, "disclosure"), 1);
    want_ok(disclosure_follow(d));
    want_ok(retention_reap(d, 9, NULL)); /* no row is held by another that stays */
    want_int(overdue_of(d, "disclosure"), 0);
    want_ok(disclosure_each(d, add_row, &c));
    want_int(c.in_register, 1);
    office_close(&o);
}

TEST(half_years_are_chinas) {
    static const struct {
        int64_t ms;
        const char *half;
    } rows[] = {{1798732799000, "2026-H2"},
                {1798732800000, "2027-H1"},
                {1814371199000, "2027-H1"},
                {1814371200000, "2027-H2"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct office o;
        struct text id;
        office_open(&o);
        o.r.d.now_ms = rows[i].ms;
        struct new_disclosure with = asked(&o, 2);
        want_ok(record(&o, &with, &id));
        struct statement *list = statement_for(o.r.d.store, SQL_REPORT_DISCLOSURES);
        bool row;
        want_ok(statement_step(list, &row));
        want_text(column_text_in(list, o.r.d.arena, 0), rows[i].half);
        statement_done(list);
        office_close(&o);
    }
}

TESTS(RUN(row_T6__consent_is_shown_by_its_receipt), RUN(row_T6_1__national_security),
      RUN(row_T6_2__criminal_investigation), RUN(row_T6_3__life_and_property),
      RUN(row_T6_4__made_public_by_the_person), RUN(row_T6_5__lawfully_public),
      RUN(row_T6_6__a_contract_of_the_person), RUN(row_T6_7__the_running_of_the_service),
      RUN(row_T6_8__other_cases_of_law), RUN(row_T6__exactly_one_exception_is_named),
      RUN(rows_T3_T4__the_documents_own_faults), RUN(row_T3__a_large_document_is_kept_and_verified_whole),
      RUN(row_T3__what_a_release_asks_for),
      RUN(row_T3__a_foreign_authority_gets_nothing_and_is_written_down),
      RUN(row_T5__the_person_is_told_at_once_or_when_the_secrecy_ends),
      RUN(row_T6_3__an_emergency_is_reviewed_within_a_day_by_another_or_escalated),
      RUN(row_T6_4__an_objection_closes_the_case), RUN(rows_T6_5_T6_6_T6_7__evidence_that_will_not_do),
      RUN(row_T6_7__an_extract_lasts_seven_days_or_until_the_incident_is_closed),
      RUN(row_T5__the_report_counts_the_register), RUN(half_years_are_chinas),
      RUN(row_S1__after_three_years_the_documents_go_and_the_count_stays))
