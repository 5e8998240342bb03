/* ticket_work.c: see ticket_work.h. */
#include "domain/ticket_work.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/ticket_mail.h"

enum { SHOWN_MAX = 500, REASON_RUNES_MAX = 2000 };

struct work {
    const struct ticket_staff *who;
    const struct ticket *ticket;
    const struct ticket_draft *draft;
    struct text text, role;
};

/* ---- what each step shares ---- */

static struct err note(struct domain *d, const struct work *w, const char *action) {
    struct account about;
    if (w->ticket->account)
        try(account_read(d, w->ticket->account, &about));
    const struct audit_event event = {.actor_kind = AUDIT_STAFF,
                                      .actor = w->who->subject,
                                      .action = action,
                                      .about = w->ticket->account ? &about : NULL,
                                      .object = w->ticket->public,
                                      .purpose = "request"};
    return audit_note(d, &event);
}

static struct err check_open(const struct ticket *t) {
    return t->closed_ms ? err_make(ERR_CONFLICT, "the request has its final answer") : ok;
}

static struct err check_handler(const struct ticket_staff *who, const struct ticket *t) {
    try(check_open(t));
    if (t->handler != who->subject)
        return err_make(ERR_CONFLICT, "take the request first: it is not yours");
    return ok;
}

static struct err run_pair(struct domain *d, enum store_sql query, const struct ticket *t) {
    struct statement *s = statement_for(d->store, query);
    statement_bind_i64(s, 1, t->number);
    statement_bind_i64(s, 2, t->round);
    return statement_run(s, NULL);
}

/* ---- reading ---- */

struct err ticket_walk(struct domain *d, bool closed,
                       struct err (*visit)(struct domain *d, void *with, const struct ticket *t),
                       void *with) {
    struct statement *walk = statement_for(d->store, SQL_TICKET_WALK);
    statement_bind_i64(walk, 1, closed);
    statement_bind_i64(walk, 2, SHOWN_MAX);
    for (bool row;;) {
        struct ticket t;
        try(statement_step(walk, &row));
        if (!row)
            return ok;
        struct err e = ticket_read(d, column_i64(walk, 0), &t);
        if (!e.kind)
            e = visit(d, with, &t);
        if (e.kind) {
            statement_done(walk);
            return e;
        }
    }
}

static struct err look_rows(struct domain *d, void *with) {
    return note(d, with, "ticket.read");
}

struct err ticket_look(struct domain *d, const struct ticket_staff *who, struct text public,
                       struct ticket *out) {
    int64_t number;
    struct ticket t;
    if (!ticket_public_parse(public, &number))
        return err_make(ERR_NOT_FOUND, "there is no such request");
    try(ticket_read(d, number, &t));
    struct work w = {.who = who, .ticket = &t};
    try(domain_in_transaction(d, look_rows, &w));
    *out = t;
    return ok;
}

struct err ticket_signatures(struct domain *d, const struct ticket *t,
                             void (*visit)(void *with, const struct ticket_signature *s), void *with) {
    struct statement *list = statement_for(d->store, SQL_TICKET_SIGN_LIST);
    statement_bind_i64(list, 1, t->number);
    statement_bind_i64(list, 2, t->round);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        const struct ticket_signature s = {.role = column_text_in(list, d->arena, 0),
                                           .signer = (uint64_t)column_i64(list, 1),
                                           .signed_ms = column_i64(list, 2)};
        visit(with, &s);
    }
}

/* ---- take ---- */

static struct err take_rows(struct domain *d, void *with) {
    struct work *w = with;
    struct statement *before = statement_for(d->store, SQL_TICKET_HANDLED_BY);
    bool row;
    statement_bind_i64(before, 1, w->ticket->number);
    statement_bind_i64(before, 2, w->ticket->round);
    statement_bind_i64(before, 3, (int64_t)w->who->subject);
    try(statement_step(before, &row));
    statement_done(before);
    if (row)
        return err_make(ERR_OTHER_HANDLER_REQUIRED, "whoever handled the request does not handle its appeal");
    struct statement *take = statement_for(d->store, SQL_TICKET_ROUND_TAKE);
    statement_bind_i64(take, 1, w->ticket->number);
    statement_bind_i64(take, 2, w->ticket->round);
    statement_bind_i64(take, 3, (int64_t)w->who->subject);
    statement_bind_i64(take, 4, d->now_ms);
    try(statement_run(take, NULL));
    return note(d, w, "ticket.take");
}

struct err ticket_take(struct domain *d, const struct ticket_staff *who, const struct ticket *t) {
    struct work w = {.who = who, .ticket = t};
    try(check_open(t));
    return t->handler == who->subject ? ok : domain_in_transaction(d, take_rows, &w);
}

