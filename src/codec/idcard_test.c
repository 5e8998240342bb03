/* idcard_test.c: identity numbers against the standard's own text. */
#include "test.h"

#include "codec/idcard.h"

/* The standard's own examples (GB 11643-1999, 4.2 and appendix): made up, and public. */
TEST(the_standards_examples_are_good) {
    static const struct {
        const char *number;
        bool is_male;
        int year;
        unsigned month, day;
    } rows[] = {
        {"11010519491231002X", false, 1949, 12, 31}, {"11010519491231002x", false, 1949, 12, 31},
        {"440524188001010014", true, 1880, 1, 1},    {"110105491231002", false, 1949, 12, 31},
        {"110105000229001", true, 0, 0, 0}, /* 1900 was no leap year */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct idcard card;
        enum idcard_fault fault = idcard_parse(text_c(rows[i].number), &card);
        want_int(fault, rows[i].year ? IDCARD_GOOD : IDCARD_BAD_BIRTHDAY);
        if (fault)
            continue;
        want_int(card.is_male, rows[i].is_male);
        want_int(card.birthday.year, rows[i].year);
        want_int(card.birthday.month, rows[i].month);
        want_int(card.birthday.day, rows[i].day);
        want_int(card.region.length, 6);
        want_int(card.length, strlen(rows[i].number));
    }
}

TEST(each_rule_is_named) {
    static const struct {
        const char *number;
        enum idcard_fault fault;
    } rows[] = {
        {"", IDCARD_BAD_LENGTH},
        {"1101051949123100", IDCARD_BAD_LENGTH},
        {"11010519491231002XX", IDCARD_BAD_LENGTH},
        {"1101051949123100X2", IDCARD_BAD_CHARACTER},
        {"11010519491231002Y", IDCARD_BAD_CHARACTER},
        {"11010549123100X", IDCARD_BAD_CHARACTER},
        {"110105 94912310021", IDCARD_BAD_CHARACTER},
        {"110105194913310021", IDCARD_BAD_BIRTHDAY},
        {"110105194902290021", IDCARD_BAD_BIRTHDAY},
        {"110105000012310021", IDCARD_BAD_BIRTHDAY},
        {"110105194912310021", IDCARD_BAD_CHECK},
    };
    struct idcard card;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        want_int(idcard_parse(text_c(rows[i].number), &card), rows[i].fault);
}

/* The formula as the standard writes it: a table of weights, and a table of characters. */
static char check_by_table(const char *digits) {
    static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

/* Every digit in every place, over a pattern that runs through all eleven remainders. */
TEST(check_characters_are_the_standards) {
    char digits[] = "00000000000000000";
    unsigned seen = 0;
    for (unsigned seed = 0; seed < 2000; seed++) {
        for (int place = 0; place < 17; place++)
            digits[place] = (char)('0' + (seed * 7919u + (unsigned)place * (seed + 3)) / (place + 1u) % 10);
        for (int place = 0; place < 17; place++) {
            char kept = digits[place];
            for (digits[place] = '0'; digits[place] <= '9'; digits[place]++) {
                char check = idcard_check_character(digits);
                want_int(check, check_by_table(digits));
                seen |= 1u << (check == 'X' ? 10 : check - '0');
            }
            digits[place] = kept;
        }
    }
    want_int(seen, 0x7FF);
}

/* What the check character is for: one wrong digit, or two neighbours exchanged, never passes. */
TEST(no_single_slip_passes) {
    static const char good[] = "11010519491231002X";
    struct idcard card;
    char number[19];
    memcpy(number, good, sizeof number);
    for (int place = 0; place < 17; place++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            number[place] = digit;
            want(digit == good[place] || idcard_parse(text_c(number), &card) != IDCARD_GOOD);
        }
        number[place] = good[place];
        if (place == 16 || good[place] == good[place + 1])
            continue;
        number[place] = good[place + 1];
        number[place + 1] = good[place];
        want(idcard_parse(text_c(number), &card) != IDCARD_GOOD);
        memcpy(number, good, sizeof number);
    }
}

TEST(an_upgraded_number_is_good_and_says_the_same) {
    char number[IDCARD_LENGTH];
    struct idcard old, new;
    struct text fifteen = text_c("110221800101001");
    idcard_upgrade(text_c("110105491231002"), number);
    want_text(text_of(number, sizeof number), "11010519491231002X");
    idcard_upgrade(fifteen, number);
    want_int(idcard_parse(fifteen, &old), IDCARD_GOOD);
    want_int(idcard_parse(text_of(number, sizeof number), &new), IDCARD_GOOD);
    want(date_to_day(old.birthday) == date_to_day(new.birthday) && old.is_male == new.is_male);
    want(text_equal(old.region, new.region));
}

TESTS(RUN(the_standards_examples_are_good), RUN(each_rule_is_named), RUN(check_characters_are_the_standards),
      RUN(no_single_slip_passes), RUN(an_upgraded_number_is_good_and_says_the_same))
