/* icp_quick.c: filings of quick apps. */
#include "api/connected.h"

const struct endpoint endpoint_icp_quick = {
    .path = "/api/icp/quick",
    .subject = "network",
    .title = {"快应用备案信息实时查询", "Filings of quick apps"},
    .says = {"按名称、备案号或主办单位查询快应用在工信部的备案，逐页返回。",
             "The filings of quick apps with the ministry of industry, by name, licence o"
             "r holder, page by page."},
    CONNECTED("icp"),
    .asks = ASKS({"keyword",
                  ASK_TEXT,
                  REQUIRED,
                  {"名称、备案号或主办单位",
                   "Name, licence or holder"},
                  1,
                  60},
                 {"page",
                  ASK_INT,
                  OPTIONAL,
                  {"第几页，从 1 起",
                   "Which page, from 1"},
                  1,
                  1000,
                  .fallback = "1"}),
    .gives = GIVES({"total", GIVE_INT, {"总条数", "Entries in all"}},
                   {"page", GIVE_INT, {"第几页", "Which page"}},
                   {"pages", GIVE_INT, {"总页数", "Pages in all"}},
                   {"items", GIVE_LIST, {"备案", "Filings"}},
                   {"items[].name", GIVE_TEXT, {"名称；网站为域名", "Its name; of a site, the domain"}},
                   {"items[].main_licence", GIVE_TEXT, {"主体备案号", "Licence of the holder"}},
                   {"items[].service_licence", GIVE_TEXT, {"备案号", "Its licence"}},
                   {"items[].update_record_time", GIVE_TEXT, {"审核时间", "When it was reviewed"}},
                   {"items[].unit_name", GIVE_TEXT, {"主办单位", "Holder"}},
                   {"items[].nature_name", GIVE_TEXT, {"单位性质", "Kind of the holder"}}),
    .shows = SHOWS({"keyword=%E7%A4%BA%E4%BE%8B%E7%A7%91%E6%8A%80",
                    "{\"total\":1,\"page\":1,\"pages\":1,\"items\":[{\"name\":\"示例\",\"main_licence"
                    "\":\"京ICP备00000000号\",\"service_licence\":\"京ICP备00000000号-4K\",\"update_r"
                    "ecord_time\":\"2024-06-01 12:00:00\",\"unit_name\":\"示例科技有限公司\",\"nature"
                    "_name\":\"企业\"}]}",
                    SHOW_LIVE}),
    .price_units = 3,
    .keep_s = 86400,
};
