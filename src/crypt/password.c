/* password.c: see password.h. */
#include "crypt/password.h"
#include "base/must.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* The parts of "$argon2id$v=19$m=65536,t=2,p=1$<salt>$<hash>"; false for another text. */
struct phc {
    unsigned kibibytes, passes;
    unsigned char salt[crypto_pwhash_SALTBYTES], hash[32];
};

static bool part_read(const char *text, const char *end, unsigned char *out, size_t size) {
    size_t length;
    return sodium_base642bin(out, size, text, (size_t)(end - text), NULL, &length, NULL,
                             sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
           length == size;
}

static bool phc_read(const char *hash, struct phc *out) {
    int at = 0;
    if (sscanf(hash, "$argon2id$v=19$m=%u,t=%u,p=1$%n", &out->kibibytes, &out->passes, &at) != 2 || at == 0)
        return false;
    const char *salt = hash + at, *middle = strchr(salt, '$');
    return middle && part_read(salt, middle, out->salt, sizeof out->salt) &&
           part_read(middle + 1, middle + 1 + strlen(middle + 1), out->hash, sizeof out->hash);
}

/* Not crypto_pwhash_str_verify: that says "another password" too where there was no memory. */
struct err password_check(struct password_desk *desk, const char *hash, struct text password,
                          bool *fits_out) {
    struct phc phc;
    unsigned char made[sizeof phc.hash];
    if (!phc_read(hash, &phc))
        return err_make(ERR_INTEGRITY_FAILED, "a password's hash has another form");
    if (!enter(desk))
        return err_make(ERR_BUSY, "too many passwords are being checked");
    int failed = crypto_pwhash(made, sizeof made, password.bytes, password.length, phc.salt, phc.passes,
                               (size_t)phc.kibibytes << 10, crypto_pwhash_ALG_ARGON2ID13);
    leave(desk);
    if (failed)
        return err_make(ERR_BUSY, "there is no memory for checking a password");
    *fits_out = sodium_memcmp(made, phc.hash, sizeof made) == 0;
    sodium_memzero(made, sizeof made);
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
