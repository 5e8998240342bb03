/* ent_check_four_name.c: name, code, representative and his number: do they belong together? */
#include "api/connected.h"

const struct endpoint endpoint_ent_check_four_name = {
    .path = "/api/ent/check_four_name",
    .subject = "company",
    .title = {"企业四要素验证", "Check a company by four facts"},
    .says = {"企业名称、统一社会信用代码、法定代表人及其身份证号的首尾：核对是否与工商登"
             "记一致，只回答是否一致，不返回登记的内容。",
             "Name, social credit code and legal representative of a company with both en"
             "ds of his identity number. Are they as registered? Only yes or no is answer"
             "ed, never what is registered."},
    CONNECTED("company"),
    .asks = ASKS({"name", ASK_TEXT, REQUIRED, {"企业名称", "Name of the company"}, 2, 100},
                 {"code",
                  ASK_TEXT,
                  REQUIRED,
                  {"统一社会信用代码或注册号",
                   "Its social credit code or register number"},
                  6,
                  30},
                 {"oper", ASK_TEXT, REQUIRED, {"法定代表人", "Its legal representative"}, 1, 50},
                 {"start",
                  ASK_TEXT,
                  REQUIRED,
                  {"法定代表人身份证号的开头部分",
                   "First characters of the representative's identity number"},
                  1,
                  17},
                 {"end", ASK_TEXT, REQUIRED, {"法定代表人身份证号的末尾部分", "Its last characters"}, 1, 17}),
    .gives = GIVES({"result", GIVE_INT,
                    {"1 一致，2 不一致，3 查无此企业",
                     "1 they agree, 2 they do not, 3 no such company"}},
                   {"match", GIVE_BOOL, {"是否一致", "Do they agree?"}},
                   {"message", GIVE_TEXT, {"说明", "The same in words"}}),
    .shows = SHOWS({"name=%E7%A4%BA%E4%BE%8B%E7%A7%91%E6%8A%80%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8&code=91110000000000000X&oper=%E5%BC%A0%E4%B8%89&start=1101&end=0000",
                    "{\"result\":1,\"match\":true,\"message\":\"一致\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .is_personal = true,
};
