/* domain_dns.c: the DNS records of a name. */
#include "api/outside.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/host.h"
#include "fetch/dns.h"

enum { ASKED_DOMAIN, ASKED_TYPE };

/* Takes the labels that begin with _ (_dmarc, _sip._tcp) off the front: no host has them, records do. */
static struct text take_service(struct text *name) {
    struct text whole = *name;
    while (text_starts(*name, TEXT("_"))) {
        size_t dot = text_find_char(*name, '.');
        *name = text_from(*name, dot == SIZE_MAX ? name->length : dot + 1);
    }
    return text_part(whole, 0, whole.length - name->length);
}

static bool is_service(struct text service) {
    for (size_t i = 0; i < service.length; i++) {
        char c = service.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
            return false;
    }
    return service.length <= 128;
}

static struct err question_of(struct call *c, struct dns_question *out) {
    struct text host = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_DOMAIN)));
    struct ip address;
    if (!dns_type_parse(ask_text(c, ASKED_TYPE), &out->type))
        return call_invalid(c, ASKED_TYPE, "不支持的记录类型", "this type of record is not known");
    if (out->type == DNS_PTR && ip_parse(host, &address)) {
        out->name = dns_reverse_name_in(c->arena, &address);
        return ok;
    }
    struct text service = take_service(&host);
    if (!is_service(service) || !host_normalize_in(c->arena, host, &host))
        return call_invalid(c, ASKED_DOMAIN, "域名无效，请传如 example.com 或 _dmarc.example.com 的域名（查 PTR 可传 IP）",
                            "not a domain: send one such as example.com or _dmarc.example.com (for PTR, an IP)");
    out->name = text_format_in(c->arena, "%.*s%.*s", TEXT_ARG(service), TEXT_ARG(host));
    return ok;
}

static void reply_data(struct call *c, const struct dns_record *r) {
    static const char *const soa[] = {"serial", "refresh", "retry", "expire", "minimum-ttl"};
    switch (r->type) {
    case DNS_A:
    case DNS_AAAA:
        reply_text(c, "ip", ip_print_in(c->arena, &r->ip));
        return;
    case DNS_TXT:
        reply_text(c, "txt", r->target);
        return;
    case DNS_CAA:
        reply_int(c, "flags", r->numbers[0]);
        reply_text(c, "tag", r->second);
        reply_text(c, "value", r->target);
        return;
    case DNS_SOA:
        reply_text(c, "mname", r->target);
        reply_text(c, "rname", r->second);
        for (unsigned i = 0; i < 5; i++)
            reply_int(c, soa[i], r->numbers[i]);
        return;
    case DNS_MX:
    case DNS_SRV:
        reply_int(c, "pri", r->numbers[0]);
        if (r->type == DNS_SRV) {
            reply_int(c, "weight", r->numbers[1]);
            reply_int(c, "port", r->numbers[2]);
        }
        reply_text(c, "target", r->target);
        return;
    case DNS_NS:
    case DNS_CNAME:
    case DNS_PTR:
        reply_text(c, "target", r->target);
        return;
    }
}

static void reply_record(struct call *c, const struct dns_record *r) {
    reply_object(c, NULL);
    reply_text(c, "host", r->host);
    reply_c(c, "class", "IN");
    reply_int(c, "ttl", r->ttl_s);
    reply_c(c, "type", dns_type_name(r->type));
    reply_data(c, r);
    reply_end_object(c);
}

static struct err domain_dns(struct call *c) {
    struct dns_question question;
    struct dns_answer answer;
    try(outside_ready(c));
    try(question_of(c, &question));
    struct err e = dns_ask_in(c->fetch, c->arena, question, &answer);
    if (e.kind)
        return outside_failed(c, ASKED_DOMAIN, e);
    size_t matching = 0;
    reply_object(c, NULL);
    reply_text(c, "domain", question.name);
    reply_c(c, "type", dns_type_name(question.type));
    reply_list(c, "records");
    for (size_t i = 0; i < answer.count; i++) {
        if (answer.records[i].type != question.type)
            continue; /* the CNAMEs on the way; type CNAME asks for them */
        reply_record(c, &answer.records[i]);
        matching++;
    }
    reply_end_list(c);
    reply_end_object(c);
    if (matching == 0)
        return call_nothing(c, "该域名没有这种类型的记录，请换一种 dns_type",
                            "the domain has no record of this type; try another dns_type");
    return ok;
}

