/* cmd_call.c: alapi call PATH [name=value …]: one API without a server. */
#include "api/catalog.h"
#include "app/command.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "data/data.h"
#include "fetch/fetch.h"
#include "gate/perform.h"

#include <stdio.h>
#include <string.h>

static struct err take_parameters(struct call *c, int argc, char **argv) {
    for (int i = 0; i < argc; i++) {
        const char *equals = strchr(argv[i], '=');
        if (!equals)
            return err_make(ERR_USAGE, text_say_in(c->arena, "%s is not of the form name=value", argv[i]));
        try(params_add(c, text_of(argv[i], (size_t)(equals - argv[i])), text_c(equals + 1), false));
    }
    return ok;
}

static int run_call(struct arena *a, int argc, char **argv) {
    static struct call call;
    struct random chance = random_system();
    if (argc < 1)
        return command_fail(err_make(ERR_USAGE, "usage: alapi call PATH [name=value …]"));
    call_init(&call, a, clock_now_ms(), &chance);
    call.endpoint = api_by_path(argv[0]);
    call.catalog = api_catalog;
    call.language = LANGUAGE_EN;
    if (!call.endpoint)
        return command_fail(err_make(ERR_API_UNKNOWN,
                                     text_say_in(a, "there is no API %s; alapi api list shows all", argv[0])));
    struct data *data = data_open(command_data_folder(a));
    call.data = data;
    struct err e = fetch_open(&(struct fetch_settings){.resolver = NULL}, &call.fetch);
    if (!e.kind)
        e = take_parameters(&call, argc - 1, argv + 1);
    if (!e.kind)
        e = perform(&call);
    if (!e.kind) {
        struct text out = call.content_type ? buf_peek(&call.reply) : envelope_data(&call);
        fwrite(out.bytes, 1, out.length, stdout);
        fputs(call.content_type ? "" : "\n", stdout);
    }
    fetch_close(call.fetch);
    data_close(data);
    return e.kind ? command_fail(e) : 0;
}

const struct command command_call = {
    .name = "call",
    .usage = "PATH [name=value …]",
    .says = "runs one API without a server and prints its data",
    .run = run_call,
};
