/* sensitive_test.c: what counts as a number that should not be there, and what does not. */
#include "codec/sensitive.h"
#include "test.h"

TEST(row_D3__numbers_of_cards_are_found_however_they_are_written) {
    static const struct {
        const char *given;
        enum sensitive_kind want;
    } rows[] = {
        {"", SENSITIVE_NONE},
        {"my id is 11010519491231002X please", SENSITIVE_IDCARD},
        {"身份证11010519491231002x，谢谢", SENSITIVE_IDCARD},
        {"1101 0519 4912 3100 2X", SENSITIVE_IDCARD},
        {"１１０１０５１９４９１２３１００２Ｘ", SENSITIVE_IDCARD},
        {"110105194912310021", SENSITIVE_NONE}, /* the check character is another */
        {"11010519491331002X", SENSITIVE_NONE}, /* no such month */
        {"4111 1111 1111 1111", SENSITIVE_BANKCARD},
        {"卡号4111-1111-1111-1111。", SENSITIVE_BANKCARD},
        {"4111 1111 1111 1112", SENSITIVE_NONE},
        {"6222020000000000004", SENSITIVE_NONE},
        {"378282246310005", SENSITIVE_BANKCARD},
        {"5555555555554444", SENSITIVE_BANKCARD},
        {"7530012345678901234 is a request", SENSITIVE_NONE},
        {"call 13800138000 or 010-12345678", SENSITIVE_NONE},
        {"2026-11-24 08:00:00", SENSITIVE_NONE},
        {"00000000000000000000000000000000000000000000", SENSITIVE_NONE},
        {"X", SENSITIVE_NONE},
        {"\xFF\xFE" "4111111111111111", SENSITIVE_BANKCARD},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (sensitive_find(text_c(rows[i].given), 0).kind != rows[i].want)
            fail_msg("%s", rows[i].given);
}

TEST(row_D3__what_is_masked_is_found_no_more) {
    struct arena a;
    arena_init(&a, 1 << 20);
    struct text masked =
        sensitive_mask_in(&a, TEXT("id 11010519491231002X, card 4111 1111 1111 1111 or 123"));
    want_text(masked, "id ******************, card **** **** **** **** or 123");
    want_int(sensitive_find(masked, 0).kind, SENSITIVE_NONE);
    arena_done(&a);
}

TESTS(RUN(row_D3__numbers_of_cards_are_found_however_they_are_written),
      RUN(row_D3__what_is_masked_is_found_no_more))
