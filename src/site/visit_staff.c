/* visit_staff.c: see visit_staff.h. */
#include "site/visit_staff.h"
#include "domain/when.h"

bool visit_has_second_factor(const struct visit *v) {
    return v->session.aal >= 2;
}

struct staff_member visit_member(const struct visit *v) {
    return (struct staff_member){
        .account = v->account.number, .subject = v->account.subject, .roles = v->roles};
}

struct err visit_account(struct visit *v, const char *name, int64_t *number_out) {
    struct text who;
    try(visit_needed_text(v, name, &who));
    return account_named(v->d, who, number_out);
}

struct err visit_when(struct visit *v, const char *name, bool is_end, int64_t *ms_out) {
    struct text given;
    try(visit_text(v, name, &given));
    return when_parse(v->d, name, given, is_end, ms_out);
}

void visit_put_subject(struct visit *v, const char *name, uint64_t subject) {
    if (subject)
        json_put_text(&v->json, name, text_format_in(v->d->arena, "%llu", (unsigned long long)subject));
    else
        json_put_c(&v->json, name, NULL);
}

void visit_put_time(struct visit *v, const char *name, int64_t ms) {
    if (ms)
        json_put_text(&v->json, name, visit_time(v, ms));
    else
        json_put_c(&v->json, name, NULL);
}
