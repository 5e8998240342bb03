/* cmd_run.c: alapi run: a whole installation in the foreground.
 *
 * Started by root, this program stays root, as nginx's master does, but does nothing as root except start
 * the others: what it makes in the home is made by a child that has become the home's owner (as_owner).
 */
#include "app/command.h"
#include "app/home.h"
#include "app/nginx_conf.h"
#include "app/options.h"
#include "app/publisher.h"
#include "app/supervisor.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "codec/ip.h"
#include "domain/staff.h"
#include "domain/token.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SAID_MAX = 1024, LISTENER_WAITING = 512, ANSWER_WAIT_MS = 200 };

static const struct option table[] = {
    {"--home", false, false, "the home directory; made at first"},
    {"--port", false, false, "the TCP port, before that of alapi.conf"},
    {"--demo", true, false, "makes an account demo and prints a token of it"},
    {0}};

struct run {
    struct arena *arena;
    const char *folder, *path, *program;
    struct nginx_files files;
    bool is_demo;
    uint64_t port; /* as asked for; 0: that of the settings */
    struct config config;
    const char *conf_path; /* of nginx's configuration that is made */
    int listener;          /* of serve: kept here, so that no request is refused while it is started again */
    char token[TOKEN_LENGTH + 1], sign_in[64];
};

/* ---- what the home's owner does, in a child ---- */

typedef struct err owner_work(struct run *run, struct text *said_out);

struct report {
    enum err_kind kind;
    char said[SAID_MAX];
};

static void report_to(int fd, struct err e, struct text said) {
    struct report report = {.kind = e.kind};
    snprintf(report.said, sizeof report.said, "%.*s", TEXT_ARG(e.kind ? text_c(e.say) : said));
    if (write(fd, &report, sizeof report) < 0)
        _exit(1);
    _exit(0);
}

static struct err as_owner(struct run *run, owner_work *work, struct text *said_out) {
    struct report report = {.kind = ERR_INTERNAL, .said = "the preparation of the home ended early"};
    struct text said = TEXT("");
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return file_fault(run->arena, "cannot make", "a pipe");
    pid_t child = fork();
    if (child < 0)
        return file_fault(run->arena, "cannot start", "a process");
    if (child == 0) {
        struct err e = work(run, &said);
        report_to(ends[1], e, said);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], &report, sizeof report);
    close(ends[0]);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
    if (got != (ssize_t)sizeof report)
        report.kind = ERR_INTERNAL;
    *said_out = text_copy_in(run->arena, text_c(report.said));
    return report.kind ? err_make(report.kind, said_out->bytes) : ok;
}

static struct err prepare(struct run *run, struct text *said_out) {
    struct home home;
    int role;
    try(home_prepare(run->arena, run->folder, HOME_KEYD_ANY, &home));
    *said_out = text_c(home.path);
    home_leave(&home);
    try(home_take_role(run->arena, "run", &role)); /* as the owner, so that the file is the owner's */
    close(role);
    return ok;
}

/* Never somebody else's who took the name first. */
static struct err own_account(struct domain *d, const char *name, struct account *out) {
    struct new_account with = {.age = TEXT("adult"), .source = "operator"};
    int64_t number;
    try(identity_username(d, text_c(name), &with.username));
    try(account_find(d, &with.username, &number));
    if (!number)
        try(account_create(d, &with, NULL, NULL, &number));
    try(account_read(d, number, out));
    if (!text_equal_c(out->source, "operator"))
        return err_make(ERR_CONFLICT, text_say_in(d->arena, "the name %s is a person's; start without --demo", name));
    return ok;
}

/* Somebody who may do everything, and a link by which to be him once. */
static struct err demo_sign_in(struct domain *d, struct text *token_out) {
    struct account account;
    try(own_account(d, "operator", &account));
    try(staff_set(d, account.number, STAFF_ANY));
    return staff_invite(d, account.number, 0, 0, token_out);
}

