/* office_hand.c: see office_hand.h. */
#include "app/office_hand.h"
#include "domain/factor.h"
#include "domain/when.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CODE_LINE_BYTES = 128, TOTP_DIGITS = 6 };

struct err office_hand_prove(struct hand *h, const char *option, const char *name, int64_t account) {
    struct arena *a = h->domain.arena;
    struct account who;
    struct factors f;
    char line[CODE_LINE_BYTES];
    try(account_read(&h->domain, account, &who));
    try(factors_read(&h->domain, account, &f));
    if (!f.has_totp && f.recovery_codes == 0)
        return err_make(ERR_SECOND_FACTOR_REQUIRED,
                        text_say_in(a, "%s %s has no authenticator app and no recovery codes; add one at "
                                       "/account/security, or decide at /admin", option, name));
    if (isatty(STDIN_FILENO))
        fprintf(stderr, "code of %s (authenticator app, or a recovery code): ", name);
    if (!fgets(line, sizeof line, stdin))
        return err_make(ERR_USAGE,
                        text_say_in(a, "%s %s proves it with a code: the next line of standard input holds the six "
                                       "digits of the authenticator app, or a recovery code", option, name));
    struct text code = text_trim(text_c(line));
    bool is_app = code.length == TOTP_DIGITS && f.has_totp;
    struct err e = is_app ? totp_use(&h->domain, &who, code) : recovery_use(&h->domain, &who, code);
    return e.kind ? err_make(e.kind, text_say_in(a, "the code of %s %s: %s", option, name, e.say ? e.say : "wrong"))
                  : ok;
}

static struct err member_at(struct hand *h, const char *option, const char *name, unsigned roles,
                            struct staff_member *out) {
    struct arena *a = h->domain.arena;
    int64_t account;
    try(account_named(&h->domain, text_c(name), &account));
    struct err e = staff_member(&h->domain, account, out);
    if (e.kind == ERR_NOT_FOUND)
        return err_make(ERR_ROLE_MISSING,
                        text_say_in(a, "%s %s is not of the staff; see alapi staff list", option, name));
    if (!e.kind && !(out->roles & roles))
        return err_make(
            ERR_ROLE_MISSING,
            text_say_in(a, "%s %s has not the role for it; see alapi staff list", option, name));
    return e;
}

struct err office_hand_member(struct hand *h, const struct options *o, const char *option, unsigned roles,
                              struct staff_member *out) {
    const char *name = options_value(o, option);
    if (!name)
        return err_make(
            ERR_USAGE, text_say_in(h->domain.arena, "%s NAME is needed: who of the staff does it", option));
    try(member_at(h, option, name, roles, out));
    return office_hand_prove(h, option, name, out->account);
}

struct err office_hand_second(struct hand *h, const struct options *o, struct text approval,
                              unsigned place) {
    struct staff_member second;
    struct approval a;
    if (approval.length == 0 || place >= options_count(o, "--second"))
        return ok;
    const char *name = options_at(o, "--second", place);
    try(member_at(h, "--second", name, STAFF_OWNER | STAFF_PRIVACY, &second));
    try(approval_find(&h->domain, approval, &a));
    try(staff_second(a.asked_by, second.subject));
    try(office_hand_prove(h, "--second", name, second.account));
    return office_decide(&h->domain, &second, approval, true, &a);
}

struct err office_hand_when(struct hand *h, const struct options *o, const char *option, bool is_end,
                            int64_t *ms_out) {
    return when_parse(&h->domain, option, office_hand_text(o, option), is_end, ms_out);
}

struct text office_hand_text(const struct options *o, const char *option) {
    return text_c(options_value(o, option));
}
