/* email.c: is an address well formed, and whose mail is it: a throw-away service's, a free one's?
 */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/host.h"
#include "data/data.h"

#include <string.h>

enum { ASKED_EMAIL };
enum { LOCAL_MOST = 64, ADDRESS_MOST = 254 }; /* RFC 5321, 4.5.3.1; RFC 3696's erratum 1690 */

/* RFC 5321's Dot-string; quoted local parts are allowed there and used by nobody. */
static bool is_local(struct text local) {
    static const char others[] = "!#$%&'*+-/=?^_`{|}~";
    if (local.length == 0 || local.length > LOCAL_MOST)
        return false;
    for (size_t i = 0; i < local.length; i++) {
        char ch = local.bytes[i];
        bool is_dot = ch == '.';
        if (is_dot && (i == 0 || i + 1 == local.length || local.bytes[i - 1] == '.'))
            return false;
        bool is_letter =
            (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
        if (!is_dot && !is_letter && !strchr(others, ch))
            return false;
    }
    return true;
}

/* The entry of the domain or of one above it that counts for all below. */
static struct text kind_of(const struct pack *p, struct text domain) {
    struct text value;
    if (pack_find(p, domain, &value))
        return value;
    for (size_t dot; (dot = text_find_char(domain, '.')) != SIZE_MAX;) {
        domain = text_from(domain, dot + 1);
        if (pack_find(p, domain, &value) && text_equal_c(value, "w"))
            return value;
    }
    return TEXT("");
}

/* Mailboxes that belong to a task, not to a person (RFC 2142 and usage). */
static bool is_role(struct text local) {
    static const char *const roles[] = {
        "abuse",    "admin",   "billing",    "contact", "help",      "hostmaster",
        "info",     "mail",    "marketing",  "news",    "no-reply",  "noc",
        "noreply",  "office",  "postmaster", "privacy", "root",      "sales",
        "security", "service", "support",    "usenet",  "webmaster", "www"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (text_equal_nocase(local, text_c(roles[i])))
            return true;
    return false;
}

static struct err email(struct call *c) {
    struct text typed = text_trim(ask_text(c, ASKED_EMAIL)), domain = TEXT("");
    size_t at = typed.length;
    while (at > 0 && typed.bytes[at - 1] != '@')
        at--;
    struct text local = at ? text_part(typed, 0, at - 1) : TEXT("");
    bool is_domain = at && text_find_char(text_from(typed, at), '/') == SIZE_MAX &&
                     host_normalize_in(c->arena, text_from(typed, at), &domain);
    bool is_valid = is_domain && is_local(local) &&
                    local.length + 1 + domain.length <= ADDRESS_MOST &&
                    text_find_char(domain, '.') != SIZE_MAX;
    struct text kind = is_valid ? kind_of(data_pack(c->data, DATA_MAILBOX), domain) : TEXT("");
    reply_object(c, NULL);
    reply_bool(c, "valid", is_valid);
    reply_text(c, "local", is_valid ? local : TEXT(""));
    reply_text(c, "domain", is_valid ? domain : TEXT(""));
    reply_bool(c, "disposable", text_equal_c(kind, "d") || text_equal_c(kind, "w"));
    reply_bool(c, "free", text_equal_c(kind, "f"));
    reply_bool(c, "role", is_valid && is_role(local));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_email = {
    .path = "/api/email",
    .subject = "identity",
    .title = {"邮箱地址检查", "E-mail address"},
    .says = {"检查邮箱地址的写法，并判断域名是否属于一次性邮箱（12 "
             "万余个域名）、免费邮箱，以及是否是职能邮箱。不发送任何邮件，不能证明邮箱存在；地址不"
             "被保存。",
             "Checks how an address is written, and whether its domain is a throw-away service's "
             "(more than 120,000 are known) or a free one's, and "
             "whether it is a task's mailbox. No mail is sent, so it can't tell whether the "
             "mailbox exists; the address is not kept."},
    .run = email,
    .asks = ASKS({"email",
                  ASK_TEXT,
                  REQUIRED,
                  {"邮箱地址", "The address"},
                  1,
                  320,
                  .aliases = "mail|address"}),
    .gives =
        GIVES({"valid", GIVE_BOOL, {"写法是否正确", "Is it well written?"}},
              {"local", GIVE_TEXT, {"@ 之前的部分", "What stands before the @"}},
              {"domain", GIVE_TEXT, {"域名，国际域名转为 A 标签", "The domain, IDNs as A-labels"}},
              {"disposable", GIVE_BOOL, {"是不是一次性邮箱", "Is it thrown away after use?"}},
              {"free", GIVE_BOOL, {"是不是免费邮箱", "Is it a free service's?"}},
              {"role", GIVE_BOOL, {"是不是职能邮箱，如 admin@", "Is it a task's, as admin@?"}}),
    .shows = SHOWS({"email=someone%40qq.com",
                    "{\"valid\":true,\"local\":\"someone\",\"domain\":\"qq.com\",\"disposable\":"
                    "false,\"free\":true,\"role\":false}",
                    SHOW_EXACT},
                   {"email=admin%400-mail.com",
                    "{\"valid\":true,\"local\":\"admin\",\"domain\":\"0-mail.com\",\"disposable\":"
                    "true,\"free\":false,\"role\":true}",
                    SHOW_EXACT},
                   {"email=a..b%40example.com",
                    "{\"valid\":false,\"local\":\"\",\"domain\":\"\",\"disposable\":false,\"free\":"
                    "false,\"role\":false}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_MAILBOX),
    .stands_on = "RFC 5321, RFC 2142",
    .many = 1 + ASKED_EMAIL,
};
