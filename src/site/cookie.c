/* cookie.c: see cookie.h. */
#include "site/cookie.h"
#include "base/must.h"

static const struct cookie cookies[COOKIE_COUNT] = {
#define COOKIE(id, name, category, days, zh, en) [COOKIE_##id] = {name, COOKIE_##category, days, {zh, en}},
#include "site/cookies.def"
#undef COOKIE
};

const struct cookie *cookie_of(enum cookie_id id) {
    must(id < COOKIE_COUNT);
    return &cookies[id];
}

struct text cookie_name_in(struct arena *a, enum cookie_id id, bool is_tls) {
    return text_format_in(a, "%s%s", is_tls ? "__Host-" : "", cookie_of(id)->name);
}

struct text cookie_print_in(struct arena *a, enum cookie_id id, struct text value, unsigned max_age_s,
                            bool is_tls) {
    return text_format_in(a, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%u%s",
                          TEXT_ARG(cookie_name_in(a, id, is_tls)), TEXT_ARG(value),
                          value.length ? max_age_s : 0, is_tls ? "; Secure" : "");
}

struct text cookie_read(struct arena *a, enum cookie_id id, struct text header, bool is_tls) {
    struct text wanted = cookie_name_in(a, id, is_tls), rest = header, pair, name, found = TEXT("");
    unsigned times = 0;
    while (text_cut(&rest, ';', &pair)) {
        struct text value = text_trim(pair);
        if (text_cut(&value, '=', &name) && text_equal(name, wanted)) {
            found = value;
            times++;
        }
    }
    return times == 1 ? found : TEXT("");
}
