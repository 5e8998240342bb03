/* delivery_test.c: which message goes when, what is kept of its answer, and that nothing goes
 * twice. */
#include "base/file.h"
#include "domain/delivery.h"
#include "records.h"

#include <dirent.h>
#include <fcntl.h>

enum { BOTH = DELIVERY_MAIL | DELIVERY_SMS };

static struct identity mail_to(struct records *r, const char *address) {
    struct identity who;
    want_ok(identity_email(&r->d, text_c(address), &who));
    return who;
}

static void post(struct records *r, const char *address, const char *reference) {
    struct identity to = mail_to(r, address);
    struct message m = {
        .subject = TEXT("news"), .body = TEXT("text"), .reference = text_c(reference)};
    want_ok(outbox_send(&r->d, &to, &m));
}

static unsigned files_in(struct records *r, const char *part) {
    unsigned count = 0;
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));)
        count += e->d_name[0] != '.' && strstr(e->d_name, part) != NULL;
    closedir(folder);
    return count;
}

static unsigned due(struct records *r, unsigned channels, struct delivery_name list[static 8]) {
    unsigned count;
    want_ok(delivery_due(&r->d, channels, list, 8, &count));
    return count;
}

static void mark(struct records *r, const struct delivery_name *name, enum carried_fate fate,
                 const char *reason) {
    struct carried what = {fate, reason, 0};
    want_ok(delivery_mark(&r->arena, r->outbox, name, &what, r->d.now_ms));
}

static enum outbox_fate fate_of(struct records *r, const char *reference) {
    enum outbox_fate fate;
    want_ok(outbox_fate(&r->d, text_c(reference), &fate));
    return fate;
}

/* How many were answered and are gone now. */
static unsigned settle(struct records *r) {
    unsigned before = files_in(r, "");
    want_ok(delivery_settle(&r->d, NULL));
    return before - files_in(r, "");
}

static struct err fail_to_tell(struct domain *d, const struct delivery_told *told) {
    (void)d;
    want_text(told->fate, "bounced");
    want_text(told->reference, "notice_1");
    want_text(told->reason, "recipient_refused");
    return err_make(ERR_STORAGE_UNAVAILABLE, "not now");
}

TEST(what_could_not_be_told_is_told_again) {
    struct records r;
    struct delivery_name list[8];
    records_open(&r);
    post(&r, "a@example.com", "notice_1");
    want_int(due(&r, BOTH, list), 1);
    mark(&r, &list[0], CARRIED_REFUSED, "recipient_refused");
    want_err(delivery_settle(&r.d, fail_to_tell), ERR_STORAGE_UNAVAILABLE);
    want_int(files_in(&r, ""), 1);
    want_int(settle(&r), 1);
    records_close(&r);
}

TEST(who_waits_comes_first_then_the_older) {
    struct records r;
    struct delivery_name list[8];
    struct identity number;
    records_open(&r);
    post(&r, "a@example.com", "notice_1");
    r.d.now_ms += 5;
    post(&r, "b@example.com", "");
    r.d.now_ms += 5;
    post(&r, "c@example.com", "");
    want_ok(identity_phone(&r.d, TEXT("13800138000"), &number));
    want_ok(outbox_put(&r.d, &number, TEXT("s"), TEXT("t")));
    want_int(due(&r, DELIVERY_MAIL, list), 3);
    want(strncmp(list[0].name, "1800000000005", 13) == 0);
    want(strncmp(list[1].name, "1800000000010", 13) == 0);
    want(strstr(list[2].name, "-notice_1.eml") != NULL);
    want_int(due(&r, DELIVERY_SMS, list), 1);
    want_int(list[0].channel, DELIVERY_SMS);
    for (unsigned i = 0; i < 12; i++) { /* more than there is room for: the oldest are found */
        r.d.now_ms -= 100;
        post(&r, "d@example.com", "");
    }
    r.d.now_ms += 1200;
    want_int(due(&r, BOTH, list), 8);
    want(strncmp(list[0].name, "1799999998810", 13) == 0);
    records_close(&r);
}

TEST(row_C9__a_message_that_waits_for_its_minute_is_not_taken_before) {
    struct records r;
    struct delivery_name list[8];
    struct identity to;
    records_open(&r);
    want_ok(identity_email(&r.d, TEXT("a@example.com"), &to));
    want_ok(outbox_send(&r.d, &to, &(struct message){.subject = TEXT("s"), .body = TEXT("t"),
                                                     .from_ms = r.d.now_ms + 60000}));
    want_int(due(&r, BOTH, list), 0);
    r.d.now_ms += 59999;
    want_int(due(&r, BOTH, list), 0);
    r.d.now_ms += 1;
    want_int(due(&r, BOTH, list), 1);
    records_close(&r);
}

