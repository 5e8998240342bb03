/* must.c: the last words of a process that found itself wrong. */
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>

void must_fail(const char *file, int line, const char *claim) {
    fprintf(stderr, "alapi: bug at %s:%d: %s\n", file, line, claim);
    abort();
}
