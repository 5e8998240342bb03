/* url_parse.c: the parts of an address of the web. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/form.h"
#include "codec/unicode_text.h"
#include "codec/url.h"

enum { ASKED_URL };

static struct text decoded(struct call *c, struct text t) {
    struct text plain;
    return form_decode_in(c->arena, t, &plain).kind || !text_is_utf8(plain) ? t : plain;
}

static void reply_params(struct call *c, struct text query) {
    struct text name, value;
    reply_list(c, "params");
    while (form_next(&query, &name, &value)) {
        reply_object(c, NULL);
        reply_text(c, "name", decoded(c, name));
        reply_text(c, "value", decoded(c, value));
        reply_end_object(c);
    }
    reply_end_list(c);
}

static void reply_port(struct call *c, const struct url *u) {
    uint64_t port = url_default_port(u->scheme);
    if (u->port.length)
        (void)text_to_u64(u->port, &port);
    if (port && u->has_authority)
        reply_int(c, "port", (int64_t)port);
    else
        reply_null(c, "port");
}

static struct err url_parts(struct call *c) {
    struct text t = text_trim(ask_text(c, ASKED_URL));
    struct url u, normal;
    if (!url_parse(t, &u))
        return call_invalid(c, ASKED_URL, "不是完整的网址：请带协议，如 https://example.com/a?b=1，空格和引号要转义",
                            "not a whole URL: send the scheme too, as in https://example.com/a?b=1; blanks and quotes are escaped");
    struct text printed = url_normal_in(c->arena, &u);
    (void)url_parse(printed, &normal);
    reply_object(c, NULL);
    reply_text(c, "url", printed);
    reply_text(c, "scheme", normal.scheme);
    reply_text(c, "user", decoded(c, u.user));
    reply_text(c, "password", decoded(c, u.password));
    reply_text(c, "host", normal.host);
    reply_text(c, "host_unicode", unicode_host_in(c->arena, normal.host));
    reply_port(c, &u);
    reply_text(c, "path", normal.path);
    reply_text(c, "query", normal.query);
    reply_params(c, u.query);
    reply_text(c, "fragment", decoded(c, u.fragment));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_url_parse = {
    .path = "/api/url/parse",
    .subject = "network",
    .title = {"网址解析", "Parts of a URL"},
    .says = {"把网址拆成协议、主机、端口、路径、查询参数和片段，并给出规范写法（RFC 3986）。不访问网络。",
             "Takes a URL apart into scheme, host, port, path, parameters and fragment and gives its normal form (RFC 3986). Nothing "
             "is asked of the network."},
    .run = RUN_IN_WORKER(url_parts),
    .asks = ASKS({"url", ASK_TEXT, REQUIRED, {"完整网址", "The whole URL"}, 1, 8000, .aliases = "text"}),
    .gives = GIVES({"url", GIVE_TEXT, {"规范写法", "The normal form"}}, {"scheme", GIVE_TEXT, {"协议", "The scheme"}},
                   {"user", GIVE_TEXT, {"用户名", "User name"}}, {"password", GIVE_TEXT, {"密码", "Password"}},
                   {"host", GIVE_TEXT, {"主机（A-label）", "Host, in A-labels"}},
                   {"host_unicode", GIVE_TEXT, {"主机（Unicode）", "Host, in Unicode"}},
                   {"port", GIVE_INT, {"端口，没写时为协议默认端口，未知为 null", "Port; the scheme's own where none is written, null where unknown"}},
                   {"path", GIVE_TEXT, {"路径", "Path"}}, {"query", GIVE_TEXT, {"查询串", "Query"}},
                   {"params", GIVE_LIST, {"解码后的查询参数", "Parameters, decoded"}},
                   {"params[].name", GIVE_TEXT, {"名", "Name"}}, {"params[].value", GIVE_TEXT, {"值", "Value"}},
                   {"fragment", GIVE_TEXT, {"片段（解码后）", "Fragment, decoded"}}),
    .shows = SHOWS({"url=HTTPS://Www.Example.com:443/a/../b?q=%25E4%25B8%25AD%26x=1%23top",
                    "{\"url\":\"https://www.example.com/b?q=%E4%B8%AD&x=1#top\",\"scheme\":\"https\",\"us"
                    "er\":\"\",\"password\":\"\",\"host\":\"www.example.com\",\"host_unicode\":\"www.exam"
                    "ple.com\",\"port\":443,\"path\":\"/b\",\"query\":\"q=%E4%B8%AD&x=1\",\"params\":[{\""
                    "name\":\"q\",\"value\":\"中\"},{\"name\":\"x\",\"value\":\"1\"}],\"fragment\":\"top\""
                    "}", SHOW_EXACT},
                   {"url=ftp://me:secret@例子.中国/readme.txt",
                    "{\"url\":\"ftp://me:secret@xn--fsqu00a.xn--fiqs8s/readme.txt\",\"scheme\":\"ftp\",\""
                    "user\":\"me\",\"password\":\"secret\",\"host\":\"xn--fsqu00a.xn--fiqs8s\",\"host_uni"
                    "code\":\"例子.中国\",\"port\":21,\"path\":\"/readme.txt\",\"query\":\"\",\"params\":[],\""
                    "fragment\":\"\"}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 3986; UTS 46 by ICU 72 (Unicode-3.0)",
};