/* The token of the last start is of no use to anybody: it was printed once. */
static struct err revoke_demo(struct domain *d, void *with, const struct token *t) {
    struct text name;
    if (t->revoked_ms)
        return ok;
    try(token_name(d, with, t, &name));
    return text_equal_c(name, "demo") ? token_revoke(d, t) : ok;
}

static struct err demo_token(struct run *run, const struct home *home, struct text *out) {
    struct store *store;
    struct random chance = random_system();
    struct account account;
    struct new_token with = {.name = TEXT("demo")};
    struct text token, sign_in;
    uint64_t id;
    try(home_store(run->arena, &store));
    struct domain d = home_domain(home, run->arena, store, &chance, clock_now_ms());
    struct err e = own_account(&d, "demo", &account);
    if (!e.kind)
        e = token_each(&d, account.number, revoke_demo, &account);
    if (!e.kind)
        e = token_create(&d, &account, &with, &token, &id);
    if (!e.kind)
        e = demo_sign_in(&d, &sign_in);
    if (!e.kind)
        *out = text_format_in(run->arena, "%.*s %.*s", TEXT_ARG(token), TEXT_ARG(sign_in));
    if (!e.kind)
        e = publisher_once(run->arena, home);
    store_close(store);
    return e;
}

static struct text door_in(struct arena *a, const struct config *config) {
    if (config_has_tls(config))
        return TEXT(HOME_DOOR_SOCK "\n");
    return text_format_in(a, "%s:%llu\n", config->listen_address, (unsigned long long)config->listen_port);
}

/* nginx's configuration from run->config. */
static struct err write_conf(struct run *run, struct text *said_out) {
    const char *user = NULL;
    struct stat info;
    struct home home;
    *said_out = TEXT("");
    if (geteuid() == 0 && stat(".", &info) == 0 && info.st_uid != 0 && getpwuid(info.st_uid))
        user = text_c_in(run->arena, text_c(getpwuid(info.st_uid)->pw_name));
    try(home_enter(run->arena, ".", &home)); /* from here on as the owner */
    home_leave(&home);
    try(nginx_conf_write(run->arena, run->conf_path, &run->config, &run->files, user));
    return file_write_whole(run->arena, HOME_DOOR, door_in(run->arena, &run->config), 0600);
}

static struct err open_listener(struct run *run) {
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = HOME_SERVE_SOCK};
    unlink(HOME_SERVE_SOCK); /* we have the role `run`: whoever made it is gone */
    if (bind(run->listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        chmod(HOME_SERVE_SOCK, 0660) != 0 || listen(run->listener, LISTENER_WAITING) != 0)
        return file_fault(run->arena, "cannot listen at", HOME_SERVE_SOCK);
    return ok;
}

static struct err furnish(struct run *run, struct text *said_out) {
    struct home home;
    try(write_conf(run, said_out));
    try(open_listener(run));
    if (!run->is_demo)
        return ok;
    try(home_enter(run->arena, ".", &home));
    return demo_token(run, &home, said_out);
}

/* The settings anew; what is wrong is said, and nothing changes. */
static struct err make_anew(struct run *run) {
    struct text said;
    try(config_load(run->arena, "alapi.conf", &run->config));
    if (run->port)
        run->config.listen_port = run->port;
    run->conf_path = NGINX_CONF_NEW;
    try(as_owner(run, write_conf, &said));
    try(nginx_conf_test(run->arena, run->path, NGINX_CONF_NEW));
    if (rename(NGINX_CONF_NEW, NGINX_CONF) != 0)
        return file_fault(run->arena, "cannot rename", NGINX_CONF_NEW);
    return ok;
}

static bool reload(void *with) {
    const struct run *running = with;
    struct run fresh = *running;
    struct arena arena;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    fresh.arena = &arena;
    struct err e = make_anew(&fresh);
    if (e.kind)
        log_event(LOG_ERROR, "reload_refused", F_C("why", e.say));
    else
        log_event(LOG_INFO, "reloaded", F_C("settings", "alapi.conf"));
    arena_done(&arena);
    return e.kind == ERR_NONE;
}

