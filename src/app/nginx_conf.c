/* nginx_conf.c: see nginx_conf.h. A name {{like this}} that is not known is a bug of the template. */
#include "app/nginx_conf.h"
#include "app/command.h"
#include "app/home.h"
#include "base/buf.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
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

bool config_has_tls(const struct config *config) {
    return config->tls_certificate[0] != '\0';
}

/* Suites: those of RFC 9325 with forward secrecy and AEAD; those of TLS 1.3 are all of that kind. Tickets
 * are off, since nginx 1.22 would seal them all with one key until its next start; sessions are resumed
 * from memory. */
#define TLS_LINES                                                                                          \
    "listen %s:%llu ssl http2;\n        listen unix:" HOME_DOOR_SOCK ";\n"                                 \
    "        ssl_certificate \"%s\";\n        ssl_certificate_key \"%s\";\n"                             \
    "        ssl_protocols TLSv1.2 TLSv1.3;\n"                                                             \
    "        ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"                        \
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"                                            \
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;\n"                                         \
    "        ssl_ecdh_curve X25519:prime256v1:secp384r1;\n"                                                \
    "        ssl_session_cache shared:tls:10m;\n        ssl_session_timeout 1h;\n"                        \
    "        ssl_session_tickets off;"

static const char *listen_lines_in(struct arena *a, const struct config *c) {
    const char *plain = text_say_in(a, "listen %s:%llu;", c->listen_address, (unsigned long long)c->listen_port);
    if (!config_has_tls(c))
        return plain;
    return text_say_in(a, "%s\n        " TLS_LINES, plain, c->listen_address, (unsigned long long)c->tls_port,
                       c->tls_certificate, c->tls_key);
}

/* A local socket's server address is "unix:…": what comes by it has not been on any wire. */
static const char *const plain_lines =
    "\"~^http:unix:\" \"\";\n        \"~^http:.*:(GET|HEAD)$\" page;\n        \"~^http:\" refused;";

struct err nginx_conf_write(struct arena *a, const char *path, const struct config *config,
                            const struct nginx_files *files, const char *user) {
    struct buf out;
    const char *module, *data;
    bool has_tls = config_has_tls(config);
    try(quoted(a, files->module, &module));
    try(quoted(a, files->data, &data));
    const struct word words[] = {
        {"user", user ? text_say_in(a, "user %s;", user) : ""},
        {"module", module},
        {"data", data},
        {"workers", text_say_in(a, "%llu", (unsigned long long)config->nginx_workers)},
        {"zone", config->zone},
        {"listen", listen_lines_in(a, config)},
        {"has_tls", has_tls ? "on" : "off"},
        {"plain", has_tls ? plain_lines : ""},
        {"origin", has_tls ? config->public_origin : ""},
        {"address_requests", text_say_in(a, "%llu", (unsigned long long)config->address_requests)},
        {0},
    };
    buf_init(&out, a, CONF_MAX);
    fill(&out, conf_texts[0].content, words);
    return file_write_whole(a, path, buf_peek(&out), 0600);
}

struct err nginx_conf_test(struct arena *a, const char *home, const char *path) {
    char said[1024] = "";
    size_t length = 0;
    int ends[2], status = -1;
    const char *prefix = text_say_in(a, "%s/", home);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return file_fault(a, "cannot make", "a pipe");
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        execl(NGINX_PROGRAM, NGINX_PROGRAM, "-t", "-q", "-e", "stderr", "-p", prefix, "-c", path, NULL);
        _exit(127);
    }
    close(ends[1]);
    for (ssize_t got = 1; got > 0; length += got > 0 ? (size_t)got : 0)
        got = read(ends[0], said + length, sizeof said - 1 - length);
    close(ends[0]);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return ok;
    struct text first = text_part(text_c(said), 0, text_find_char(text_c(said), '\n'));
    return err_make(ERR_CONFIG, text_say_in(a, "nginx does not take the configuration made of alapi.conf: %.*s", TEXT_ARG(first)));
}
