/* icp.c: the filing of a domain. */
#include "api/connected.h"

const struct endpoint endpoint_icp = {
    .path = "/api/icp",
    .subject = "network",
    .title = {"ICP域名备案实时查询", "Filing of a domain"},
    .says = {"查询域名在工信部的 ICP 备案：主体、性质、主体备案号、网站备案号与审核时间。"
             "没有备案的域名回答 no_result。",
             "The filing of a domain with the ministry of industry: who holds it, of what"
             " kind, its licences and when they were reviewed. A domain without one gives"
             " no_result."},
    CONNECTED("icp"),
    .asks = ASKS({"domain", ASK_DOMAIN, REQUIRED, {"域名", "The domain"}, .aliases = "url|host"}),
    .gives = GIVES({"domain", GIVE_TEXT, {"域名", "The domain"}},
                   {"is_icp", GIVE_BOOL, {"是否已备案", "Is it filed?"}},
                   {"main_licence", GIVE_TEXT, {"主体备案号", "Licence of the holder"}},
                   {"service_licence", GIVE_TEXT, {"网站备案号", "Licence of the site"}},
                   {"update_record_time", GIVE_TEXT, {"审核时间", "When it was reviewed"}},
                   {"unit_name", GIVE_TEXT, {"主办单位", "Holder"}},
                   {"nature_name", GIVE_TEXT, {"单位性质", "Kind of the holder"}}),
    .shows = SHOWS({"domain=example.com",
                    "{\"domain\":\"example.com\",\"is_icp\":true,\"main_licence\":\"京ICP备00000000号"
                    "\",\"service_licence\":\"京ICP备00000000号-1\",\"update_record_time\":\"2024-06-"
                    "01 12:00:00\",\"unit_name\":\"示例科技有限公司\",\"nature_name\":\"企业\"}",
                    SHOW_LIVE}),
    .price_units = 3,
    .keep_s = 86400,
};
