/* check.c: is a connector's file right? Each fault is one sentence with file, line and what is allowed. */
#include "connect/connector.h"
#include "connect/value.h"

#include <stdio.h>

enum { KEEP_S_MAX = 30 * 86400, TIME_MS_LEAST = 100, TIME_MS_MOST = 60000, BYTES_MOST = 4 << 20 };

struct check {
    struct arena *arena;
    struct connector *c;
    const struct endpoint *const *catalog;
    const struct connector_part *part;
};

[[gnu::format(printf, 3, 4)]] static struct err
fault_at(const struct check *k, const struct connector_line *line, const char *format, ...) {
    struct buf b;
    char room[900];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(room, sizeof room, format, list);
    va_end(list);
    buf_init(&b, k->arena, 2048);
    buf_format(&b, "%s:%u: ", line ? line->file : k->part->file, line ? line->number : k->part->number);
    buf_add(&b, room, length < (int)sizeof room ? (size_t)length : sizeof room - 1);
    return err_make(ERR_CONFIG, text_c_in(k->arena, buf_peek(&b)));
}

/* ---- names ---- */

static bool has_line(const struct connector_part *part, enum connector_word word, struct text name) {
    for (unsigned i = 0; part && i < part->line_count; i++)
        if (part->lines[i].word == word && text_equal(part->lines[i].name, name))
            return true;
    return false;
}

static bool is_asked(const struct endpoint *e, struct text name) {
    for (unsigned i = 0; e && e->asks && e->asks[i].name; i++)
        if (text_equal_c(name, e->asks[i].name))
            return true;
    return false;
}

/* A parameter of any API of the group: a step serves several. */
static bool is_asked_in_group(const struct check *k, struct text name) {
    for (unsigned i = 0; k->catalog[i]; i++) {
        const struct endpoint *e = k->catalog[i];
        if (e->connector && text_equal_c(k->c->group, e->connector) && is_asked(e, name))
            return true;
    }
    return false;
}

/* A step's takes are there for all parts; a part that uses one without asking first gets none. */
static bool is_taken(const struct connector *c, struct text name) {
    for (unsigned i = 0; i < c->part_count; i++)
        if (has_line(&c->parts[i], WORD_TAKE, name))
            return true;
    return false;
}

static bool has_name(void *with, struct text name) {
    static const char *const made[] = {"now",   "now_ms",    "today",     "nonce",      "language",
                                       "body",  "#",         "key",       "key.1",      "key.2",
                                       "key.3", "place.lat", "place.lon", "place.name", "place.code",
                                       "picture.url", "picture.base64", "sound.base64", "sound.bytes",
                                       "video.bvid", "video.aid", "day.next"};
    const struct check *k = with;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (text_equal_c(name, made[i]))
            return true;
    if (text_starts(name, TEXT("set.")))
        return has_line(&k->c->parts[0], WORD_SET, text_from(name, 4));
    if (has_line(k->part, WORD_LET, name) || has_line(&k->c->parts[0], WORD_LET, name) ||
        is_taken(k->c, name))
        return true;
    return k->part->endpoint ? is_asked(k->part->endpoint, name) : is_asked_in_group(k, name);
}

/* ---- a line ---- */

static bool is_one_of(struct text value, const char *const *words) {
    for (; *words; words++)
        if (text_equal_c(value, *words))
            return true;
    return false;
}

static struct err check_choice(const struct check *k, const struct connector_line *line,
                               const char *const *words) {
    const char *all = "";
    if (is_one_of(line->value, words))
        return ok;
    for (; *words; words++)
        all = text_say_in(k->arena, "%s%s%s", all, all[0] ? ", " : "", *words);
    return fault_at(k, line, "%s is one of: %s", connector_word_name(line->word), all);
}

static struct err check_number(const struct check *k, const struct connector_line *line, uint64_t low,
                               uint64_t high) {
    uint64_t n;
    if (text_to_u64(line->value, &n) && n >= low && n <= high)
        return ok;
    return fault_at(k, line, "%s is a whole number from %llu to %llu", connector_word_name(line->word),
                    (unsigned long long)low, (unsigned long long)high);
}

