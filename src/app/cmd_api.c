/* cmd_api.c: alapi api list | show PATH [--json]: the catalogue. */
#include "api/catalog.h"
#include "app/command.h"
#include "app/options.h"
#include "base/buf.h"
#include "base/limits.h"
#include "call/describe.h"
#include "data/data.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {
    {"--json", true, false, "as JSON"}, {"--home", false, false, "the home directory"}, {0}};

/* Source and licence of an API: of its data sets, else what its descriptor says. */
static const char *standing(struct arena *a, const struct data *data, const struct endpoint *e) {
    const char *says = e->stands_on ? e->stands_on : "";
    for (unsigned at = 0; e->needs[at]; at++) {
        unsigned i = e->needs[at];
        const char *part = data_file((enum data_set)i);
        if (data_fault(data, (enum data_set)i) == NULL) {
            const struct pack *p = data_pack(data, (enum data_set)i);
            part = text_say_in(a, "%.*s, %.*s, as of %.*s", TEXT_ARG(pack_meta(p, "source")),
                               TEXT_ARG(pack_meta(p, "licence")), TEXT_ARG(pack_meta(p, "as_of")));
        }
        says = text_say_in(a, "%s%s%s", says, *says ? "; " : "", part);
    }
    return says;
}

static void put_line(struct arena *a, const struct data *data, const struct endpoint *e) {
    printf("%s\t%s\t%s\t%s\t%u\t%s\n", e->path, e->title.zh, e->title.en,
           e->lane == LANE_WORKER ? "worker" : "inline", e->price_units, standing(a, data, e));
}

static void print_json(struct arena *a, const struct data *data, const struct endpoint *only) {
    struct buf out;
    struct json j;
    buf_init(&out, a, LIMIT_REPLY_BYTES);
    json_init(&j, &out);
    if (!only)
        json_open_list(&j);
    for (size_t i = 0; api_catalog[i]; i++) {
        if (only && api_catalog[i] != only)
            continue;
        describe_endpoint(&j, api_catalog[i], text_c(standing(a, data, api_catalog[i])));
    }
    if (!only)
        json_close_list(&j);
    printf("%.*s\n", TEXT_ARG(buf_peek(&out)));
}

static void show(struct arena *a, const struct data *data, const struct endpoint *e) {
    printf("%s  %s / %s\n%s\n%s\n", e->path, e->title.zh, e->title.en, e->says.zh, e->says.en);
    printf("\nlane %s, %u unit(s); stands on: %s\n", e->lane == LANE_WORKER ? "worker" : "inline",
           e->price_units, standing(a, data, e));
    printf("\nparameters\n");
    for (const struct ask *ask = e->asks; ask && ask->name; ask++)
        printf("  %-12s %s%s  %s / %s%s%s%s%s\n", ask->name, describe_ask_type(ask->type),
               ask->need == REQUIRED ? ", required" : "", ask->says.zh, ask->says.en,
               ask->choices ? "; one of " : "", ask->choices ? ask->choices : "",
               ask->fallback ? "; default " : "", ask->fallback ? ask->fallback : "");
    printf("\nreply\n");
    for (const struct give *give = e->gives; give && give->name; give++)
        printf("  %-24s %s / %s\n", *give->name ? give->name : "(data)", give->says.zh, give->says.en);
    printf("\nexamples\n");
    for (const struct show *s = e->shows; s && s->asks; s++)
        printf("  %s?%s\n    %s\n", e->path, s->asks, s->data);
}

static int run_api(struct arena *a, int argc, char **argv) {
    struct options o;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (e.kind)
        return command_fail(e);
    bool is_list = o.word_count == 1 && strcmp(o.words[0], "list") == 0;
    bool is_show = o.word_count == 2 && strcmp(o.words[0], "show") == 0;
    if (!is_list && !is_show)
        return command_fail(err_make(ERR_USAGE, "usage: alapi api list | show PATH [--json]"));
    const struct endpoint *only = is_show ? api_by_path(o.words[1]) : NULL;
    if (is_show && !only)
        return command_fail(err_make(ERR_API_UNKNOWN, text_say_in(a, "there is no API %s; alapi api list shows all",
                                                                  o.words[1])));
    struct data *data = data_open(command_data_folder(a));
    if (options_has(&o, "--json"))
        print_json(a, data, only);
    else if (only)
        show(a, data, only);
    else
        for (size_t i = 0; api_catalog[i]; i++)
            put_line(a, data, api_catalog[i]);
    data_close(data);
    return 0;
}

const struct command command_api = {
    .name = "api",
    .usage = "list | show PATH [--json]",
    .says = "the catalogue: path, titles, lane, price, source and licence",
    .run = run_api,
};
