/* domain_parse.c: the parts of a domain, by the Public Suffix List. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/unicode_text.h"
#include "data/data.h"
#include "data/suffix.h"

enum { ASKED_DOMAIN };

static struct err domain_parse(struct call *c) {
    struct text host = ask_text(c, ASKED_DOMAIN);
    struct suffix s = suffix_of(data_pack(c->data, DATA_SUFFIX), host);
    size_t inner = host.length - s.registered.length;
    struct text sub = s.registered.length && inner ? text_part(host, 0, inner - 1) : TEXT("");
    struct text name = text_part(s.registered, 0, text_find_char(s.registered, '.'));
    reply_object(c, NULL);
    reply_text(c, "domain", host);
    reply_text(c, "unicode", unicode_host_in(c->arena, host));
    reply_text(c, "registered_domain", s.registered);
    reply_text(c, "subdomain", sub);
    reply_text(c, "name", name);
    reply_text(c, "suffix", s.suffix);
    reply_bool(c, "is_listed", s.is_listed);
    reply_bool(c, "is_private", s.is_private);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_domain_parse = {
    .path = "/api/domain/parse",
    .subject = "network",
    .title = {"域名拆分", "Parts of a domain"},
    .says = {"把域名拆成子域名、主体和公共后缀（如 com.cn、github.io），得到可注册的主域名。可直接传网址。依据 2023 年 2 月的公共后缀列表。",
             "Parts a domain into subdomain, name and public suffix (com.cn, github.io …) and gives the registered domain. An "
             "address of a page will do. By the Public Suffix List of February 2023."},
    .run = domain_parse,
    .asks = ASKS({"domain", ASK_DOMAIN, REQUIRED, {"域名或网址", "The domain, or an address of a page"}, .aliases = "host|url"}),
    .gives = GIVES({"domain", GIVE_TEXT, {"域名（A-label）", "The domain, in A-labels"}},
                   {"unicode", GIVE_TEXT, {"域名（Unicode）", "The domain, in Unicode"}},
                   {"registered_domain", GIVE_TEXT, {"主域名；本身是后缀时为空", "The registered domain; empty for a suffix"}},
                   {"subdomain", GIVE_TEXT, {"子域名", "The subdomain"}}, {"name", GIVE_TEXT, {"主体", "The name itself"}},
                   {"suffix", GIVE_TEXT, {"公共后缀", "The public suffix"}},
                   {"is_listed", GIVE_BOOL, {"后缀是否在列表中", "Is the suffix in the list"}},
                   {"is_private", GIVE_BOOL, {"后缀是否由私人运营（如 github.io）", "Is it a private one, such as github.io"}}),
    .shows = SHOWS({"domain=https://www.news.example.com.cn/a",
                    "{\"domain\":\"www.news.example.com.cn\",\"unicode\":\"www.news.example.com.cn\",\"re"
                    "gistered_domain\":\"example.com.cn\",\"subdomain\":\"www.news\",\"name\":\"example\""
                    ",\"suffix\":\"com.cn\",\"is_listed\":true,\"is_private\":false}", SHOW_EXACT}, {"domain=me.github.io",
                    "{\"domain\":\"me.github.io\",\"unicode\":\"me.github.io\",\"registered_domain\":\"me"
                    ".github.io\",\"subdomain\":\"\",\"name\":\"me\",\"suffix\":\"github.io\",\"is_listed"
                    "\":true,\"is_private\":true}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_SUFFIX),
    .many = 1 + ASKED_DOMAIN,
};
