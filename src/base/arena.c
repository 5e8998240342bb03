/* arena.c: chunks in a list, a bump pointer in the last one. */
#include "base/arena.h"
#include "base/must.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define HIDE(start, bytes) __asan_poison_memory_region(start, bytes)
#define SHOW(start, bytes) __asan_unpoison_memory_region(start, bytes)
#else
#define HIDE(start, bytes) ((void)(start), (void)(bytes))
#define SHOW(start, bytes) ((void)(start), (void)(bytes))
#endif

enum { CHUNK_BYTES = 64 << 10, ALIGNMENT = 16 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, size;
    char *padding; /* keeps `bytes` aligned to 16 */
    char bytes[];
};
_Static_assert(offsetof(struct arena_chunk, bytes) % ALIGNMENT == 0, "chunks start aligned");

struct arena_secret {
    struct arena_secret *next;
    size_t size;
    char bytes[];
};

void arena_init(struct arena *a, size_t limit_bytes) {
    *a = (struct arena){.limit = limit_bytes};
}

static void chunk_free_from(struct arena_chunk *chunk) {
    while (chunk) {
        struct arena_chunk *next = chunk->next;
        SHOW(chunk->bytes, chunk->size);
        free(chunk);
        chunk = next;
    }
}

static void wipe_secrets(struct arena *a) {
    for (struct arena_secret *s = a->secrets; s; s = s->next)
        explicit_bzero(s->bytes, s->size);
    a->secrets = NULL;
}

void arena_done(struct arena *a) {
    wipe_secrets(a);
    chunk_free_from(a->first);
    *a = (struct arena){.limit = a->limit};
}

void arena_reset(struct arena *a) {
    if (!a->first)
        return;
    wipe_secrets(a);
    chunk_free_from(a->first->next);
    a->first->next = NULL;
    a->first->used = 0;
    a->last = a->first;
    a->total = a->first->size;
    HIDE(a->first->bytes, a->first->size);
}

static void chunk_add(struct arena *a, size_t bytes) {
    size_t size = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
    must(size <= a->limit && a->total <= a->limit - size);
    struct arena_chunk *chunk = malloc(sizeof *chunk + size);
    must(chunk != NULL);
    *chunk = (struct arena_chunk){.size = size};
    HIDE(chunk->bytes, size);
    if (a->last)
        a->last->next = chunk;
    else
        a->first = chunk;
    a->last = chunk;
    a->total += size;
}

static size_t aligned(size_t bytes) {
    must(bytes < SIZE_MAX - ALIGNMENT);
    return (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static void *take(struct arena *a, size_t bytes) {
    size_t size = aligned(bytes ? bytes : 1);
    if (!a->last || a->last->size - a->last->used < size)
        chunk_add(a, size);
    char *start = a->last->bytes + a->last->used;
    a->last->used += size;
    SHOW(start, bytes);
    return start;
}

void *arena_alloc(struct arena *a, size_t bytes) {
    return memset(take(a, bytes), 0, bytes);
}

void *arena_alloc_secret(struct arena *a, size_t bytes) {
    must(bytes < SIZE_MAX - sizeof(struct arena_secret));
    struct arena_secret *s = arena_alloc(a, sizeof *s + bytes);
    s->next = a->secrets;
    s->size = bytes;
    a->secrets = s;
    return s->bytes;
}

void *arena_grow(struct arena *a, void *old, size_t old_bytes, size_t new_bytes) {
    must(new_bytes >= old_bytes);
    size_t old_size = aligned(old_bytes ? old_bytes : 1), new_size = aligned(new_bytes);
    struct arena_chunk *chunk = a->last;
    if (old && chunk && (char *)old + old_size == chunk->bytes + chunk->used &&
        chunk->size - chunk->used >= new_size - old_size) {
        chunk->used += new_size - old_size;
        SHOW(old, new_bytes);
        return old;
    }
    void *fresh = take(a, new_bytes);
    if (old)
        memcpy(fresh, old, old_bytes);
    return fresh;
}
