/* registration.c: see registration.h. What waits in a flow is a row of texts, each ended by a NUL. */
#include "domain/registration.h"
#include "domain/consent.h"
#include "domain/flow.h"
#include "domain/hold.h"
#include "domain/outbox.h"
#include "domain/throttle.h"
#include "base/buf.h"
#include "base/must.h"

enum { SENDS_HOUR_TARGET = 5, WAITING_FIELDS = 10 };

struct waiting {
    struct text fields[WAITING_FIELDS];
};
enum {
    W_USERNAME,
    W_KIND,
    W_CONTACT,
    W_HASH,
    W_VERSION,
    W_TEXT_HASH,
    W_AGE,
    W_LANGUAGE,
    W_GUARDIAN, /* empty: none */
    W_PREFIX,
};
enum { W_ACCOUNT = W_USERNAME }; /* of a flow that changes an address */

static struct text waiting_pack(struct domain *d, const struct waiting *w) {
    struct buf b;
    buf_init(&b, d->arena, SEAL_PLAIN_MAX);
    for (unsigned i = 0; i < WAITING_FIELDS; i++) {
        buf_text(&b, w->fields[i]);
        buf_char(&b, 0);
    }
    must(!buf_is_over(&b));
    return buf_peek(&b);
}

static bool waiting_unpack(struct text packed, struct waiting *out) {
    struct text rest = packed;
    for (unsigned i = 0; i < WAITING_FIELDS; i++)
        if (!text_cut(&rest, 0, &out->fields[i]))
            return false;
    return true;
}

/* ---- sending ---- */

struct sending {
    const struct identity *target;
    struct text prefix;
    int64_t turn_ms; /* when the message goes */
};

static struct err count_sending(struct domain *d, void *with) {
    struct sending *s = with;
    try(throttle_event(d, "send_prefix", s->prefix, d->sends_hour_prefix, NULL));
    return throttle_event(d, "send_target", s->target->canonical, SENDS_HOUR_TARGET, &s->turn_ms);
}

static struct err send_code(struct domain *d, const struct sending *s, const struct flow *flow,
                            bool english) {
    struct text code = flow->code;
    struct text subject = english
                              ? text_format_in(d->arena, "%.*s: your code", TEXT_ARG(d->service))
                              : text_format_in(d->arena, "%.*s 验证码", TEXT_ARG(d->service));
    struct text body =
        english ? text_format_in(d->arena,
                                 "Your code is %.*s. It is good for 10 minutes and for one use.\r\n"
                                 "If you did not ask for it, ignore this message.",
                                 TEXT_ARG(code))
                : text_format_in(
                      d->arena,
                      "您的验证码是 %.*s，10 分钟内有效，只能使用一次。\r\n如非本人操作，请忽略。",
                      TEXT_ARG(code));
    return outbox_send(d, s->target,
                       &(struct message){.kind = MESSAGE_CODE, .subject = subject, .body = body, .code = code,
                                         .until_ms = flow->expires_ms, .from_ms = s->turn_ms});
}

static struct err send_known(struct domain *d, const struct sending *s, bool english) {
    struct text subject =
        english
            ? text_format_in(d->arena, "%.*s: you already have an account", TEXT_ARG(d->service))
            : text_format_in(d->arena, "%.*s：您已有账户", TEXT_ARG(d->service));
    struct text body =
        english
            ? TEXT("Somebody asked to register this address, which already has an account. Log in "
                   "instead.\r\nIf it was not you, nothing has happened and nothing is to be done.")
            : TEXT("有人用此地址注册，而它已有账户，请直接登录。\r\n如非本人操作，不会有任何影响，"
                   "无需处理。");
    return outbox_send(d, s->target,
                       &(struct message){.kind = MESSAGE_KNOWN, .subject = subject, .body = body,
                                         .from_ms = s->turn_ms});
}

/* Opens the flow and sends; `known` addresses get a flow that never fits. */
static struct err open_and_send(struct domain *d, struct flow *flow, const struct sending *s, bool is_known,
                                struct text language) {
    bool english = text_equal_c(language, "en");
    try(flow_open(d, flow, s->target, !is_known));
    return is_known ? send_known(d, s, english) : send_code(d, s, flow, english);
}

