/* port.c: what a port is registered for, and which ports a service has. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_PORT };

static void reply_port(struct call *c, struct text number, struct text value) {
    struct text service, protocols, says;
    uint64_t port = 0;
    if (!text_to_u64(number, &port))
        return;
    while (text_cut(&value, '\t', &service)) {
        if (!text_cut(&value, '\t', &protocols) || !text_cut(&value, '\t', &says))
            says = TEXT("");
        reply_object(c, NULL);
        reply_int(c, "port", (int64_t)port);
        reply_text(c, "service", service);
        reply_text(c, "protocols", protocols);
        reply_text(c, "description", says);
        reply_c(c, "range", port < 1024 ? "system" : port < 49152 ? "user" : "dynamic");
        reply_end_object(c);
    }
}

static struct err port(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_PORT);
    struct text asked = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_PORT))), value, number;
    uint64_t n;
    bool is_number = text_to_u64(asked, &n);
    if (is_number && n > 65535)
        return call_invalid(c, ASKED_PORT, "端口是 0 到 65535 的整数", "a port is a number from 0 to 65535");
    struct text key = is_number ? text_format_in(c->arena, "%u", (unsigned)n)
                                : text_format_in(c->arena, "=%.*s", TEXT_ARG(asked));
    if (!pack_find(p, key, &value))
        return call_nothing(c, is_number ? "这个端口没有登记用途" : "没有登记这个服务名",
                            is_number ? "this port is not registered" : "no service of this name is registered");
    reply_list(c, NULL);
    if (is_number)
        reply_port(c, key, value);
    struct text names = is_number ? TEXT("") : value;
    while (text_cut(&names, '\t', &number))
        if (pack_find(p, number, &value))
            reply_port(c, number, value);
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_port = {
    .path = "/api/port",
    .subject = "network",
    .title = {"端口查询", "What a port is for"},
    .says = {"按端口号查登记的服务，或按服务名（如 https）查端口。数据来自 IANA 登记表；实际运行的程序可能不同。",
             "The services that a port is registered for, or the ports of a service such as https, by IANA's registry. What "
             "runs there in fact may be another program."},
    .run = port,
    .asks = ASKS({"port", ASK_TEXT, REQUIRED, {"端口号或服务名", "A port or the name of a service"}, 1, 60, .aliases = "service|name|q"}),
    .gives = GIVES({"[].port", GIVE_INT, {"端口", "The port"}}, {"[].service", GIVE_TEXT, {"服务名", "Name of the service"}},
                   {"[].protocols", GIVE_TEXT, {"传输协议", "Transport protocols"}},
                   {"[].description", GIVE_TEXT, {"说明", "What it is"}},
                   {"[].range", GIVE_TEXT, {"system（0-1023）、user（1024-49151）或 dynamic", "system (0-1023), user (1024-49151) or dynamic"}}),
    .shows = SHOWS({"port=443",
                    "[{\"port\":443,\"service\":\"https\",\"protocols\":\"tcp udp\",\"description\":\"htt"
                    "p protocol over TLS/SSL\",\"range\":\"system\"},{\"port\":443,\"service\":\"https\","
                    "\"protocols\":\"sctp\",\"description\":\"HTTPS\",\"range\":\"system\"}]", SHOW_EXACT}, {"port=mysql",
                    "[{\"port\":3306,\"service\":\"mysql\",\"protocols\":\"tcp udp\",\"description\":\"My"
                    "SQL\",\"range\":\"user\"}]", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_PORT),
    .many = 1 + ASKED_PORT,
};
