/* urlcheck_wx.c: does WeChat block an address? */
#include "api/connected.h"

const struct endpoint endpoint_urlcheck_wx = {
    .path = "/api/urlcheck/wx",
    .subject = "network",
    .title = {"微信链接拦截查询", "Does WeChat block an address?"},
    .says = {"查询一个网址在微信中是否被拦截。", "Is an address blocked in WeChat?"},
    CONNECTED("urlcheck"),
    .asks = ASKS({"url", ASK_TEXT, REQUIRED, {"网址", "The address"}, 4, 2000}),
    .gives = GIVES({"type", GIVE_TEXT, {"类型，依来源", "Kind, as the source says it"}},
                   {"status", GIVE_INT, {"状态：0 正常，1 拦截，2 未知", "0 fine, 1 blocked, 2 unknown"}},
                   {"msg", GIVE_TEXT, {"说明", "In words"}},
                   {"url", GIVE_TEXT, {"被查的网址", "The address"}}),
    .shows = SHOWS({"url=https%3A//example.com/",
                    "{\"type\":\"ok\",\"status\":0,\"msg\":\"正常\",\"url\":\"https://example.com/\"}",
                    SHOW_LIVE}),
    .price_units = 2,
    .keep_s = 600,
};
