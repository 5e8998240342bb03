/* vault.h: the keys themselves, and the files that they stand in. Inside the key process only.
 *
 *     FOLDER/master.key    32 random bytes, 0400: everything else is derived from it (crypt/keys.h)
 *     FOLDER/epoch-N.key   a wrapping key of persons' keys, 0400, sealed under keys.wrap
 *
 * Contract   files are read when they are needed and wiped, never held: so a destroyed epoch is
 * gone at once. Epoch 0 is the master key's own. A file that is missing, readable by others or not
 * what was written is ERR_CONFIG with the mend in its sentence. Threads    one.
 */
#pragma once
#include "base/err.h"
#include "base/random.h"
#include "crypt/keys.h"

struct key_vault {
    struct keys keys;
    const char *folder;
};

#define KEY_MASTER_FILE "master.key"

/* Makes FOLDER/master.key where there is none. */
[[nodiscard]] struct err key_vault_make(struct arena *a, const char *folder);
[[nodiscard]] struct err key_vault_open(struct arena *a, const char *folder, struct key_vault *out);
void key_vault_done(struct key_vault *v);

[[nodiscard]] struct err key_vault_epoch_make(const struct key_vault *v, struct arena *a,
                                              struct random *chance, int64_t number);
[[nodiscard]] struct err key_vault_epoch_open(const struct key_vault *v, struct arena *a,
                                              int64_t number, struct secret *out);
[[nodiscard]] struct err key_vault_epoch_shred(const struct key_vault *v, struct arena *a,
                                               int64_t number);
