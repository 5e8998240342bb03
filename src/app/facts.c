/* facts.c: see facts.h. */
#include "app/facts.h"
#include "api/catalog.h"
#include "call/endpoint.h"
#include "connect/connectors.h"
#include "site/cookie.h"
#include "site/visit.h"

#include <string.h>

static void add_cookies(struct facts *f) {
    static const char *const categories[] = {"necessary", "performance", "marketing", "functional"};
    for (unsigned i = 0; i < COOKIE_COUNT; i++) {
        const struct cookie *c = cookie_of((enum cookie_id)i);
        facts_add(f, "cookie", "%s category=%s days=%u says=%s", c->name, categories[c->category],
                  c->days, c->says[1]);
    }
}

static bool is_of_persons(const char *path) {
    return text_starts(text_c(path), TEXT("/account")) ||
           text_starts(text_c(path), TEXT("/feedback"));
}

static void add_routes(struct facts *f) {
    for (unsigned t = 0; site_routes[t]; t++) {
        for (const struct route *r = site_routes[t]; r->path; r++) {
            if (is_of_persons(r->path) && !(r->needs & ROUTE_DEVELOPMENT))
                facts_add(f, "route", "%s %s", r->method, r->path);
            if (r->right)
                facts_add(f, "right", "%s %s %s", r->right, r->method, r->path);
        }
    }
}

/* A class of APIs that ask somebody outside, by the folder that they stand in. */
static void add_outside(struct facts *f) {
    for (unsigned i = 0; api_catalog[i]; i++) {
        const struct endpoint *e = api_catalog[i];
        if (e->asks_outside)
            facts_add(f, "outside", "apis %s", e->subject);
    }
}

static void add_program(struct facts *f) {
    facts_add_columns(f);
    facts_add_purposes(f);
    add_cookies(f);
    add_routes(f);
    add_outside(f);
}

struct text facts_of_program(struct arena *a) {
    struct facts f;
    facts_init(&f, a);
    add_program(&f);
    return facts_print_in(a, &f);
}

static void add_processors(struct facts *f, const char *list) {
    struct text rest = text_c(list), one;
    while (text_cut(&rest, ';', &one))
        if (text_trim(one).length)
            facts_add(f, "processor", "%.*s", TEXT_ARG(text_trim(one)));
}

struct connector_hosts_of {
    struct facts *facts;
    const char *name;
};

static void add_connector_host(void *with, struct text host) {
    const struct connector_hosts_of *of = with;
    facts_add(of->facts, "host", "connectors.%s=%.*s", of->name, TEXT_ARG(host));
}

/* Who is asked for answers. One whose file is at fault is not asked, and doctor says so. */
static void add_connector(void *with, const char *group, const char *name) {
    struct facts *f = with;
    struct connectors_settings settings = {.home = ".", .catalog = api_catalog};
    struct connector_hosts_of of = {f, name};
    struct connector *c;
    (void)group;
    if (connectors_read(f->arena, &settings, name, &c).kind == ERR_NONE)
        connector_hosts(f->arena, c, add_connector_host, &of);
}

void facts_add_home(struct facts *f, const struct config *config) {
    facts_add(f, "controller", "name=%s", config->operator_name);
    facts_add(f, "controller", "code=%s", config->operator_code);
    facts_add(f, "controller", "address=%s", config->operator_address);
    facts_add(f, "contact", "mail=%s", config->operator_contact);
    facts_add(f, "contact", "court=%s", config->operator_court);
    for (const struct config_outside *o = config_outside_in(f->arena, config); o->name; o++)
        facts_add(f, "host", "%s=%s", o->name, o->value);
    add_processors(f, config->processors);
    (void)connectors_each(f->arena, config->connectors, add_connector, f);
}

struct err facts_of_home(struct domain *d, const struct config *config, struct text *out) {
    struct facts f;
    facts_init(&f, d->arena);
    add_program(&f);
    facts_add_home(&f, config);
    try(facts_add_assessments(d, &f));
    *out = facts_print_in(d->arena, &f);
    return ok;
}
