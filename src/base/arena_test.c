/* arena_test.c: alignment, growth, the limit, and what is seen of a use after reset. */
#include "test.h"

#include "base/arena.h"

#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define IS_HIDDEN(address) __asan_address_is_poisoned(address)
#endif

enum { LIMIT = 1 << 20, CHUNK = 64 << 10 };

TEST(what_it_gives_is_aligned_and_zeroed) {
    struct arena a;
    arena_init(&a, LIMIT);
    for (size_t bytes = 0; bytes < 300; bytes++) {
        unsigned char *room = arena_alloc(&a, bytes);
        want_int((uintptr_t)room % 16, 0);
        for (size_t i = 0; i < bytes; i++)
            want_int(room[i], 0);
        memset(room, 0xFF, bytes);
    }
    arena_done(&a);
}

TEST(growing_keeps_the_content) {
    struct arena a;
    arena_init(&a, LIMIT);
    for (int is_last = 0; is_last < 2; is_last++) {
        char *old = arena_alloc(&a, 10);
        memcpy(old, "0123456789", 10);
        if (!is_last)
            arena_alloc(&a, 1);
        char *grown = arena_grow(&a, old, 10, 200);
        want_int(grown == old, is_last); /* in place where it was the last one */
        assert_memory_equal(grown, "0123456789", 10);
        memset(grown + 10, 'x', 190);
    }
    char *from_nothing = arena_grow(&a, NULL, 0, 50);
    memset(from_nothing, 'y', 50);
    char *wide = arena_grow(&a, from_nothing, 50, CHUNK + 1); /* into a chunk of its own */
    want_int(wide[49], 'y');
    wide[CHUNK] = 'z';
    arena_done(&a);
}

TEST(what_grows_over_the_end_of_a_chunk_moves) {
    struct arena a;
    arena_init(&a, LIMIT);
    char *old = arena_alloc(&a, CHUNK - 16);
    old[0] = 'x';
    char *grown = arena_grow(&a, old, CHUNK - 16, CHUNK + 16);
    want(grown != old);
    want_int(grown[0], 'x');
    arena_done(&a);
}

TEST(reset_keeps_the_first_chunk) {
    struct arena a;
    arena_init(&a, LIMIT);
    arena_reset(&a); /* an arena that holds nothing */
    void *first = arena_alloc(&a, 100);
    arena_alloc(&a, 3 * CHUNK);
    arena_reset(&a);
    want_int(a.total, CHUNK);
    want(arena_alloc(&a, 100) == first);
    arena_done(&a);
    want(a.first == NULL && a.total == 0);
    want_int(a.limit, LIMIT);
    arena_done(&a);
}

TEST(the_limit_is_exact) {
    struct arena a;
    arena_init(&a, 2 * CHUNK);
    arena_alloc(&a, CHUNK);
    arena_alloc(&a, CHUNK);
    want_int(a.total, 2 * CHUNK);
    pid_t child = fork();
    if (child == 0) {
        fclose(stderr);
        arena_alloc(&a, 1); /* one byte past it is a bug, and stops the process */
        _exit(0);
    }
    int status;
    want_int(waitpid(child, &status, 0), child);
    want(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    arena_done(&a);
}

TEST(a_secret_is_overwritten_when_it_is_let_go_of) {
    struct arena a;
    char *last = NULL;
    arena_init(&a, LIMIT);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 3; i++) {
            last = arena_alloc_secret(&a, 100);
            memset(last, 'x', 100);
        }
        arena_reset(&a);
#ifdef IS_HIDDEN
        __asan_unpoison_memory_region(last, 100);
#endif
        for (int i = 0; i < 100; i++)
            want_int(last[i], 0);
    }
    arena_done(&a);
}

TEST(a_use_after_reset_is_seen) {
#ifdef IS_HIDDEN
    struct arena a;
    arena_init(&a, LIMIT);
    char *room = arena_alloc(&a, 10);
    want(!IS_HIDDEN(room) && !IS_HIDDEN(room + 9));
    want(IS_HIDDEN(room + 10)); /* also one byte too far */
    arena_reset(&a);
    want(IS_HIDDEN(room));
    arena_done(&a);
#else
    skip();
#endif
}

TESTS(RUN(what_it_gives_is_aligned_and_zeroed), RUN(growing_keeps_the_content),
      RUN(what_grows_over_the_end_of_a_chunk_moves), RUN(reset_keeps_the_first_chunk),
      RUN(the_limit_is_exact), RUN(a_use_after_reset_is_seen),
      RUN(a_secret_is_overwritten_when_it_is_let_go_of))
