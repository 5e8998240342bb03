/* pack.c: see pack.h. Every offset is compared with the file's size before it is followed, and the
 * block sums are checked before a byte of a block is believed. */
#include "data/pack.h"
#include "base/file.h"
#include "base/must.h"
#include "codec/crc32.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER_BYTES = 72, DATA_AT = 128, ENTRY_BYTES = 16, BLOCK_BYTES = 1 << 16, PAIRS = 1 << 16 };

struct pack {
    const unsigned char *bytes;
    uint64_t size, entries_at, hash_at, meta_at, sums_at;
    uint32_t entries, hash_slots, meta_bytes, blocks;
    _Atomic bool damaged;
    _Atomic unsigned char *checked; /* a flag a block */
    _Atomic uint32_t *starts;       /* see start_of */
};

static uint32_t u32_at(const unsigned char *b) {
    uint32_t v;
    memcpy(&v, b, sizeof v);
    return v;
}

static uint64_t u64_at(const unsigned char *b) {
    uint64_t v;
    memcpy(&v, b, sizeof v);
    return v;
}

static bool lies_inside(uint64_t start, uint64_t length, uint64_t end) {
    return start <= end && length <= end - start;
}

static uint32_t crc_of(const unsigned char *bytes, uint64_t length) {
    return crc32_of(text_of((const char *)bytes, length));
}

[[gnu::noinline]] static bool block_check(const struct pack *p, uint64_t block) {
    uint64_t start = block * BLOCK_BYTES;
    uint64_t first = block == 0 ? DATA_AT : start; /* the header has a sum of its own */
    uint64_t end = start + BLOCK_BYTES < p->sums_at ? start + BLOCK_BYTES : p->sums_at;
    if (crc_of(p->bytes + first, end - first) != u32_at(p->bytes + p->sums_at + 4 * block)) {
        atomic_store(&((struct pack *)p)->damaged, true);
        return false;
    }
    atomic_store_explicit(&p->checked[block], 1, memory_order_relaxed);
    return true;
}

static inline bool block_is_good(const struct pack *p, uint64_t block) {
    return atomic_load_explicit(&p->checked[block], memory_order_relaxed) || block_check(p, block);
}

static const unsigned char *damage(const struct pack *p) {
    atomic_store(&((struct pack *)p)->damaged, true);
    return NULL;
}

/* The bytes there, or NULL where they lie outside or are damaged. */
static inline const unsigned char *bytes_at(const struct pack *p, uint64_t start, uint64_t length) {
    if (!lies_inside(start, length, p->sums_at))
        return damage(p);
    for (uint64_t block = start / BLOCK_BYTES; block * BLOCK_BYTES < start + length; block++)
        if (!block_is_good(p, block))
            return NULL;
    return p->bytes + start;
}

static bool header_is_good(struct pack *p) {
    const unsigned char *b = p->bytes;
    if (p->size < HEADER_BYTES || memcmp(b, "ALPACK01", 8) != 0 || u64_at(b + 8) != p->size ||
        u32_at(b + 68) != crc_of(b, 68))
        return false;
    p->entries = u32_at(b + 16);
    p->hash_slots = u32_at(b + 20);
    p->entries_at = u64_at(b + 24);
    p->hash_at = u64_at(b + 32);
    p->meta_at = u64_at(b + 40);
    p->meta_bytes = u32_at(b + 48);
    p->blocks = u32_at(b + 52);
    p->sums_at = u64_at(b + 56);
    uint64_t slots = p->hash_slots;
    return lies_inside(p->sums_at, 4ull * p->blocks, p->size) && p->sums_at >= DATA_AT &&
           p->blocks == (p->sums_at + BLOCK_BYTES - 1) / BLOCK_BYTES &&
           lies_inside(p->entries_at, (uint64_t)p->entries * ENTRY_BYTES, p->sums_at) &&
           lies_inside(p->hash_at, slots * 4, p->sums_at) && (slots & (slots - 1)) == 0 &&
           lies_inside(p->meta_at, p->meta_bytes, p->sums_at) &&
           u32_at(b + 64) == crc_of(b + p->sums_at, 4ull * p->blocks);
}

