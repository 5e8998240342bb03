/* check_digit.c: see check_digit.h. */
#include "codec/check_digit.h"

#include <string.h>

static bool is_digits(struct text t) {
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] < '0' || t.bytes[i] > '9')
            return false;
    return t.length > 0;
}

bool check_luhn(struct text digits) {
    unsigned sum = 0;
    if (!is_digits(digits) || digits.length < 2)
        return false;
    for (size_t i = 0; i < digits.length; i++) {
        unsigned digit = (unsigned)(digits.bytes[digits.length - 1 - i] - '0') * (i % 2 + 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

char check_gs1_digit(struct text digits) {
    unsigned sum = 0;
    for (size_t i = 0; i < digits.length; i++)
        sum += (unsigned)(digits.bytes[digits.length - 1 - i] - '0') * (i % 2 ? 1 : 3);
    return (char)('0' + (10 - sum % 10) % 10);
}

bool check_gs1(struct text digits) {
    return is_digits(digits) && digits.length >= 8 && digits.length <= 18 &&
           check_gs1_digit(text_part(digits, 0, digits.length - 1)) ==
               digits.bytes[digits.length - 1];
}

char check_isbn10_digit(struct text nine_digits) {
    unsigned sum = 0;
    for (unsigned i = 0; i < 9; i++)
        sum += (unsigned)(nine_digits.bytes[i] - '0') * (10 - i);
    unsigned check = (11 - sum % 11) % 11;
    return check == 10 ? 'X' : (char)('0' + check);
}

bool check_isbn10(struct text characters) {
    return characters.length == 10 && is_digits(text_part(characters, 0, 9)) &&
           check_isbn10_digit(characters) == characters.bytes[9];
}

/* Letters count as 10 to 35; the first four characters go to the end. */
bool check_mod97(struct text characters) {
    unsigned rest = 0;
    if (characters.length < 5 || characters.length > 34)
        return false;
    for (size_t i = 0; i < characters.length; i++) {
        char c = characters.bytes[(i + 4) % characters.length];
        if (c >= '0' && c <= '9')
            rest = (rest * 10 + (unsigned)(c - '0')) % 97;
        else if (c >= 'A' && c <= 'Z')
            rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
        else
            return false;
    }
    return rest == 1;
}

static int place_in(const char *alphabet, char c) {
    const char *found = c ? strchr(alphabet, c) : NULL;
    return found ? (int)(found - alphabet) : -1;
}

/* Without I, O, S, V and Z; the weights are the powers of 3 modulo 31. */
bool check_uscc(struct text characters) {
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0, weight = 1;
    if (characters.length != 18)
        return false;
    for (unsigned i = 0; i < 17; i++, weight = weight * 3 % 31) {
        int value = place_in(alphabet, characters.bytes[i]);
        if (value < 0)
            return false;
        sum += value * weight;
    }
    return place_in(alphabet, characters.bytes[17]) == (31 - sum % 31) % 31;
}

bool check_organization(struct text characters) {
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    if (characters.length != 9)
        return false;
    for (unsigned i = 0; i < 8; i++) {
        int value = place_in("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", characters.bytes[i]);
        if (value < 0)
            return false;
        sum += value * weights[i];
    }
    int check = (11 - sum % 11) % 11;
    return characters.bytes[8] == (check == 10 ? 'X' : (char)('0' + check));
}

bool check_vin(struct text characters) {
    static const char letters[] =
        "ABCDEFGH..JKLMN.P.R..STUVWXYZ"; /* A is 1, J is 1, S is 2: place modulo 10, plus 1 */
    static const int weights[] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    if (characters.length != 17)
        return false;
    for (unsigned i = 0; i < 17; i++) {
        char c = characters.bytes[i];
        int place = c == '.' ? -1 : place_in(letters, c);
        bool is_digit = c >= '0' && c <= '9';
        if (!is_digit && place < 0)
            return false;
        sum += (is_digit ? c - '0' : place % 10 + 1) * weights[i];
    }
    return characters.bytes[8] == (sum % 11 == 10 ? 'X' : (char)('0' + sum % 11));
}