static struct err check_pattern(const struct check *k, const struct connector_line *line, bool is_pattern) {
    const char *wrong = value_fault(k->arena, k->c, line->value, is_pattern, has_name, (void *)k);
    return wrong ? fault_at(k, line, "%s", wrong) : ok;
}

/* {id | map feeds}: the table holds whole addresses. */
static bool is_from_table(struct text url) {
    return text_starts(url, TEXT("{")) && text_ends(url, TEXT("}")) &&
           text_find(url, TEXT("map ")) != SIZE_MAX;
}

static struct err check_url(const struct check *k, const struct connector_line *line) {
    struct text url = connector_address_in(k->arena, k->c, line->value);
    bool may_be_plain = connector_says_yes(k->c, NULL, WORD_PRIVATE);
    bool has_scheme =
        text_starts(url, TEXT("https://")) || (may_be_plain && text_starts(url, TEXT("http://")));
    size_t host = text_find(url, TEXT("://")), end;
    try(check_pattern(k, line, true));
    if (is_from_table(line->value))
        return ok;
    if (!has_scheme)
        return fault_at(
            k, line,
            "an address begins with https://, or with / behind a base that does (with private = yes "
            "http:// too)");
    struct text rest = text_from(url, host + 3);
    end = text_find_char(rest, '/');
    if (end == SIZE_MAX || end == 0 || text_find_char(text_part(rest, 0, end), '{') != SIZE_MAX)
        return fault_at(
            k, line, "the host of an address is fixed: only {set.NAME} may stand in it, and a / behind it");
    return ok;
}

static const struct give *give_of(const struct endpoint *e, struct text name) {
    for (const struct give *g = e->gives; g && g->name; g++)
        if (text_equal_c(name, g->name))
            return g;
    return NULL;
}

/* A list's own rule is written with [] behind it where the descriptor has no line for it: "[]",
 * "info[]". */
static bool is_list_of(const struct endpoint *e, struct text name) {
    if (!text_ends(name, TEXT("[]")))
        return false;
    for (const struct give *g = e->gives; g && g->name; g++)
        if (text_starts(text_c(g->name), name))
            return true;
    return false;
}

static struct err check_give(const struct check *k, const struct connector_line *line) {
    const char *all = "";
    const struct endpoint *e = k->part->endpoint;
    if (!e)
        return fault_at(k, line, "a step gives nothing; take NAME = … keeps what it found");
    for (const struct give *g = e->gives; g && g->name; g++)
        all = text_say_in(k->arena, "%s%s%s", all, all[0] ? " " : "", g->name);
    if (!give_of(e, line->name) && !is_list_of(e, line->name) && !text_equal_c(line->name, "data"))
        return fault_at(k, line, "%s has no field %.*s; it has: %s", e->path, TEXT_ARG(line->name), all);
    return check_pattern(k, line, false);
}

static struct err check_rule(const struct check *k, const struct connector_line *line) {
    if (!text_starts(line->name, TEXT("/")) && !text_equal_c(line->name, "status"))
        return fault_at(k, line, "%s is followed by status or by a path that begins with /",
                        connector_word_name(line->word));
    return line->value.length
               ? ok
               : fault_at(k, line, "behind = stand values, divided by commas, or the word empty");
}

static struct err check_first(const struct check *k, const struct connector_line *line) {
    struct text rest = line->value, one;
    while (text_cut(&rest, ' ', &one))
        if (!connector_step(k->c, one))
            return fault_at(k, line, "there is no [step %.*s]", TEXT_ARG(one));
    return ok;
}

static struct err check_json_name(const struct check *k, const struct connector_line *line) {
    static const char *const types[] = {"text", "number", "bool", "json", NULL};
    size_t colon = text_find_char(line->name, ':');
    if (colon != SIZE_MAX && !is_one_of(text_from(line->name, colon + 1), types))
        return fault_at(k, line, "behind the colon stands text, number, bool or json");
    return check_pattern(k, line, true);
}