TEST(the_oldest_that_waits_is_known) {
    struct records r;
    int64_t born_ms;
    records_open(&r);
    want_ok(delivery_oldest(&r.d, BOTH, &born_ms));
    want_int(born_ms, 0);
    const int64_t first_ms = r.d.now_ms;
    post(&r, "a@example.com", "");
    r.d.now_ms += 1000;
    post(&r, "b@example.com", "");
    want_ok(delivery_oldest(&r.d, BOTH, &born_ms));
    want_int(born_ms, first_ms);
    want_ok(delivery_oldest(&r.d, DELIVERY_SMS, &born_ms));
    want_int(born_ms, 0);
    want_ok(outbox_reap(&r.d, r.d.now_ms + 1));
    records_close(&r);
}

TEST(the_pause_grows_with_the_age_and_ends) {
    struct records r;
    struct delivery_name list[8];
    struct letter letter;
    records_open(&r);
    int64_t born = r.d.now_ms;
    unsigned tries = 0;
    post(&r, "a@example.com", "notice_1");
    for (; r.d.now_ms < born + DELIVERY_MS; r.d.now_ms += 1000)
        if (due(&r, BOTH, list) && ++tries)
            mark(&r, &list[0], CARRIED_LATER, "not_now");
    want(tries >= 15 && tries <= 30); /* doubling from 30 s to 6 h, then every 6 h up to 72 */
    r.d.now_ms += DELIVERY_PAUSE_MAX_MS;
    want_int(due(&r, BOTH, list), 1);
    want_ok(delivery_read(&r.arena, r.outbox, &list[0], TEXT("x@y.cn"), &letter));
    want(delivery_is_late(&letter, r.d.now_ms) && !delivery_is_late(&letter, born));
    want_ok(delivery_mark(&r.arena, r.outbox, &list[0], &delivery_late, r.d.now_ms));
    want_int(settle(&r), 1);
    want_int(fate_of(&r, "notice_1"), OUTBOX_EXPIRED);
    want_int(files_in(&r, ""), 0);
    records_close(&r);
}

TEST(an_answer_is_kept_and_nothing_goes_twice) {
    struct records r;
    struct delivery_name list[8];
    records_open(&r);
    post(&r, "a@example.com", "notice_1");
    post(&r, "b@example.com", "notice_2");
    want_int(due(&r, BOTH, list), 2);
    bool first_is_1 = strstr(list[0].name, "notice_1") != NULL;
    mark(&r, &list[first_is_1 ? 0 : 1], CARRIED_SENT, "sent");
    mark(&r, &list[first_is_1 ? 1 : 0], CARRIED_REFUSED, "recipient_refused");
    /* killed here: the next start finds the answers in the names */
    store_close(r.d.store);
    records_attach(&r);
    want_int(due(&r, BOTH, list), 0);
    want_int(fate_of(&r, "notice_1"), OUTBOX_WAITING);
    want_int(settle(&r), 2);
    want_int(settle(&r), 0);
    want_int(fate_of(&r, "notice_1"), OUTBOX_DELIVERED);
    want_int(fate_of(&r, "notice_2"), OUTBOX_BOUNCED);
    want_int(fate_of(&r, "notice_3"), OUTBOX_UNKNOWN);
    want_int(files_in(&r, ""), 0);
    r.d.now_ms += (OUTBOX_FATE_DAYS + 1) * 86400000ll;
    want_ok(delivery_reap(&r.d));
    want_int(fate_of(&r, "notice_1"), OUTBOX_UNKNOWN);
    records_close(&r);
}

TEST(a_stop_changes_nothing_and_half_files_are_left_alone) {
    struct records r;
    struct delivery_name list[8];
    char half[256];
    records_open(&r);
    post(&r, "a@example.com", "");
    want_int(due(&r, BOTH, list), 1);
    mark(&r, &list[0], CARRIED_STOPPED, "down");
    want_int(due(&r, BOTH, list), 1);
    snprintf(half, sizeof half, "%s/%s.77.new", r.outbox,
             list[0].name); /* as file_write_whole makes them */
    int fd = open(half, O_CREAT | O_WRONLY, 0600);
    close(fd);
    want_int(settle(&r), 0);
    want_int(due(&r, BOTH, list), 1);
    unlink(half);
    mark(&r, &list[0], CARRIED_SENT, "sent");
    want_int(settle(&r), 1);
    records_close(&r);
}

