/* cookie.c: see cookie.h. */
#include "site/cookie.h"
#include "base/buf.h"
#include "base/must.h"
#include "crypt/hash.h"

enum { REVISION_LETTERS = 8, DAY_S = 86400 };

static const struct cookie cookies[COOKIE_COUNT] = {
#define COOKIE(id, name, category, days, zh, en) [COOKIE_##id] = {name, COOKIE_##category, days, {zh, en}},
#include "site/cookies.def"
#undef COOKIE
};

static const char *const categories[COOKIE_CATEGORY_COUNT] = {"necessary", "performance", "marketing", "functional"};

const struct cookie *cookie_of(enum cookie_id id) {
    must(id < COOKIE_COUNT);
    return &cookies[id];
}

const char *cookie_category_name(enum cookie_category category) {
    must(category < COOKIE_CATEGORY_COUNT);
    return categories[category];
}

bool cookie_find(struct text name, enum cookie_id *out) {
    if (text_starts(name, TEXT("__Host-")))
        name = text_from(name, strlen("__Host-"));
    for (unsigned i = 0; i < COOKIE_COUNT; i++)
        if (text_equal_c(name, cookies[i].name)) {
            *out = (enum cookie_id)i;
            return true;
        }
    return false;
}

struct text cookie_name_in(struct arena *a, enum cookie_id id, bool is_tls) {
    return text_format_in(a, "%s%s", is_tls ? "__Host-" : "", cookie_of(id)->name);
}

struct text cookie_print_in(struct arena *a, enum cookie_id id, struct text value, unsigned max_age_s,
                            const struct cookie_jar *jar) {
    if (value.length && !jar->choice.allows[cookie_of(id)->category])
        return TEXT("");
    must(value.length < COOKIE_BYTES_MAX - 256);
    return text_format_in(a, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%u%s",
                          TEXT_ARG(cookie_name_in(a, id, jar->is_tls)), TEXT_ARG(value),
                          value.length ? max_age_s : 0, jar->is_tls ? "; Secure" : "");
}

/* ---- what the browser sent ---- */

bool cookie_next(struct text *rest, struct text *name_out, struct text *value_out) {
    struct text pair;
    while (text_cut(rest, ';', &pair)) {
        *value_out = text_trim(pair);
        if (value_out->length == 0)
            continue;
        size_t equals = text_find_char(*value_out, '=');
        *name_out = text_part(*value_out, 0, equals);
        *value_out = equals == SIZE_MAX ? TEXT("") : text_from(*value_out, equals + 1);
        return true;
    }
    return false;
}

static unsigned times_of(struct text header, struct text wanted, struct text *last_out) {
    struct text rest = header, name, value;
    unsigned times = 0;
    while (cookie_next(&rest, &name, &value)) {
        if (!text_equal(name, wanted))
            continue;
        *last_out = value;
        times++;
    }
    return times;
}

struct text cookie_read(struct arena *a, enum cookie_id id, struct text header, bool is_tls) {
    struct text found = TEXT("");
    return times_of(header, cookie_name_in(a, id, is_tls), &found) == 1 ? found : TEXT("");
}

bool cookie_is_there(struct arena *a, enum cookie_id id, struct text header, bool is_tls) {
    struct text found;
    return times_of(header, cookie_name_in(a, id, is_tls), &found) > 0;
}

unsigned cookie_count(struct text header) {
    struct text rest = header, name, value;
    unsigned count = 0;
    while (cookie_next(&rest, &name, &value))
        count++;
    return count;
}

/* ---- the choice ---- */

struct text cookie_register_in(struct arena *a) {
    struct buf all;
    buf_init(&all, a, 64 << 10);
    for (unsigned i = 0; i < COOKIE_COUNT; i++)
        buf_format(&all, "%s\t%s\t%u\t%s\t%s\n", cookies[i].name, categories[cookies[i].category],
                   cookies[i].days, cookies[i].says[0], cookies[i].says[1]);
    must(!buf_is_over(&all));
    struct digest digest = hash_of(buf_peek(&all));
    return digest_print_in(a, &digest);
}

static struct text revision_in(struct arena *a) {
    return text_part(cookie_register_in(a), 0, REVISION_LETTERS);
}

static bool take_categories(struct text chosen, struct cookie_choice *out) {
    for (size_t i = 0; i < chosen.length; i++) {
        unsigned category = 0;
        while (category < COOKIE_CATEGORY_COUNT && categories[category][0] != chosen.bytes[i])
            category++;
        if (category == COOKIE_CATEGORY_COUNT)
            return false;
        out->allows[category] = true;
    }
    return chosen.length > 0;
}

struct cookie_choice cookie_choice_read(struct arena *a, struct text header, bool is_tls, bool opts_out,
                                        int64_t now_s) {
    const struct cookie_choice none = {.opts_out = opts_out, .allows = {[COOKIE_NECESSARY] = true}};
    struct cookie_choice made = none;
    struct text rest = cookie_read(a, COOKIE_CONSENT, header, is_tls), revision, chosen, time;
    if (opts_out || !text_cut(&rest, '.', &revision) || !text_cut(&rest, '.', &chosen) ||
        !text_cut(&rest, '.', &time) || rest.length)
        return none;
    if (!text_equal(revision, revision_in(a)) || !take_categories(chosen, &made) ||
        !text_to_i64(time, &made.made_s) || made.made_s > now_s ||
        now_s - made.made_s > (int64_t)COOKIE_CHOICE_DAYS * DAY_S)
        return none;
    made.is_made = true;
    return made;
}

struct text cookie_choice_print_in(struct arena *a, const struct cookie_choice *choice) {
    char chosen[COOKIE_CATEGORY_COUNT + 1];
    unsigned count = 0;
    for (unsigned i = 0; i < COOKIE_CATEGORY_COUNT; i++)
        if (choice->allows[i])
            chosen[count++] = categories[i][0];
    return text_format_in(a, "%.*s.%.*s.%lld", TEXT_ARG(revision_in(a)), (int)count, chosen,
                          (long long)choice->made_s);
}
