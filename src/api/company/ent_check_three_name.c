/* ent_check_three_name.c: name, representative and code of a company: do they belong together? */
#include "api/connected.h"

const struct endpoint endpoint_ent_check_three_name = {
    .path = "/api/ent/check_three_name",
    .subject = "company",
    .title = {"企业三要素验证", "Check a company by three facts"},
    .says = {"企业名称、法定代表人、统一社会信用代码：核对是否与工商登记一致，只回答是否"
             "一致，不返回登记的内容。",
             "Name, legal representative and social credit code of a company. Are they as"
             " registered? Only yes or no is answered, never what is registered."},
    CONNECTED("company"),
    .asks = ASKS({"name", ASK_TEXT, REQUIRED, {"企业名称", "Name of the company"}, 2, 100},
                 {"oper", ASK_TEXT, REQUIRED, {"法定代表人", "Its legal representative"}, 1, 50},
                 {"code",
                  ASK_TEXT,
                  REQUIRED,
                  {"统一社会信用代码或注册号",
                   "Its social credit code or register number"},
                  6,
                  30}),
    .gives = GIVES({"result", GIVE_INT,
                    {"1 一致，2 不一致，3 查无此企业",
                     "1 they agree, 2 they do not, 3 no such company"}},
                   {"match", GIVE_BOOL, {"是否一致", "Do they agree?"}},
                   {"message", GIVE_TEXT, {"说明", "The same in words"}}),
    .shows = SHOWS({"name=%E7%A4%BA%E4%BE%8B%E7%A7%91%E6%8A%80%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8&oper=%E5%BC%A0%E4%B8%89&code=91110000000000000X",
                    "{\"result\":1,\"match\":true,\"message\":\"一致\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .is_personal = true,
};
