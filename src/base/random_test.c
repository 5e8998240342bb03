/* random_test.c: what repeats, what must not, and the bounds. */
#include "test.h"

#include "base/random.h"

#include <errno.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(a_seed_repeats_itself) {
    /* First outputs of splitmix64 for seed 1234567, from its authors' reference. */
    static const uint64_t wanted[] = {6457827717110365317u, 3203168211198807973u, 9817491932198370423u};
    struct random r = random_seeded(1234567);
    for (size_t i = 0; i < COUNT(wanted); i++)
        want(random_u64(&r) == wanted[i]);
}

TEST(bytes_of_any_length) {
    for (size_t length = 0; length <= 40; length++) {
        unsigned char bytes[41], again[41];
        struct random r = random_seeded(9), s = random_seeded(9);
        memset(bytes, 0xAA, sizeof bytes);
        random_bytes(&r, bytes, length);
        random_bytes(&s, again, length);
        assert_memory_equal(bytes, again, length);
        want_int(bytes[length], 0xAA);
    }
}

TEST(the_kernel_does_not_repeat_itself) {
    struct random r = random_system();
    uint64_t a = random_u64(&r), b = random_u64(&r);
    want(a != b);
    unsigned char zeros[64] = {0}, bytes[64] = {0};
    random_bytes(&r, bytes, sizeof bytes);
    assert_memory_not_equal(bytes, zeros, sizeof bytes);
}

TEST(below_is_even_and_bounded) {
    struct random r = random_seeded(7);
    unsigned counts[6] = {0};
    for (int i = 0; i < 60000; i++)
        counts[random_below(&r, 6)]++;
    for (int i = 0; i < 6; i++)
        want(counts[i] > 9600 && counts[i] < 10400); /* 4.4 standard deviations */
    for (int i = 0; i < 100; i++)
        want_int(random_below(&r, 1), 0);
    want(random_below(&r, UINT32_MAX) < UINT32_MAX);
}

/* ---- a kernel that gives little, or is interrupted, or has nothing ---- */

enum { KERNEL_AS_IT_IS, KERNEL_STINGY, KERNEL_INTERRUPTED, KERNEL_WITHOUT };
static struct {
    int mode;
    unsigned calls;
} kernel;

/* Stands before the system's own in this program. */
ssize_t getrandom(void *room, size_t length, unsigned flags) {
    kernel.calls++;
    if (kernel.mode == KERNEL_WITHOUT || (kernel.mode == KERNEL_INTERRUPTED && kernel.calls % 2)) {
        errno = kernel.mode == KERNEL_WITHOUT ? ENOSYS : EINTR;
        return -1;
    }
    return syscall(SYS_getrandom, room, kernel.mode == KERNEL_AS_IT_IS || length < 3 ? length : 3, flags);
}

TEST(fault_36__what_comes_short_or_interrupted_is_asked_for_again) {
    for (int mode = KERNEL_STINGY; mode <= KERNEL_INTERRUPTED; mode++) {
        unsigned char bytes[34] = {0};
        unsigned zeros = 0;
        struct random r = random_system();
        kernel.mode = mode;
        kernel.calls = 0;
        random_bytes(&r, bytes, 32);
        kernel.mode = KERNEL_AS_IT_IS;
        want(kernel.calls >= 11);
        for (unsigned i = 0; i < 32; i++)
            zeros += bytes[i] == 0;
        want(zeros < 8); /* 8 of 32 by chance: one in 10^12 */
        want_int(bytes[32] | bytes[33], 0);
    }
}

static void in_child(int end) {
    unsigned char bytes[16];
    struct random r = random_system();
    random_bytes(&r, bytes, sizeof bytes);
    _exit(write(end, bytes, sizeof bytes) != (ssize_t)sizeof bytes);
}

TEST(fault_36__two_processes_never_share_chance) {
    unsigned char seen[3][16];
    struct random r = random_system();
    random_bytes(&r, seen[0], 16);
    for (int i = 1; i < 3; i++) {
        int ends[2];
        want_int(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0)
            in_child(ends[1]);
        want_int(read(ends[0], seen[i], 16), 16);
        waitpid(child, NULL, 0);
        close(ends[0]);
        close(ends[1]);
    }
    assert_memory_not_equal(seen[0], seen[1], 16);
    assert_memory_not_equal(seen[1], seen[2], 16);
}

TEST(fault_36__without_chance_nothing_is_made) {
    int status;
    pid_t child = fork();
    if (child == 0) {
        unsigned char bytes[16];
        struct random r = random_system();
        close(STDERR_FILENO);
        kernel.mode = KERNEL_WITHOUT;
        random_bytes(&r, bytes, sizeof bytes);
        _exit(0); /* never: it stops before a weak key is made */
    }
    waitpid(child, &status, 0);
    want(WIFSIGNALED(status) || WEXITSTATUS(status) != 0);
}

TESTS(RUN(fault_36__what_comes_short_or_interrupted_is_asked_for_again),
      RUN(fault_36__two_processes_never_share_chance), RUN(fault_36__without_chance_nothing_is_made),
      RUN(a_seed_repeats_itself), RUN(bytes_of_any_length), RUN(the_kernel_does_not_repeat_itself),
      RUN(below_is_even_and_bounded))
