/* office_hand.c: see office_hand.h. */
#include "app/office_hand.h"
#include "domain/when.h"

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
    return member_at(h, option, name, roles, out);
}

struct err office_hand_second(struct hand *h, const struct options *o, struct text approval,
                              unsigned place) {
    struct staff_member second;
    struct approval a;
    if (approval.length == 0 || place >= options_count(o, "--second"))
        return ok;
    try(member_at(h, "--second", options_at(o, "--second", place), STAFF_OWNER | STAFF_PRIVACY, &second));
    return office_decide(&h->domain, &second, approval, true, &a);
}

struct err office_hand_when(struct hand *h, const struct options *o, const char *option, bool is_end,
                            int64_t *ms_out) {
    return when_parse(&h->domain, option, office_hand_text(o, option), is_end, ms_out);
}

struct text office_hand_text(const struct options *o, const char *option) {
    return text_c(options_value(o, option));
}
