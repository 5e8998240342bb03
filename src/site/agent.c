/* agent.c: see agent.h. The first mark that is there decides: Edge calls itself Chrome, Chrome calls
 * itself Safari. */
#include "site/agent.h"
#include "base/must.h"

struct mark {
    const char *holds, *name;
};

static const char *name_of(struct text agent, const struct mark *marks, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_find(agent, text_c(marks[i].holds)) != SIZE_MAX)
            return marks[i].name;
    return "other";
}

struct text agent_label_in(struct arena *a, struct text user_agent) {
    static const struct mark families[] = {
        {"MicroMessenger", "WeChat"}, {"Edg", "Edge"},        {"OPR/", "Opera"},   {"SamsungBrowser", "Samsung Internet"},
        {"Firefox/", "Firefox"},      {"FxiOS/", "Firefox"},  {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"},
        {"Safari/", "Safari"},        {"curl/", "curl"},      {"python", "Python"}, {"Python", "Python"},
        {"node", "Node.js"}};
    static const struct mark systems[] = {{"iPhone", "iOS"},      {"iPad", "iPadOS"}, {"HarmonyOS", "HarmonyOS"},
                                          {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"},
                                          {"CrOS", "ChromeOS"},   {"Linux", "Linux"}};
    struct text agent = text_part(user_agent, 0, 512);
    return text_format_in(a, "%s · %s", name_of(agent, families, COUNT(families)),
                          name_of(agent, systems, COUNT(systems)));
}
