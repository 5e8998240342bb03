/* host_test.c: names as people type them, and the lengths at n and n + 1. */
#include "test.h"

#include "codec/host.h"

static struct arena arena;

TEST(names) {
    static const struct {
        const char *given, *wanted; /* NULL: no host */
    } rows[] = {
        {"example.com", "example.com"},
        {"Example.COM.", "example.com"},
        {"http://example.com/x?y#z", "example.com"},
        {"https://Example.com:8443/", "example.com"},
        {"example.com?x", "example.com"},
        {"_dmarc.example.com", "_dmarc.example.com"},
        {"a-b.c", "a-b.c"},
        {"1.2.3.4", "1.2.3.4"},
        {"\u4f8b\u5b50.\u4e2d\u56fd", "xn--fsqu00a.xn--fiqs8s"},
        {"\u4f8b\u5b50\u3002\u4e2d\u56fd", "xn--fsqu00a.xn--fiqs8s"},
        {"B\u00dcCHER.de", "xn--bcher-kva.de"},
        {"fa\u00df.de", "xn--fa-hia.de"},
        {"xn--fsqu00a.xn--fiqs8s", "xn--fsqu00a.xn--fiqs8s"},
        {"XN--FSQU00A.cn", "xn--fsqu00a.cn"},
        {"\uff45xample.com", "example.com"}, /* full width */
        {"", NULL}, {".", NULL}, {"..", NULL}, {"com", NULL}, {"localhost", NULL}, {"a..b", NULL},
        {".a.b", NULL}, {"a.b..", NULL}, {"-a.b", NULL}, {"a-.b", NULL}, {"a b.c", NULL}, {"a\tb.c", NULL},
        {"u@example.com", NULL}, {"http://", NULL}, {"http:///x", NULL}, {"[::1]", NULL}, {"a,b.c", NULL},
        {"\u4f8b\u5b50", NULL}, {"a\xFF.com", NULL}, {"\u2488com.cn", NULL}, {"a\uff0fb.com", NULL},
        {"xn--.com", NULL}, {"xn--a.com", NULL}, {"xn--\u4f8b.com", NULL},
    };
    arena_init(&arena, 4 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text host;
        bool is_host = host_normalize_in(&arena, text_c(rows[i].given), &host);
        if (is_host != (rows[i].wanted != NULL))
            fail_msg("%s: %s", rows[i].given, is_host ? "taken" : "refused");
        if (is_host)
            want_text(host, rows[i].wanted);
    }
    struct text host;
    want(!host_normalize_in(&arena, text_of("a\0b.c", 5), &host));
    want(!host_normalize_in(&arena, text_of(NULL, 0), &host));
    arena_done(&arena);
}

/* A name of labels of 49 letters and a last label that makes it `length` long. */
static struct text name_of(size_t length) {
    char *room = arena_alloc(&arena, length);
    memset(room, 'a', length);
    for (size_t i = 49; i + 1 < length; i += 50)
        room[i] = '.';
    return text_of(room, length);
}

TEST(lengths) {
    struct text host;
    arena_init(&arena, 1 << 20);
    want(host_normalize_in(&arena, name_of(253), &host));
    want(!host_normalize_in(&arena, name_of(254), &host));
    char label[67];
    memset(label, 'a', sizeof label);
    memcpy(label + 63, ".cn", 3);
    want(host_normalize_in(&arena, text_of(label, 66), &host));
    memcpy(label + 63, "a.cn", 4);
    want(!host_normalize_in(&arena, text_of(label, 67), &host));
    arena_done(&arena);
}

TESTS(RUN(names), RUN(lengths))
