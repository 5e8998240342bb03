/* home.c: see home.h. */
#include "app/home.h"
#include "app/command.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "domain/epoch.h"
#include "domain/erasure.h"
#include "gate/catalogue.h"
#include "gate/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG_FILE "alapi.conf"

enum { PASSWORDS_WAITING = 32, SECRET_FILE_BYTES_MAX = 1024 };

/* ---- whose it is ---- */

/* The kernel forgets on the way which signal the supervisor's death sends us: it is told again. */
static struct err become(struct arena *a, uid_t user, gid_t group) {
    int at_death = 0;
    prctl(PR_GET_PDEATHSIG, &at_death);
    if (setgroups(0, NULL) == 0 && setresgid(group, group, group) == 0 && setresuid(user, user, user) == 0 &&
        prctl(PR_SET_PDEATHSIG, at_death) == 0)
        return ok;
    return file_fault(a, "cannot become the owner of", "the home");
}

/* Root goes on as the home's owner, so that whatever it makes belongs to the service. */
static struct err become_owner(struct arena *a) {
    struct stat info;
    if (geteuid() != 0)
        return ok;
    if (stat(".", &info) != 0)
        return file_fault(a, "cannot read", "the home");
    return info.st_uid == 0 ? ok : become(a, info.st_uid, info.st_gid);
}

/* ---- keys ---- */

/* Ourselves, by a link that needs no walk: the home's owner may be shut out of the program's folder. */
#define OWN_PROGRAM "/proc/self/exe"

/* Records without their key: a new one would open nothing; the key process says what is missing. */
static struct err keys_reach(struct arena *a, enum home_keyd keyd, bool makes, struct home *h) {
    if (!crypt_ready())
        return err_make(ERR_INTERNAL, "libsodium cannot start");
    const struct key_client_options options = {
        .socket = HOME_KEYD_SOCK,
        .program = keyd == HOME_KEYD_AWAIT ? NULL : OWN_PROGRAM,
        .makes_master = makes && access(HOME_MAIN_DB, F_OK) != 0,
    };
    return key_client_open(a, &options, &h->key_client, &h->keys);
}

struct err home_secret(struct arena *a, const char *path, struct text *out) {
    struct stat info;
    if (stat(path, &info) != 0)
        return err_make(ERR_CONFIG, text_say_in(a, "the secret %s is missing: write it there, then chmod 0400 it", path));
    if ((info.st_mode & 0777) != 0400)
        return err_make(ERR_CONFIG, text_say_in(a, "the secret %s must have mode 0400: chmod 0400 it", path));
    try(file_read_in(a, path, SECRET_FILE_BYTES_MAX, out));
    *out = text_trim(*out);
    bool is_line = text_find_char(*out, '\n') == SIZE_MAX && !text_has_control(*out);
    if (out->length == 0 || !is_line)
        return err_make(ERR_CONFIG, text_say_in(a, "the secret %s must be one line of text: write it anew", path));
    return ok;
}

static struct err token_key_write(struct arena *a, const struct key_ring *keys) {
    if (access(HOME_TOKEN_KEY, F_OK) == 0)
        return ok;
    return file_write_whole(a, HOME_TOKEN_KEY,
                            text_of((char *)keys->token.bytes, sizeof keys->token.bytes), 0400);
}

/* ---- opening ---- */

static struct err open_inside(struct arena *a, struct home *h) {
    try(config_load(a, CONFIG_FILE, &h->config));
    h->passwords = password_desk_new((unsigned)h->config.password_slots, PASSWORDS_WAITING);
    password_desk_cost(h->passwords, (unsigned)h->config.password_mebibytes << 10,
                       (unsigned)h->config.password_passes);
    return ok;
}

static struct err not_restoring(void) {
    if (access(HOME_RESTORING, F_OK) != 0)
        return ok;
    return err_make(ERR_CONFIG, "restore_needs_erasure_replay: a restore was begun in this home and not ended; run alapi "
                                "restore --replay");
}

