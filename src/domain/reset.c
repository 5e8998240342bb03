/* reset.c: see reset.h. */
#include "domain/reset.h"
#include "domain/audit.h"
#include "domain/notice.h"
#include "domain/outbox.h"
#include "domain/throttle.h"

#include <string.h>

enum { SENDS_HOUR = 5, SENT_HOUR = 60 };

/* ---- asking ---- */

struct asking {
    const struct visitor *visitor;
    struct text name;
    struct step step;
};

static struct err ask_rows(struct domain *d, void *with) {
    struct asking *a = with;
    try(throttle_event(d, "send_prefix", a->visitor->prefix, d->sends_hour_prefix, NULL));
    try(throttle_event(d, "reset", a->name, SENDS_HOUR, NULL));
    return step_open(d, NULL, &a->step);
}

struct err reset_start(struct domain *d, const struct visitor *visitor, struct text who,
                       struct text *flow_out, int64_t *expires_ms_out) {
    struct identity identity;
    struct asking a = {visitor, who, {.purpose = STEP_RESET}};
    if (identity_guess(d, who, &identity))
        a.name = identity.canonical;
    try(login_find(d, who, &a.step.account));
    try(domain_in_transaction(d, ask_rows, &a));
    *flow_out = a.step.name;
    *expires_ms_out = a.step.expires_ms;
    return ok;
}

/* ---- sending ---- */

struct waiting {
    struct digest digest;
    int64_t account;
    bool is_there;
};

static struct err next_unsent(struct domain *d, struct waiting *out) {
    struct statement *next = statement_for(d->store, SQL_STEP_UNSENT);
    statement_bind_i64(next, 1, d->now_ms);
    try(statement_step(next, &out->is_there));
    if (out->is_there) {
        struct text digest = column_text_in(next, d->arena, 0);
        out->account = column_i64(next, 1);
        if (digest.length != sizeof out->digest.bytes)
            return err_make(ERR_IO, "a waiting step has a name of a wrong length");
        memcpy(out->digest.bytes, digest.bytes, digest.length);
    }
    statement_done(next);
    return ok;
}

static struct err send_code(struct domain *d, const struct account *account, struct text code) {
    struct identity to;
    bool english;
    int64_t turn_ms;
    if (!person_address(d, account, &to))
        return ok;
    struct err e = throttle_event(d, "reset_sent", text_format_in(d->arena, "%lld", (long long)account->number),
                                  SENT_HOUR, &turn_ms);
    if (e.kind)
        return e.kind == ERR_TOO_MANY_REQUESTS ? ok : e;
    try(person_is_english(d, account->number, &english));
    struct text subject =
        text_format_in(d->arena, english ? "%.*s: your code" : "%.*s 验证码", TEXT_ARG(d->service));
    struct text body =
        text_format_in(d->arena,
                       english ? "Your code to set another password is %.*s. It is good for 10 minutes and for one "
                                 "use.\r\nIf you did not ask for it, ignore this message: nothing changes."
                               : "您的重设密码验证码是 %.*s，10 分钟内有效，只能使用一次。\r\n如非本人操作，请忽略，"
                                 "密码不会改变。",
                       TEXT_ARG(code));
    return outbox_send(d, &to, &(struct message){.kind = MESSAGE_CODE, .subject = subject, .body = body,
                                                 .code = code, .until_ms = d->now_ms + STEP_RESET_MS,
                                                 .from_ms = turn_ms});
}

/* The code takes force before it is sent: a message without a row would be worth nothing. */
static struct err send_one(struct domain *d, const struct waiting *w) {
    struct text code = text_format_in(d->arena, "%06u", (unsigned)random_below(d->chance, 1000000));
    struct digest mac = step_code_mac(d, &w->digest, code);
    struct account account;
    struct err e = w->account ? account_read(d, w->account, &account) : err_make(ERR_NOT_FOUND, "");
    bool is_somebody = !e.kind && account.is_active;
    if (e.kind && e.kind != ERR_NOT_FOUND)
        return e;
    struct statement *sent = statement_for(d->store, SQL_STEP_SENT);
    statement_bind_bytes(sent, 1, digest_text(&w->digest));
    statement_bind_bytes(sent, 2, is_somebody ? digest_text(&mac) : TEXT(""));
    try(statement_run(sent, NULL));
    return is_somebody ? send_code(d, &account, code) : ok;
}

struct err reset_send(struct domain *d) {
    for (struct waiting w;;) {
        try(next_unsent(d, &w));
        if (!w.is_there)
            return ok;
        try(send_one(d, &w));
    }
}

/* ---- the end ---- */

static struct err check_code(struct domain *d, const struct step *step, struct text code) {
    struct digest mac = step_code_mac(d, &step->digest, text_trim(code)), wanted = {{0}};
    if (step->code_mac.length == sizeof wanted.bytes)
        memcpy(wanted.bytes, step->code_mac.bytes, sizeof wanted.bytes);
    if (digest_equal(&mac, &wanted) && step->code_mac.length && step->account)
        return ok;
    d->detail.tries_left = (int)step->tries_left;
    return domain_refuse(d, ERR_CODE_WRONG, "code", "the code is wrong");
}

struct ending {
    const struct account *account;
    const struct step *step; /* NULL: a passkey used it up together with its counter */
    const char *hash;
};

static struct err end_rows(struct domain *d, void *with) {
    const struct ending *e = with;
    if (e->step)
        try(step_use(d, e->step));
    try(account_set_password(d, e->account, e->hash));
    try(session_end_all(d, e->account->number));
    try(step_forget(d, e->account->number));
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                               .actor = e->account->subject,
                                               .action = "password.reset",
                                               .about = e->account,
                                               .purpose = "security"});
}

static struct err need_second(const struct step *step, const struct factors *factors, struct login *out) {
    *out = (struct login){.flow = step->name,
                          .methods = factors_methods(factors),
                          .account = step->account,
                          .flow_expires_ms = step->expires_ms};
    return err_make(ERR_SECOND_FACTOR_REQUIRED, "a code that was sent does not stand in for the second factor");
}

struct err reset_finish(struct domain *d, const struct reset *with, struct login *out) {
    struct step step;
    struct account account;
    struct factors factors;
    struct text password;
    char hash[PASSWORD_HASH_BYTES];
    try(step_try(d, with->flow, STEP_RESET, NULL, &step));
    try(check_code(d, &step, with->code));
    try(account_read(d, step.account, &account));
    try(factors_read(d, account.number, &factors));
    if (factors_second(&factors) && second_is_empty(&with->second))
        return need_second(&step, &factors, out);
    try(password_fit(d, &account, with->password, &password));
    try(password_hash(d->passwords, password, hash)); /* before anything is used up: it may be refused */
    if (factors_second(&factors))
        try(second_prove(d, &account, &step, &with->second));
    struct ending e = {&account, with->second.passkey ? NULL : &step, hash};
    try(domain_in_transaction(d, end_rows, &e));
    notice_send(d, &account, NOTICE_PASSWORD_RESET, TEXT(""));
    *out = (struct login){.account = account.number, .subject = account.subject};
    return ok;
}
