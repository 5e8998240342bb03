/* domain_idn.c: a domain in A-labels and in Unicode, and whether it could be mistaken for another. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/unicode_text.h"

enum { ASKED_DOMAIN };

static struct err domain_idn(struct call *c) {
    struct text ascii = ask_text(c, ASKED_DOMAIN), wide = unicode_host_in(c->arena, ascii);
    reply_object(c, NULL);
    reply_text(c, "ascii", ascii);
    reply_text(c, "unicode", wide);
    reply_bool(c, "is_idn", text_find(ascii, TEXT("xn--")) != SIZE_MAX);
    reply_bool(c, "is_suspicious", unicode_is_suspicious(wide));
    reply_text(c, "skeleton", unicode_skeleton_in(c->arena, wide));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_domain_idn = {
    .path = "/api/domain/idn",
    .subject = "network",
    .title = {"国际域名转换", "International domains"},
    .says = {"把中文等国际域名与 Punycode（xn--）互相转换，并检查是否混用文字冒充别的域名：skeleton 相同的两个域名看起来一样。",
             "Turns international domains into Punycode (xn--) and back, and checks for mixed scripts: two domains with the "
             "same skeleton look the same."},
    .run = domain_idn,
    .asks = ASKS({"domain", ASK_DOMAIN, REQUIRED, {"域名", "The domain"}, .aliases = "host"}),
    .gives = GIVES({"ascii", GIVE_TEXT, {"Punycode 写法", "In A-labels"}}, {"unicode", GIVE_TEXT, {"Unicode 写法", "In Unicode"}},
                   {"is_idn", GIVE_BOOL, {"是否国际域名", "Is it international"}},
                   {"is_suspicious", GIVE_BOOL, {"是否可疑（混用文字等）", "Is it suspicious, by mixed scripts and the like"}},
                   {"skeleton", GIVE_TEXT, {"易混字骨架", "Its skeleton of confusable letters"}}),
    .shows = SHOWS({"domain=%E4%BE%8B%E5%AD%90.%E4%B8%AD%E5%9B%BD",
                    "{\"ascii\":\"xn--fsqu00a.xn--fiqs8s\",\"unicode\":\"例子.中国\",\"is_idn\":true,\"is_sus"
                    "picious\":false,\"skeleton\":\"例子.中国\"}", SHOW_EXACT}, {"domain=xn--pple-43d.com",
                    "{\"ascii\":\"xn--pple-43d.com\",\"unicode\":\"аpple.com\",\"is_idn\":true,\"is_suspi"
                    "cious\":true,\"skeleton\":\"apple.corn\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "UTS #46, UTS #39; ICU 72 (Unicode-3.0)",
    .many = 1 + ASKED_DOMAIN,
};
