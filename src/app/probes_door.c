/* probes_door.c: the probes that ask as a stranger; see probes_inside.h. Which pages and which closed
 * doors there are
 * is read from the routes themselves, so a new one is asked from its first day. */
#include "app/door.h"
#include "app/probes_inside.h"
#include "base/must.h"
#include "site/cookie.h"
#include "site/visit.h"

#include <string.h>

enum { LETTERS = 12, TRIES = 12 };

static const struct route *const tables[] = {
#define ROUTES(table) table,
#include "site/routes.def"
#undef ROUTES
};

static struct err ask(const struct probes_room *room, const struct door_request *request,
                      struct door_answer *out) {
    return door_ask(room->d->arena, HOME_SERVE_SOCK, request, out);
}

static struct err get(const struct probes_room *room, const char *path, struct door_answer *out) {
    return ask(room,
               &(struct door_request){
                   .method = "GET", .path = path, .headers = TEXT("Accept: text/html\r\n")},
               out);
}

static struct err post(const struct probes_room *room, const char *path, struct text body,
                       struct door_answer *out) {
    const struct door_request request = {"POST", path, TEXT("Sec-Fetch-Site: same-origin\r\n"),
                                         body};
    return ask(room, &request, out);
}

/* ---- public pages ---- */

typedef void look_at_page(const struct probes_room *room, const char *path,
                          const struct door_answer *page, struct finding *f);

static bool is_public_page(const struct route *r) {
    const unsigned closed = ROUTE_SESSION | ROUTE_STAFF | ROUTE_DEVELOPMENT;
    return strcmp(r->method, "GET") == 0 && !(r->needs & closed) && !strchr(r->path, '{');
}

/* Every path that a stranger may see; *count_out of them. */
static struct err each_page(const struct probes_room *room, look_at_page *look, struct finding *f,
                            unsigned *count_out) {
    *count_out = 0;
    for (size_t t = 0; t < COUNT(tables); t++) {
        for (const struct route *r = tables[t]; r->path; r++) {
            struct door_answer page;
            if (!is_public_page(r))
                continue;
            try(get(room, r->path, &page));
            look(room, r->path, &page, f);
            ++*count_out;
        }
    }
    return ok;
}

static bool is_html(const struct probes_room *room, const struct door_answer *page) {
    struct text rest = page->head, type;
    return page->status == 200 && door_header(room->d->arena, &rest, "content-type", &type) &&
           text_starts(type, TEXT("text/html"));
}

static bool cookie_is_known(struct text set) {
    struct text rest = set, name;
    text_cut(&rest, '=', &name);
    if (text_starts(name, TEXT("__Host-")))
        name = text_from(name, 7);
    for (unsigned i = 0; i < COOKIE_COUNT; i++)
        if (text_equal_c(name, cookie_of((enum cookie_id)i)->name))
            return true;
    return false;
}

static void look_for_cookies(const struct probes_room *room, const char *path,
                             const struct door_answer *page, struct finding *f) {
    struct text rest = page->head, set;
    while (door_header(room->d->arena, &rest, "set-cookie", &set))
        if (!cookie_is_known(set))
            finding_bad(f, text_format_in(room->d->arena,
                                          "%s sets a cookie that is not in the register", path));
}

struct err probe_cookies_register(const struct probes_room *room, struct finding *f) {
    unsigned count;
    try(each_page(room, look_for_cookies, f, &count));
    if (f->is_good)
        f->detail = text_format_in(room->d->arena, "%u paths", count);
    return ok;
}

static void look_for_policy(const struct probes_room *room, const char *path,
                            const struct door_answer *page, struct finding *f) {
    if (is_html(room, page) && text_find(page->body, TEXT("href=\"/policy\"")) == SIZE_MAX)
        finding_bad(f, text_format_in(room->d->arena, "%s does not link to the policy", path));
}

struct err probe_policy_reach(const struct probes_room *room, struct finding *f) {
    unsigned count;
    return each_page(room, look_for_policy, f, &count);
}

/* ---- closed doors ---- */

static const char *filled_in(struct arena *a, const char *pattern) {
    struct text rest = text_c(pattern), out = TEXT(""), piece;
    for (size_t hole; (hole = text_find(rest, TEXT("{}"))) != SIZE_MAX;
         rest = text_from(rest, hole + 2)) {
        piece = text_part(rest, 0, hole);
        out = text_format_in(a, "%.*s%.*s1", TEXT_ARG(out), TEXT_ARG(piece));
    }
    return text_say_in(a, "%.*s%.*s", TEXT_ARG(out), TEXT_ARG(rest));
}

/* Nobody is logged in, so nobody may come in: no answer of 2xx or 5xx, and none from inside. */
static struct err try_door(const struct probes_room *room, const struct route *r,
                           struct finding *f) {
    const char *path = filled_in(room->d->arena, r->path);
    bool is_get = strcmp(r->method, "GET") == 0;
    const struct door_request request = {r->method, path, TEXT("Sec-Fetch-Site: same-origin\r\n"),
                                         is_get ? (struct text){NULL, 0} : TEXT("{}")};
    struct door_answer answer;
    try(ask(room, &request, &answer));
    if (answer.status < 300 || answer.status >= 500)
        finding_bad(f, text_format_in(room->d->arena, "%s %s is answered with %d to a stranger",
                                      r->method, r->path, answer.status));
    return ok;
}

struct err probe_doors_closed(const struct probes_room *room, struct finding *f) {
    unsigned count = 0;
    for (size_t t = 0; t < COUNT(tables); t++) {
        for (const struct route *r = tables[t]; r->path; r++) {
            if (!(r->needs & (ROUTE_SESSION | ROUTE_STAFF)))
                continue;
            try(try_door(room, r, f));
            count++;
        }
    }
    if (f->is_good)
        f->detail = text_format_in(room->d->arena, "%u doors", count);
    return ok;
}

/* ---- forms ---- */

struct err probe_field_unknown(const struct probes_room *room, struct finding *f) {
    static const char *const paths[] = {"/account/login", "/account/register", "/account/verify"};
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct door_answer answer;
        try(post(room, paths[i], TEXT("{\"a_field_too_many\":\"1\"}"), &answer));
        if (answer.status != 422 || text_find(answer.body, TEXT("\"field_unknown\"")) == SIZE_MAX ||
            text_find(answer.body, TEXT("a_field_too_many")) == SIZE_MAX)
            finding_bad(f, text_format_in(room->d->arena, "%s takes a field that it does not know",
                                          paths[i]));
    }
    return ok;
}

/* Whoever guesses is made to wait. The name is nobody's and another each time. */
struct err probe_limits_hold(const struct probes_room *room, struct finding *f) {
    char name[LETTERS + 1] = {0};
    for (unsigned i = 0; i < LETTERS; i++)
        name[i] = (char)('a' + random_below(room->d->chance, 26));
    struct text body = text_format_in(
        room->d->arena, "{\"login\":\"%s\",\"password\":\"a wrong password %s\"}", name, name);
    for (unsigned i = 0; i < TRIES; i++) {
        struct door_answer answer;
        try(post(room, "/account/login", body, &answer));
        if (answer.status == 429) {
            f->detail = text_format_in(room->d->arena, "refused at try %u", i + 1);
            return ok;
        }
    }
    finding_bad(f,
                text_format_in(room->d->arena, "%u wrong passwords in a row are answered at once",
                               (unsigned)TRIES));
    return ok;
}