/* ---- ask ---- */

static struct err check_words(struct domain *d, const char *field, struct text text, size_t runes_max) {
    if (text_trim(text).length == 0)
        return domain_refuse(d, ERR_FIELD_MISSING, field, "it is empty");
    if (!text_is_utf8(text) || text_has_control(text) || text_runes(text) > runes_max)
        return domain_refuse(
            d, ERR_FIELD_INVALID, field,
            text_say_in(d->arena, "text of %zu characters at most, no control characters", runes_max));
    return ok;
}

static struct err ask_rows(struct domain *d, void *with) {
    struct work *w = with;
    try(ticket_put_message(d, w->ticket, "staff", w->text));
    return note(d, w, "ticket.ask");
}

struct err ticket_ask(struct domain *d, const struct ticket_staff *who, const struct ticket *t,
                      struct text text) {
    struct work w = {.who = who, .ticket = t, .text = text};
    try(check_handler(who, t));
    try(check_words(d, "text", text, TICKET_TEXT_RUNES_MAX));
    try(domain_in_transaction(d, ask_rows, &w));
    return ticket_mail_answer(d, t, text);
}

/* ---- draft ---- */

static struct err answer_rows(struct domain *d, void *with) {
    struct work *w = with;
    struct text sealed;
    try(ticket_seal(d, w->ticket, FIELD("ticket_round", "draft_sealed", w->ticket->number), w->text,
                    &sealed));
    struct statement *draft = statement_for(d->store, SQL_TICKET_ROUND_DRAFT);
    statement_bind_i64(draft, 1, w->ticket->number);
    statement_bind_i64(draft, 2, w->ticket->round);
    statement_bind_text(draft, 3, w->draft->outcome);
    statement_bind_bytes(draft, 4, sealed);
    try(statement_run(draft, NULL));
    try(run_pair(d, SQL_TICKET_SIGN_CLEAR, w->ticket)); /* what was signed was another text */
    return note(d, w, "ticket.answer");
}

static bool is_outcome(struct text t) {
    return text_equal_c(t, "answered") || text_equal_c(t, "done") || text_equal_c(t, "partly") ||
           text_equal_c(t, "refused");
}

struct err ticket_answer(struct domain *d, const struct ticket_staff *who, const struct ticket *t,
                         const struct ticket_draft *draft) {
    struct work w = {.who = who, .ticket = t, .draft = draft, .text = draft->text};
    bool refuses = text_equal_c(draft->outcome, "refused") || text_equal_c(draft->outcome, "partly");
    try(check_handler(who, t));
    if (!is_outcome(draft->outcome))
        return domain_refuse(d, ERR_FIELD_INVALID, "outcome", "outcome is answered, done, partly or refused");
    try(check_words(d, "text", draft->text, TICKET_TEXT_RUNES_MAX));
    if (refuses) {
        try(check_words(d, "reason", draft->reason, REASON_RUNES_MAX));
        bool english = text_equal_c(t->language, "en");
        w.text = text_format_in(d->arena, english ? "%.*s\n\nReason: %.*s" : "%.*s\n\n理由：%.*s",
                                TEXT_ARG(draft->text), TEXT_ARG(draft->reason));
    }
    return domain_in_transaction(d, answer_rows, &w);
}

/* ---- sign ---- */

static struct err sign_rows(struct domain *d, void *with) {
    struct work *w = with;
    struct statement *put = statement_for(d->store, SQL_TICKET_SIGN_PUT);
    uint64_t changed;
    statement_bind_i64(put, 1, w->ticket->number);
    statement_bind_i64(put, 2, w->ticket->round);
    statement_bind_text(put, 3, w->role);
    statement_bind_i64(put, 4, (int64_t)w->who->subject);
    statement_bind_i64(put, 5, d->now_ms);
    try(statement_run(put, &changed));
    return changed ? note(d, w, "ticket.sign") : ok;
}

struct err ticket_sign(struct domain *d, const struct ticket_staff *who, const struct ticket *t,
                       struct text role) {
    struct work w = {.who = who, .ticket = t, .role = role};
    try(check_open(t));
    if (t->draft.length == 0)
        return err_make(ERR_CONFLICT, "there is no answer to sign yet");
    if (role.length == 0)
        w.role = who->roles & STAFF_PRIVACY ? TEXT("privacy") : TEXT("support");
    unsigned needed = text_equal_c(w.role, "privacy")   ? STAFF_PRIVACY
                      : text_equal_c(w.role, "support") ? STAFF_SUPPORT
                                                        : 0;
    if (!needed)
        return domain_refuse(d, ERR_FIELD_INVALID, "role", "role is support or privacy");
    if (!(who->roles & needed))
        return err_make(ERR_ROLE_MISSING, "nobody signs in a role that he has not");
    struct err e = domain_in_transaction(d, sign_rows, &w);
    return e.kind == ERR_CONFLICT ? err_make(ERR_FOUR_EYES_REQUIRED, "one person signs once") : e;
}

