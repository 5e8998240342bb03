/* agent_test.c: browsers, systems, devices and crawlers by their User-Agents. */
#include "shelf.h"
#include "test.h"

#include "base/limits.h"
#include "data/agent.h"

TEST(well_known_ones) {
    static const struct { const char *text, *browser, *major, *system, *device; } rows[] = {
        {"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:15.0) Gecko/20100101 Firefox/15.0.1", "Firefox", "15", "Ubuntu", "Other"},
        {"Mozilla/5.0 (iPad; CPU OS 13_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0.3 Mobile/15E148 "
         "Safari/604.1", "Mobile Safari", "13", "iOS", "iPad"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 "
         "Edg/120.0.0.0", "Edge", "120", "Windows", "Other"},
        {"curl/8.1.2", "curl", "8", "Other", "Other"},
        {"nothing", "Other", "", "Other", "Other"},
    };
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct agent g = agent_read_in(&a, data_pack(shelf(), DATA_USER_AGENT), text_c(rows[i].text));
        want_text(g.browser.family, rows[i].browser);
        want_text(g.browser.major, rows[i].major);
        want_text(g.system.family, rows[i].system);
        want_text(g.device.family, rows[i].device);
    }
    arena_done(&a);
}

TEST(a_crawler) {
    struct arena a;
    struct crawler found;
    arena_init(&a, LIMIT_ARENA_BYTES);
    want(agent_crawler_in(&a, data_pack(shelf(), DATA_USER_AGENT), TEXT("Googlebot/2.1 (+http://www.google.com/bot.html)"),
                          &found));
    want(!agent_crawler_in(&a, data_pack(shelf(), DATA_USER_AGENT), TEXT("Opera/9.80"), &found));
    arena_done(&a);
}

TESTS(RUN(well_known_ones), RUN(a_crawler))
