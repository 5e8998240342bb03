/* idcard.c: see idcard.h. */
#include "codec/idcard.h"
#include "base/must.h"

#include <string.h>

char idcard_check_character(const char digits[static 17]) {
    /* The weight of place i (18 counted from the left, 1 the check character) is 2^(i-1) mod 11; Horner's
     * scheme doubles as it goes. The whole sum must be 1 modulo 11. */
    unsigned sum = 0;
    for (int i = 0; i < 17; i++)
        sum = (sum + (unsigned)(digits[i] - '0')) * 2 % 11;
    return "0123456789X"[(12 - sum) % 11];
}

static bool all_digits(struct text t) {
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] < '0' || t.bytes[i] > '9')
            return false;
    return true;
}

void idcard_upgrade(struct text number, char new_number[static IDCARD_LENGTH]) {
    must(number.length == IDCARD_OLD_LENGTH);
    memcpy(new_number, number.bytes, 6);
    memcpy(new_number + 6, "19", 2);
    memcpy(new_number + 8, number.bytes + 6, 9);
    new_number[17] = idcard_check_character(new_number);
}

enum idcard_fault idcard_parse(struct text number, struct idcard *out) {
    char room[IDCARD_LENGTH];
    if (number.length != IDCARD_LENGTH && number.length != IDCARD_OLD_LENGTH)
        return IDCARD_BAD_LENGTH;
    bool is_new = number.length == IDCARD_LENGTH;
    char last = number.bytes[number.length - 1];
    if (last == 'x')
        last = 'X';
    if (!all_digits(text_part(number, 0, number.length - is_new)) ||
        (is_new && last != 'X' && !all_digits(text_of(&last, 1))))
        return IDCARD_BAD_CHARACTER;
    if (is_new)
        memcpy(room, number.bytes, IDCARD_LENGTH);
    else
        idcard_upgrade(number, room);
    struct date birthday;
    if (!date_parse(text_of(room + 6, 8), &birthday))
        return IDCARD_BAD_BIRTHDAY;
    if (is_new && last != idcard_check_character(room))
        return IDCARD_BAD_CHECK;
    *out = (struct idcard){.region = text_part(number, 0, 6),
                           .birthday = birthday,
                           .is_male = (room[16] - '0') % 2 == 1,
                           .length = (unsigned)number.length};
    return IDCARD_GOOD;
}