static struct err check_line(const struct check *k, const struct connector_line *line) {
    static const char *const yes_no[] = {"yes", "no", NULL}, *const keys[] = {"none", "needed", "optional",
                                                                              NULL};
    static const char *const methods[] = {"GET", "POST", "PUT", NULL}, *const replies[] = {"json", "feed",
                                                                                           "text", NULL};
    switch (line->word) {
    case WORD_KEY:
        return check_choice(k, line, keys);
    case WORD_PRIVATE:
    case WORD_PERSONAL:
        return check_choice(k, line, yes_no);
    case WORD_METHOD:
        return check_choice(k, line, methods);
    case WORD_REPLY:
        return check_choice(k, line, replies);
    case WORD_TIME:
        return check_number(k, line, TIME_MS_LEAST, TIME_MS_MOST);
    case WORD_BYTES:
        return check_number(k, line, 1024, BYTES_MOST);
    case WORD_REDIRECTS:
        return check_number(k, line, 0, 3);
    case WORD_KEEP:
    case WORD_STALE:
        return check_number(k, line, 0, KEEP_S_MAX);
    case WORD_URL:
        return check_url(k, line);
    case WORD_QUERY:
    case WORD_HEADER:
    case WORD_FORM:
    case WORD_BODY:
        return check_pattern(k, line, true);
    case WORD_JSON:
        return check_json_name(k, line);
    case WORD_LET:
    case WORD_TAKE:
        return check_pattern(k, line, false);
    case WORD_GIVE:
    case WORD_MUST:
        return check_give(k, line);
    case WORD_OK:
    case WORD_NO_RESULT:
    case WORD_INVALID:
    case WORD_REFUSED:
    case WORD_BUSY:
        return check_rule(k, line);
    case WORD_FIRST:
        return check_first(k, line);
    default:
        return ok;
    }
}

/* ---- parts and the whole ---- */

static struct err find_endpoint(const struct check *k, struct connector_part *part) {
    const char *all = "", *path = text_say_in(k->arena, "/api/%.*s", TEXT_ARG(part->name));
    for (unsigned i = 0; k->catalog[i]; i++) {
        const struct endpoint *e = k->catalog[i];
        if (!e->connector || !text_equal_c(k->c->group, e->connector))
            continue;
        all = text_say_in(k->arena, "%s%s%s", all, all[0] ? ", " : "", e->path + 5);
        if (strcmp(e->path, path) == 0)
            part->endpoint = e;
    }
    return part->endpoint ? ok
                          : fault_at(k, NULL, "the group %.*s has no API %.*s; it has: %s",
                                     TEXT_ARG(k->c->group), TEXT_ARG(part->name), all);
}

static struct err check_part(struct check *k, struct connector_part *part) {
    k->part = part;
    for (unsigned i = 0; i < part->line_count; i++)
        try(check_line(k, &part->lines[i]));
    bool is_head = part == &k->c->parts[0];
    bool has_table = connector_value(k->c, part, WORD_TABLE).length > 0;
    if (!is_head && !has_table && !connector_find(k->c, part, WORD_URL, TEXT("")))
        return fault_at(k, NULL, "the part [%.*s] has no url", TEXT_ARG(part->name));
    return ok;
}

static struct err check_head(struct check *k) {
    static const enum connector_word needed[] = {WORD_PROVIDER, WORD_GROUP, WORD_NAME_ZH, WORD_NAME_EN,
                                                 WORD_DOCS,     WORD_TERMS, WORD_KEY};
    k->part = &k->c->parts[0];
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (connector_value(k->c, NULL, needed[i]).length == 0)
            return fault_at(k, NULL, "the line %s = … is missing", connector_word_name(needed[i]));
    const char *wanted =
        text_say_in(k->arena, "%.*s-%.*s", TEXT_ARG(k->c->provider), TEXT_ARG(k->c->group));
    if (strcmp(wanted, k->c->name) != 0)
        return fault_at(k, NULL, "a file of provider %.*s and group %.*s is named %s.conf",
                        TEXT_ARG(k->c->provider), TEXT_ARG(k->c->group), wanted);
    return ok;
}

struct err connector_check(struct arena *a, struct connector *c, const struct endpoint *const *catalog) {
    struct check k = {.arena = a, .c = c, .catalog = catalog};
    try(check_head(&k));
    for (unsigned i = 1; i < c->part_count; i++) {
        k.part = &c->parts[i];
        if (!c->parts[i].is_step)
            try(find_endpoint(&k, &c->parts[i]));
    }
    for (unsigned i = 0; i < c->part_count; i++)
        try(check_part(&k, &c->parts[i]));
    return ok;
}
