/* ip_fuzz.c: law: what is parsed, printed and parsed again is the same address; a network has its base. */
#include "fuzz.h"

#include "codec/ip.h"

#include <string.h>

static bool is_same(const struct ip *a, struct ip b) {
    return memcmp(a, &b, sizeof b) == 0;
}

static void print_and_parse(struct arena *a, const struct ip *ip) {
    struct ip again;
    must(ip_parse(ip_print_in(a, ip), &again));
    must(is_same(ip, again));
    must(!ip_is_v4(ip) || is_same(ip, ip_from_v4(ip_v4(ip))));
    ip_is_public(ip);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct text t = fuzz_text(bytes, size);
    struct ip_network network;
    struct arena a;
    struct ip ip;
    arena_init(&a, 1 << 20);
    if (ip_parse(t, &ip)) {
        print_and_parse(&a, &ip);
        must(ip_network_parse(t, &network) && network.bits == 128 && ip_network_has(&network, &ip));
    }
    if (ip_network_parse(t, &network)) {
        must(network.bits <= 128 && ip_network_has(&network, &network.base));
        print_and_parse(&a, &network.base);
    }
    if (size == sizeof ip.bytes) { /* any sixteen bytes are an address */
        memcpy(ip.bytes, bytes, sizeof ip.bytes);
        print_and_parse(&a, &ip);
    }
    arena_done(&a);
    return 0;
}