static struct err map(struct arena *a, const char *path, struct pack *p) {
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_fault(a, "cannot open the data set", path);
    if (fstat(fd, &info) != 0 || info.st_size < HEADER_BYTES) {
        close(fd);
        return err_make(ERR_SOURCE_UNAVAILABLE, text_say_in(a, "the data set %s is too short", path));
    }
    p->size = (uint64_t)info.st_size;
    void *bytes = mmap(NULL, p->size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (bytes == MAP_FAILED)
        return file_fault(a, "cannot map the data set", path);
    p->bytes = bytes;
    return ok;
}

struct err pack_open(struct arena *a, const char *path, struct pack **out) {
    struct pack found = {.size = 0};
    try(map(a, path, &found));
    if (!header_is_good(&found)) {
        munmap((void *)found.bytes, found.size);
        return err_make(ERR_SOURCE_UNAVAILABLE,
                        text_say_in(a, "the data set %s is damaged: its header does not fit", path));
    }
    struct pack *p = malloc(sizeof *p);
    must(p != NULL);
    *p = found;
    p->checked = calloc(p->blocks ? p->blocks : 1, 1);
    p->starts = calloc(PAIRS, sizeof *p->starts); /* pages that nobody asks for take no memory */
    must(p->checked && p->starts);
    *out = p;
    return ok;
}

void pack_close(struct pack *p) {
    if (!p)
        return;
    munmap((void *)p->bytes, p->size);
    free((void *)p->checked);
    free((void *)p->starts);
    free(p);
}

uint32_t pack_count(const struct pack *p) { return p->entries; }
bool pack_is_damaged(const struct pack *p) { return atomic_load(&((struct pack *)p)->damaged); }

bool pack_check_all(const struct pack *p) {
    bool good = true;
    for (uint64_t block = 0; block < p->blocks; block++) {
        atomic_store_explicit(&p->checked[block], 0, memory_order_relaxed);
        good &= block_is_good(p, block);
    }
    return good;
}

struct text pack_meta(const struct pack *p, const char *name) {
    const unsigned char *bytes = bytes_at(p, p->meta_at, p->meta_bytes);
    struct text rest = bytes ? text_of((const char *)bytes, p->meta_bytes) : TEXT(""), line;
    while (text_cut(&rest, '\n', &line))
        if (text_equal_c(pack_field(line, 0), name))
            return pack_field(line, 1);
    return TEXT("");
}

/* The entry there and its key; NULL where there is none or it is damaged. */
static inline const unsigned char *entry_at(const struct pack *p, uint32_t place, struct text *key_out) {
    if (place >= p->entries)
        return NULL;
    const unsigned char *e = bytes_at(p, p->entries_at + (uint64_t)place * ENTRY_BYTES, ENTRY_BYTES);
    if (!e)
        return NULL;
    uint64_t key_bytes = e[12] | (unsigned)e[13] << 8;
    const unsigned char *key = bytes_at(p, u32_at(e), key_bytes);
    if (!key)
        return NULL;
    *key_out = text_of((const char *)key, key_bytes);
    return e;
}

bool pack_at(const struct pack *p, uint32_t place, struct text *key_out, struct text *value_out) {
    struct text key;
    const unsigned char *e = entry_at(p, place, &key);
    if (!e)
        return false;
    uint64_t value_bytes = u32_at(e + 8);
    const unsigned char *value = bytes_at(p, u32_at(e + 4), value_bytes);
    if (!value)
        return false;
    *key_out = key;
    *value_out = text_of((const char *)value, value_bytes);
    return true;
}

/* As text_compare; keys of four bytes (IPv4 addresses) are compared as two numbers. */
static inline bool is_less(struct text a, struct text b) {
    if (a.length == 4 && b.length == 4)
        return __builtin_bswap32(u32_at((const unsigned char *)a.bytes)) <
               __builtin_bswap32(u32_at((const unsigned char *)b.bytes));
    return text_compare(a, b) < 0;
}

/* The first place from `low` on, before `high`, whose key is not less; false where a block is damaged. */
static bool seek_between(const struct pack *p, struct text key, uint32_t low, uint32_t high, uint32_t *out) {
    struct text found;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (!entry_at(p, middle, &found))
            return false;
        if (is_less(found, key))
            low = middle + 1;
        else
            high = middle;
    }
    *out = low;
    return true;
}

/* Where the keys begin that are not less than these two bytes, or `unknown` where the way there is damaged.
 * Looked for once and then remembered (place + 1; 0 = not yet), so that a search for an address takes some
 * five steps, close to one another, instead of twenty all over the file. */
static uint32_t start_of(const struct pack *p, uint32_t pair, uint32_t unknown) {
    uint32_t known = atomic_load_explicit(&p->starts[pair], memory_order_relaxed), place;
    if (known)
        return known - 1;
    const char bytes[2] = {(char)(pair >> 8), (char)pair};
    if (!seek_between(p, text_of(bytes, 2), 0, p->entries, &place))
        return unknown;
    atomic_store_explicit(&p->starts[pair], place + 1, memory_order_relaxed);
    return place;
}

uint32_t pack_seek(const struct pack *p, struct text key) {
    uint32_t low = 0, high = p->entries, place;
    if (key.length >= 2) {
        uint32_t pair = (uint32_t)(unsigned char)key.bytes[0] << 8 | (unsigned char)key.bytes[1];
        low = start_of(p, pair, low);
        high = pair + 1 < PAIRS ? start_of(p, pair + 1, high) : high;
    }
    return seek_between(p, key, low, high, &place) ? place : p->entries;
}

static uint32_t hash_of(struct text key) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)key.bytes[i]) * 16777619u;
    return hash;
}

static bool find_hashed(const struct pack *p, struct text key, struct text *value_out) {
    uint32_t slot = hash_of(key);
    for (uint32_t tries = 0; tries < p->hash_slots; tries++, slot++) {
        uint64_t at = p->hash_at + 4ull * (slot & (p->hash_slots - 1));
        const unsigned char *bytes = bytes_at(p, at, 4);
        struct text found;
        if (!bytes || u32_at(bytes) == 0 || !pack_at(p, u32_at(bytes) - 1, &found, value_out))
            return false;
        if (text_equal(found, key))
            return true;
    }
    return false;
}

bool pack_find(const struct pack *p, struct text key, struct text *value_out) {
    if (p->hash_slots)
        return find_hashed(p, key, value_out);
    struct text found;
    return pack_at(p, pack_seek(p, key), &found, value_out) && text_equal(found, key);
}

void pack_fields(struct text value, struct text *out, unsigned count) {
    const char *at = value.bytes, *end = at + value.length;
    for (unsigned i = 0; i < count; i++) {
        const char *start = at;
        while (at < end && *at != '\t')
            at++;
        out[i] = text_of(start, (size_t)(at - start));
        at += at < end;
    }
}

struct text pack_field(struct text value, unsigned i) {
    struct text rest = value, field;
    while (text_cut(&rest, '\t', &field))
        if (i-- == 0)
            return field;
    return TEXT("");
}