/* ---- starting ---- */

static struct err port_check(struct run *run) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)run->config.listen_port)};
    struct ip ip;
    int yes = 1;
    if (!ip_parse(text_c(run->config.listen_address), &ip) || !ip_is_v4(&ip))
        return ok; /* nginx says itself what is wrong with it */
    address.sin_addr.s_addr = htonl(ip_v4(&ip));
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bool is_free = bind(fd, (struct sockaddr *)&address, sizeof address) == 0;
    int why = errno;
    close(fd);
    if (is_free)
        return ok;
    return err_make(
        ERR_IO,
        text_say_in(run->arena,
                    "cannot listen on %s:%llu: %s; end what uses it, or name another with --port",
                    run->config.listen_address, (unsigned long long)run->config.listen_port,
                    strerror(why)));
}

/* serve's socket is there before serve is: only an answer tells. */
static bool serve_answers(void) {
    static const char ask[] = "GET /status.json HTTP/1.0\r\nHost: localhost\r\n\r\n";
    struct sockaddr_un local = {.sun_family = AF_UNIX, .sun_path = HOME_SERVE_SOCK};
    const struct timeval wait = {.tv_usec = ANSWER_WAIT_MS * 1000};
    char answer[12];
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    bool is_there = connect(fd, (struct sockaddr *)&local, sizeof local) == 0 &&
                    send(fd, ask, sizeof ask - 1, MSG_NOSIGNAL) == (ssize_t)sizeof ask - 1 &&
                    recv(fd, answer, sizeof answer, 0) > 0;
    close(fd);
    return is_there;
}

