/* cmd_plan.c: alapi plan list | set NAME. */
#include "app/command.h"
#include "app/hand.h"
#include "base/limits.h"
#include "domain/token.h"

#include <stdio.h>
#include <string.h>

enum { PRICE_MAX = 100000, RATE_MAX = 1000000 };

static const struct option table[] = {
    OPTION_HOME,
    {"--rate", false, false, "calls a second; 0 = no limit"},
    {"--quota-day", false, false, "units a day; 0 = no limit"},
    {"--quota-month", false, false, "units a month; 0 = no limit"},
    {"--price", false, false, "percent of each API's price; 100 = as it is, 0 = free"},
    {0}};

static struct err print(void *with, const struct plan *p) {
    (void)with;
    printf("%.*s\trate %u/s\tday %u\tmonth %u\tprice %u%%\n", TEXT_ARG(p->name), p->rate, p->quota_day, p->quota_month,
           p->price_percent);
    return ok;
}

/* What is not given stays as it is; a new plan begins without limits at the full price. */
static struct err set(struct arena *a, struct hand *h, const struct options *o) {
    struct plan plan;
    struct text name = text_c(o->words[1]);
    uint64_t rate, day, month, price;
    struct err found = plan_find(&h->domain, name, &plan);
    if (found.kind)
        plan = (struct plan){.name = name, .price_percent = 100};
    for (size_t i = 0; i < name.length; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", name.bytes[i]))
            return err_make(ERR_USAGE, "a plan's name has small letters, digits, - and _ only");
    if (name.length == 0 || name.length > 23)
        return err_make(ERR_USAGE, "a plan's name has 1 to 23 letters");
    try(options_number(a, o, "--rate", 0, RATE_MAX, plan.rate, &rate));
    try(options_number(a, o, "--quota-day", 0, LIMIT_QUOTA, plan.quota_day, &day));
    try(options_number(a, o, "--quota-month", 0, LIMIT_QUOTA, plan.quota_month, &month));
    try(options_number(a, o, "--price", 0, PRICE_MAX, plan.price_percent, &price));
    plan.rate = (uint32_t)rate;
    plan.quota_day = (uint32_t)day;
    plan.quota_month = (uint32_t)month;
    plan.price_percent = (uint32_t)price;
    try(plan_put(&h->domain, &plan));
    return hand_publish(a, h);
}

static int run_plan(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    bool is_list = o.word_count == 1 && strcmp(o.words[0], "list") == 0;
    bool is_set = o.word_count == 2 && strcmp(o.words[0], "set") == 0;
    if (!e.kind && !is_list && !is_set)
        e = err_make(ERR_USAGE, "usage: alapi plan list | set NAME [--rate N] [--quota-day N] [--quota-month N] [--price PERCENT]");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = is_list ? plan_each(&h.domain, print, NULL) : set(a, &h, &o);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_plan = {
    .name = "plan",
    .usage = "list | set NAME [--rate N] [--quota-day N] …",
    .says = "what tokens may do: rate, quotas, price",
    .run = run_plan,
};
