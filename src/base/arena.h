/* arena.h: memory of one call, freed at once.
 *
 * Contract   what arena_alloc returns is aligned for any type and zeroed; nobody frees it. An arena
 *            never holds more than its limit: inputs are bounded by limits.h before they get here, so
 *            reaching it is a bug and stops the process.
 * Threads    an arena belongs to one thread.
 * Memory     the first chunk is kept by arena_reset, so a loop of small calls allocates nothing.
 */
#pragma once
#include <stddef.h>

struct arena_chunk;
struct arena_secret;

struct arena {
    struct arena_chunk *first, *last;
    size_t total, limit; /* bytes */
    struct arena_secret *secrets; /* what is wiped before it is let go of */
};

void arena_init(struct arena *a, size_t limit_bytes);
void arena_done(struct arena *a);
void arena_reset(struct arena *a); /* empties it and keeps the first chunk */

void *arena_alloc(struct arena *a, size_t bytes);

/* The same for a secret: its bytes are overwritten by arena_reset and arena_done. Do not grow it. */
void *arena_alloc_secret(struct arena *a, size_t bytes);

/* Grows an allocation; in place where it was the last one. What is new is not zeroed: it is for
 * buffers, which write before they read. */
void *arena_grow(struct arena *a, void *old, size_t old_bytes, size_t new_bytes);
