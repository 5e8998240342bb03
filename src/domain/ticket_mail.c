/* ticket_mail.c: see ticket_mail.h. */
#include "domain/ticket_mail.h"
#include "base/buf.h"
#include "domain/outbox.h"

/* "2026-12-24", in Shanghai. */
static struct text day_in(struct domain *d, int64_t ms) {
    return date_print_in(d->arena, date_from_day(clock_china_day(ms)));
}

static struct text subject_of(struct domain *d, const struct ticket *t, bool english, bool with_mark) {
    struct text mark =
        with_mark ? ticket_mail_mark(d, t->number) : text_format_in(d->arena, "(%.*s)", TEXT_ARG(t->public));
    return text_format_in(d->arena, english ? "%.*s: your request %.*s" : "%.*s：您的请求 %.*s",
                          TEXT_ARG(d->service), TEXT_ARG(mark));
}

static struct text reply_hint(struct domain *d, const struct ticket *t, bool english) {
    return text_format_in(d->arena,
                          english ? "To add something, write to %.*s with %.*s in the subject.\r\n"
                                  : "如需补充，请发邮件至 %.*s，并在主题中保留 %.*s。\r\n",
                          TEXT_ARG(d->contact), TEXT_ARG(ticket_mail_mark(d, t->number)));
}

struct err ticket_mail_received(struct domain *d, const struct ticket *t, const struct identity *to,
                                struct text code) {
    bool english = text_equal_c(t->language, "en"), by_mail = text_equal_c(t->source, "mail");
    bool may_reply = t->account || by_mail;
    struct buf body;
    buf_init(&body, d->arena, 8192);
    buf_text(
        &body,
        text_format_in(d->arena,
                       english ? "We have received your request %.*s.\r\nYou will have an answer by %.*s; "
                                 "we aim at %.*s.\r\nIts progress: /feedback/%.*s\r\n"
                               : "我们已收到您的请求，编号 %.*s。\r\n最迟于 %.*s 答复，目标为 %.*s 之前。\r\n"
                                 "查看进度：/feedback/%.*s\r\n",
                       TEXT_ARG(t->public), TEXT_ARG(day_in(d, t->due_ms)), TEXT_ARG(day_in(d, t->inner_ms)),
                       TEXT_ARG(t->public)));
    if (by_mail)
        buf_text(&body, text_format_in(d->arena,
                                       english ? "Its key, to read it there: %.*s\r\n" : "查看密钥：%.*s\r\n",
                                       TEXT_ARG(ticket_key(d, t->number))));
    if (may_reply)
        buf_text(&body, reply_hint(d, t, english));
    if (code.length)
        buf_text(&body,
                 text_format_in(
                     d->arena,
                     english ? "If it was you who wrote, confirm this address with the code %.*s within "
                               "10 minutes, so that the answer can be sent here.\r\nIf it was not "
                               "you, ignore this message: nothing more comes."
                             : "如果是您本人提交，请在 10 分钟内用验证码 %.*s 确认此邮箱，"
                               "以便答复发送到这里。\r\n如非本人操作，请忽略，不会再有邮件。",
                     TEXT_ARG(code)));
    return outbox_put(d, to, subject_of(d, t, english, may_reply), buf_peek(&body));
}

struct err ticket_mail_answer(struct domain *d, const struct ticket *t, struct text answer) {
    bool english = text_equal_c(t->language, "en"), found;
    struct identity to;
    try(ticket_address(d, t, &to, &found));
    if (!found)
        return ok;
    struct text body =
        text_format_in(d->arena, "%.*s\r\n\r\n/feedback/%.*s\r\n", TEXT_ARG(answer), TEXT_ARG(t->public));
    return outbox_put(d, &to, subject_of(d, t, english, true), body);
}

struct err ticket_mail_mark_staff(struct domain *d, int64_t number, const char *clock, int64_t percent,
                                  int64_t ends_ms) {
    struct identity to;
    if (identity_email(d, d->contact, &to).kind) {
        d->detail.field = NULL; /* no address of the operator's to write to: the log has it */
        return ok;
    }
    struct text public = ticket_public_in(d->arena, number);
    bool is_over = percent >= 100;
    return outbox_put(d, &to,
                      text_format_in(d->arena, "%s%.*s: %lld%% %s", is_over ? "OVERDUE 逾期 " : "",
                                     TEXT_ARG(public), (long long)percent, clock),
                      text_format_in(d->arena,
                                     "%.*s\r\n%s: %lld%%, %.*s (Asia/Shanghai)\r\n/admin/tickets/%.*s\r\n",
                                     TEXT_ARG(public), clock, (long long)percent,
                                     TEXT_ARG(day_in(d, ends_ms)), TEXT_ARG(public)));
}
