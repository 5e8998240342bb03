/* must.h: what is a bug, and stops the process.
 *
 * must(x) is for what only a bug of ours can make false; it stays on in every build.
 * Input is never asserted: it is answered with a named error (err.h).
 */
#pragma once

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

_Noreturn void must_fail(const char *file, int line, const char *claim);

#define must(claim)                                                                                \
    do {                                                                                           \
        if (__builtin_expect(!(claim), 0))                                                         \
            must_fail(__FILE__, __LINE__, #claim);                                                 \
    } while (0)
