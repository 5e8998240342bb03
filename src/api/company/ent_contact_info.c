/* ent_contact_info.c: how to reach a company. */
#include "api/connected.h"

const struct endpoint endpoint_ent_contact_info = {
    .path = "/api/ent/contact_info",
    .subject = "company",
    .title = {"企业联系方式", "How to reach a company"},
    .says = {"企业公示的地址、电话与邮箱，按企业全名、统一社会信用代码或注册号查询。",
             "Address, telephone and mail that a company made public, by its full name, s"
             "ocial credit code or register number."},
    CONNECTED("company"),
    .asks = ASKS({"keyword",
                  ASK_TEXT,
                  REQUIRED,
                  {"企业全名、统一社会信用代码或注册号",
                   "Full name, social credit code or register number"},
                  2,
                  100}),
    .gives = GIVES({"name", GIVE_TEXT, {"企业名称", "Name"}},
                   {"reg_no", GIVE_TEXT, {"注册号", "Register number"}},
                   {"credit_no", GIVE_TEXT, {"统一社会信用代码", "Social credit code"}},
                   {"address", GIVE_TEXT, {"地址", "Address"}},
                   {"telephone", GIVE_TEXT, {"电话", "Telephone"}},
                   {"email", GIVE_TEXT, {"邮箱", "Mail"}}),
    .shows = SHOWS({"keyword=%E7%A4%BA%E4%BE%8B%E7%A7%91%E6%8A%80%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8",
                    "{\"name\":\"示例科技有限公司\",\"reg_no\":\"110000000000000\",\"credit_no\":\"91"
                    "110000000000000X\",\"address\":\"北京市示例路 1 号\",\"telephone\":\"010-0000000"
                    "0\",\"email\":\"info@example.com\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .is_personal = true,
};