static struct err go_inside(struct arena *a, const char *folder, struct home *h) {
    char path[PATH_MAX];
    if (chdir(folder) != 0)
        return err_make(ERR_CONFIG, text_say_in(a, "there is no home %s (%s); `alapi run --home DIR` makes one", folder,
                                                strerror(errno)));
    if (!getcwd(path, sizeof path))
        return file_fault(a, "cannot find the way to", folder);
    *h = (struct home){.path = text_c_in(a, text_c(path))};
    return ok;
}

struct err home_enter(struct arena *a, const char *folder, struct home *out) {
    try(go_inside(a, folder, out));
    if (access("state", F_OK) != 0)
        return err_make(ERR_CONFIG, text_say_in(a, "%s is not a home of alapi; `alapi run --home DIR` makes one", folder));
    try(config_load(a, CONFIG_FILE, &out->config)); /* what is wrong there is told before missing keys are */
    try(keys_reach(a, HOME_KEYD_ANY, false, out)); /* as root still: it becomes another than we */
    struct err e = become_owner(a);
    if (!e.kind)
        e = open_inside(a, out);
    if (e.kind)
        home_leave(out);
    return e;
}

/* A new ledger counts its epochs from one again: the number of the old one's last is forgotten with it. */
/* Disk room for nginx's workers, and for as many old ones that end after a reload, is taken here: then a
 * full disk is a sentence at the start. */
static struct err ledger_make(struct arena *a, struct store *store, const struct config *config) {
    struct ledger *ledger;
    if (access(HOME_LEDGER, F_OK) != 0) {
        struct statement *set = statement_for(store, SQL_COUNTER_SET);
        statement_bind_text(set, 1, TEXT("ledger_epoch"));
        statement_bind_i64(set, 2, 0);
        try(statement_run(set, NULL));
    }
    try(ledger_open(a, HOME_LEDGER, &ledger));
    struct err e = ledger_reserve_slots(a, ledger, 2 * (unsigned)config->nginx_workers);
    ledger_close(ledger);
    return e;
}

static struct err maps_make(struct arena *a, struct store *store, const struct config *config) {
    struct catalogue *catalogue;
    try(ledger_make(a, store, config));
    if (access(HOME_CATALOGUE, F_OK) == 0)
        return ok;
    try(catalogue_create(a, HOME_CATALOGUE, 0, &catalogue));
    struct err e = catalogue_publish(a, catalogue, NULL);
    catalogue_close(catalogue);
    return e;
}

/* Where root makes a home, it belongs to the settings' user from its first file on. */
static struct err give_to_user(struct arena *a, const char *user) {
    struct stat info;
    if (geteuid() != 0 || stat(".", &info) != 0 || info.st_uid != 0)
        return ok;
    const struct passwd *found = getpwnam(user);
    if (!found || found->pw_uid == 0)
        return err_make(ERR_CONFIG, text_say_in(a, "there is no user %s without root's rights to run as; set user in alapi.conf",
                                                user));
    if (chown(".", found->pw_uid, found->pw_gid) != 0)
        return file_fault(a, "cannot give away", "the home");
    return ok;
}

static struct err furnish(struct arena *a, const char *folder, struct home *out, struct config *config) {
    try(file_make_folder(a, folder, 0700));
    try(go_inside(a, folder, out));
    try(config_load(a, CONFIG_FILE, config));
    return give_to_user(a, config->user);
}

static struct err fill_folders(struct arena *a) {
    static const char *const folders[] = {"state", HOME_KEYS, "state/nginx", "state/log", HOME_OUTBOX};
    for (size_t i = 0; i < COUNT(folders); i++)
        try(file_make_folder(a, folders[i], 0700));
    if (access(CONFIG_FILE, F_OK) != 0)
        try(file_write_whole(a, CONFIG_FILE, config_sample_in(a), 0600));
    return ok;
}

