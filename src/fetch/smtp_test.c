/* smtp_test.c: mails to a stand-in on loopback, and every way in which it can misbehave. */
#include "test.h"

#include "base/limits.h"
#include "fetch/smtp.h"
#include "stand_in_smtp.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static struct arena arena;

struct scene {
    struct stand_in_smtp server;
    struct smtp_server settings;
    char authorities[40];
    struct fetch *fetch;
};

static void scene_open(struct scene *s) {
    struct fetch_settings settings = {.authorities = s->authorities};
    arena_init(&arena, LIMIT_ARENA_BYTES);
    stand_in_smtp_open(&s->server);
    snprintf(s->authorities, sizeof s->authorities, "/tmp/alapi_smtp_test_XXXXXX");
    close(mkstemp(s->authorities));
    stand_in_tls_write(&s->server.tls, s->authorities);
    want_ok(fetch_open(&settings, &s->fetch));
    s->settings.host = s->settings.host ? s->settings.host : "127.0.0.1";
    s->settings.port = s->server.port;
    s->settings.hello = "mail.example.com";
    s->settings.time_ms = s->settings.time_ms ? s->settings.time_ms : 20000;
}

static void scene_close(struct scene *s) {
    fetch_close(s->fetch);
    stand_in_smtp_close(&s->server);
    unlink(s->authorities);
    arena_done(&arena);
}

static struct carried send_to(struct scene *s, const char *to, const char *content) {
    struct smtp_mail mail = {TEXT("noreply@example.com"), text_c(to), text_c(content)};
    return smtp_send(s->fetch, &arena, &s->settings, &mail);
}

static const char small[] = "Subject: x\r\n\r\nyour code is 123456\r\n.one dot\r\n";

static void want_fate(struct scene *s, enum carried_fate fate, const char *reason, unsigned code) {
    scene_open(s);
    struct carried c = send_to(s, "anna@example.com", small);
    scene_close(s);
    if (reason)
        assert_string_equal(c.reason, reason);
    want_int(c.fate, fate);
    want_int(c.code, code);
}

TEST(a_mail_is_taken_behind_tls_only) {
    struct scene s = {.settings = {.user = "operator", .password = "secret word"}};
    want_fate(&s, CARRIED_SENT, "sent", 250);
    want(strstr(s.server.sealed, "AUTH PLAIN\r\nAG9wZXJhdG9yAHNlY3JldCB3b3Jk\r\n") != NULL);
    want(strstr(s.server.sealed, "MAIL FROM:<noreply@example.com>") != NULL);
    want(strstr(s.server.sealed, "RCPT TO:<anna@example.com>\r\n") != NULL);
    want(strstr(s.server.sealed, "\r\nyour code is 123456\r\n..one dot\r\n.\r\n") != NULL);
    assert_string_equal(s.server.clear, "EHLO mail.example.com\r\nSTARTTLS\r\n");
}

TEST(fault_37_without_starttls_nothing_is_said) {
    struct scene s = {.server = {.temper = SMTP_PLAIN}, .settings = {.user = "u", .password = "p"}};
    want_fate(&s, CARRIED_STOPPED, "no_starttls", 0);
    want(strstr(s.server.clear, "AUTH") == NULL && strstr(s.server.clear, "anna") == NULL);
}

TEST(fault_37_a_certificate_for_another_name_is_refused) {
    struct scene s = {.settings = {.host = "localhost"}};
    want_fate(&s, CARRIED_STOPPED, "certificate", 0);
    want(strstr(s.server.sealed, "MAIL") == NULL && strstr(s.server.clear, "MAIL") == NULL);
}

TEST(fault_37_temporary_and_permanent_are_told_apart) {
    static const struct {
        struct stand_in_smtp server;
        enum carried_fate fate;
        const char *reason;
        unsigned code;
    } rows[] = {
        {{.rcpt = "451 greylisted"}, CARRIED_LATER, "not_now", 451},
        {{.rcpt = "550 no such mailbox"}, CARRIED_REFUSED, "recipient_refused", 550},
        {{.rcpt = "421 too many"}, CARRIED_STOPPED, "busy", 421},
        {{.data = "452 full"}, CARRIED_LATER, "not_now", 452},
        {{.end = "451 later"}, CARRIED_LATER, "not_now", 451},
        {{.end = "554 spam"}, CARRIED_REFUSED, "content_refused", 554},
        {{.mail = "550 you may not"}, CARRIED_STOPPED, "sender_refused", 550},
        {{.mail = "451 later"}, CARRIED_STOPPED, "busy", 451},
        {{.login = "535 wrong"}, CARRIED_STOPPED, "login_refused", 535},
        {{.temper = SMTP_CLOSING}, CARRIED_STOPPED, "server_refuses", 554},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scene s = {.server = rows[i].server, .settings = {.user = "u", .password = "p"}};
        want_fate(&s, rows[i].fate, rows[i].reason, rows[i].code);
    }
}

TEST(fault_37_slow_down_and_endless_are_bounded) {
    struct rusage before, after;
    struct scene silent = {.server = {.temper = SMTP_SILENT}, .settings = {.time_ms = 300}};
    /* whether curl gives up or we do is curl's affair; that it ends, and small, is ours */
    struct scene endless = {.server = {.temper = SMTP_ENDLESS}};
    struct scene lines = {.server = {.temper = SMTP_ENDLESS_LINES}};
    struct scene down = {.settings = {.time_ms = 1000}};
    want_fate(&silent, CARRIED_STOPPED, "timeout", 0);
    getrusage(RUSAGE_SELF, &before);
    want_fate(&endless, CARRIED_STOPPED, NULL, 0);
    want_fate(&lines, CARRIED_STOPPED, NULL, 0);
    getrusage(RUSAGE_SELF, &after);
    want(after.ru_maxrss - before.ru_maxrss < 32 << 10); /* KiB */
    scene_open(&down);
    down.settings.port = 1;
    assert_string_equal(send_to(&down, "a@b.cn", small).reason, "down");
    scene_close(&down);
}

TEST(fault_3_nothing_but_a_plain_address_reaches_the_wire) {
    static const char *const no_addresses[] = {
        "a@b.cn\r\nBcc: c@d.cn",
        "a@b.cn>\r\nRCPT TO:<c@d.cn",
        "a@b.cn\n",
        "a b@c.cn",
        "<a@b.cn>",
        "a",
        "",
        "a@b.cn\x7f",
        "a,c@b.cn",
        "\"a\"@b.cn",
    };
    static const char *const no_contents[] = {
        "Subject: x\n\nbare\n",
        "Subject: x\r\n\r\nend\r\n.\nMAIL FROM:<>\r\n",
        "a\rb\r\n",
        "no end",
        "",
    };
    struct scene s = {.server = {.temper = SMTP_KIND}};
    scene_open(&s);
    for (size_t i = 0; i < COUNT(no_addresses); i++)
        want_int(send_to(&s, no_addresses[i], small).fate, CARRIED_REFUSED);
    for (size_t i = 0; i < COUNT(no_contents); i++)
        want_int(send_to(&s, "a@b.cn", no_contents[i]).fate, CARRIED_REFUSED);
    scene_close(&s);
    assert_string_equal(s.server.clear, "");
}

TESTS(RUN(a_mail_is_taken_behind_tls_only), RUN(fault_37_without_starttls_nothing_is_said),
      RUN(fault_37_a_certificate_for_another_name_is_refused),
      RUN(fault_37_temporary_and_permanent_are_told_apart),
      RUN(fault_37_slow_down_and_endless_are_bounded),
      RUN(fault_3_nothing_but_a_plain_address_reaches_the_wire))
