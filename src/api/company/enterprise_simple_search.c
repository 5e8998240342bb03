/* enterprise_simple_search.c: companies by a word of their name. */
#include "api/connected.h"

const struct endpoint endpoint_enterprise_simple_search = {
    .path = "/api/enterprise/simple_search",
    .subject = "company",
    .title = {"企业工商信息搜索", "Find companies"},
    .says = {"按企业名、法定代表人、注册号等关键词搜索企业，返回工商登记的摘要。",
             "Companies by a word of their name, representative or number, each with what"
             " the register says in brief."},
    CONNECTED("company"),
    .asks = ASKS({"keyword", ASK_TEXT, REQUIRED, {"关键词", "What to look for"}, 2, 60},
                 {"skip",
                  ASK_INT,
                  OPTIONAL,
                  {"跳过的条数",
                   "How many to leave out"},
                  0,
                  10000,
                  .fallback = "0"}),
    .gives = GIVES({"total", GIVE_INT, {"总条数", "Entries in all"}},
                   {"num", GIVE_INT, {"本次条数", "Entries here"}},
                   {"items", GIVE_LIST, {"企业", "Companies"}},
                   {"items[].name", GIVE_TEXT, {"企业名称", "Name"}},
                   {"items[].oper_name", GIVE_TEXT, {"法定代表人", "Legal representative"}},
                   {"items[].reg_no", GIVE_TEXT, {"注册号", "Register number"}},
                   {"items[].start_date", GIVE_TEXT, {"成立日期", "Day of foundation"}},
                   {"items[].credit_no", GIVE_TEXT, {"统一社会信用代码", "Social credit code"}},
                   {"items[].id", GIVE_TEXT, {"编号，依来源", "Number at the source"}},
                   {"items[].type", GIVE_TEXT,
                    {"类型或状态，依来源",
                     "Kind or state, as the source says it"}}),
    .shows = SHOWS({"keyword=%E7%A4%BA%E4%BE%8B%E7%A7%91%E6%8A%80",
                    "{\"total\":1,\"num\":1,\"items\":[{\"name\":\"示例科技有限公司\",\"oper_name\":"
                    "\"张三\",\"reg_no\":\"110000000000000\",\"start_date\":\"2010-01-02\",\"credit_n"
                    "o\":\"91110000000000000X\",\"id\":\"0123456789\",\"type\":null}]}",
                    SHOW_LIVE}),
    .price_units = 5,
    .keep_s = 86400,
};
