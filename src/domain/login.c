/* login.c: see login.h. */
#include "domain/login.h"
#include "domain/audit.h"
#include "domain/device.h"
#include "domain/login_trace.h"
#include "domain/network_log.h"
#include "domain/notice.h"
#include "domain/retention.h"
#include "domain/throttle.h"

enum { PASSWORD_BYTES_MAX = 1024, FAILURES_MS = 86400000 };

static struct err failed(void) {
    return err_make(ERR_LOGIN_FAILED, "the account or the password is wrong");
}

struct err login_find(struct domain *d, struct text who, int64_t *number_out) {
    struct identity identity;
    *number_out = 0;
    if (!identity_guess(d, who, &identity))
        identity = (struct identity){IDENTITY_USERNAME, who, who}; /* nobody's, at the same work */
    return account_find(d, &identity, number_out);
}

/* ---- a failure is counted the same way whether or not somebody has the name ---- */

struct attempt {
    struct text pair;
    struct digest name;
    bool is_known_device;
};

static struct err note_failure(struct domain *d, void *with) {
    const struct attempt *a = with;
    try(throttle_failed(d, "login", a->pair));
    try(login_work_failed(d));
    try(login_trace_note(d, &a->name));
    struct statement *note = statement_for(d->store, SQL_LOGIN_FAILURE_NOTE);
    statement_bind_bytes(note, 1, digest_text(&a->name));
    statement_bind_i64(note, 2, d->now_ms);
    statement_bind_i64(note, 3, d->now_ms - FAILURES_MS);
    return statement_run(note, NULL);
}

/* Who is slowed down: this browser, where the account knows it; else this name from this address. */
static struct err attempt_of(struct domain *d, const struct visitor *visitor, struct text who, int64_t number,
                             struct attempt *out) {
    struct identity identity;
    struct device_state device;
    bool is_name = identity_guess(d, who, &identity);
    if (!is_name)
        identity = (struct identity){IDENTITY_USERNAME, who, who};
    try(device_find(d, number, visitor->device, &device));
    struct text from = device.is_known ? visitor->device : visitor->prefix;
    try(identity_digest(d, &identity, &out->name));
    out->is_known_device = device.is_known;
    out->pair = text_format_in(d->arena, "%.*s %c %.*s", TEXT_ARG(identity.canonical),
                               device.is_known ? 'd' : 'p', TEXT_ARG(from));
    return ok;
}

/* ---- the session ---- */

struct entering {
    const struct account *account;
    const struct visitor *visitor;
    const struct step *step; /* to be used up; NULL: none */
    const char *how;
    unsigned aal;
    bool remember;
    struct login *out;
};

static struct err enter_rows(struct domain *d, void *with) {
    const struct entering *e = with;
    const struct new_session fresh = {.account = e->account,
                                      .aal = e->aal,
                                      .remember = e->remember,
                                      .label = e->visitor->label,
                                      .prefix = e->visitor->prefix};
    if (e->step)
        try(step_use(d, e->step));
    try(session_begin(d, &fresh, &e->out->cookie));
    try(device_note(d, e->account->number, e->visitor->device, &e->out->device));
    try(network_log_note(d, e->account, NETWORK_LOGIN));
    try(dormancy_seen(d, e->account->number));
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                               .actor = e->account->subject,
                                               .action = "login.done",
                                               .about = e->account,
                                               .object = text_c(e->how),
                                               .purpose = "security"});
}

static struct err enter(struct domain *d, struct entering *e) {
    struct device_state device;
    if (!e->account->is_active)
        return err_make(ERR_ACCOUNT_SUSPENDED, "the account is suspended");
    try(device_find(d, e->account->number, e->visitor->device, &device));
    try(domain_in_transaction(d, enter_rows, e));
    if (!device.is_known && !device.is_first)
        notice_send(d, e->account, NOTICE_NEW_DEVICE, e->visitor->label);
    e->out->account = e->account->number;
    e->out->subject = e->account->subject;
    e->out->is_remembered = e->remember;
    e->out->flow = TEXT("");
    return ok;
}

/* ---- the password ---- */

static struct err ask_second(struct domain *d, const struct account *account, const struct factors *factors,
                             bool remember, struct login *out) {
    struct step step = {.purpose = STEP_SECOND, .account = account->number, .remember = remember};
    if (!account->is_active)
        return err_make(ERR_ACCOUNT_SUSPENDED, "the account is suspended");
    try(step_open(d, NULL, &step));
    *out = (struct login){.account = account->number,
                          .subject = account->subject,
                          .flow = step.name,
                          .methods = factors_methods(factors),
                          .flow_expires_ms = step.expires_ms};
    return ok;
}

static struct err read_known(struct domain *d, int64_t number, struct account *out) {
    struct err e = account_read(d, number, out);
    return e.kind == ERR_NOT_FOUND || (!e.kind && out->is_erasing) ? failed() : e;
}

