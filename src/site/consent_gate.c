/* consent_gate.c: see consent_gate.h. */
#include "site/consent_gate.h"
#include "base/clock.h"
#include "domain/consent.h"
#include "domain/announcement.h"
#include "domain/publication.h"
#include "domain/rights.h"

static struct text difference_in(struct visit *v, int64_t agreed, struct text version) {
    int64_t number;
    if (agreed == 0 && text_to_i64(version, &number))
        agreed = number - 1;
    return agreed < 1 ? text_format_in(v->d->arena, "/policy/%.*s", TEXT_ARG(version))
                      : text_format_in(v->d->arena, "/policy/%lld...%.*s", (long long)agreed,
                                       TEXT_ARG(version));
}

void consent_gate_put(struct visit *v) {
    const struct detail *detail = &v->d->detail;
    struct text text = text_format_in(v->d->arena, "/policy/%.*s", TEXT_ARG(detail->version));
    json_put_text(&v->json, "text", text);
    json_put_text(&v->json, "difference", difference_in(v, detail->agreed, detail->version));
    json_put_c(&v->json, "agree", "POST /account/consents");
}

/* What this person has to agree to, now or by a date; version 0: nothing. */
struct due {
    int64_t version, agreed, by_ms;
};

static struct err due_of(struct visit *v, int64_t account, struct due *out) {
    struct policy_demand demand;
    struct token_consent held;
    *out = (struct due){0};
    try(publication_demand(v->d, &demand));
    try(agreement_of_tokens(v->d, account, &held));
    out->agreed = held.version;
    if (held.is_program)
        return ok;
    if (held.is_declined || held.version < demand.now)
        *out = (struct due){demand.in_force, held.version, v->d->now_ms};
    else if (held.version < demand.next)
        *out = (struct due){demand.next, held.version, demand.next_ms};
    return ok;
}

static struct text header_in(struct visit *v, const struct due *due) {
    return text_format_in(v->d->arena, "version=%lld; by=%.*s", (long long)due->version,
                          TEXT_ARG(clock_print_utc_in(v->d->arena, due->by_ms)));
}

struct err consent_gate_check(struct visit *v, const struct route *route) {
    struct due due;
    try(due_of(v, v->account.number, &due));
    if (due.version)
        v->answer->policy_update = header_in(v, &due);
    if (route->right && !rights_open(v->site->policy, due.agreed, text_c(route->right)))
        return err_make(ERR_RIGHT_ENDED, "the version that was agreed to does not have this right");
    return route->needs & ROUTE_UNAGREED
               ? ok
               : agreement_check(v->d, v->site->policy, v->account.number);
}

/* ---- on pages ---- */

static struct text words_in(struct visit *v, const struct due *due) {
    bool is_due = due->by_ms <= v->d->now_ms;
    struct text day = text_part(clock_print_utc_in(v->d->arena, due->by_ms), 0, is_due ? 0 : 10);
    long long number = (long long)due->version;
    if (v->is_english)
        return text_format_in(
            v->d->arena,
            "Version %lld of the privacy policy, with a major change, %s%.*s. Read what "
            "differs.",
            number, is_due ? "is in force and waits for your answer" : "takes effect on ",
            TEXT_ARG(day));
    return text_format_in(v->d->arena, "隐私政策第 %lld 版含有重大变更，%s%.*s。查看差异。", number,
                          is_due ? "已经生效，等待您的选择" : "生效日期：", TEXT_ARG(day));
}

/* Whoever is logged in; 0: a stranger. Nothing is changed by looking. */
static int64_t visitor(struct visit *v) {
    struct session session;
    struct text cookie =
        cookie_read(v->d->arena, COOKIE_SID, v->request->cookie, v->request->is_tls);
    if (v->session.account)
        return v->session.account;
    return cookie.length && !session_find(v->d, cookie, &session).kind ? session.account : 0;
}

struct text consent_gate_banner(struct visit *v, struct text *url_out) {
    int64_t account = visitor(v);
    struct policy_demand demand;
    struct due due = {0};
    if (account) {
        if (due_of(v, account, &due).kind || !due.version)
            return TEXT("");
        v->answer->policy_update = header_in(v, &due);
        v->answer->is_private = true;
    } else {
        if (publication_demand(v->d, &demand).kind || !demand.next)
            return TEXT("");
        due = (struct due){demand.next, 0, demand.next_ms};
    }
    struct text version = text_format_in(v->d->arena, "%lld", (long long)due.version);
    *url_out = difference_in(v, due.agreed, version);
    return words_in(v, &due);
}

/* ---- for everybody ---- */

static void put_notice(struct visit *v, const struct announcement *n) {
    struct json *j = &v->json;
    int64_t persons = n->put + n->unreachable;
    json_name(j, "notice");
    json_open_object(j);
    json_put_i64(j, "version", n->version);
    json_put_i64(j, "put", n->put);
    json_put_i64(j, "bounced", n->bounced);
    json_put_i64(j, "unreachable", n->unreachable);
    json_name(j, "coverage_percent");
    json_number(j, persons ? (double)((n->put - n->bounced) * 1000 / persons) / 10 : 100);
    json_put_bool(j, "done", n->done_ms != 0);
    json_close_object(j);
}

struct err policy_state_put(struct visit *v) {
    struct policy_demand demand;
    struct announcement notice;
    struct json *j = &v->json;
    unsigned behind = v->site->health->policy_behind;
    try(publication_demand(v->d, &demand));
    try(announcement_last(v->d, &notice));
    json_name(j, "policy");
    json_open_object(j);
    json_put_text(j, "version", policy_in_force(v->site->policy)->version);
    json_put_bool(j, "policy_behind", behind != 0);
    json_put_text(j, "behind_kinds", facts_kinds_in(v->d->arena, behind));
    if (demand.next) {
        json_put_i64(j, "next", demand.next);
        json_put_text(j, "next_effective", visit_time(v, demand.next_ms));
    }
    if (notice.version)
        put_notice(v, &notice);
    json_close_object(j);
    return ok;
}
