/* roman.c: see roman.h. */
#include "codec/roman.h"
#include "base/arena.h"
#include "base/must.h"

static const struct {
    unsigned worth;
    const char *sign;
} signs[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
             {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};

static size_t print(unsigned number, char room[static ROMAN_LENGTH_MOST]) {
    size_t length = 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; number >= signs[i].worth; number -= signs[i].worth)
            for (const char *sign = signs[i].sign; *sign; sign++)
                room[length++] = *sign;
    return length;
}

struct text roman_print_in(struct arena *a, unsigned number) {
    char room[ROMAN_LENGTH_MOST];
    must(number >= 1 && number <= ROMAN_MOST);
    return text_copy_in(a, text_of(room, print(number, room)));
}

bool roman_parse(struct text t, unsigned *out) {
    char room[ROMAN_LENGTH_MOST];
    struct text rest = t;
    unsigned number = 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs && number <= ROMAN_MOST; i++)
        while (number <= ROMAN_MOST &&
               text_equal_nocase(text_part(rest, 0, text_c(signs[i].sign).length),
                                 text_c(signs[i].sign))) {
            number += signs[i].worth;
            rest = text_from(rest, text_c(signs[i].sign).length);
        }
    if (rest.length || number == 0 || number > ROMAN_MOST)
        return false;
    if (!text_equal_nocase(text_of(room, print(number, room)),
                           t)) /* IIII adds up to four, but is not its spelling */
        return false;
    *out = number;
    return true;
}