const struct endpoint endpoint_domain_dns = {
    .path = "/api/domain/dns",
    .subject = "network",
    .title = {"域名 DNS 解析查询", "DNS records of a domain"},
    .says = {"查询域名的 DNS 记录：A、AAAA、CNAME、MX、NS、TXT、SOA、CAA、SRV、PTR。",
             "Asks for a domain's DNS records: A, AAAA, CNAME, MX, NS, TXT, SOA, CAA, SRV or PTR."},
    .run = RUN_IN_WORKER(domain_dns),
    .asks = ASKS({"domain", ASK_TEXT, REQUIRED, {"域名；查 PTR 时也可以是 IP", "The domain; for PTR an IP too"}, 1, 300},
                 {"dns_type", ASK_CHOICE, OPTIONAL, {"记录类型", "Type of record"},
                  .choices = "A|AAAA|CNAME|MX|NS|TXT|SOA|CAA|SRV|PTR", .fallback = "A", .aliases = "type"}),
    .gives = GIVES({"domain", GIVE_TEXT, {"查询的域名", "The name that was asked for"}},
                   {"type", GIVE_TEXT, {"记录类型", "Type of record"}},
                   {"records", GIVE_LIST, {"记录", "The records"}},
                   {"records[].host", GIVE_TEXT, {"主机名", "Name of the record"}},
                   {"records[].class", GIVE_TEXT, {"类别，总是 IN", "Class, always IN"}},
                   {"records[].ttl", GIVE_INT, {"可缓存的秒数", "Seconds it may be kept"}},
                   {"records[].type", GIVE_TEXT, {"记录类型", "Type of record"}},
                   {"records[].ip", GIVE_TEXT, {"地址（A、AAAA）", "The address (A, AAAA)"}},
                   {"records[].target", GIVE_TEXT, {"目标（CNAME、MX、NS、PTR、SRV）", "The target (CNAME, MX, NS, PTR, SRV)"}},
                   {"records[].pri", GIVE_INT, {"优先级（MX、SRV）", "Priority (MX, SRV)"}},
                   {"records[].weight", GIVE_INT, {"权重（SRV）", "Weight (SRV)"}},
                   {"records[].port", GIVE_INT, {"端口（SRV）", "Port (SRV)"}},
                   {"records[].txt", GIVE_TEXT, {"文本（TXT）", "The text (TXT)"}},
                   {"records[].flags", GIVE_INT, {"标志（CAA）", "Flags (CAA)"}},
                   {"records[].tag", GIVE_TEXT, {"属性（CAA）", "Property (CAA)"}},
                   {"records[].value", GIVE_TEXT, {"值（CAA）", "Value (CAA)"}},
                   {"records[].mname", GIVE_TEXT, {"主域名服务器（SOA）", "First name server (SOA)"}},
                   {"records[].rname", GIVE_TEXT, {"管理员邮箱（SOA）", "Mailbox of the admin (SOA)"}},
                   {"records[].serial", GIVE_INT, {"序列号（SOA）", "Serial number (SOA)"}},
                   {"records[].refresh", GIVE_INT, {"刷新秒数（SOA）", "Refresh, seconds (SOA)"}},
                   {"records[].retry", GIVE_INT, {"重试秒数（SOA）", "Retry, seconds (SOA)"}},
                   {"records[].expire", GIVE_INT, {"失效秒数（SOA）", "Expire, seconds (SOA)"}},
                   {"records[].minimum-ttl", GIVE_INT, {"否定应答可缓存秒数（SOA）", "Keep a negative answer, seconds (SOA)"}}),
    .shows = SHOWS({"domain=example.com",
                    "{\"domain\":\"example.com\",\"type\":\"A\",\"records\":[{\"host\":\"example.com\",\"class\":\"IN\","
                    "\"ttl\":300,\"type\":\"A\",\"ip\":\"93.184.216.34\"}]}",
                    SHOW_LIVE},
                   {"domain=example.com&dns_type=MX",
                    "{\"domain\":\"example.com\",\"type\":\"MX\",\"records\":[{\"host\":\"example.com\",\"class\":\"IN\","
                    "\"ttl\":300,\"type\":\"MX\",\"pri\":10,\"target\":\"mail.example.com\"}]}",
                    SHOW_LIVE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 1,
    .stands_on = "DNS, asked live; c-ares 1.18 (MIT)",
};
