/* cmd_connector.c: alapi connector: the providers that can answer APIs, their files, and a trial of one. */
#include "api/catalog.h"
#include "app/command.h"
#include "app/config.h"
#include "app/options.h"
#include "base/clock.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "codec/feed.h"
#include "connect/connectors.h"
#include "data/data.h"
#include "fetch/fetch.h"
#include "gate/perform.h"

#include <stdio.h>
#include <unistd.h>

static const struct option table[] = {{"--home", false, false, "the home directory"}, {0}};

static struct connectors_settings settings_of(const struct options *o) {
    const char *home = command_home(options_value(o, "--home"));
    return (struct connectors_settings){.home = home, .catalog = api_catalog};
}

/* ---- list, show, check ---- */

struct sought {
    const char *name;
    bool is_found;
};

static void seek(void *with, const char *group, const char *name) {
    struct sought *s = with;
    (void)group;
    s->is_found |= strcmp(s->name, name) == 0;
}

static void print_one(struct arena *a, const struct connectors_settings *settings, const char *name) {
    struct connector *c;
    struct sought s = {.name = name};
    struct err e = connectors_read(a, settings, name, &c);
    if (e.kind) {
        printf("%-28s FAULT %s\n", name, e.say);
        return;
    }
    (void)connectors_each(a, settings->list, seek, &s);
    struct text key = connector_value(c, NULL, WORD_KEY), title = connector_value(c, NULL, WORD_NAME_EN);
    printf("%-28s %-3s key %-8.*s %.*s:", name, s.is_found ? "on" : "off", TEXT_ARG(key), TEXT_ARG(title));
    for (unsigned i = 1; i < c->part_count; i++)
        if (c->parts[i].endpoint)
            printf(" %s", c->parts[i].endpoint->path + 5);
    putchar('\n');
}

static struct err run_list(struct arena *a, const struct options *o) {
    struct connectors_settings settings = settings_of(o);
    struct config config;
    try(config_load(a, text_say_in(a, "%s/alapi.conf", settings.home), &config));
    settings.list = config.connectors;
    for (const char *const *name = connectors_names_in(a, settings.home); *name; name++)
        print_one(a, &settings, *name);
    return ok;
}

static struct err run_show(struct arena *a, const struct options *o) {
    struct text content;
    if (!connectors_text_in(a, settings_of(o).home, o->words[1], &content))
        return err_make(ERR_CONFIG, text_say_in(a, "there is no connector %s; alapi connector list shows all", o->words[1]));
    fwrite(content.bytes, 1, content.length, stdout);
    return ok;
}

static struct err run_check(struct arena *a, const struct options *o) {
    struct connectors_settings settings = settings_of(o);
    struct connector *c;
    try(connectors_load_file(a, &settings, o->words[1], &c));
    printf("ok    %s\n", c->name);
    return ok;
}

/* ---- test ---- */

static struct err take_parameters(struct call *c, const struct options *o) {
    for (unsigned i = 3; i < o->word_count; i++) {
        const char *equals = strchr(o->words[i], '=');
        if (!equals)
            return err_make(ERR_USAGE, text_say_in(c->arena, "%s is not of the form name=value", o->words[i]));
        struct text name = text_of(o->words[i], (size_t)(equals - o->words[i]));
        try(params_add(c, name, text_c(equals + 1), false));
    }
    return ok;
}

static void tell(const struct connector_news *news) {
    fprintf(stderr, "%s %s: %s (status %lld)\n", news->event, news->connector, news->why, (long long)news->status);
}

/* Without parameters its first example is asked. */
static struct err ask_it(struct call *c, const struct options *o) {
    try(fetch_open(&(struct fetch_settings){.resolver = NULL}, &c->fetch));
    if (o->word_count < 4)
        try(params_from_form(c, text_c(c->endpoint->shows->asks)));
    else
        try(take_parameters(c, o));
    try(perform(c));
    struct text out = c->content_type ? buf_peek(&c->reply) : envelope_data(c);
    printf("%.*s\n", TEXT_ARG(out));
    return ok;
}

static const struct endpoint *endpoint_of(const struct connector *c, const char *path) {
    for (unsigned i = 1; i < c->part_count; i++)
        if (c->parts[i].endpoint && (!path || strcmp(c->parts[i].endpoint->path + 5, path) == 0))
            return c->parts[i].endpoint;
    return NULL;
}

static struct err run_test(struct arena *a, const struct options *o) {
    static struct call call;
    struct connectors_settings settings = settings_of(o);
    struct random chance = random_system();
    struct connector *c;
    settings.tell = tell;
    try(connectors_load(a, &settings, o->words[1], &c));
    struct text group = c->group, provider = c->provider;
    settings.list = text_say_in(a, "%.*s: %.*s", TEXT_ARG(group), TEXT_ARG(provider));
    feed_begin();
    call_init(&call, a, clock_now_ms(), &chance);
    call.endpoint = endpoint_of(c, o->word_count > 2 ? o->words[2] : NULL);
    if (!call.endpoint)
        return err_make(ERR_API_UNKNOWN, text_say_in(a, "the connector %s does not answer that API", c->name));
    call.catalog = api_catalog;
    call.language = LANGUAGE_EN;
    call.connectors = connectors_open(&settings);
    struct data *data = data_open(command_data_folder(a));
    call.data = data;
    struct err e = ask_it(&call, o);
    fetch_close(call.fetch);
    data_close(data);
    connectors_free(call.connectors);
    return e;
}

static const struct {
    const char *name;
    unsigned words; /* at least, its own name included */
    struct err (*run)(struct arena *a, const struct options *o);
} verbs[] = {{"list", 1, run_list}, {"show", 2, run_show}, {"check", 2, run_check}, {"test", 2, run_test}};

static int run_connector(struct arena *a, int argc, char **argv) {
    struct options o;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (e.kind)
        return command_fail(e);
    for (size_t i = 0; o.word_count && i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(o.words[0], verbs[i].name) == 0 && o.word_count >= verbs[i].words) {
            e = verbs[i].run(a, &o);
            return e.kind ? command_fail(e) : 0;
        }
    return command_fail(err_make(ERR_USAGE, "usage: alapi connector list | show NAME | check FILE | test NAME [PATH [name=value …]]"));
}

const struct command command_connector = {
    .name = "connector",
    .usage = "list | show NAME | check FILE | test NAME [PATH [name=value …]]",
    .says = "the providers that can answer APIs: which there are, one's file, whether a file is right, a trial",
    .run = run_connector,
};
