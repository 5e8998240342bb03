/* whois_reply_fuzz.c: law: every value lies in the text, holds no line end, and the lists have no doubles. */
#include "fuzz.h"

#include "codec/whois_reply.h"

static void want_inside(struct text t, struct text value) {
    must(value.length == 0 || (value.bytes >= t.bytes && value.bytes + value.length <= t.bytes + t.length));
    must(text_find_char(value, '\n') == SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct whois_reply r;
    struct text t = fuzz_text(bytes, size), server;
    struct arena a;
    if (size > 65536)
        return 0;
    arena_init(&a, LIMIT_ARENA_BYTES);
    whois_read(t, &r);
    const struct text singles[] = {r.created, r.expires, r.registrar, r.phone, r.email};
    for (size_t i = 0; i < COUNT(singles); i++)
        want_inside(t, singles[i]);
    for (size_t i = 0; i < r.name_servers.count; i++) {
        want_inside(t, r.name_servers.items[i]);
        for (size_t k = 0; k < i; k++)
            must(!text_equal_nocase(r.name_servers.items[i], r.name_servers.items[k]));
    }
    if (whois_server_in(&a, t, &server))
        must(server.length >= 3 && server.length <= 253);
    arena_done(&a);
    return 0;
}
