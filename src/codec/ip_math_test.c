/* ip_math_test.c: networks, ranges and numbers of addresses against worked examples. */
#include "test.h"

#include "codec/ip_math.h"

static struct ip ip(const char *t) {
    struct ip out;
    want(ip_parse(text_c(t), &out));
    return out;
}

TEST(numbers_and_back) {
    static const struct { const char *address, *decimal; } rows[] = {
        {"0.0.0.0", "0"}, {"1.2.3.4", "16909060"}, {"255.255.255.255", "4294967295"},
        {"2001:db8::1", "42540766411282592856903984951653826561"},
        {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "340282366920938463463374607431768211455"},
    };
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ip given = ip(rows[i].address);
        ip_number n;
        want_text(ip_number_print_in(&a, ip_to_number(&given), 10), rows[i].decimal);
        want(ip_number_parse(text_c(rows[i].decimal), &n));
        struct ip back = ip_from_number(n, ip_is_v4(&given));
        want(memcmp(&back, &given, sizeof back) == 0);
    }
    ip_number n;
    want(!ip_number_parse(TEXT("340282366920938463463374607431768211456"), &n));
    want(!ip_number_parse(TEXT("0x"), &n) && !ip_number_parse(TEXT("12a"), &n));
    arena_done(&a);
}

TEST(networks) {
    static const struct { const char *given, *first, *last; unsigned bits; } rows[] = {
        {"192.168.1.77/24", "192.168.1.0", "192.168.1.255", 24},
        {"10.1.2.3/255.255.240.0", "10.1.0.0", "10.1.15.255", 20},
        {"1.1.1.1", "1.1.1.1", "1.1.1.1", 32},
        {"1.1.1.1/0", "0.0.0.0", "255.255.255.255", 0},
        {"2001:db8::ff/64", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff", 64},
        {"::5/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ip_block b;
        struct ip first = ip(rows[i].first), last = ip(rows[i].last);
        want(ip_block_parse(text_c(rows[i].given), &b));
        want(memcmp(&b.first, &first, sizeof first) == 0 && memcmp(&b.last, &last, sizeof last) == 0);
        want_int(b.bits, rows[i].bits);
    }
    static const char *const bad[] = {"", "1.1.1.1/33", "1.1.1.1/", "1.1.1.1/255.0.255.0", "::/129", "x/8", "1.1.1.1/-1"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ip_block b;
        want(!ip_block_parse(text_c(bad[i]), &b));
    }
}

TEST(ranges_into_networks) {
    struct ip_block out[300];
    struct ip first = ip("10.0.0.1"), last = ip("10.0.0.6");
    want_int(ip_blocks_of_range(&first, &last, out, 300), 4); /* .1/32 .2/31 .4/31 .6/32 */
    want_int(out[1].bits, 31);
    first = ip("0.0.0.0");
    last = ip("255.255.255.255");
    want_int(ip_blocks_of_range(&first, &last, out, 300), 1);
    first = ip("::1");
    last = ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe");
    want_int(ip_blocks_of_range(&first, &last, out, 2), 254); /* the most that a range can need */
}

TEST(kinds) {
    static const struct { const char *address, *name; } rows[] = {
        {"8.8.8.8", "public"}, {"10.0.0.1", "private"}, {"100.64.0.1", "shared"}, {"127.0.0.1", "loopback"},
        {"224.0.0.1", "multicast"}, {"255.255.255.255", "broadcast"}, {"250.0.0.1", "reserved"}, {"192.0.2.1", "documentation"},
        {"::1", "loopback"}, {"fe80::1", "link_local"}, {"fd00::1", "private"}, {"2400:3200::1", "public"},
        {"2001:db8::1", "documentation"}, {"2001:0:1::", "teredo"}, {"2002::1", "6to4"}, {"4000::1", "reserved"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ip given = ip(rows[i].address);
        assert_string_equal(ip_kind_of(&given)->name, rows[i].name);
    }
}

TESTS(RUN(numbers_and_back), RUN(networks), RUN(ranges_into_networks), RUN(kinds))
