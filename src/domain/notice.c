/* notice.c: see notice.h. */
#include "domain/notice.h"
#include "base/clock.h"
#include "domain/outbox.h"

static const struct {
    const char *zh, *en;
} sayings[NOTICE_COUNT] = {
    [NOTICE_PASSWORD_CHANGED] = {"您的密码已修改，其他设备已退出登录。",
                                 "Your password was changed, and all other devices were logged out."},
    [NOTICE_PASSWORD_RESET] = {"您的密码已通过验证码重设，所有设备已退出登录。",
                               "Your password was reset by a code, and all devices were logged out."},
    [NOTICE_TOTP_ADDED] = {"您的账户已添加验证器（动态验证码）。", "An authenticator app was added to your account."},
    [NOTICE_TOTP_REMOVED] = {"您的账户已移除验证器（动态验证码）。", "The authenticator app was removed from your account."},
    [NOTICE_RECOVERY_MADE] = {"您的账户已生成一组新的恢复码，旧的全部失效。",
                              "New recovery codes were made for your account; the old ones are void."},
    [NOTICE_RECOVERY_USED] = {"您的账户使用了一个恢复码。", "One of your recovery codes was used."},
    [NOTICE_PASSKEY_ADDED] = {"您的账户已添加通行密钥：", "A passkey was added to your account: "},
    [NOTICE_PASSKEY_REMOVED] = {"您的账户已移除通行密钥：", "A passkey was removed from your account: "},
    [NOTICE_NEW_DEVICE] = {"您的账户在一台新设备上登录：", "Your account was logged in to from a new device: "},
    [NOTICE_FAILURES] = {"有人多次用错误的密码尝试登录您的账户，没有成功。",
                         "Somebody tried wrong passwords at your account many times, without success."},
    [NOTICE_CONTACT_ASKED] = {"有人请求更改您账户的联系方式；新的地址验证之前不会生效。",
                              "A change of your account's address was asked for; it takes force once the new one is proved."},
    [NOTICE_TOKEN_EXPOSED] = {"您的一个 token 经未加密的 http 发出，途中可能被他人看到；该次调用已被拒绝。请改用 https，并停用它、另建新的。名称：",
                              "One of your tokens was sent over http, where others on the way can read it; the call was "
                              "refused. Use https, revoke the token and make a new one. Its name: "},
};

bool person_address(struct domain *d, const struct account *account, struct identity *out) {
    if (account->email.length)
        return identity_email(d, account->email, out).kind == ERR_NONE;
    return account->phone.length && identity_phone(d, account->phone, out).kind == ERR_NONE;
}

struct err person_is_english(struct domain *d, int64_t account, bool *out) {
    struct statement *get = statement_for(d->store, SQL_ACCOUNT_LANGUAGE);
    bool row;
    statement_bind_i64(get, 1, account);
    try(statement_step(get, &row));
    *out = row && text_equal_c(column_text_in(get, d->arena, 0), "en");
    statement_done(get);
    return ok;
}

void notice_send(struct domain *d, const struct account *account, enum notice which, struct text detail) {
    struct identity to;
    bool english;
    if (!person_address(d, account, &to) || person_is_english(d, account->number, &english).kind)
        return;
    struct text time = clock_print_utc_in(d->arena, d->now_ms);
    const char *says = english ? sayings[which].en : sayings[which].zh;
    struct text subject = text_format_in(d->arena, english ? "%.*s: your account's security" : "%.*s：账户安全提醒",
                                         TEXT_ARG(d->service));
    struct text body =
        english ? text_format_in(d->arena,
                                 "%s%.*s\r\nTime: %.*s\r\nIf it was you, nothing is to be done. If it was not: reset "
                                 "your password and end the other sessions in your account's security page.",
                                 says, TEXT_ARG(detail), TEXT_ARG(time))
                : text_format_in(d->arena,
                                 "%s%.*s\r\n时间：%.*s\r\n如是您本人操作，无需处理；如不是，请立即重设密码，并在"
                                 "账户的安全页面退出其他设备。",
                                 says, TEXT_ARG(detail), TEXT_ARG(time));
    (void)!outbox_put(d, &to, subject, body).kind;
}