/* As its owner, so that everything in it is his; root is still needed for the key process behind it. */
static struct err fill_as_owner(struct arena *a) {
    struct stat info;
    int at_death = 0; /* the kernel forgets it with every change of user */
    prctl(PR_GET_PDEATHSIG, &at_death);
    if (geteuid() != 0)
        return fill_folders(a);
    if (stat(".", &info) != 0)
        return file_fault(a, "cannot read", "the home");
    if (setegid(info.st_gid) != 0 || seteuid(info.st_uid) != 0)
        return file_fault(a, "cannot become the owner of", "the home");
    struct err e = fill_folders(a);
    if (seteuid(0) != 0 || setegid(0) != 0 || prctl(PR_SET_PDEATHSIG, at_death) != 0)
        return file_fault(a, "cannot come back from", "the owner of the home");
    return e;
}

struct err home_make(struct arena *a, const char *folder) {
    struct home home;
    struct config config;
    try(furnish(a, folder, &home, &config));
    try(become_owner(a));
    return fill_folders(a);
}

struct err home_check(const struct home *h, struct arena *a, struct store *store) {
    struct random chance = random_system();
    struct domain d = home_domain(h, a, store, &chance, clock_now_ms());
    try(not_restoring());
    try(epoch_check(&d));
    return erasure_replay_check(&d);
}

static struct err prepare_inside(struct arena *a, struct home *h, const struct config *config) {
    struct store *store;
    try(become_owner(a));
    try(open_inside(a, h));
    try(token_key_write(a, &h->keys));
    try(home_store(a, &store));
    struct err e = home_check(h, a, store);
    if (!e.kind)
        e = maps_make(a, store, config);
    e.say = e.say ? text_say_in(a, "%s", e.say) : NULL; /* it may live in the store */
    store_close(store);
    return e;
}

struct err home_prepare(struct arena *a, const char *folder, enum home_keyd keyd, struct home *out) {
    struct config config;
    try(furnish(a, folder, out, &config));
    try(fill_as_owner(a));
    try(keys_reach(a, keyd, true, out));
    struct err e = prepare_inside(a, out, &config);
    if (e.kind)
        home_leave(out);
    return e;
}

void home_leave(struct home *h) {
    if (h->passwords)
        password_desk_free(h->passwords);
    h->passwords = NULL;
    key_client_close(h->key_client);
    h->key_client = NULL;
    secret_wipe(&h->keys, sizeof h->keys);
}

struct err home_store(struct arena *a, struct store **out) {
    struct store_options options = {.main_path = HOME_MAIN_DB, .keys_path = HOME_KEYS_DB};
    return store_open(a, &options, out);
}

struct domain home_domain(const struct home *h, struct arena *a, struct store *store, struct random *chance,
                          int64_t now_ms) {
    return (struct domain){.arena = a,
                           .store = store,
                           .keys = &h->keys,
                           .purpose = KEY_FOR_JOB,
                           .chance = chance,
                           .passwords = h->passwords,
                           .known_passwords = h->known_passwords,
                           .outbox = HOME_OUTBOX,
                           .key_folder = HOME_KEYS,
                           .rotation_lock = HOME_ROTATION,
                           .erasure_journal = HOME_ERASURES,
                           .service = text_c(h->config.operator_name),
                           .mail_from = *h->config.mail_from ? h->config.mail_from : NULL,
                           .log_file = HOME_LOG,
                           .log_name = text_c(h->config.log_name),
                           .contact = text_c(h->config.operator_contact),
                           .court = text_c(h->config.operator_court),
                           .holidays = h->holidays,
                           .now_ms = now_ms,
                           .sends_hour_prefix = 20,
                           .login_alarm = (unsigned)h->config.login_alarm,
                           .hold_days_max = (unsigned)h->config.hold_days_max,
                           .detail = {.tries_left = -1}};
}

struct err home_take_role(struct arena *a, const char *role, int *fd_out) {
    const char *path = text_say_in(a, "state/%s.lock", role);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_fault(a, "cannot open", path);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return err_make(ERR_BUSY, text_say_in(a, "another `alapi %s` is at work in this home; end it first", role));
    }
    *fd_out = fd;
    return ok;
}