static bool answers(const char *path, uint64_t port) {
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    struct sockaddr_in remote = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(path ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (path)
        snprintf(local.sun_path, sizeof local.sun_path, "%s", path);
    int bad = path ? connect(fd, (struct sockaddr *)&local, sizeof local)
                   : connect(fd, (struct sockaddr *)&remote, sizeof remote);
    close(fd);
    return bad == 0;
}

static const char *site_address(const struct run *run) {
    if (run->config.public_origin[0])
        return run->config.public_origin;
    return text_say_in(run->arena, "http://%s:%llu", run->config.listen_address,
                       (unsigned long long)run->config.listen_port);
}

static bool is_ready(void *with) {
    struct run *run = with;
    if (!answers(HOME_WORKER_SOCK, 0) || !answers(NULL, run->config.listen_port) || !serve_answers())
        return false;
    const char *site = site_address(run);
    printf("alapi: ready at %s (home %s); Ctrl-C ends it\n", site, run->path);
    printf("operator: %s account | token | plan | staff | hold | disclosure | audit usage | doctor, each with --home %s\n", run->program,
           run->path);
    if (!run->is_demo)
        printf("operator sign-in: register at the site, then %s staff invite NAME --role owner --home %s\n", run->program,
               run->path);
    if (run->is_demo) {
        printf("operator sign-in: %s/admin/sign-in#%s (once, within fifteen minutes)\n", site, run->sign_in);
        printf("mails and messages: %s/dev/outbox\n", site);
        printf("token: %s\n", run->token);
    }
    fflush(stdout);
    return true;
}

static void supervise(struct run *run) {
    const char *count = text_say_in(run->arena, "%llu", (unsigned long long)run->config.worker_processes);
    struct stat info;
    const struct passwd *owner = stat(".", &info) == 0 ? getpwuid(info.st_uid) : NULL;
    const char *user = owner ? text_c_in(run->arena, text_c(owner->pw_name)) : run->config.user;
    const char *const keyd[] = {run->program, "keyd", "--home", run->path, NULL};
    const char *const serve[] = {run->program, "serve", "--home", run->path, "--supervised",
                                 run->is_demo ? "--development" : NULL, NULL};
    const char *const worker[] = {run->program, "worker", "--home", run->path, "--processes", count, "--user", user, NULL};
    const char *prefix = text_say_in(run->arena, "%s/", run->path);
    const char *const nginx[] = {NGINX_PROGRAM, "-e", "stderr", "-p", prefix, "-c", NGINX_CONF, NULL};
    const char *const prober[] = {run->program, "prober", "--home", run->path, NULL};
    const struct supervised programs[] = {{"keyd", keyd, 0, 0, NULL},
                                           {"serve", serve, SIGTERM, run->listener, NULL},
                                          {"worker", worker, 0, 0, NULL},
                                          {"nginx", nginx, SIGHUP, 0, HOME_DOOR_SOCK},
                                          {"prober", prober, 0, 0, NULL}};
    const struct supervisor_asks asks = {is_ready, reload, run};
    printf("starting keyd: the process that alone has the keys, on %s\n", HOME_KEYD_SOCK);
    printf("starting serve: accounts, pages and jobs, on %s\n", HOME_SERVE_SOCK);
    printf("starting worker: %s sandboxed processes, on %s\n", count, HOME_WORKER_SOCK);
    printf("starting nginx: %llu workers, on %s:%llu\n", (unsigned long long)run->config.nginx_workers,
           run->config.listen_address, (unsigned long long)run->config.listen_port);
    printf("starting prober: asks at the door every 10 s, writes %s\n", HOME_PROBES);
    fflush(stdout);
    supervisor_run(programs, COUNT(programs), &asks);
    unlink(HOME_KEYD_SOCK); /* the process itself may not touch this folder any more */
}

static struct err open_pid(struct run *run, int role) {
    char line[16];
    int length = snprintf(line, sizeof line, "%d\n", (int)getpid());
    if (ftruncate(role, 0) != 0 || pwrite(role, line, (size_t)length, 0) != length)
        return file_fault(run->arena, "cannot write", HOME_RUN_LOCK);
    return ok;
}

/* What nginx would stumble over again and again is said at once. */
static struct err prepare_nginx(struct run *run, struct text *token_out) {
    run->conf_path = NGINX_CONF;
    run->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (run->listener < 0)
        return file_fault(run->arena, "cannot open", HOME_SERVE_SOCK);
    try(as_owner(run, furnish, token_out));
    return config_has_tls(&run->config) ? nginx_conf_test(run->arena, run->path, NGINX_CONF) : ok;
}

static struct err run_all(struct run *run, uint64_t port) {
    struct text path, token;
    int role;
    try(as_owner(run, prepare, &path));
    run->path = text_c_in(run->arena, path);
    if (chdir(run->path) != 0)
        return file_fault(run->arena, "cannot enter", run->path);
    try(home_take_role(run->arena, "run", &role));
    try(config_load(run->arena, "alapi.conf", &run->config));
    run->port = port;
    if (port)
        run->config.listen_port = port;
    try(port_check(run));
    try(open_pid(run, role));
    try(prepare_nginx(run, &token));
    text_cut(&token, ' ', &path);
    snprintf(run->token, sizeof run->token, "%.*s", TEXT_ARG(path));
    snprintf(run->sign_in, sizeof run->sign_in, "%.*s", TEXT_ARG(token));
    supervise(run);
    close(role);
    return ok;
}

static int run_run(struct arena *a, int argc, char **argv) {
    struct options o;
    struct run run = {.arena = a};
    uint64_t port = 0;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && o.word_count)
        e = err_make(ERR_USAGE, "usage: alapi run [--home DIR] [--port N] [--demo]");
    if (!e.kind)
        e = options_number(a, &o, "--port", 1, 65535, 0, &port);
    if (e.kind)
        return command_fail(e);
    run.folder = command_home(options_value(&o, "--home"));
    run.program = command_program(a);
    run.files = nginx_files_find(a);
    run.is_demo = options_has(&o, "--demo");
    e = run_all(&run, port);
    return e.kind ? command_fail(e) : 0;
}

const struct command command_run = {
    .name = "run",
    .usage = "[--port N] [--demo]",
    .says = "starts and supervises nginx, serve, worker, keyd and prober",
    .run = run_run,
};
