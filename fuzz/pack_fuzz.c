/* pack_fuzz.c: law: whatever a pack's file holds, no read leaves it. Each
 * input is opened as it is and once more with its checksums made right, so that the fuzzer comes past them.
 */
#include "fuzz.h"

#include "codec/crc32.h"
#include "data/pack.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HEADER_BYTES = 72, BLOCK_BYTES = 1 << 16, SIZE_MAX_BYTES = 1 << 18, LOOKS = 64 };

/* Reads every byte, so that one outside the mapping is met. */
static uint64_t touch(struct text t) {
    uint64_t sum = 0;
    for (size_t i = 0; i < t.length; i++)
        sum += (unsigned char)t.bytes[i];
    return sum;
}

static uint64_t look_around(const struct pack *p) {
    struct text key, value, found;
    uint32_t count = pack_count(p);
    uint64_t sum = touch(pack_meta(p, "source"));
    for (uint32_t i = 0; i < count && i < LOOKS; i++) {
        if (!pack_at(p, i, &key, &value))
            continue;
        sum += touch(key) + touch(value) + touch(pack_field(value, 1));
        must(pack_seek(p, key) <= count);
        if (pack_find(p, key, &found))
            sum += touch(found);
    }
    must(!pack_at(p, count, &key, &value));
    must(pack_seek(p, TEXT("")) <= count);
    bool is_good = pack_check_all(p);
    must(is_good || pack_is_damaged(p));
    return sum;
}

static void open_and_look(const unsigned char *bytes, size_t size) {
    char path[64];
    struct arena a;
    struct pack *p;
    int fd = memfd_create("pack", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    arena_init(&a, 1 << 20);
    struct err e = pack_open(&a, path, &p);
    if (e.kind == ERR_NONE) {
        must(look_around(p) < UINT64_MAX); /* the sum keeps the reads */
        pack_close(p);
    } else {
        must(e.say != NULL);
    }
    arena_done(&a);
    close(fd);
}

static void put_u32(unsigned char *at, uint32_t value) {
    memcpy(at, &value, sizeof value);
}

static uint32_t sum_of(const unsigned char *bytes, size_t length) {
    return crc32_of(text_of((const char *)bytes, length));
}

/* Size, blocks and every sum as they must be for these bytes; the rest stays hostile. */
static void make_right(unsigned char *b, size_t size) {
    uint64_t whole = size, sums_at = size;
    uint32_t blocks = 0;
    for (unsigned i = 0; i < 4; i++) { /* sums and blocks depend on each other */
        blocks = (uint32_t)((sums_at + BLOCK_BYTES - 1) / BLOCK_BYTES);
        sums_at = size - 4ull * blocks;
    }
    memcpy(b, "ALPACK01", 8);
    memcpy(b + 8, &whole, sizeof whole);
    put_u32(b + 52, blocks);
    memcpy(b + 56, &sums_at, sizeof sums_at);
    for (uint32_t i = 0; i < blocks && (uint64_t)i * BLOCK_BYTES < sums_at; i++) {
        uint64_t start = i == 0 ? 128 : (uint64_t)i * BLOCK_BYTES, end = (i + 1ull) * BLOCK_BYTES;
        put_u32(b + sums_at + 4ull * i, sum_of(b + start, (end < sums_at ? end : sums_at) - start));
    }
    put_u32(b + 64, sum_of(b + sums_at, 4ull * blocks));
    put_u32(b + 68, sum_of(b, 68));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static unsigned char room[SIZE_MAX_BYTES];
    if (size > sizeof room)
        return 0;
    open_and_look(bytes, size);
    if (size < 256)
        return 0;
    memcpy(room, bytes, size);
    make_right(room, size);
    open_and_look(room, size);
    return 0;
}
