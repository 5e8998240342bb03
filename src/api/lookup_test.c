/* lookup_test.c: what the APIs on data sets answer past their examples: refusals, edges, other spellings. */
#include "shelf.h"
#include "test.h"

#include "api/catalog.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "data/data.h"
#include "gate/perform.h"

#include <stdlib.h>

struct row {
    const char *path, *asks;
    enum err_kind kind;
    const char *says; /* a part of the answer, or of the hint in English */
};

static void ask(const struct row *row, const char *peer, int64_t now_ms) {
    static struct call call;
    struct arena a;
    struct random chance = random_seeded(1);
    arena_init(&a, LIMIT_ARENA_BYTES);
    call_init(&call, &a, now_ms, &chance);
    call.endpoint = api_by_path(row->path);
    call.data = shelf();
    want(call.endpoint != NULL);
    if (peer)
        want(ip_parse(text_c(peer), &call.peer));
    struct err e = params_from_form(&call, text_c(row->asks));
    if (!e.kind)
        e = perform(&call);
    if (e.kind != row->kind)
        fail_msg("%s?%s: %s, not %s", row->path, row->asks, err_name(e.kind), err_name(row->kind));
    struct text said = e.kind ? text_c(call.hint.en) : buf_peek(&call.reply);
    if (text_find(said, text_c(row->says)) == SIZE_MAX)
        fail_msg("%s?%s says\n%.*s\nwithout\n%s", row->path, row->asks, TEXT_ARG(said), row->says);
    if (e.kind == ERR_PARAMETER_INVALID)
        want(call.parameter.length > 0 && call.hint.zh != NULL);
    arena_done(&a);
}

