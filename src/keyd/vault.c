/* vault.c: see vault.h. */
#include "keyd/vault.h"
#include "base/file.h"
#include "base/must.h"
#include "crypt/seal.h"

#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE_BYTES_MAX = 512 };

/* ---- the master key ---- */

#define MASTER "the master key state/keys/" KEY_MASTER_FILE " "

static const char *master_path(struct arena *a, const char *folder) {
    return text_say_in(a, "%s/" KEY_MASTER_FILE, folder);
}

struct err key_vault_make(struct arena *a, const char *folder) {
    const char *path = master_path(a, folder);
    struct random chance = random_system();
    struct secret master;
    if (access(path, F_OK) == 0)
        return ok;
    random_bytes(&chance, master.bytes, sizeof master.bytes);
    struct err e =
        file_write_whole(a, path, text_of((char *)master.bytes, sizeof master.bytes), 0400);
    secret_wipe(&master, sizeof master);
    return e;
}

struct err key_vault_open(struct arena *a, const char *folder, struct key_vault *out) {
    const char *path = master_path(a, folder);
    struct stat info;
    struct text bytes;
    *out = (struct key_vault){.folder = folder};
    if (stat(path, &info) != 0)
        return err_make(ERR_CONFIG,
                        MASTER "is missing: put it back from its copy; without it nothing that "
                               "is sealed can be read");
    if ((info.st_mode & 0777) != 0400)
        return err_make(ERR_CONFIG,
                        MASTER "must have mode 0400 (主密钥文件权限须为 0400): chmod 0400 it");
    if (info.st_uid != geteuid())
        return err_make(ERR_CONFIG, MASTER
                        "belongs to another user than this process: start it as root, or run alapi "
                        "once, or chown the file");
    try(file_read_in(a, path, SECRET_BYTES, &bytes));
    if (bytes.length != SECRET_BYTES)
        return err_make(ERR_CONFIG, MASTER "must have 32 bytes: put it back from its copy");
    keys_derive((const struct secret *)bytes.bytes, &out->keys);
    secret_wipe((void *)(uintptr_t)bytes.bytes, bytes.length);
    return ok;
}

void key_vault_done(struct key_vault *v) {
    secret_wipe(&v->keys, sizeof v->keys);
}

/* ---- the wrapping keys ---- */

static const char *epoch_path(const struct key_vault *v, struct arena *a, int64_t number) {
    return text_say_in(a, "%s/epoch-%lld.key", v->folder, (long long)number);
}

static struct seal_place epoch_place(int64_t number) {
    return (struct seal_place){"epoch", "key", number, 0};
}

static struct err fault(struct arena *a, int64_t number, const char *why) {
    return err_make(
        ERR_CONFIG,
        text_say_in(a,
                    "the wrapping key epoch-%lld.key %s: put it back from the copy of the "
                    "keys; without it the data of persons cannot be read",
                    (long long)number, why));
}

struct err key_vault_epoch_make(const struct key_vault *v, struct arena *a, struct random *chance,
                                int64_t number) {
    struct secret key;
    struct seal_place place = epoch_place(number);
    random_bytes(chance, key.bytes, sizeof key.bytes);
    struct text sealed = seal_in(a, chance, &v->keys.wrap, &place,
                                 text_of((const char *)key.bytes, sizeof key.bytes));
    secret_wipe(&key, sizeof key);
    try(file_write_whole(a, epoch_path(v, a, number), sealed, 0400));
    return file_sync_folder(a, v->folder);
}

struct err key_vault_epoch_open(const struct key_vault *v, struct arena *a, int64_t number,
                                struct secret *out) {
    const char *path = epoch_path(v, a, number);
    struct seal_place place = epoch_place(number);
    struct text sealed, plain;
    struct stat info;
    if (number == 0) {
        *out = v->keys.wrap;
        return ok;
    }
    if (stat(path, &info) != 0)
        return fault(a, number, "is missing");
    if ((info.st_mode & 0777) != 0400)
        return err_make(ERR_CONFIG,
                        text_say_in(a,
                                    "the wrapping key epoch-%lld.key must have mode 0400 "
                                    "(密钥文件权限须为 0400): chmod 0400 it",
                                    (long long)number));
    try(file_read_in(a, path, KEY_FILE_BYTES_MAX, &sealed));
    if (seal_open_in(a, &v->keys.wrap, &place, sealed, &plain).kind ||
        plain.length != sizeof out->bytes)
        return fault(a, number, "is not whole, or belongs to another master key");
    memcpy(out->bytes, plain.bytes, plain.length);
    secret_wipe((void *)(uintptr_t)plain.bytes, plain.length);
    return ok;
}

struct err key_vault_epoch_shred(const struct key_vault *v, struct arena *a, int64_t number) {
    return file_shred(a, epoch_path(v, a, number));
}