struct err login(struct domain *d, const struct visitor *visitor, struct text who, struct text password,
                 struct login *out) {
    struct attempt attempt;
    struct account account;
    struct factors factors;
    struct text normal;
    int64_t number;
    bool is_weak;
    if (password.length > PASSWORD_BYTES_MAX || !identity_normal_password(d, password, &normal))
        return failed();
    try(login_find(d, who, &number));
    try(attempt_of(d, visitor, who, number, &attempt));
    try(throttle_may_try(d, "login", attempt.pair));
    if (!attempt.is_known_device)
        try(login_work_check(d, visitor->prefix, &attempt.name, &visitor->work));
    struct err e = account_prove_password(d, number, normal, &is_weak);
    if (e.kind == ERR_LOGIN_FAILED)
        try(domain_in_transaction(d, note_failure, &attempt));
    try(e);
    try(read_known(d, number, &account));
    if (is_weak)
        try(account_rehash(d, &account, normal));
    try(throttle_forget(d, "login", attempt.pair));
    try(login_work_fitted(d, &attempt.name));
    try(factors_read(d, number, &factors));
    if (factors_second(&factors))
        return ask_second(d, &account, &factors, visitor->remember, out);
    struct entering entering = {&account, visitor, NULL, "password", 1, visitor->remember, out};
    return enter(d, &entering);
}

/* ---- the second factor ---- */

bool second_is_empty(const struct second *second) {
    return !second->code.length && !second->recovery.length && !second->passkey;
}

struct err second_prove(struct domain *d, const struct account *account, const struct step *step,
                        const struct second *second) {
    struct err e;
    int64_t number;
    if (second->passkey)
        return passkeys_prove(d, &second->place, step, second->passkey, &number);
    if (second->code.length)
        e = totp_use(d, account, second->code);
    else if (second->recovery.length)
        e = recovery_use(d, account, second->recovery);
    else
        return domain_refuse(d, ERR_FIELD_MISSING, "code", "send a code, a recovery code or a passkey");
    if (e.kind == ERR_CODE_WRONG)
        d->detail.tries_left = (int)step->tries_left;
    return e;
}

struct err login_second(struct domain *d, const struct visitor *visitor, struct text flow,
                        const struct second *second, struct login *out) {
    struct step step;
    struct account account;
    if (second_is_empty(second))
        return domain_refuse(d, ERR_FIELD_MISSING, "code", "send a code, a recovery code or a passkey");
    try(step_try(d, flow, STEP_SECOND, NULL, &step));
    try(read_known(d, step.account, &account));
    try(second_prove(d, &account, &step, second));
    /* A passkey used the step up together with its counter. */
    struct entering entering = {&account,       visitor, second->passkey ? NULL : &step,
                                "second",       2,       step.remember,
                                out};
    return enter(d, &entering);
}

struct err login_passkey(struct domain *d, const struct visitor *visitor, struct text flow,
                         const struct second *second, struct login *out) {
    struct step step;
    struct account account;
    int64_t number;
    try(step_try(d, flow, STEP_LOGIN, NULL, &step));
    try(passkeys_prove(d, &second->place, &step, second->passkey, &number));
    try(read_known(d, number, &account));
    struct entering entering = {&account, visitor, NULL, "passkey", 2, visitor->remember, out};
    return enter(d, &entering);
}

struct err login_again(struct domain *d, const struct account *account, struct session *session,
                       struct text password, const struct second *second, struct text flow) {
    struct step step = {.tries_left = -1};
    bool by_second = !second_is_empty(second);
    if (!by_second && password.length == 0)
        return domain_refuse(d, ERR_FIELD_MISSING, "password", "send the password, a code or a passkey");
    if (second->passkey)
        try(step_try(d, flow, STEP_FRESH, session, &step));
    try(by_second ? second_prove(d, account, &step, second) : password_again(d, account, password));
    return session_rotate(d, session, by_second ? 2 : 1);
}

/* ---- jobs ---- */

static struct err tell_one(struct domain *d, int64_t number) {
    struct account account;
    struct err e = account_read(d, number, &account);
    if (e.kind == ERR_NOT_FOUND)
        return ok;
    if (!e.kind && account.is_active)
        notice_send(d, &account, NOTICE_FAILURES, TEXT(""));
    return e;
}

struct err login_tell_failures(struct domain *d) {
    for (bool row;;) {
        struct statement *next = statement_for(d->store, SQL_LOGIN_FAILURE_UNTOLD);
        statement_bind_i64(next, 1, LOGIN_FAILURES_TOLD);
        statement_bind_i64(next, 2, LOGIN_FAILURES_MANY);
        try(statement_step(next, &row));
        if (!row)
            return ok;
        struct text digest = column_text_in(next, d->arena, 0);
        int64_t number = column_i64(next, 1);
        statement_done(next);
        struct statement *told = statement_for(d->store, SQL_LOGIN_FAILURE_TOLD);
        statement_bind_bytes(told, 1, digest);
        statement_bind_i64(told, 2, LOGIN_FAILURES_MANY);
        try(statement_run(told, NULL));
        try(tell_one(d, number));
    }
}

struct err login_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_LOGIN_FAILURE_REAP);
    statement_bind_i64(reap, 1, d->now_ms - FAILURES_MS);
    try(statement_run(reap, NULL));
    try(login_work_reap(d));
    try(step_reap(d));
    try(device_reap(d));
    return session_reap(d);
}
