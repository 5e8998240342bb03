/* idcard.h: the number of a Chinese resident identity card, taken apart.
 *
 * Contract   looks at the number alone: length, characters, birthday and check character. Whether its
 *            region exists, and whether the birthday lies in the past, the caller decides. That a number
 *            is well formed says nothing about whether it was ever issued.
 * Source     GB 11643-1999: 6 digits of region, 8 of birthday, 3 of sequence (odd: male), and a check
 *            character by ISO 7064:1983 MOD 11-2. The older form of 15 digits has two digits of the year
 *            and no check character.
 */
#pragma once
#include "base/clock.h"

enum { IDCARD_LENGTH = 18, IDCARD_OLD_LENGTH = 15 };

enum idcard_fault {
    IDCARD_GOOD,
    IDCARD_BAD_LENGTH,
    IDCARD_BAD_CHARACTER,
    IDCARD_BAD_BIRTHDAY,
    IDCARD_BAD_CHECK,
};

struct idcard {
    struct text region; /* six digits; points into the number */
    struct date birthday;
    bool is_male;
    unsigned length; /* 15 or 18 */
};

enum idcard_fault idcard_parse(struct text number, struct idcard *out);

/* '0'..'9' or 'X', for 17 digits. */
char idcard_check_character(const char digits[static 17]);

/* The new form of a number of 15 digits that idcard_parse has found good; no NUL behind it. */
void idcard_upgrade(struct text number, char new_number[static IDCARD_LENGTH]);
