/* keep.c: see keep.h. Places of WAYS slots; the oldest of a place gives way. */
#include "connect/keep.h"
#include "base/must.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>

enum { WAYS = 8, SOURCE_BYTES = 128, PAUSE_LEAST_MS = 15000, PAUSE_MOST_MS = 240000 };

struct slot {
    unsigned char digest[KEEP_DIGEST_BYTES];
    int64_t made_ms;
    uint32_t length; /* 0: empty, or being written by one who died */
    uint32_t source_length;
    char source[SOURCE_BYTES];
    char data[KEEP_SLOT_BYTES - KEEP_DIGEST_BYTES - 16 - SOURCE_BYTES];
};
_Static_assert(sizeof(struct slot) == KEEP_SLOT_BYTES, "a slot fills its room");

struct breaker {
    unsigned failures;
    int64_t open_until_ms, pause_ms;
};

struct keep {
    pthread_mutex_t lock;
    struct breaker breakers[KEEP_BREAKERS];
    struct slot slots[KEEP_SLOTS];
};

struct keep *keep_new(void) {
    struct keep *k = mmap(NULL, sizeof *k, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t how;
    must(k != MAP_FAILED);
    pthread_mutexattr_init(&how);
    pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&how, PTHREAD_MUTEX_ROBUST);
    must(pthread_mutex_init(&k->lock, &how) == 0);
    pthread_mutexattr_destroy(&how);
    return k;
}

void keep_free(struct keep *k) {
    if (k)
        munmap(k, sizeof *k);
}

/* The slot that a dead process was writing has the length 0 still. */
static void lock(struct keep *k) {
    if (pthread_mutex_lock(&k->lock) == EOWNERDEAD)
        pthread_mutex_consistent(&k->lock);
}

static struct slot *place_of(struct keep *k, const unsigned char *digest) {
    uint32_t n;
    memcpy(&n, digest, sizeof n);
    return &k->slots[n % (KEEP_SLOTS / WAYS) * WAYS];
}

static struct slot *slot_of(struct keep *k, const unsigned char *digest) {
    struct slot *place = place_of(k, digest);
    for (unsigned i = 0; i < WAYS; i++)
        if (place[i].length && memcmp(place[i].digest, digest, KEEP_DIGEST_BYTES) == 0)
            return &place[i];
    return NULL;
}

bool keep_find_in(struct keep *k, struct arena *a, const unsigned char digest[static KEEP_DIGEST_BYTES],
                  struct kept *out) {
    lock(k);
    const struct slot *slot = slot_of(k, digest);
    if (slot)
        *out = (struct kept){slot->made_ms, text_copy_in(a, text_of(slot->source, slot->source_length)),
                             text_copy_in(a, text_of(slot->data, slot->length))};
    pthread_mutex_unlock(&k->lock);
    return slot != NULL;
}

static struct slot *slot_for(struct keep *k, const unsigned char *digest) {
    struct slot *place = place_of(k, digest), *oldest = &place[0], *same = slot_of(k, digest);
    for (unsigned i = 0; i < WAYS && !same; i++)
        if (place[i].length == 0 || (oldest->length && place[i].made_ms < oldest->made_ms))
            oldest = &place[i];
    return same ? same : oldest;
}

void keep_put(struct keep *k, const unsigned char digest[static KEEP_DIGEST_BYTES], const struct kept *what) {
    struct text source = text_part(what->source, 0, SOURCE_BYTES);
    if (what->data.length == 0 || what->data.length > sizeof ((struct slot *)0)->data)
        return; /* what is longer is asked for each time */
    lock(k);
    struct slot *slot = slot_for(k, digest);
    slot->length = 0;
    memcpy(slot->digest, digest, KEEP_DIGEST_BYTES);
    memcpy(slot->data, what->data.bytes, what->data.length);
    if (source.length)
        memcpy(slot->source, source.bytes, source.length);
    slot->source_length = (uint32_t)source.length;
    slot->made_ms = what->made_ms;
    slot->length = (uint32_t)what->data.length;
    pthread_mutex_unlock(&k->lock);
}

bool keep_may_ask(struct keep *k, unsigned place, int64_t now_ms) {
    struct breaker *b = &k->breakers[place % KEEP_BREAKERS];
    lock(k);
    bool is_closed = b->failures < KEEP_FAILURES;
    bool may = is_closed || now_ms >= b->open_until_ms;
    if (may && !is_closed)
        b->open_until_ms = now_ms + b->pause_ms; /* this one is the trial; the others wait for it */
    pthread_mutex_unlock(&k->lock);
    return may;
}

bool keep_note(struct keep *k, unsigned place, int64_t now_ms, bool is_well) {
    struct breaker *b = &k->breakers[place % KEEP_BREAKERS];
    bool closes = false;
    lock(k);
    if (is_well) {
        *b = (struct breaker){.failures = 0};
    } else if (++b->failures >= KEEP_FAILURES) {
        closes = b->failures == KEEP_FAILURES;
        b->pause_ms = b->pause_ms ? b->pause_ms * 2 : PAUSE_LEAST_MS;
        if (b->pause_ms > PAUSE_MOST_MS)
            b->pause_ms = PAUSE_MOST_MS;
        b->open_until_ms = now_ms + b->pause_ms;
    }
    pthread_mutex_unlock(&k->lock);
    return closes;
}