/* ---- close ---- */

struct text ticket_remedy_in(struct domain *d, const struct ticket *t) {
    bool english = text_equal_c(t->language, "en"), may_appeal = t->round == 1;
    struct text court = d->court.length ? d->court
                        : english       ? TEXT("the people's court at the operator's seat")
                                        : TEXT("运营者住所地有管辖权的人民法院");
    struct text appeal =
        !may_appeal ? TEXT("")
        : english
            ? text_format_in(d->arena, "appeal at /feedback/%.*s, and somebody else looks at it again; ",
                             TEXT_ARG(t->public))
            : text_format_in(d->arena, "在 /feedback/%.*s 提出申诉，由另一位人员重新处理；",
                             TEXT_ARG(t->public));
    return text_format_in(
        d->arena,
        english ? "If you are not content with this answer, you may: %.*sbring an action before %.*s; "
                  "complain to the "
                  "cyberspace administration (12377, www.12377.cn), the market regulator (12315, "
                  "www.12315.cn) or the "
                  "police (110, cyberpolice.mps.gov.cn)."
                : "如对本答复不满意，您可以：%.*s向%.*s提起诉讼；向网信部门（12377，www.12377."
                  "cn）、市场监督管理部门"
                  "（12315，www.12315.cn）或公安机关（110，cyberpolice.mps.gov.cn）投诉、举报。",
        TEXT_ARG(appeal), TEXT_ARG(court));
}

struct signed_by {
    bool support, privacy;
};

static void add_signature(void *with, const struct ticket_signature *s) {
    struct signed_by *by = with;
    by->support = by->support || text_equal_c(s->role, "support");
    by->privacy = by->privacy || text_equal_c(s->role, "privacy");
}

static struct err close_rows(struct domain *d, void *with) {
    struct work *w = with;
    int64_t keep = w->ticket->account ? TICKET_KEEP_DAYS : TICKET_STRANGER_DAYS;
    struct statement *close = statement_for(d->store, SQL_TICKET_ROUND_CLOSE);
    uint64_t changed;
    statement_bind_i64(close, 1, w->ticket->number);
    statement_bind_i64(close, 2, w->ticket->round);
    statement_bind_i64(close, 3, d->now_ms);
    try(statement_run(close, &changed));
    if (!changed)
        return err_make(ERR_CONFLICT, "the request has its final answer");
    try(ticket_put_message(d, w->ticket, "final", w->text));
    struct statement *expire = statement_for(d->store, SQL_TICKET_EXPIRE);
    statement_bind_i64(expire, 1, w->ticket->number);
    statement_bind_i64(expire, 2, d->now_ms + keep * 86400000);
    try(statement_run(expire, NULL));
    return note(d, w, "ticket.close");
}

struct err ticket_close(struct domain *d, const struct ticket_staff *who, const struct ticket *t) {
    struct signed_by by = {false, false};
    try(check_open(t));
    if (t->draft.length == 0)
        return err_make(ERR_CONFLICT, "there is no answer yet");
    try(ticket_signatures(d, t, add_signature, &by));
    if (t->is_privacy && !(by.support && by.privacy))
        return err_make(ERR_SIGN_OFF_MISSING, by.support   ? "the privacy officer has not signed"
                                              : by.privacy ? "support has not signed"
                                                           : "nobody has signed");
    if (!t->is_privacy)
        try(check_handler(who, t));
    struct work w = {.who = who, .ticket = t};
    w.text = text_format_in(d->arena, "%.*s\n\n%.*s", TEXT_ARG(t->draft), TEXT_ARG(ticket_remedy_in(d, t)));
    try(domain_in_transaction(d, close_rows, &w));
    struct err e = ticket_mail_answer(d, t, w.text);
    return e.kind == ERR_STORAGE_UNAVAILABLE ? ok : e; /* it is closed, and stands on the page */
}

static struct err tag_rows(struct domain *d, void *with) {
    struct work *w = with;
    struct statement *tag = statement_for(d->store, SQL_TICKET_TAG);
    statement_bind_i64(tag, 1, w->ticket->number);
    try(statement_run(tag, NULL));
    return note(d, w, "ticket.tag");
}

struct err ticket_tag_privacy(struct domain *d, const struct ticket_staff *who, const struct ticket *t) {
    struct work w = {.who = who, .ticket = t};
    try(check_open(t));
    return t->is_privacy ? ok : domain_in_transaction(d, tag_rows, &w);
}
