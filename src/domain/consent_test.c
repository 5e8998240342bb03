/* consent_test.c: agreeing, declining, withdrawing; what holds then; who is handed over. */
#include "domain/consent.h"
#include "domain/transfer.h"
#include "policies.h"

struct scene {
    struct records r;
    int64_t number;
};

static void scene_open(struct scene *s) {
    records_open(&s->r);
    policy_first(&s->r, "[a] A", "");
    s->number = records_account(&s->r, "anna", "anna@example.com");
}

static struct err give(struct scene *s, const char *version, const char *act, struct consent *out) {
    struct account a;
    const struct consent_wish wish = {
        .version = text_c(version), .act = text_c(act), .language = TEXT("en")};
    want_ok(account_read(&s->r.d, s->number, &a));
    return consent_give(&s->r.d, policy_of_now(&s->r), &a, &wish, out);
}

static struct err give_purpose(struct scene *s, const char *purpose, const char *act,
                               struct consent *out) {
    struct account a;
    const struct consent_wish wish = {
        .purpose = text_c(purpose), .act = text_c(act), .language = TEXT("en")};
    want_ok(account_read(&s->r.d, s->number, &a));
    return consent_give(&s->r.d, policy_of_now(&s->r), &a, &wish, out);
}

static void publish_major(struct scene *s, int number, const char *effective,
                          const char *sentences) {
    int64_t one = records_account(&s->r, text_say_in(&s->r.arena, "one%d", number), NULL),
            two = records_account(&s->r, text_say_in(&s->r.arena, "two%d", number), NULL);
    want_ok(staff_set(&s->r.d, one, STAFF_OWNER));
    want_ok(staff_set(&s->r.d, two, STAFF_PRIVACY));
    struct publish p = {.number = number,
                        .effective = effective,
                        .sentences = sentences,
                        .facts = "",
                        .kinds = 1 << CHANGE_OTHER,
                        .by = one,
                        .second = two};
    want_ok(policy_publish(&s->r, &p, NULL));
}

static struct err gate(struct scene *s) {
    return agreement_check(&s->r.d, policy_of_now(&s->r), s->number);
}

static bool same(const struct consent *a, const struct consent *b) {
    return text_equal(a->receipt, b->receipt);
}

TEST(rows_U5_U6__each_button_its_record_and_the_same_again_the_same_receipt) {
    struct scene s;
    struct consent first, again, next;
    scene_open(&s);
    want_ok(give(&s, "1", "agree", &first));
    want_ok(give(&s, "1", "agree", &again));
    want(same(&first, &again));
    publish_major(&s, 2, NULL, "[a] B");
    want_err(gate(&s), ERR_POLICY_CONSENT_REQUIRED);
    want_text(s.r.d.detail.version, "2");
    want_int(s.r.d.detail.agreed, 1);
    want_ok(give(&s, "2", "next", &next));
    want_text(next.act, "next");
    want(next.text_hash.length == 64 && !same(&first, &next));
    want_ok(gate(&s));
    want_ok(give(&s, "2", "agree", &again)); /* the other button, after it is done */
    want(same(&next, &again));
    records_close(&s.r);
}

TEST(fault_23__an_old_version_is_stale_and_a_withdrawal_needs_a_new_event) {
    struct scene s;
    struct consent first, declined, again;
    scene_open(&s);
    want_ok(give(&s, "1", "agree", &first));
    want_err(give(&s, "", "agree", &again), ERR_CONSENT_REQUIRED);
    want_err(give(&s, "9", "agree", &again), ERR_POLICY_VERSION_STALE);
    want_err(give(&s, "1", "yes", &again), ERR_FIELD_INVALID);
    want_ok(give(&s, "1", "decline", &declined));
    want_err(gate(&s), ERR_POLICY_CONSENT_REQUIRED);
    want_ok(give(&s, "1", "decline", &again));
    want(same(&declined, &again));
    want_ok(give(&s, "1", "agree",
                 &again)); /* replay of the first agreement: it is an event of its own */
    want(!same(&first, &again));
    want_ok(gate(&s));
    publish_major(&s, 2, NULL, "[a] B");
    want_err(give(&s, "1", "agree", &again), ERR_POLICY_VERSION_STALE);
    want_err(gate(&s), ERR_POLICY_CONSENT_REQUIRED);
    records_close(&s.r);
}

TEST(row_U5__what_was_not_shown_cannot_be_agreed_to) {
    struct scene s;
    struct account a;
    struct consent out;
    scene_open(&s);
    struct policy *p = policy_of_now(&s.r);
    struct consent_wish wish = {
        .version = TEXT("1"), .served = TEXT("of another text"), .language = TEXT("zh")};
    want_ok(account_read(&s.r.d, s.number, &a));
    want_err(consent_give(&s.r.d, p, &a, &wish, &out), ERR_POLICY_VERSION_STALE);
    wish.served = digest_print_in(&s.r.arena, &policy_in_force(p)->digest);
    want_ok(consent_give(&s.r.d, p, &a, &wish, &out));
    want_text(out.text_hash, text_c_in(&s.r.arena, wish.served));
    records_close(&s.r);
}

