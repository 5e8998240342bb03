/* uuid.c: random identifiers (RFC 9562, versions 4 and 7). */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base64.h"

enum { ASKED_COUNT, ASKED_VERSION };

static struct text uuid_print_in(struct arena *a, const unsigned char b[static 16]) {
    struct text h = hex_encode_in(a, text_of((const char *)b, 16));
    return text_format_in(a, "%.8s-%.4s-%.4s-%.4s-%.12s", h.bytes, h.bytes + 8, h.bytes + 12,
                          h.bytes + 16, h.bytes + 20);
}

static struct err uuid(struct call *c) {
    bool is_timed = ask_is(c, ASKED_VERSION, "7");
    reply_list(c, NULL);
    for (int64_t i = 0; i < ask_int(c, ASKED_COUNT); i++) {
        unsigned char b[16];
        random_bytes(c->random, b, sizeof b);
        for (int k = 0; is_timed && k < 6; k++)
            b[k] = (unsigned char)((uint64_t)c->now_ms >> (40 - 8 * k));
        b[6] = (unsigned char)((b[6] & 0x0F) | (is_timed ? 0x70 : 0x40));
        b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
        reply_text(c, NULL, uuid_print_in(c->arena, b));
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_uuid = {
    .path = "/api/uuid",
    .subject = "developer",
    .title = {"UUID 生成", "Make UUIDs"},
    .says = {"生成一个或多个 UUID：版本 4 全随机，版本 7 以毫秒时间开头、可按时间排序。",
             "Makes one or more UUIDs: version 4 is all random, version 7 begins with the time in "
             "milliseconds and sorts by it."},
    .run = uuid,
    .asks = ASKS({"count", ASK_INT, OPTIONAL, {"个数", "How many"}, 1, 100, .fallback = "1", .aliases = "num"},
                 {"version", ASK_CHOICE, OPTIONAL, {"版本", "Version"}, .choices = "4|7", .fallback = "4"}),
    .gives = GIVES({"", GIVE_LIST, {"UUID 列表", "The UUIDs"}}),
    .shows = SHOWS({"", "[\"c15c0289-ec2d-4a91-a7ec-8e65a18debbe\"]", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "RFC 9562; getrandom(2)",
};
