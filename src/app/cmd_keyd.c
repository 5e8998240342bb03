/* cmd_keyd.c: alapi keyd: the one process that has the keys.
 *
 *     1 into the home; the socket; the key folder becomes the working folder
 *     2 from root to its own user (alapi-keyd where there is one, else the home's owner)
 *     3 the keys are read; 4 the sandbox; 5 questions are answered
 *
 * With a user of its own the folder state/keys has his group, and master.key and the wrapping keys
 * are his alone: then not even the service's own user can read them. What serve and nginx need
 * (token.key, the operator's secrets) stays the service's.
 */
#include "app/command.h"
#include "app/home.h"
#include "app/key_door.h"
#include "app/options.h"
#include "app/sandbox.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/must.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 64 };

static const struct option table[] = {
    {"--home", false, false, "the home directory"},
    {"--user", false, false,
     "who to become where started as root; default " KEYD_USER ", where there is one"},
    {"--fd", false, false, "a connected socket to answer on, instead of " HOME_KEYD_SOCK},
    {"--make", true, false, "makes the master key where there is none"},
    {0},
};

struct keyd {
    struct arena *arena;
    struct stat home;         /* whose it is */
    struct sandbox_user user; /* who we become */
    struct key_door door;
    int role;
};

/* ---- who we are ---- */

/* Under root: the user that is named, else the keys' own where there is one, else the home's owner.
 */
static struct err find_user(struct keyd *k, const char *named) {
    if (geteuid() != 0)
        return ok;
    const char *name = named ? named : KEYD_USER;
    if (named || getpwnam(name))
        return sandbox_find_user(k->arena, name, &k->user);
    k->user = (struct sandbox_user){k->home.st_uid, k->home.st_gid, k->home.st_uid != 0};
    return ok;
}

/* The kernel forgets with the user which signal the supervisor's death sends us: it is told again.
 */
static struct err become(const struct keyd *k) {
    int at_death = 0;
    prctl(PR_GET_PDEATHSIG, &at_death);
    try(sandbox_drop_root(&k->user));
    prctl(PR_SET_PDEATHSIG, at_death);
    return ok;
}

/* ---- the folder ---- */

static bool is_ours(const char *name) {
    return text_equal_c(text_c(name), KEY_MASTER_FILE) ||
           (text_starts(text_c(name), TEXT("epoch-")) && text_ends(text_c(name), TEXT(".key")));
}

static struct err give_files(struct keyd *k) {
    DIR *folder = opendir(".");
    bool is_given = folder != NULL;
    for (struct dirent *entry; is_given && (entry = readdir(folder));)
        if (is_ours(entry->d_name))
            is_given = lchown(entry->d_name, k->user.user, k->user.group) == 0;
    if (folder)
        closedir(folder);
    return is_given ? ok : file_fault(k->arena, "cannot give away", "the key files");
}

/* The service's user keeps the folder, ours may make files in it: nobody reads the other's. */
static struct err enter_folder(struct keyd *k) {
    if (chdir(HOME_KEYS) != 0)
        return file_fault(k->arena, "cannot enter", HOME_KEYS);
    if (!k->user.is_set)
        return ok;
    bool is_own = k->user.user != k->home.st_uid;
    if (chown(".", k->home.st_uid, is_own ? k->user.group : k->home.st_gid) != 0 ||
        chmod(".", is_own ? 01770 : 0700) != 0)
        return file_fault(k->arena, "cannot give away", HOME_KEYS);
    return give_files(k);
}

/* ---- the socket ---- */

static struct err listen_at(struct keyd *k, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, path, strlen(path) + 1);
    unlink(path); /* we have the role: whoever made it is gone */
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool is_there = fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
                    chmod(path, 0660) == 0 && listen(fd, BACKLOG) == 0;
    if (is_there && k->user.is_set)
        is_there = lchown(path, k->user.user, k->home.st_gid) == 0;
    if (!is_there)
        return file_fault(k->arena, "cannot listen at", path);
    k->door.listener = fd;
    return ok;
}

static struct err open_door(struct keyd *k, uint64_t only) {
    const uid_t users[] = {0, geteuid(), k->home.st_uid};
    k->door = (struct key_door){.listener = -1, .only = -1, .signals = -1};
    for (size_t i = 0; i < COUNT(users); i++)
        k->door.users[k->door.user_count++] = users[i];
    if (only) {
        k->door.only = (int)only;
        return ok;
    }
    try(home_take_role(k->arena, "keyd", &k->role));
    if (k->user.is_set && fchown(k->role, k->home.st_uid, k->home.st_gid) != 0)
        return file_fault(k->arena, "cannot give away", "state/keyd.lock");
    return listen_at(k, HOME_KEYD_SOCK);
}

static void hear_signals(struct keyd *k) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    k->door.signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* ---- altogether ---- */

static struct err prepare(struct keyd *k, const struct options *o) {
    uint64_t only;
    try(options_number(k->arena, o, "--fd", 3, 1024, 0, &only));
    const char *folder = command_home(options_value(o, "--home"));
    if (chdir(folder) != 0 || stat(".", &k->home) != 0)
        return err_make(ERR_CONFIG,
                        text_say_in(k->arena, "there is no home %s (%s)", folder, strerror(errno)));
    try(find_user(k, options_value(o, "--user")));
    try(open_door(k, only));
    try(enter_folder(k));
    (void)setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY}); /* root may */
    try(become(k));
    hear_signals(k);
    return crypt_ready() ? ok : err_make(ERR_INTERNAL, "libsodium cannot start");
}

static struct err open_vault(struct keyd *k, bool makes, struct key_vault *vault) {
    if (makes)
        try(key_vault_make(k->arena, "."));
    return key_vault_open(k->arena, ".", vault);
}

/* Where we are somebody's child, he is told in an answer what is wrong with the keys. */
static struct err serve(struct keyd *k, bool makes) {
    struct random chance = random_system();
    struct key_desk *desk = arena_alloc_secret(k->arena, sizeof *desk);
    (void)!mlock(desk, sizeof *desk);
    struct err e = open_vault(k, makes, &desk->vault);
    if (e.kind && k->door.only < 0)
        return e;
    desk->chance = &chance;
    desk->rates = key_desk_rates;
    try(sandbox_enter_keys());
    if (k->door.only < 0)
        log_event(LOG_INFO, "keyd_started", F_C("socket", HOME_KEYD_SOCK),
                  F_I64("user", geteuid()));
    key_door_serve(&k->door, desk, e);
    key_vault_done(&desk->vault);
    return ok;
}

static int run_keyd(struct arena *a, int argc, char **argv) {
    struct options o;
    struct keyd k = {.arena = a, .role = -1};
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && o.word_count)
        e = err_make(ERR_USAGE, "usage: alapi keyd [--home DIR] [--user NAME]");
    log_as("keyd");
    if (!e.kind)
        e = prepare(&k, &o);
    if (!e.kind)
        e = serve(&k, options_has(&o, "--make"));
    return e.kind ? command_fail(e) : 0;
}

const struct command command_keyd = {
    .name = "keyd",
    .usage = "[--user NAME]",
    .says = "the process that alone has the keys; run starts it",
    .run = run_keyd,
};
