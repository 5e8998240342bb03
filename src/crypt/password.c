/* password.c: see password.h. */
#include "crypt/password.h"
#include "base/must.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

struct password_desk {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    unsigned slots, running, waiting, waiting_max;
    unsigned kibibytes, passes;
};

struct password_desk *password_desk_new(unsigned slots, unsigned waiting) {
    struct password_desk *desk = calloc(1, sizeof *desk);
    must(desk && slots > 0);
    pthread_mutex_init(&desk->lock, NULL);
    pthread_cond_init(&desk->freed, NULL);
    desk->slots = slots;
    desk->waiting_max = waiting;
    desk->kibibytes = crypto_pwhash_MEMLIMIT_INTERACTIVE >> 10;
    desk->passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
    return desk;
}

void password_desk_free(struct password_desk *desk) {
    if (!desk)
        return;
    pthread_cond_destroy(&desk->freed);
    pthread_mutex_destroy(&desk->lock);
    free(desk);
}

void password_desk_cost(struct password_desk *desk, unsigned kibibytes, unsigned passes) {
    must(kibibytes >= crypto_pwhash_MEMLIMIT_MIN >> 10 && passes >= crypto_pwhash_OPSLIMIT_MIN);
    desk->kibibytes = kibibytes;
    desk->passes = passes;
}

static bool enter(struct password_desk *desk) {
    pthread_mutex_lock(&desk->lock);
    bool may = desk->running < desk->slots || desk->waiting < desk->waiting_max;
    if (may) {
        desk->waiting++;
        while (desk->running == desk->slots)
            pthread_cond_wait(&desk->freed, &desk->lock);
        desk->waiting--;
        desk->running++;
    }
    pthread_mutex_unlock(&desk->lock);
    return may;
}

static void leave(struct password_desk *desk) {
    pthread_mutex_lock(&desk->lock);
    desk->running--;
    pthread_cond_signal(&desk->freed);
    pthread_mutex_unlock(&desk->lock);
}

struct err password_hash(struct password_desk *desk, struct text password,
                         char hash_out[static PASSWORD_HASH_BYTES]) {
    _Static_assert(PASSWORD_HASH_BYTES == crypto_pwhash_STRBYTES, "room for a PHC string");
    if (!enter(desk))
        return err_make(ERR_BUSY, "too many passwords are being checked");
    int failed = crypto_pwhash_str_alg(
        hash_out, password.bytes, password.length, desk->passes, (size_t)desk->kibibytes << 10,
        crypto_pwhash_ALG_ARGON2ID13);
    leave(desk);
    return failed ? err_make(ERR_BUSY, "there is no memory for checking a password") : ok;
}

struct err password_check(struct password_desk *desk, const char *hash, struct text password,
                          bool *fits_out) {
    if (!enter(desk))
        return err_make(ERR_BUSY, "too many passwords are being checked");
    *fits_out = crypto_pwhash_str_verify(hash, password.bytes, password.length) == 0;
    leave(desk);
    return ok;
}

/* "$argon2id$v=19$m=65536,t=2,p=1$…" */
bool password_is_weak(const struct password_desk *desk, const char *hash) {
    unsigned kibibytes, passes;
    if (sscanf(hash, "$argon2id$v=19$m=%u,t=%u,", &kibibytes, &passes) != 2)
        return true;
    return kibibytes < desk->kibibytes || (kibibytes == desk->kibibytes && passes < desk->passes);
}

void password_dummy(const struct password_desk *desk, char hash_out[static PASSWORD_HASH_BYTES]) {
    memset(hash_out, 0, PASSWORD_HASH_BYTES);
    snprintf(hash_out, PASSWORD_HASH_BYTES,
             "$argon2id$v=19$m=%u,t=%u,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
             desk->kibibytes, desk->passes);
}