TEST(who_is_erased_waits_for_nothing) {
    struct records r;
    struct delivery_name list[8];
    struct letter letter;
    records_open(&r);
    struct identity who = mail_to(&r, "a@example.com");
    struct digest digest;
    want_ok(identity_digest(&r.d, &who, &digest));
    post(&r, "a@example.com", "");
    post(&r, "a@example.com", "");
    want_int(due(&r, BOTH, list), 2);
    mark(&r, &list[0], CARRIED_SENT, "sent");
    want_ok(outbox_erase(&r.d, &digest));
    want_int(files_in(&r, ""), 0);
    want_err(delivery_read(&r.arena, r.outbox, &list[1], TEXT("x@y.cn"), &letter), ERR_NOT_FOUND);
    mark(&r, &list[1], CARRIED_SENT, "sent"); /* it went while he left: no file comes back */
    mark(&r, &list[1], CARRIED_LATER, "not_now");
    want_int(files_in(&r, ""), 0);
    records_close(&r);
}

TEST(a_letter_is_read_back_whole) {
    struct records r;
    struct delivery_name list[8];
    struct letter letter;
    struct text long_subject =
        TEXT("关于隐私政策第七版的重大变更，请在下次登录时查看差异并重新确认，谢谢您的理解");
    records_open(&r);
    struct identity to = mail_to(&r, "a@example.com");
    struct message m = {.kind = MESSAGE_CODE,
                        .subject = long_subject,
                        .body = TEXT("a\nb\r\n.\r\nc"),
                        .code = TEXT("123456"),
                        .until_ms = r.d.now_ms + 600000};
    want_ok(outbox_send(&r.d, &to, &m));
    want_int(due(&r, BOTH, list), 1);
    want_ok(delivery_read(&r.arena, r.outbox, &list[0], TEXT("noreply@mail.example"), &letter));
    want_text(letter.to, "a@example.com");
    want(text_equal(letter.subject, long_subject));
    want_int(letter.kind, MESSAGE_CODE);
    want(!delivery_is_late(&letter, r.d.now_ms + 599999) &&
         delivery_is_late(&letter, r.d.now_ms + 600000));
    struct text rest = text_part(letter.content, 0, letter.content.length - 1), line;
    bool has_bare = false;
    while (text_cut(&rest, '\n', &line)) {
        if (line.length > 78 || !text_ends(line, TEXT("\r")))
            fail_msg("a line of %zu: %.*s", line.length, TEXT_ARG(line));
        has_bare |= text_find_char(text_part(line, 0, line.length - 1), '\r') != SIZE_MAX;
    }
    want(!has_bare && text_find(letter.content, TEXT("X-Alapi")) == SIZE_MAX);
    want(text_find(letter.content, TEXT("@mail.example>\r\n")) != SIZE_MAX);
    want(text_ends(letter.content, TEXT("\r\n\r\nYQpiDQouDQpjDQo=\r\n")));
    mark(&r, &list[0], CARRIED_SENT, "sent");
    settle(&r);
    records_close(&r);
}

TEST(fault_3_no_line_end_of_a_person_gets_into_a_head) {
    static const char *const mails[] = {"a@b.cn\r\nBcc: c@d.cn", "a@b.cn\nBcc: c@d.cn",
                                        "\"a\r\nBcc: x\"@b.cn", "a@b.cn%0d%0aBcc:c@d.cn",
                                        "a@b.cn\xE2\x80\xA8"
                                        "Bcc: c@d.cn"};
    struct records r;
    struct identity who;
    records_open(&r);
    for (size_t i = 0; i < COUNT(mails); i++)
        if (!identity_email(&r.d, text_c(mails[i]), &who).kind)
            want(text_find(who.shown, TEXT("Bcc: ")) == SIZE_MAX);
    /* a subject may hold anything: it is encoded as a whole */
    struct identity to = mail_to(&r, "a@example.com");
    struct delivery_name list[8];
    struct letter letter;
    want_ok(outbox_put(&r.d, &to, TEXT("x\r\nBcc: c@d.cn"), TEXT("y")));
    want_int(due(&r, BOTH, list), 1);
    want_ok(delivery_read(&r.arena, r.outbox, &list[0], TEXT("x@y.cn"), &letter));
    want(text_find(letter.content, TEXT("\nBcc")) == SIZE_MAX);
    mark(&r, &list[0], CARRIED_SENT, "sent");
    settle(&r);
    records_close(&r);
}

TESTS(RUN(the_oldest_that_waits_is_known),
      RUN(what_could_not_be_told_is_told_again), RUN(who_waits_comes_first_then_the_older),
      RUN(row_C9__a_message_that_waits_for_its_minute_is_not_taken_before),
      RUN(the_pause_grows_with_the_age_and_ends), RUN(an_answer_is_kept_and_nothing_goes_twice),
      RUN(a_stop_changes_nothing_and_half_files_are_left_alone),
      RUN(who_is_erased_waits_for_nothing), RUN(a_letter_is_read_back_whole),
      RUN(fault_3_no_line_end_of_a_person_gets_into_a_head))
