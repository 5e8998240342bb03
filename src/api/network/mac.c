/* mac.c: who makes the device of a hardware address. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_MAC };
enum { DIGITS_MIN = 6, DIGITS_MAX = 16 };

/* The hexadecimal digits in capitals; false where something else is between them than : - . or blanks. */
static bool read_digits(struct text t, char out[static DIGITS_MAX], size_t *count_out) {
    size_t count = 0;
    for (size_t i = 0; i < t.length; i++) {
        char x = t.bytes[i];
        if (text_find_char(TEXT(":-. "), x) != SIZE_MAX)
            continue;
        if (x >= 'a' && x <= 'f')
            x = (char)(x - 32);
        if (!((x >= '0' && x <= '9') || (x >= 'A' && x <= 'F')) || count == DIGITS_MAX)
            return false;
        out[count++] = x;
    }
    *count_out = count;
    return count >= DIGITS_MIN;
}

static struct text formed_in(struct arena *a, const char *digits, size_t count, size_t group, char between) {
    struct buf b;
    buf_init(&b, a, 64);
    for (size_t i = 0; i < count; i++) {
        if (i && i % group == 0)
            buf_char(&b, between);
        buf_char(&b, digits[i]);
    }
    return buf_peek(&b);
}

/* The longest prefix that is registered: 9 digits, 7 or 6. */
static bool find_owner(const struct pack *p, const char *digits, size_t count, size_t *length_out,
                       struct text *value_out) {
    static const size_t lengths[] = {9, 7, 6};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        *length_out = lengths[i];
        if (count >= lengths[i] && pack_find(p, text_of(digits, lengths[i]), value_out))
            return true;
    }
    return false;
}

static struct err mac(struct call *c) {
    char digits[DIGITS_MAX];
    size_t count, length = 0;
    struct text value = TEXT("\t\t");
    if (!read_digits(ask_text(c, ASKED_MAC), digits, &count))
        return call_invalid(c, ASKED_MAC, "MAC 地址无效：请传 6 到 16 位十六进制数字，如 F4:BD:9E:01:02:03",
                            "not a hardware address: send 6 to 16 hexadecimal digits, such as F4:BD:9E:01:02:03");
    unsigned second = (unsigned)(digits[1] <= '9' ? digits[1] - '0' : digits[1] - 'A' + 10);
    bool is_local = second & 2, is_group = second & 1;
    bool is_known = find_owner(data_pack(c->data, DATA_MAC), digits, count, &length, &value);
    if (!is_known)
        value = TEXT("\t\t");
    if (!is_known && !is_local && !is_group)
        return call_nothing(c, "没有登记这个前缀", "nobody has registered this prefix");
    reply_object(c, NULL);
    reply_text(c, "mac", formed_in(c->arena, digits, count, 2, ':'));
    reply_text(c, "prefix", is_known ? text_copy_in(c->arena, text_of(digits, length)) : TEXT(""));
    reply_text(c, "vendor", pack_field(value, 0));
    reply_text(c, "address", pack_field(value, 1));
    reply_text(c, "country", pack_field(value, 2));
    reply_bool(c, "is_local", is_local);
    reply_bool(c, "is_multicast", is_group);
    reply_text(c, "dashed", formed_in(c->arena, digits, count, 2, '-'));
    reply_text(c, "dotted", text_lower_in(c->arena, formed_in(c->arena, digits, count, 4, '.')));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_mac = {
    .path = "/api/mac",
    .subject = "network",
    .title = {"MAC 地址厂商查询", "Maker of a hardware address"},
    .says = {"按 MAC 地址前缀（IEEE MA-L、MA-M、MA-S）查询设备厂商；本地随机地址（手机常用）没有厂商，会标明 is_local。",
             "Who makes the device, by the prefix of its hardware address (IEEE MA-L, MA-M, MA-S). Local, random addresses, as "
             "phones use them, have no maker and are marked is_local."},
    .run = mac,
    .asks = ASKS({"mac", ASK_TEXT, REQUIRED, {"MAC 地址或至少 6 位前缀，分隔符不限", "The address, or a prefix of at least 6 digits"},
                  6, 40, .aliases = "address|oui"}),
    .gives = GIVES({"mac", GIVE_TEXT, {"规范写法", "In its usual form"}}, {"prefix", GIVE_TEXT, {"登记的前缀", "The prefix registered"}},
                   {"vendor", GIVE_TEXT, {"厂商", "Maker"}}, {"address", GIVE_TEXT, {"厂商地址", "The maker's address"}},
                   {"country", GIVE_TEXT, {"国家", "Country"}}, {"is_local", GIVE_BOOL, {"是否本地（随机）地址", "Is it a local one"}},
                   {"is_multicast", GIVE_BOOL, {"是否组播地址", "Is it a group's"}},
                   {"dashed", GIVE_TEXT, {"Windows 写法", "As Windows writes it"}},
                   {"dotted", GIVE_TEXT, {"Cisco 写法", "As Cisco writes it"}}),
    .shows = SHOWS({"mac=f4-bd-9e-01-02-03",
                    "{\"mac\":\"F4:BD:9E:01:02:03\",\"prefix\":\"F4BD9E\",\"vendor\":\"Cisco Systems, Inc"
                    "\",\"address\":\"80 West Tasman Drive, San Jose CA 94568\",\"country\":\"United Stat"
                    "es\",\"is_local\":false,\"is_multicast\":false,\"dashed\":\"F4-BD-9E-01-02-03\",\"do"
                    "tted\":\"f4bd.9e01.0203\"}", SHOW_EXACT}, {"mac=02:42:ac:11:00:02",
                    "{\"mac\":\"02:42:AC:11:00:02\",\"prefix\":\"\",\"vendor\":\"\",\"address\":\"\",\"co"
                    "untry\":\"\",\"is_local\":true,\"is_multicast\":false,\"dashed\":\"02-42-AC-11-00-02"
                    "\",\"dotted\":\"0242.ac11.0002\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_MAC),
    .many = 1 + ASKED_MAC,
};
