/* nginx_conf.c: see nginx_conf.h. A name {{like this}} that is not known is a bug of the template. */
#include "app/nginx_conf.h"
#include "app/command.h"
#include "base/buf.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONF_MAX = 64 << 10 };

extern const struct embedded conf_texts[];

struct word {
    const char *name, *value;
};

static const char *value_of(const struct word *words, struct text name) {
    for (; words->name; words++)
        if (text_equal_c(name, words->name))
            return words->value;
    must(!"the template names only what there is");
    return NULL;
}

static void fill(struct buf *out, struct text rest, const struct word *words) {
    for (;;) {
        size_t open = text_find(rest, TEXT("{{"));
        buf_text(out, text_part(rest, 0, open));
        if (open == SIZE_MAX)
            return;
        rest = text_from(rest, open + 2);
        size_t close = text_find(rest, TEXT("}}"));
        must(close != SIZE_MAX);
        buf_c(out, value_of(words, text_part(rest, 0, close)));
        rest = text_from(rest, close + 2);
    }
}

/* nginx reads a path in quotes; what would end the quotes cannot be named. */
static struct err quoted(struct arena *a, const char *path, const char **out) {
    if (strpbrk(path, "\"\\$;{}\n"))
        return err_make(ERR_CONFIG, text_say_in(a, "the path %s has characters that nginx cannot read; install elsewhere", path));
    *out = text_say_in(a, "\"%s\"", path);
    return ok;
}

const char *nginx_module_path(struct arena *a) {
    const char *program = command_program(a);
    const char *slash = strrchr(program, '/');
    const char *beside = text_say_in(a, "%.*s/ngx_http_alapi_module.so", slash ? (int)(slash - program) : 0, program);
    return access(beside, F_OK) == 0 ? beside : "/usr/lib/nginx/modules/ngx_http_alapi_module.so";
}

struct nginx_files nginx_files_find(struct arena *a) {
    return (struct nginx_files){nginx_module_path(a), command_data_folder(a)};
}

struct err nginx_conf_write(struct arena *a, const struct config *config, const struct nginx_files *files,
                            const char *user) {
    struct buf out;
    const char *module, *data;
    try(quoted(a, files->module, &module));
    try(quoted(a, files->data, &data));
    const struct word words[] = {
        {"user", user ? text_say_in(a, "user %s;", user) : ""},
        {"module", module},
        {"data", data},
        {"workers", text_say_in(a, "%llu", (unsigned long long)config->nginx_workers)},
        {"zone", config->zone},
        {"listen", text_say_in(a, "%s:%llu", config->listen_address, (unsigned long long)config->listen_port)},
        {0},
    };
    buf_init(&out, a, CONF_MAX);
    fill(&out, conf_texts[0].content, words);
    return file_write_whole(a, NGINX_CONF, buf_peek(&out), 0600);
}