/* ---- asking ---- */

static struct err one_contact(struct domain *d, const struct registration *r,
                              struct identity *out) {
    if (r->email.length && r->phone.length)
        return domain_refuse(d, ERR_FIELD_INVALID, "phone",
                             "send either an e-mail address or a phone number");
    if (r->email.length)
        return identity_email(d, r->email, out);
    if (r->phone.length)
        return identity_phone(d, r->phone, out);
    return domain_refuse(d, ERR_FIELD_MISSING, "email",
                         "an e-mail address or a phone number is needed");
}

static struct err check_age(struct domain *d, struct text age) {
    if (age.length == 0)
        return domain_refuse(d, ERR_FIELD_MISSING, "age", "age must be adult, teen or child");
    if (!text_equal_c(age, "adult") && !text_equal_c(age, "teen") && !text_equal_c(age, "child"))
        return domain_refuse(d, ERR_FIELD_INVALID, "age", "age must be adult, teen or child");
    return ok;
}

/* Of a child: the guardian's own contact. guardian_out->shown is empty for anybody else. */
static struct err one_guardian(struct domain *d, const struct registration *r,
                               const struct identity *child, struct identity *guardian_out) {
    *guardian_out = (struct identity){.kind = IDENTITY_EMAIL};
    if (!text_equal_c(r->age, "child"))
        return ok;
    if (r->guardian_email.length == 0 && r->guardian_phone.length == 0)
        return domain_refuse(d, ERR_GUARDIAN_CONSENT_REQUIRED, "guardian_email",
                             "below 14 a guardian must consent");
    const struct registration theirs = {.email = r->guardian_email, .phone = r->guardian_phone};
    try(one_contact(d, &theirs, guardian_out));
    if (guardian_out->kind == child->kind && text_equal(guardian_out->canonical, child->canonical))
        return domain_refuse(d, ERR_GUARDIAN_CONTACT_SAME, "guardian_email",
                             "the guardian's contact is the child's own");
    return ok;
}

static struct err send_guardian(struct domain *d, const struct sending *s, const struct flow *flow,
                                bool english) {
    struct text subject =
        english ? text_format_in(d->arena, "%.*s: your consent for a child", TEXT_ARG(d->service))
                : text_format_in(d->arena, "%.*s：请确认是否同意儿童注册", TEXT_ARG(d->service));
    const char *form =
        english ? "A child below 14 wants to register here and named you as the guardian. Please read the "
                  "policy (/policy) and its rules for children first.\r\nIf you agree, give the child this "
                  "code: %.*s. It is good for 72 hours.\r\nIf you do not agree, do nothing: what was "
                  "sent is erased then."
                : "一位不满十四周岁的儿童希望注册本服务，并填写您为其监护人。请先阅读隐私政策 (/policy) "
                  "及其中的儿童个人信息规则。\r\n如果您同意，请把验证码 %.*s "
                  "告诉孩子，72 小时内有效。\r\n如果您不同意，无需任何操作，到期后所填信息即被删除。";
    struct buf b;
    buf_init(&b, d->arena, 4096);
    for (const char *rest = form; *rest; rest++) {
        if (rest[0] == '%') {
            buf_text(&b, flow->code);
            rest += 3;
        } else {
            buf_char(&b, *rest);
        }
    }
    return outbox_send(d, s->target,
                       &(struct message){.kind = MESSAGE_GUARDIAN, .subject = subject, .body = buf_peek(&b),
                                         .code = flow->code, .until_ms = flow->expires_ms,
                                         .from_ms = s->turn_ms});
}

static struct err is_known(struct domain *d, const struct identity *who, bool *out) {
    int64_t number;
    try(account_find(d, who, &number));
    *out = number != 0;
    return ok;
}

