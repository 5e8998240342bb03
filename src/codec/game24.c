/* game24.c: see game24.h.
 * Two numbers are taken, joined in one of six ways, and put back, until one is left. */
#include "codec/game24.h"

struct term {
    int64_t over, under; /* a fraction, not reduced */
    struct text words;
};

enum { WAYS = 6 };

static bool join(struct arena *a, struct term x, struct term y, unsigned way, struct term *out) {
    static const char signs[] = {'+', '-', '-', '*', '/', '/'};
    bool is_turned = way == 2 || way == 5;
    struct term left = is_turned ? y : x, right = is_turned ? x : y;
    switch (signs[way]) {
    case '+':
        *out = (struct term){
            left.over * right.under + right.over * left.under, left.under * right.under, {0}};
        break;
    case '-':
        *out = (struct term){
            left.over * right.under - right.over * left.under, left.under * right.under, {0}};
        break;
    case '*':
        *out = (struct term){left.over * right.over, left.under * right.under, {0}};
        break;
    default:
        if (right.over == 0)
            return false;
        *out = (struct term){left.over * right.under, left.under * right.over, {0}};
    }
    out->words =
        text_format_in(a, "(%.*s%c%.*s)", TEXT_ARG(left.words), signs[way], TEXT_ARG(right.words));
    return true;
}

/* At most three levels deep. */
static bool solve(struct arena *a, const struct term *terms, unsigned count, int target,
                  struct text *out) {
    if (count == 1) {
        *out = terms[0].words;
        return terms[0].over == target * terms[0].under;
    }
    for (unsigned i = 0; i < count; i++)
        for (unsigned k = i + 1; k < count; k++)
            for (unsigned way = 0; way < WAYS; way++) {
                struct term rest[GAME24_NUMBERS];
                unsigned left = 1;
                if (!join(a, terms[i], terms[k], way, &rest[0]))
                    continue;
                for (unsigned n = 0; n < count; n++)
                    if (n != i && n != k)
                        rest[left++] = terms[n];
                if (solve(a, rest, left, target, out))
                    return true;
            }
    return false;
}

bool game24_solve(struct arena *a, const int numbers[GAME24_NUMBERS], int target,
                  struct text *expression_out) {
    struct term terms[GAME24_NUMBERS];
    for (unsigned i = 0; i < GAME24_NUMBERS; i++)
        terms[i] = (struct term){numbers[i], 1, text_format_in(a, "%d", numbers[i])};
    if (!solve(a, terms, GAME24_NUMBERS, target, expression_out))
        return false;
    *expression_out =
        text_part(*expression_out, 1, expression_out->length - 2); /* the outer brackets */
    return true;
}
