/* ua.c: browser, system and device of a User-Agent. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/agent.h"
#include "data/data.h"

enum { ASKED_UA };

static struct text version_in(struct arena *a, const struct agent_part *p) {
    struct buf b;
    buf_init(&b, a, p->major.length + p->minor.length + p->patch.length + 3);
    buf_text(&b, p->major);
    const struct text rest[] = {p->minor, p->patch};
    for (size_t i = 0; i < 2 && b.length && rest[i].length; i++) {
        buf_char(&b, '.');
        buf_text(&b, rest[i]);
    }
    return buf_peek(&b);
}

static void reply_part(struct call *c, const char *name, const struct agent_part *p) {
    reply_object(c, name);
    reply_text(c, "name", p->family);
    reply_text(c, "version", version_in(c->arena, p));
    reply_text(c, "major", p->major);
    reply_end_object(c);
}

/* By the words that makers put in, and the family that the data tells. */
static const char *kind_of(const struct agent *g, struct text t, bool is_bot) {
    static const char *const tablets[] = {"iPad", "Tablet", "tablet", "Kindle", "PlayBook"};
    static const char *const sets[] = {"SmartTV", "SMART-TV", "Smart TV", "AppleTV", "BRAVIA", "HbbTV", "GoogleTV"};
    if (is_bot)
        return "bot";
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (text_find(t, text_c(sets[i])) != SIZE_MAX)
            return "tv";
    for (size_t i = 0; i < sizeof tablets / sizeof *tablets; i++)
        if (text_find(t, text_c(tablets[i])) != SIZE_MAX)
            return "tablet";
    bool is_android = text_equal_c(g->system.family, "Android");
    if (text_find(t, TEXT("Mobile")) != SIZE_MAX || text_find(t, TEXT("iPhone")) != SIZE_MAX)
        return "mobile";
    if (is_android)
        return "tablet"; /* Android says "Mobile" on telephones only */
    static const char *const desks[] = {"Windows", "Mac OS X", "Linux", "Ubuntu", "Chrome OS", "Fedora", "Debian"};
    for (size_t i = 0; i < sizeof desks / sizeof *desks; i++)
        if (text_equal_c(g->system.family, desks[i]))
            return "desktop";
    return "other";
}

static struct err ua(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_USER_AGENT);
    struct text t = ask_text(c, ASKED_UA);
    struct crawler crawler;
    struct agent g = agent_read_in(c->arena, p, t);
    bool is_bot = agent_crawler_in(c->arena, p, t, &crawler);
    reply_object(c, NULL);
    reply_part(c, "browser", &g.browser);
    reply_part(c, "os", &g.system);
    reply_object(c, "device");
    reply_text(c, "name", g.device.family);
    reply_text(c, "brand", g.device.major);
    reply_text(c, "model", g.device.minor);
    reply_end_object(c);
    reply_c(c, "type", kind_of(&g, t, is_bot));
    reply_bool(c, "is_bot", is_bot);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_ua = {
    .path = "/api/ua",
    .subject = "network",
    .title = {"User-Agent 解析", "Read a User-Agent"},
    .says = {"从 User-Agent 认出浏览器、系统、设备品牌与型号，以及设备类别。User-Agent 可以伪造；新版浏览器会冻结系统版本号（如 Windows 10、Mac OS X 10.15）。",
             "Browser, system, and brand and model of the device that a User-Agent names. It can be forged, and new browsers freeze the "
             "version of the system (Windows 10, Mac OS X 10.15)."},
    .run = RUN_IN_WORKER(ua),
    .asks = ASKS({"ua", ASK_TEXT, REQUIRED, {"User-Agent", "The User-Agent"}, 1, 1000, .aliases = "user_agent|text"}),
    .gives = GIVES({"browser", GIVE_OBJECT, {"浏览器", "Browser"}}, {"browser.name", GIVE_TEXT, {"名称", "Name"}},
                   {"browser.version", GIVE_TEXT, {"版本", "Version"}}, {"browser.major", GIVE_TEXT, {"主版本", "Major version"}},
                   {"os", GIVE_OBJECT, {"系统", "System"}}, {"os.name", GIVE_TEXT, {"名称", "Name"}},
                   {"os.version", GIVE_TEXT, {"版本", "Version"}}, {"os.major", GIVE_TEXT, {"主版本", "Major version"}},
                   {"device", GIVE_OBJECT, {"设备", "Device"}}, {"device.name", GIVE_TEXT, {"名称", "Name"}},
                   {"device.brand", GIVE_TEXT, {"品牌", "Brand"}}, {"device.model", GIVE_TEXT, {"型号", "Model"}},
                   {"type", GIVE_TEXT, {"desktop、mobile、tablet、tv、bot 或 other", "desktop, mobile, tablet, tv, bot or other"}},
                   {"is_bot", GIVE_BOOL, {"是否爬虫", "Is it a crawler"}}),
    .shows = SHOWS({"ua=Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                    "{\"browser\":{\"name\":\"Mobile Safari\",\"version\":\"17.5\",\"major\":\"17\"},\"os"
                    "\":{\"name\":\"iOS\",\"version\":\"17.5\",\"major\":\"17\"},\"device\":{\"name\":\"i"
                    "Phone\",\"brand\":\"Apple\",\"model\":\"iPhone\"},\"type\":\"mobile\",\"is_bot\":fal"
                    "se}", SHOW_EXACT},
                   {"ua=Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36",
                    "{\"browser\":{\"name\":\"Chrome\",\"version\":\"125.0.0\",\"major\":\"125\"},\"os\":"
                    "{\"name\":\"Windows\",\"version\":\"10\",\"major\":\"10\"},\"device\":{\"name\":\"Ot"
                    "her\",\"brand\":\"\",\"model\":\"\"},\"type\":\"desktop\",\"is_bot\":false}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_USER_AGENT),
    .stands_on = "uap-core 0.18.0 (Apache-2.0), crawler-user-agents 1.60.0 (MIT); PCRE2 10.42 (BSD-3-Clause)",
};