TEST(row_U5__a_version_to_come_can_be_agreed_to_and_declining_it_closes_nothing_before_its_day) {
    struct scene s;
    struct consent out, again;
    struct policy_demand demand;
    scene_open(&s);
    want_ok(give(&s, "1", "agree", &out));
    publish_major(&s, 2, "2027-02-15", "[a] B");
    want_ok(give(&s, "2", "decline", &out));
    want_ok(give(&s, "2", "decline", &again));
    want(same(&out, &again));
    want_ok(gate(&s));
    want_ok(publication_demand(&s.r.d, &demand));
    s.r.d.now_ms = demand.next_ms;
    want_err(gate(&s), ERR_POLICY_CONSENT_REQUIRED);
    s.r.d.now_ms -= 1000;
    want_ok(give(&s, "2", "agree", &out));
    want_ok(give(&s, "1", "agree", &again)); /* does not go back behind it */
    s.r.d.now_ms += 1000;
    want_ok(gate(&s));
    records_close(&s.r);
}

TEST(row_U5__nobody_is_asked_for_an_operators_program) {
    struct scene s;
    scene_open(&s);
    int64_t program = records_account(&s.r, "robot", NULL);
    publish_major(&s, 2, NULL, "[a] B");
    want_err(gate(&s),
             ERR_POLICY_CONSENT_REQUIRED); /* made by the operator, but it can be written to */
    s.number = program;
    want_ok(gate(&s));
    records_close(&s.r);
}

TEST(row_D4__optional_purposes_are_off_each_a_switch_of_its_own) {
    struct scene s;
    struct consent on, off, again;
    struct agreement held;
    scene_open(&s);
    want_ok(agreement_of(&s.r.d, s.number, "news", &held));
    want(!held.is_yes);
    want_ok(give_purpose(&s, "news", "agree", &on));
    want_ok(agreement_of(&s.r.d, s.number, "transfer", &held));
    want(!held.is_yes);
    want_ok(give_purpose(&s, "news", "withdraw", &off));
    want(on.receipt.length && off.receipt.length && !same(&on, &off));
    want_ok(give_purpose(&s, "news", "withdraw", &again));
    want(same(&off, &again));
    want_ok(agreement_of(&s.r.d, s.number, "news", &held));
    want(held.is_known && !held.is_yes);
    want_err(give_purpose(&s, "resale", "agree", &again), ERR_FIELD_INVALID);
    want_err(give_purpose(&s, "news", "next", &again), ERR_FIELD_INVALID);
    want_ok(gate(&s)); /* none of it touches the policy */
    records_close(&s.r);
}

TEST(row_D4__a_minor_takes_no_optional_purpose) {
    struct scene s;
    struct consent out;
    struct new_account teen = {.age = TEXT("teen"), .source = "operator"};
    scene_open(&s);
    want_ok(identity_username(&s.r.d, TEXT("teen"), &teen.username));
    want_ok(account_create(&s.r.d, &teen, NULL, NULL, &s.number));
    for (const struct consent_purpose *p = consent_purposes; p->name; p++) {
        want_err(give_purpose(&s, p->name, "agree", &out), ERR_MINOR_NOT_ALLOWED);
        want_ok(give_purpose(&s, p->name, "withdraw", &out));
    }
    records_close(&s.r);
}

struct handed {
    int64_t numbers[8];
    unsigned count;
};

static struct err hand(void *with, const struct account *a) {
    struct handed *h = with;
    h->numbers[h->count++] = a->number;
    return ok;
}

TEST(row_T7__only_who_consented_is_handed_over) {
    struct scene s;
    struct consent out;
    struct text id;
    struct handed handed = {.count = 0};
    const struct transfer t = {
        .recipient = TEXT("Buyer"), .contact = TEXT("c"), .reason = TEXT("merger"), .asked_by = 11};
    scene_open(&s);
    int64_t anna = s.number, bert = records_account(&s.r, "bert", "bert@example.com"),
            cora = records_account(&s.r, "cora", "cora@example.com");
    records_account(&s.r, "dora", "dora@example.com"); /* says nothing */
    for (int i = 0; i < 3; i++) {
        s.number = (int64_t[]){anna, bert, cora}[i];
        want_ok(give_purpose(&s, "transfer", "agree", &out));
        if (s.number != cora)
            want_ok(give(&s, "1", "agree", &out));
    }
    s.number = bert;
    want_ok(give_purpose(&s, "transfer", "withdraw", &out));
    publish_major(&s, 2, NULL, "[a] B");
    s.number = anna;
    want_ok(give(&s, "2", "agree", &out)); /* cora agreed to hand over, but not to the change */
    want_ok(transfer_open(&s.r.d, &t, &id));
    want_err(transfer_export(&s.r.d, policy_of_now(&s.r), id, hand, &handed),
             ERR_FOUR_EYES_REQUIRED);
    want_err(transfer_approve(&s.r.d, id, 11), ERR_FOUR_EYES_REQUIRED);
    want_ok(transfer_approve(&s.r.d, id, 12));
    want_ok(transfer_export(&s.r.d, policy_of_now(&s.r), id, hand, &handed));
    want_int(handed.count, 1);
    want_int(handed.numbers[0], anna);
    records_close(&s.r);
}

TESTS(
    RUN(rows_U5_U6__each_button_its_record_and_the_same_again_the_same_receipt),
    RUN(fault_23__an_old_version_is_stale_and_a_withdrawal_needs_a_new_event),
    RUN(row_U5__what_was_not_shown_cannot_be_agreed_to),
    RUN(row_U5__a_version_to_come_can_be_agreed_to_and_declining_it_closes_nothing_before_its_day),
    RUN(row_U5__nobody_is_asked_for_an_operators_program),
    RUN(row_D4__optional_purposes_are_off_each_a_switch_of_its_own),
    RUN(row_D4__a_minor_takes_no_optional_purpose), RUN(row_T7__only_who_consented_is_handed_over))