struct err registration_start(struct domain *d, const struct policy *policy,
                              const struct registration *r, struct flow_promise *out) {
    struct identity name, contact, guardian;
    struct text password;
    bool name_known, contact_known;
    char hash[PASSWORD_HASH_BYTES];
    try(check_age(d, r->age));
    try(consent_check(d, policy, r->consent));
    try(identity_username(d, r->username, &name));
    try(one_contact(d, r, &contact));
    try(identity_password(d, r->password, &name, &contact, &password));
    try(is_known(d, &name, &name_known));
    if (name_known)
        return domain_refuse(d, ERR_USERNAME_TAKEN, "username", "the user name is taken");
    try(one_guardian(d, r, &contact, &guardian));
    struct sending sending = {guardian.shown.length ? &guardian : &contact, r->prefix, 0};
    try(domain_in_transaction(d, count_sending, &sending));
    try(password_hash(d->passwords, password, hash)); /* for known addresses too: the same work */
    try(is_known(d, &contact, &contact_known));
    struct waiting w = {{name.shown, text_c(identity_kind_name(contact.kind)), contact.shown,
                         text_c(hash), r->consent,
                         digest_print_in(d->arena, &policy_in_force(policy)->digest), r->age,
                         r->language, guardian.shown, r->prefix}};
    struct flow flow = {.purpose = guardian.shown.length ? FLOW_GUARDIAN : FLOW_REGISTER,
                        .data = waiting_pack(d, &w)};
    if (guardian.shown.length) {
        try(flow_open(d, &flow, &guardian, true));
        try(send_guardian(d, &sending, &flow, text_equal_c(r->language, "en")));
    } else {
        try(open_and_send(d, &flow, &sending, contact_known, r->language));
    }
    *out = (struct flow_promise){flow.name, flow.expires_ms,
                                  guardian.shown.length ? guardian.kind : contact.kind};
    return ok;
}

struct err contact_start(struct domain *d, const struct account *account,
                         const struct registration *r, struct flow_promise *out) {
    struct identity contact;
    bool known;
    try(one_contact(d, r, &contact));
    struct sending sending = {&contact, r->prefix, 0};
    try(domain_in_transaction(d, count_sending, &sending));
    try(is_known(d, &contact, &known));
    struct waiting w = {{text_format_in(d->arena, "%lld", (long long)account->number),
                         text_c(identity_kind_name(contact.kind)), contact.shown}};
    w.fields[W_LANGUAGE] = r->language;
    struct flow flow = {.purpose = FLOW_CONTACT, .data = waiting_pack(d, &w)};
    try(open_and_send(d, &flow, &sending, known, r->language));
    *out = (struct flow_promise){flow.name, flow.expires_ms, contact.kind};
    return ok;
}

/* ---- proving ---- */

static struct err use_flow(struct domain *d, void *with) {
    return flow_use(d, with);
}

static struct err finish_registration(struct domain *d, struct flow *flow, const struct waiting *w,
                                      int64_t *account_out) {
    struct new_account fresh = {.password_hash = text_c_in(d->arena, w->fields[W_HASH]),
                                .age = w->fields[W_GUARDIAN].length ? TEXT("teen") : w->fields[W_AGE],
                                .guardian = w->fields[W_GUARDIAN],
                                .source = "subject",
                                .consent_version = w->fields[W_VERSION],
                                .consent_hash = w->fields[W_TEXT_HASH],
                                .language = w->fields[W_LANGUAGE]};
    try(identity_username(d, w->fields[W_USERNAME], &fresh.username));
    if (text_equal_c(w->fields[W_KIND], "email"))
        try(identity_email(d, w->fields[W_CONTACT], &fresh.contact));
    else
        try(identity_phone(d, w->fields[W_CONTACT], &fresh.contact));
    struct err e = account_create(d, &fresh, use_flow, flow, account_out);
    if (e.kind == ERR_CONFLICT) /* the address was proved by another flow in the meantime */
        return domain_refuse(d, ERR_CODE_EXPIRED, "code", "the code is no longer valid");
    return e;
}

struct contact_change {
    struct flow *flow;
    struct account account;
    struct identity contact, old;
};

