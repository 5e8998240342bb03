/* whois_reply_test.c: answers in the shapes that registries use. The texts are made up. */
#include "test.h"

#include "base/limits.h"
#include "codec/whois_reply.h"

TEST(shapes_of_registries) {
    static const struct { const char *text; enum whois_state state; const char *created, *expires, *registrar, *server; } rows[] = {
        {"   Domain Name: EXAMPLE.COM\r\n   Registrar: Good Names Ltd.\r\n   Creation Date: 1995-08-14T04:00:00Z\r\n"
         "   Registry Expiry Date: 2030-08-13T04:00:00Z\r\n   Name Server: A.EXAMPLE.NET\r\n   Name Server: B.EXAMPLE.NET\r\n",
         WHOIS_TAKEN, "1995-08-14T04:00:00Z", "2030-08-13T04:00:00Z", "Good Names Ltd.", "A.EXAMPLE.NET"},
        {"Domain Name: example.cn\nSponsoring Registrar: 好名\nName Server: ns1.example.cn\nRegistration Time: 2003-03-17 "
         "12:20:05\nExpiration Time: 2030-03-17 12:48:36\n",
         WHOIS_TAKEN, "2003-03-17 12:20:05", "2030-03-17 12:48:36", "好名", "ns1.example.cn"},
        {"\n    Domain name:\n        example.uk\n\n    Registrar:\n        Names [Tag = X]\n\n    Relevant dates:\n        "
         "Registered on: 01-Jan-2001\n        Expiry date:  01-Jan-2031\n\n    Name servers:\n        ns1.a.uk  192.0.2.1\n",
         WHOIS_TAKEN, "01-Jan-2001", "01-Jan-2031", "Names [Tag = X]", "ns1.a.uk"},
        {"[Domain Name] EXAMPLE.JP\n[Name Server] ns.example.jp\n[Registered Date] 2001/01/01\n", WHOIS_TAKEN, "2001/01/01", "",
         "", "ns.example.jp"},
        {"No match for \"EXAMPLE.COM\".\r\n", WHOIS_FREE, "", "", "", ""},
        {"Domain: example.de\nStatus: free\n", WHOIS_FREE, "", "", "", ""},
        {"Too many queries\n", WHOIS_UNCLEAR, "", "", "", ""},
        {"", WHOIS_UNCLEAR, "", "", "", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct whois_reply r;
        whois_read(text_c(rows[i].text), &r);
        want_int(r.state, rows[i].state);
        want_text(r.created, rows[i].created);
        want_text(r.expires, rows[i].expires);
        want_text(r.registrar, rows[i].registrar);
        want_text(r.name_servers.count ? r.name_servers.items[0] : TEXT(""), rows[i].server);
    }
}

TEST(servers_and_what_is_hidden) {
    struct arena a;
    struct text server;
    struct whois_reply r;
    arena_init(&a, LIMIT_ARENA_BYTES);
    want(whois_server_in(&a, TEXT("% IANA\n\nrefer:        whois.example.net\n\ndomain: COM\n"), &server));
    want_text(server, "whois.example.net");
    want(!whois_server_in(&a, TEXT("refer:\nwhois: http://a/b\n"), &server));
    want(whois_registrar_server_in(&a, TEXT("   Registrar WHOIS Server: Whois.Example.ORG\r\n"), &server));
    want_text(server, "whois.example.org");
    whois_read(TEXT("Registrant Email: REDACTED FOR PRIVACY\nRegistrant Phone: +86.1\n"), &r);
    want_text(r.email, "");
    want_text(r.phone, "+86.1");
    arena_done(&a);
}

TESTS(RUN(shapes_of_registries), RUN(servers_and_what_is_hidden))
