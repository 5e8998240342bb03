/* check_digit_test.c: the examples of the standards; and that no single wrong digit passes. */
#include "test.h"

#include "codec/check_digit.h"

typedef bool check(struct text t);

static const struct {
    check *check;
    const char *good;
} rows[] = {
    {check_luhn, "79927398713"},       /* the example in wide use with ISO/IEC 7812-1 */
    {check_luhn, "490154203237518"},   /* IMEI, 3GPP TS 23.003 annex B */
    {check_gs1, "6901234567892"},      /* EAN-13 with the prefix of China */
    {check_gs1, "9780306406157"},      /* ISBN-13 */
    {check_gs1, "73513537"},           /* EAN-8 */
    {check_gs1, "036000291452"},       /* UPC-A */
    {check_gs1, "106141411234567897"}, /* SSCC, GS1 General Specifications */
    {check_isbn10, "0306406152"},
    {check_isbn10, "080442957X"},
    {check_mod97, "GB82WEST12345698765432"}, /* ISO 13616's registry */
    {check_mod97, "DE89370400440532013000"},
    {check_mod97, "NO9386011117947"},
    {check_uscc, "91350100M000100Y43"}, /* GB 32100-2015 */
    {check_uscc, "91110108551385082Q"},
    {check_organization, "D2143569X"}, /* GB 11714-1997 */
    {check_vin, "1M8GDM9AXKP042788"},  /* 49 CFR 565 */
    {check_vin, "11111111111111111"},
};

TEST(the_examples_of_the_standards_are_good) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!rows[i].check(text_c(rows[i].good)))
            fail_msg("%s is refused", rows[i].good);
}

TEST(no_wrong_digit_passes) {
    char room[40];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t length = strlen(rows[i].good);
        for (size_t at = 0; at < length; at++)
            for (char c = '0'; c <= '9'; c++) {
                memcpy(room, rows[i].good, length);
                bool is_blind = (rows[i].check == check_vin && (room[at] > '9' || at == 8)) ||
                                (rows[i].check == check_organization && room[at] > '9');
                if (room[at] == c || is_blind) /* a letter and a digit may weigh the same: by design */
                    continue;
                room[at] = c;
                bool passes = rows[i].check(text_of(room, length));
                if (passes)
                    fail_msg("%.*s passes", (int)length, room);
            }
    }
}

TEST(what_is_no_number_is_refused) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        want(!rows[i].check(TEXT("")));
        want(!rows[i].check(TEXT("x")));
        want(!rows[i].check(text_of("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 18)));
        want(!rows[i].check(TEXT("中文中文中文")));
    }
    want(!check_vin(TEXT("1M8GDM9AXKP04278I")));
    want(!check_vin(TEXT("1M8GDM9AXKP0427.8")));
    want(!check_uscc(TEXT("91350100M000100I43")));
}

TESTS(RUN(the_examples_of_the_standards_are_good), RUN(no_wrong_digit_passes),
      RUN(what_is_no_number_is_refused))
