/* consent_routes.c: what one agreed to and what is switched on; agree, decline, withdraw. */
#include "domain/consent.h"
#include "domain/announcement.h"
#include "site/self_pages.h"

static void put_consent(void *with, const struct consent *c) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "receipt", c->receipt);
    json_put_text(j, "purpose", c->purpose);
    json_put_text(j, "version", c->version);
    json_put_text(j, "text_hash", c->text_hash);
    json_put_text(j, "act", c->act);
    json_put_text(j, "language", c->language);
    json_put_text(j, "served", c->served);
    json_put_text(j, "time", visit_time(v, c->created_ms));
    json_close_object(j);
}

static void put_notice(void *with, const struct announcement_person *p) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_i64(&v->json, "version", p->version);
    json_put_text(&v->json, "channel", p->channel);
    json_put_text(&v->json, "state", p->state);
    json_put_text(&v->json, "time", visit_time(v, p->time_ms));
    json_close_object(&v->json);
}

static struct err put_purpose(struct visit *v, const struct consent_purpose *purpose) {
    struct agreement held;
    struct json *j = &v->json;
    try(agreement_of(v->d, v->account.number, purpose->name, &held));
    json_open_object(j);
    json_put_c(j, "purpose", purpose->name);
    json_put_c(j, "says", purpose->says[v->is_english]);
    json_put_bool(j, "on", held.is_yes);
    json_put_text(j, "receipt", held.receipt);
    json_close_object(j);
    return ok;
}

struct err consents_put(struct visit *v) {
    struct json *j = &v->json;
    json_name(j, "consents");
    json_open_list(j);
    try(consent_list(v->d, v->account.number, put_consent, v));
    json_close_list(j);
    json_name(j, "purposes");
    json_open_list(j);
    for (const struct consent_purpose *p = consent_purposes; p->name; p++)
        try(put_purpose(v, p));
    json_close_list(j);
    json_name(j, "notices");
    json_open_list(j);
    try(announcement_each(v->d, v->account.number, put_notice, v));
    json_close_list(j);
    return ok;
}

static struct err run_consents(struct visit *v) {
    if (visit_wants_page(v))
        return self_consents_page(v);
    visit_json(v, 200);
    try(consents_put(v));
    visit_end(v);
    return ok;
}

static struct err run_consent(struct visit *v) {
    struct consent_wish wish = {.language = visit_language(v)};
    struct consent given;
    try(visit_text(v, "version", &wish.version));
    try(visit_text(v, "act", &wish.act));
    try(visit_text(v, "purpose", &wish.purpose));
    try(visit_text(v, "served", &wish.served));
    try(consent_give(v->d, v->site->policy, &v->account, &wish, &given));
    visit_published(v); /* the tokens follow before the answer is out */
    if (visit_wants_page(v)) {
        visit_see_other(v, wish.purpose.length ? TEXT("/account/consents") : TEXT("/policy"));
        return ok;
    }
    struct json *j = visit_json(v, 201);
    json_put_text(j, "receipt", given.receipt);
    json_put_text(j, "purpose", given.purpose);
    json_put_text(j, "version", given.version);
    json_put_text(j, "text_hash", given.text_hash);
    json_put_text(j, "act", given.act);
    visit_end(v);
    return ok;
}

const struct route consent_routes[] = {
    {"GET", "/account/consents", run_consents, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"POST", "/account/consents", run_consent, "version|act|purpose|served",
     ROUTE_SESSION | ROUTE_UNAGREED | ROUTE_FORM},
    {0},
};