TEST(answers_and_refusals) {
    static const struct row rows[] = {
        {"ip", "ip=0.0.0.0", ERR_NONE, "\"beginip\":\"0.0.0.0\",\"endip\":\"0.255.255.255\""},
        {"ip", "ip=255.255.255.255", ERR_NONE, "\"beginip\":\"224.0.0.0\",\"endip\":\"255.255.255.255\""},
        {"ip", "ip=120.24.0.0", ERR_NONE, "\"beginip\":\"120.24.0.0\",\"endip\":\"120.25.255.255\""},
        {"ip", "ip=120.25.255.255", ERR_NONE, "\"beginip\":\"120.24.0.0\",\"endip\":\"120.25.255.255\""},
        {"ip", "ip=120.26.0.0", ERR_NONE, "\"beginip\":\"120.26.0.0\""},
        {"ip", "ip=::ffff:120.24.78.68", ERR_NONE, "\"ip\":\"120.24.78.68\""},
        {"ip", "ip=fe80::1", ERR_NONE, "保留地址"},
        {"ip", "ip=240e::1", ERR_NONE, "\"country_cc\":\"CN\""},
        {"ip", "", ERR_NO_RESULT, "no address"},
        {"ip", "ip=1.2.3", ERR_PARAMETER_INVALID, "an IP address"},
        {"phone", "phone=%2B86+138-0013-8000", ERR_NONE, "\"phone\":\"13800138000\""},
        {"phone", "phone=008613800138000", ERR_NONE, "\"areacode\":\"010\""},
        {"phone", "phone=8613800138000", ERR_NONE, "\"company\":\"中国移动\""},
        {"phone", "mobile=1380013", ERR_NONE, "\"city\":\"北京\""},
        {"phone", "phone=19200000000", ERR_NONE, "\"company\":\"中国广电\""},
        {"phone", "phone=16000000000", ERR_NO_RESULT, "range"},
        {"phone", "phone=12345678901", ERR_PARAMETER_INVALID, "11 digits"},
        {"phone", "phone=138001380001", ERR_PARAMETER_INVALID, "11 digits"},
        {"phone", "phone=13800138", ERR_PARAMETER_INVALID, "11 digits"},
        {"phone", "phone=1380013800a", ERR_PARAMETER_INVALID, "11 digits"},
        {"phone", "phone=-------", ERR_PARAMETER_INVALID, "11 digits"},
        {"phone", "", ERR_PARAMETER_MISSING, "phone"},
        {"idcard", "id=11010519491231002x", ERR_NONE, "\"address\":\"北京市朝阳区\""},
        {"idcard", "id=990000200001010012", ERR_PARAMETER_INVALID, "first two digits"},
        {"idcard", "id=110105194912310021", ERR_PARAMETER_INVALID, "check character"},
        {"idcard", "id=110105194902310021", ERR_PARAMETER_INVALID, "no real date"},
        {"idcard", "id=1101051949", ERR_PARAMETER_INVALID, "15 or 18"},
        {"idcard", "id=1101051949123100AX", ERR_PARAMETER_INVALID, "digits"},
        {"idcard", "id=440524188001010014", ERR_PARAMETER_INVALID, "before 1900"},
        {"idcard", "id=429004900101001", ERR_NONE, "\"address\":\"湖北省仙桃市\",\"province\":\"湖北省\",\"city\":\"\""},
        {"idcard", "id=830000900101001", ERR_NONE, "\"abandoned\":0,\"address\":\"台湾省\""},
        {"idcard", "id=441900900101001", ERR_NONE, "\"abandoned\":0,\"address\":\"广东省东莞市\""},
        {"idcard", "id=110199900101001", ERR_NONE, "\"abandoned\":1,\"address\":\"北京市\""},
        {"idcard/upgrade", "id=11010519491231002X", ERR_PARAMETER_INVALID, "18 characters already"},
        {"idcard/upgrade", "id=110105491331002", ERR_PARAMETER_INVALID, "no real date"},
        {"xhy", "word=%E5%A4%96%E7%94%A5&page=99", ERR_NO_RESULT, "no such page"},
        {"xhy", "word=zzzz", ERR_NO_RESULT, "no saying"},
        {"xhy", "word=+", ERR_PARAMETER_INVALID, "word"},
        {"xhy", "word=%09", ERR_PARAMETER_INVALID, "word"},
        {"xhy", "word=%E7%8C%AB&limit=101", ERR_PARAMETER_INVALID, "from 1 to 100"},
        {"idiom", "word=%E7%94%BB%E8%9B%87", ERR_NONE, "画蛇添足"},
        {"idiom", "word=HSTZ", ERR_NONE, "画蛇添足"},
        {"idiom", "word=%2B%E8%9B%87", ERR_PARAMETER_INVALID, "initials"},
        {"idiom", "word=%3Dhstz", ERR_PARAMETER_INVALID, "initials"},
        {"idiom", "word=%E6%B7%BB%E8%B6%B3", ERR_NONE, "画蛇添足"},
        {"idiom", "word=%E7%9A%84%E7%9A%84%E7%9A%84", ERR_NO_RESULT, "no such idiom"},
        {"exchange", "from=usd&to=usd&money=0.1", ERR_NONE, "\"exchange\":0.1,"},
        {"exchange", "", ERR_NONE, "\"currency_money\":1,"},
        {"exchange", "money=0", ERR_NONE, "\"exchange\":0,"},
        {"exchange", "from=ABC", ERR_PARAMETER_INVALID, "/api/exchange/type"},
        {"exchange", "to=%E5%85%83%E5%85%83%E5%85%83", ERR_PARAMETER_INVALID, "/api/exchange/type"},
        {"exchange", "money=-1", ERR_PARAMETER_INVALID, "money"},
        {"exchange/type", "", ERR_NONE, "\"value\":\"CNY\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ask(&rows[i], NULL, FIXED_NOW_S * 1000LL);
}

TEST(without_an_address_it_is_the_callers) {
    static const char peer[] = "120.24.78.68";
    const struct row without = {"ip", "", ERR_NONE, "\"ip\":\"120.24.78.68\""};
    const struct row with = {"ip", "ip=8.8.8.8", ERR_NONE, "\"ip\":\"8.8.8.8\""};
    ask(&without, peer, FIXED_NOW_S * 1000LL);
    ask(&with, peer, FIXED_NOW_S * 1000LL);
}

/* At midnight in Shanghai it is still the afternoon of the day before in London. */
TEST(ages_turn_at_midnight_in_china) {
    const struct row before = {"idcard", "id=11010519491231002X", ERR_NONE, "\"age\":73"};
    const struct row from = {"idcard", "id=11010519491231002X", ERR_NONE, "\"age\":74"};
    const int64_t midnight_ms = 1703952000000; /* 2023-12-31 00:00 in Shanghai */
    ask(&before, NULL, midnight_ms - 1);
    ask(&from, NULL, midnight_ms);
}

TEST(a_birthday_to_come_is_refused) {
    const struct row unborn = {"idcard", "id=11010519491231002X", ERR_PARAMETER_INVALID, "after today"};
    ask(&unborn, NULL, -631252800000 - 86400000); /* 30 December 1949 */
}

TEST(rates_of_last_week_are_stale) {
    struct data *data = shelf();
    struct date as_of;
    want(date_parse(pack_meta(data_pack(data, DATA_CURRENCY), "as_of"), &as_of));
    int64_t noon_ms = date_to_day(as_of) * 86400000 + 4 * 3600000;
    want(!data_is_stale(data, DATA_CURRENCY, noon_ms + 7 * 86400000LL));
    want(data_is_stale(data, DATA_CURRENCY, noon_ms + 8 * 86400000LL));
    ask(&(struct row){"exchange", "", ERR_NONE, "\"stale\":true"}, NULL, noon_ms + 8 * 86400000LL);
}

TESTS(RUN(answers_and_refusals), RUN(without_an_address_it_is_the_callers),
      RUN(ages_turn_at_midnight_in_china), RUN(a_birthday_to_come_is_refused),
      RUN(rates_of_last_week_are_stale))
