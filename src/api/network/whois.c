/* whois.c: who holds a domain, until when. */
#include "api/outside.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/whois_reply.h"
#include "data/data.h"
#include "data/suffix.h"
#include "fetch/whois.h"

enum { ASKED_DOMAIN };

static void reply_items(struct call *c, const char *name, const struct whois_list *list, bool lower) {
    reply_list(c, name);
    for (size_t i = 0; i < list->count; i++)
        reply_text(c, NULL, lower ? text_lower_in(c->arena, list->items[i]) : list->items[i]);
    reply_end_list(c);
}

static struct err find_out(struct call *c, struct text domain, struct whois_reply *out) {
    struct whois_answer answer;
    struct whois_reply more;
    struct err e = whois_ask_in(c->fetch, c->arena, domain, &answer);
    if (e.kind)
        return outside_failed(c, ASKED_DOMAIN, e);
    whois_read(answer.registry, out);
    whois_read(answer.registrar, &more);
    whois_fill(out, &more);
    if (out->state == WHOIS_UNCLEAR)
        return call_failed(c, ERR_SOURCE_FAILED, "注册局的应答无法识别（可能限制了查询次数），未计费；请稍后再试",
                           "the registry's answer tells nothing (it may limit questions); nothing was charged; try again later");
    return ok;
}

static struct err whois(struct call *c) {
    struct whois_reply *r = arena_alloc(c->arena, sizeof *r);
    struct suffix s = suffix_of(data_pack(c->data, DATA_SUFFIX), ask_text(c, ASKED_DOMAIN));
    if (s.registered.length == 0)
        return call_invalid(c, ASKED_DOMAIN, "这是公共后缀，不是可注册的域名；请传如 example.com 的域名",
                            "this is a public suffix, not a domain that one registers; send one such as example.com");
    try(outside_ready(c));
    try(find_out(c, s.registered, r));
    reply_object(c, NULL);
    reply_text(c, "domain", s.registered);
    reply_bool(c, "is_reg", r->state == WHOIS_TAKEN);
    reply_text(c, "suffix", s.suffix);
    reply_items(c, "name_server", &r->name_servers, true);
    reply_text(c, "creation_date", r->created);
    reply_text(c, "expiration_date", r->expires);
    reply_text(c, "registrar", r->registrar);
    reply_text(c, "registrant_phone", r->phone);
    reply_text(c, "registrant_email", r->email);
    reply_items(c, "domain_status", &r->statuses, false);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_whois = {
    .path = "/api/whois",
    .subject = "network",
    .title = {"域名Whois查询", "WHOIS of a domain"},
    .says = {"实时向注册局和注册商查询域名：是否已注册、注册商、注册与到期时间、域名服务器、状态。传网址或子域名时查其主域名。"
             "各注册局格式不同，未公开的项为空；日期保持注册局的写法。",
             "Asks registry and registrar about a domain: is it taken, by which registrar, since and until when, its name servers and "
             "states. Of a page or a subdomain the registered domain is asked for. What a registry does not tell is empty; dates stay as "
             "it writes them."},
    .run = RUN_IN_WORKER(whois),
    .asks = ASKS({"domain", ASK_DOMAIN, REQUIRED, {"域名", "The domain"}, .aliases = "url|host"}),
    .gives = GIVES({"domain", GIVE_TEXT, {"查询的主域名", "The domain that was asked for"}},
                   {"is_reg", GIVE_BOOL, {"是否已注册", "Is it taken"}}, {"suffix", GIVE_TEXT, {"后缀", "Its suffix"}},
                   {"name_server", GIVE_LIST, {"域名服务器", "Name servers"}},
                   {"creation_date", GIVE_TEXT, {"注册时间", "Created"}}, {"expiration_date", GIVE_TEXT, {"到期时间", "Expires"}},
                   {"registrar", GIVE_TEXT, {"注册商", "Registrar"}},
                   {"registrant_phone", GIVE_TEXT, {"注册人电话，多不公开", "Holder's telephone, mostly not published"}},
                   {"registrant_email", GIVE_TEXT, {"注册人邮箱，多不公开", "Holder's mailbox, mostly not published"}},
                   {"domain_status", GIVE_LIST, {"域名状态", "States"}}),
    .shows = SHOWS({"domain=example.com",
                    "{\"domain\":\"example.com\",\"is_reg\":true,\"suffix\":\"com\",\"name_server\":[\"a.iana-servers.net\"],"
                    "\"creation_date\":\"1995-08-14T04:00:00Z\",\"expiration_date\":\"2027-08-13T04:00:00Z\","
                    "\"registrar\":\"RESERVED-Internet Assigned Numbers Authority\",\"registrant_phone\":\"\","
                    "\"registrant_email\":\"\",\"domain_status\":[\"clientDeleteProhibited\"]}",
                    SHOW_LIVE},
                   {"domain=https://www.example.com/a",
                    "{\"domain\":\"example.com\",\"is_reg\":true,\"suffix\":\"com\",\"name_server\":[\"a.iana-servers.net\"],"
                    "\"creation_date\":\"1995-08-14T04:00:00Z\",\"expiration_date\":\"2027-08-13T04:00:00Z\","
                    "\"registrar\":\"RESERVED-Internet Assigned Numbers Authority\",\"registrant_phone\":\"\","
                    "\"registrant_email\":\"\",\"domain_status\":[\"clientDeleteProhibited\"]}",
                    SHOW_LIVE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .limit_ms = 13000,
    .price_units = 2,
    .needs = NEEDS(DATA_SUFFIX),
    .stands_on = "WHOIS (RFC 3912), asked live; the Public Suffix List",
};
