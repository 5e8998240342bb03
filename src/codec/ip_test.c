/* ip_test.c: spellings, both ends of each special range and their neighbours, networks. */
#include "test.h"

#include "codec/ip.h"

#include <arpa/inet.h>
#include <stdio.h>

static struct arena arena;

static struct ip ip_of(const char *spelling) {
    struct ip ip;
    if (!ip_parse(text_c(spelling), &ip))
        fail_msg("%s is no address", spelling);
    return ip;
}

TEST(spellings) {
    static const struct {
        const char *given, *wanted; /* NULL: no address */
    } rows[] = {
        {"8.8.8.8", "8.8.8.8"},
        {"0.0.0.0", "0.0.0.0"},
        {"255.255.255.255", "255.255.255.255"},
        {"::", "::"},
        {"::1", "::1"},
        {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
        {"::ffff:1.2.3.4", "1.2.3.4"}, /* one address, one spelling */
        {"64:ff9b::8.8.8.8", "64:ff9b::808:808"},
        {"1111:2222:3333:4444:5555:6666:255.255.255.255", "1111:2222:3333:4444:5555:6666:ffff:ffff"},
        {"", NULL}, {"1.2.3", NULL}, {"1.2.3.256", NULL}, {"01.2.3.4", NULL}, {"1.2.3.4.5", NULL},
        {"1.2.3.4 ", NULL}, {" 1.2.3.4", NULL}, {"1.2.3.4/8", NULL}, {"0x7f.1", NULL}, {"2130706433", NULL},
        {":::", NULL}, {"1::2::3", NULL}, {"fe80::1%eth0", NULL}, {"[::1]", NULL}, {"::g", NULL},
        {"12345::", NULL}, {"1:2:3:4:5:6:7", NULL}, {"1:2:3:4:5:6:7:8:9", NULL}, {"localhost", NULL},
        {"1111:2222:3333:4444:5555:6666:255.255.255.2555", NULL},
    };
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ip ip;
        bool is_ip = ip_parse(text_c(rows[i].given), &ip);
        if (is_ip != (rows[i].wanted != NULL))
            fail_msg("%s", rows[i].given);
        if (is_ip)
            want_text(ip_print_in(&arena, &ip), rows[i].wanted);
    }
    struct ip ip;
    want(!ip_parse(text_of("1.2.3.4\0", 8), &ip));
    arena_done(&arena);
}

/* Dotted quads are read by hand: a good one with any two letters replaced is
 * judged and read as the C library does it. */
TEST(dotted_quads_are_those_of_the_library) {
    static const char letters[] = "0129. a";
    static const char *const bases[] = {"1.2.3.4", "10.20.99.0", "255.255.255.255", "0.0.0.0", "192.168.100.249"};
    for (size_t k = 0; k < COUNT(bases); k++)
        for (size_t at = 0; bases[k][at]; at++)
            for (size_t next = 0; bases[k][next]; next++)
                for (int pair = 0; pair < 49; pair++) {
                    char given[20];
                    struct in_addr wanted;
                    struct ip ip;
                    snprintf(given, sizeof given, "%s", bases[k]);
                    given[at] = letters[pair / 7];
                    given[next] = letters[pair % 7];
                    bool is_ip = ip_parse(text_c(given), &ip);
                    if (is_ip != (inet_pton(AF_INET, given, &wanted) == 1) ||
                        (is_ip && ip_v4(&ip) != ntohl(wanted.s_addr)))
                        fail_msg("%s", given);
                }
}

TEST(the_number_of_an_ipv4_address) {
    struct ip ip = ip_of("1.2.3.4");
    want(ip_is_v4(&ip) && ip_v4(&ip) == 0x01020304);
    struct ip back = ip_from_v4(0x01020304);
    assert_memory_equal(&ip, &back, sizeof ip);
    struct ip v6 = ip_of("::1.2.3.4");
    want(!ip_is_v4(&v6));
}

/* Special ranges by their first and last address; the addresses just outside are public, but where
 * another special range touches (NULL). */
