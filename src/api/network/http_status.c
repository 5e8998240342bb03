/* http_status.c: what a status of HTTP means. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_CODE };

static void reply_status(struct call *c, struct text code, struct text value) {
    static const char *const classes[][2] = {{"信息", "informational"}, {"成功", "successful"}, {"重定向", "redirection"},
                                             {"客户端错误", "client error"}, {"服务器错误", "server error"}};
    bool zh = c->language == LANGUAGE_ZH;
    struct text field[5];
    pack_fields(value, field, 5);
    reply_object(c, NULL);
    reply_int(c, "code", (code.bytes[0] - '0') * 100 + (code.bytes[1] - '0') * 10 + code.bytes[2] - '0');
    reply_text(c, "name", field[0]);
    reply_text(c, "name_zh", field[1]);
    reply_c(c, "class", classes[code.bytes[0] - '1'][!zh]);
    reply_text(c, "meaning", field[zh ? 2 : 3]);
    reply_text(c, "source", field[4]);
    reply_end_object(c);
}

static struct err http_status(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_HTTP_STATUS);
    struct text key, value;
    if (!ask_has(c, ASKED_CODE)) {
        reply_list(c, NULL);
        for (uint32_t i = 0; i < pack_count(p) && pack_at(p, i, &key, &value); i++)
            reply_status(c, key, value);
        reply_end_list(c);
        return ok;
    }
    key = text_format_in(c->arena, "%d", (int)ask_int(c, ASKED_CODE));
    if (!pack_find(p, key, &value))
        return call_nothing(c, "IANA 没有登记这个状态码", "IANA has not registered this status");
    reply_status(c, key, value);
    return ok;
}

const struct endpoint endpoint_http_status = {
    .path = "/api/http/status",
    .subject = "network",
    .title = {"HTTP 状态码查询", "What an HTTP status means"},
    .says = {"查询 HTTP 状态码的名称、含义和出处；不传 code 列出全部。", "Name, meaning and source of an HTTP status; without code, all of them."},
    .run = http_status,
    .asks = ASKS({"code", ASK_INT, OPTIONAL, {"状态码", "The status"}, 100, 599, .aliases = "status"}),
    .gives = GIVES({"code", GIVE_INT, {"状态码；不传 code 时 data 是这种对象的列表", "The status; without code, data is a list of such objects"}},
                   {"name", GIVE_TEXT, {"英文名", "Its name"}}, {"name_zh", GIVE_TEXT, {"中文名", "Its name in Chinese"}},
                   {"class", GIVE_TEXT, {"类别", "Its class"}}, {"meaning", GIVE_TEXT, {"含义", "What it means"}},
                   {"source", GIVE_TEXT, {"出处", "Where it is defined"}}),
    .shows = SHOWS({"code=404",
                    "{\"code\":404,\"name\":\"Not Found\",\"name_zh\":\"未找到\",\"class\":\"客户端错误\",\"meani"
                    "ng\":\"没有这个资源，或服务器不愿承认其存在\",\"source\":\"RFC 9110 15.5.5\"}", SHOW_EXACT}, {"code=301",
                    "{\"code\":301,\"name\":\"Moved Permanently\",\"name_zh\":\"永久移动\",\"class\":\"重定向\","
                    "\"meaning\":\"资源已永久移到 Location；之后的请求应使用新地址，POST 可能变为 GET\",\"source\":\"RFC 9110 15."
                    "4.2\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_HTTP_STATUS),
    .many = 1 + ASKED_CODE,
};
