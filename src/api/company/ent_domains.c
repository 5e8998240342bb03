/* ent_domains.c: the domains of a company. */
#include "api/connected.h"

const struct endpoint endpoint_ent_domains = {
    .path = "/api/ent/domains",
    .subject = "company",
    .title = {"企业域名信息", "Domains of a company"},
    .says = {"企业备案的网站与域名，按企业全名查询。", "Sites and domains that a company filed, by its full name."},
    CONNECTED("company"),
    .asks = ASKS({"name", ASK_TEXT, REQUIRED, {"企业全名", "Full name of the company"}, 2, 100}),
    .gives = GIVES({"total", GIVE_INT, {"总条数", "Entries in all"}},
                   {"num", GIVE_INT, {"本次条数", "Entries here"}},
                   {"items", GIVE_LIST, {"网站", "Sites"}},
                   {"items[].home_url", GIVE_TEXT, {"首页", "Home page"}},
                   {"items[].ename", GIVE_TEXT, {"企业名称", "Name of the company"}},
                   {"items[].domain", GIVE_TEXT, {"域名", "Domain"}},
                   {"items[].site_name", GIVE_TEXT, {"网站名称", "Name of the site"}},
                   {"items[].eid", GIVE_TEXT, {"企业编号，依来源", "Number of the company at the source"}},
                   {"items[].company", GIVE_TEXT, {"主办单位", "Holder"}},
                   {"items[].check_date", GIVE_TEXT, {"审核日期", "Day of the review"}},
                   {"items[].number", GIVE_TEXT, {"备案号", "Licence"}},
                   {"items[].type", GIVE_TEXT, {"单位性质", "Kind of the holder"}}),
    .shows = SHOWS({"name=%E7%A4%BA%E4%BE%8B%E7%A7%91%E6%8A%80%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8",
                    "{\"total\":1,\"num\":1,\"items\":[{\"home_url\":\"www.example.com\",\"ename\":\""
                    "示例科技有限公司\",\"domain\":\"example.com\",\"site_name\":\"示例\",\"eid\":nul"
                    "l,\"company\":\"示例科技有限公司\",\"check_date\":\"2024-06-01\",\"number\":\"京"
                    "ICP备00000000号-1\",\"type\":\"企业\"}]}",
                    SHOW_LIVE}),
    .price_units = 5,
    .keep_s = 86400,
};
