/* err.h: the one error type of the house, a value: a kind for the machine, a sentence for a person.
 *
 * Contract   a function that can fail returns struct err; ok means done. `say` is static or lives in
 *            the arena that the function was given; it is English and never holds personal data.
 * Not here   what a caller over HTTP sees (call/refusal.h).
 */
#pragma once

enum err_kind {
    ERR_NONE = 0,
#define ERR(kind, name) ERR_##kind,
#include "base/err.def"
#undef ERR
    ERR_COUNT
};

struct err {
    enum err_kind kind;
    const char *say;
};

static const struct err ok = {ERR_NONE, 0};

static inline struct err err_make(enum err_kind kind, const char *say) {
    return (struct err){kind, say};
}

/* The outward name: "quota_exceeded". */
const char *err_name(enum err_kind kind);

/* Hands an error on to the caller. The only macro of the house that hides control flow. */
#define try(expression)                                                                            \
    do {                                                                                           \
        struct err e_ = (expression);                                                              \
        if (e_.kind)                                                                               \
            return e_;                                                                             \
    } while (0)