TEST(what_is_public) {
    static const struct {
        const char *before, *first, *last, *after;
    } rows[] = {
        {NULL, "0.0.0.0", "0.255.255.255", "1.0.0.0"},
        {"9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"},
        {"100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0"},
        {"126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0"},
        {"169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0"},
        {"172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"},
        {"191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0"},
        {"192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"},
        {"192.88.98.255", "192.88.99.0", "192.88.99.255", "192.88.100.0"},
        {"192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0"},
        {"198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0"},
        {"198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0"},
        {"203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0"},
        {"223.255.255.255", "224.0.0.0", "239.255.255.255", NULL},
        {NULL, "240.0.0.0", "255.255.255.255", NULL},
        {NULL, "::", "::", NULL},
        {NULL, "::1", "::1", NULL},
        {NULL, "::2", "::ffff:0:0", NULL},
        {NULL, "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", NULL},
        {NULL, "100::", "100::ffff:ffff:ffff:ffff", NULL},
        {NULL, "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::"},
        {"2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::"},
        {"3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::"},
        {"3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
        {NULL, "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
        {NULL, "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
        {NULL, "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
        {NULL, "ff00::", "ff0e::1", NULL},
        /* forms of IPv6 that carry an IPv4 address are what it is */
        {"::ffff:9.255.255.255", "::ffff:10.0.0.0", "::ffff:10.255.255.255", "::ffff:11.0.0.0"},
        {"64:ff9b::126.255.255.255", "64:ff9b::127.0.0.0", "64:ff9b::127.255.255.255", "64:ff9b::128.0.0.0"},
        {"2002:9ff:ffff::1", "2002:a00::", "2002:aff:ffff:ffff:ffff:ffff:ffff:ffff", "2002:b00::"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ip first = ip_of(rows[i].first), last = ip_of(rows[i].last);
        if (ip_is_public(&first) || ip_is_public(&last))
            fail_msg("%s to %s is taken for public", rows[i].first, rows[i].last);
        struct ip before = ip_of(rows[i].before ? rows[i].before : "8.8.8.8");
        struct ip after = ip_of(rows[i].after ? rows[i].after : "2606:4700::1111");
        if (!ip_is_public(&before) || !ip_is_public(&after))
            fail_msg("beside %s to %s all is taken for private", rows[i].first, rows[i].last);
    }
}

TEST(networks) {
    static const struct {
        const char *network, *address;
        bool has;
    } rows[] = {
        {"10.0.0.0/8", "10.255.255.255", true},  {"10.0.0.0/8", "11.0.0.0", false},
        {"10.1.2.3/8", "10.0.0.0", true},        {"1.2.3.4", "1.2.3.4", true},
        {"1.2.3.4", "1.2.3.5", false},           {"1.2.3.4/32", "1.2.3.5", false},
        {"1.2.3.4/31", "1.2.3.5", true},         {"0.0.0.0/0", "255.255.255.255", true},
        {"0.0.0.0/0", "::1", false},             {"::/0", "1.2.3.4", true},
        {"2001:db8::/33", "2001:db8:7fff::", true}, {"2001:db8::/33", "2001:db8:8000::", false},
        {"::1/128", "::1", true},                {"::1/127", "::", true},
        {"100.64.0.0/10", "100.127.255.255", true}, {"100.64.0.0/10", "100.128.0.0", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ip_network network;
        struct ip address = ip_of(rows[i].address);
        want(ip_network_parse(text_c(rows[i].network), &network));
        if (ip_network_has(&network, &address) != rows[i].has)
            fail_msg("%s in %s", rows[i].address, rows[i].network);
    }
    static const char *const bad[] = {"", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1",
                                      "10.0.0.0/8/8", "10.0.0/8", "10.0.0.0/ 8", "10.0.0.0/0x8", "x/8",
                                      "10.0.0.0/4294967304"};
    struct ip_network network;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (ip_network_parse(text_c(bad[i]), &network))
            fail_msg("%s is taken", bad[i]);
}

TESTS(RUN(spellings), RUN(dotted_quads_are_those_of_the_library),
      RUN(the_number_of_an_ipv4_address), RUN(what_is_public), RUN(networks))
