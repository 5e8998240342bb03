/* err.c: the outward names of errors. */
#include "base/err.h"
#include "base/must.h"

const char *err_name(enum err_kind kind) {
    static const char *const names[ERR_COUNT] = {
        [ERR_NONE] = "ok",
#define ERR(kind, name) [ERR_##kind] = name,
#include "base/err.def"
#undef ERR
    };
    must(kind >= 0 && kind < ERR_COUNT);
    return names[kind];
}