static struct err change_rows(struct domain *d, void *with) {
    struct contact_change *c = with;
    try(hold_forbids(d, c->account.number)); /* one that came while the code was on its way */
    try(flow_use(d, c->flow));
    return account_set_contact(d, &c->account, &c->contact);
}

/* To the address that was left: whoever did not do this has to know. */
static struct err send_moved(struct domain *d, const struct identity *to, bool english) {
    struct text subject =
        english ? text_format_in(d->arena, "%.*s: your contact was changed", TEXT_ARG(d->service))
                : text_format_in(d->arena, "%.*s：您的联系方式已更换", TEXT_ARG(d->service));
    return outbox_put(
        d, to, subject,
        english ? TEXT("Your account now uses another address or number instead of this one.\r\nIf it was not "
                       "you, reset your password at once and write to us through /feedback.")
                : TEXT("您账户的联系方式已从此地址更换为另一个。\r\n如非本人操作，请立即重置密码，并通过 "
                       "/feedback 告知我们。"));
}

static struct err finish_contact(struct domain *d, struct flow *flow, const struct waiting *w,
                                 int64_t *account_out) {
    struct contact_change c = {.flow = flow};
    if (!text_to_i64(w->fields[W_ACCOUNT], account_out))
        return err_make(ERR_IO, "a flow names no account");
    try(account_read(d, *account_out, &c.account));
    bool is_mail = text_equal_c(w->fields[W_KIND], "email");
    struct text old = is_mail ? c.account.email : c.account.phone;
    if (is_mail)
        try(identity_email(d, w->fields[W_CONTACT], &c.contact));
    else
        try(identity_phone(d, w->fields[W_CONTACT], &c.contact));
    struct err e = domain_in_transaction(d, change_rows, &c);
    if (e.kind == ERR_CONFLICT)
        return domain_refuse(d, ERR_CODE_EXPIRED, "code", "the code is no longer valid");
    if (e.kind || old.length == 0)
        return e;
    try(is_mail ? identity_email(d, old, &c.old) : identity_phone(d, old, &c.old));
    struct digest gone;
    try(identity_digest(d, &c.old, &gone));
    try(outbox_erase(d, &gone)); /* codes that went there are of no use any more */
    return send_moved(d, &c.old, text_equal_c(w->fields[W_LANGUAGE], "en"));
}

/* The guardian has consented: now the child's own address is to be proved, as anybody's. */
static struct err guardian_agreed(struct domain *d, struct flow *flow, const struct waiting *w,
                                  struct flow_promise *next_out) {
    struct identity contact;
    bool known;
    if (text_equal_c(w->fields[W_KIND], "email"))
        try(identity_email(d, w->fields[W_CONTACT], &contact));
    else
        try(identity_phone(d, w->fields[W_CONTACT], &contact));
    struct sending sending = {&contact, w->fields[W_PREFIX], 0};
    try(domain_in_transaction(d, count_sending, &sending));
    try(is_known(d, &contact, &known));
    struct flow next = {.purpose = FLOW_REGISTER, .data = flow->data};
    try(domain_in_transaction(d, use_flow, flow));
    try(open_and_send(d, &next, &sending, known, w->fields[W_LANGUAGE]));
    *next_out = (struct flow_promise){next.name, next.expires_ms, contact.kind};
    return ok;
}

struct err registration_verify(struct domain *d, struct text name, struct text code,
                               struct verified *out) {
    struct flow flow;
    struct waiting w;
    struct verified verified = {.account = 0};
    try(flow_try(d, name, code, &flow));
    if (!waiting_unpack(flow.data, &w))
        return err_make(ERR_IO, "a flow's data is not whole");
    verified.is_created = flow.purpose == FLOW_REGISTER;
    if (flow.purpose == FLOW_GUARDIAN)
        try(guardian_agreed(d, &flow, &w, &verified.next));
    else if (flow.purpose == FLOW_REGISTER)
        try(finish_registration(d, &flow, &w, &verified.account));
    else
        try(finish_contact(d, &flow, &w, &verified.account));
    *out = verified;
    return ok;
}
