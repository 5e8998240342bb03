/* agent.c: see agent.h. */
#include "data/agent.h"
#include "base/buf.h"
#include "codec/regex.h"
#include "data/range.h"

enum { LITERAL, FLAG, PATTERN, FIRST, SECOND, THIRD, FOURTH, FIELDS };

struct fit {
    struct text fields[FIELDS];
    struct regex_match match;
};

/* The first expression of the part that fits; "r" for crawlers. */
static bool first_fit(struct arena *a, const struct pack *p, const char *part, struct text t,
                      struct fit *out) {
    struct range rules = range_of(p, text_c(part));
    struct text key, value, lower = text_lower_in(a, t);
    for (uint32_t i = rules.from; i < rules.until && pack_at(p, i, &key, &value); i++) {
        struct regex_fault fault;
        pack_fields(value, out->fields, FIELDS);
        if (out->fields[LITERAL].length && text_find(lower, out->fields[LITERAL]) == SIZE_MAX)
            continue;
        bool no_case = text_equal_c(out->fields[FLAG], "i");
        struct regex *r = regex_new(a, out->fields[PATTERN], no_case ? REGEX_NO_CASE : 0, &fault);
        bool fits = r && regex_search(r, t, 0, &out->match) == REGEX_FOUND;
        regex_free(r);
        if (fits)
            return true;
    }
    return false;
}

/* "$1 $2" with the groups in their places; without a replacement the group itself. */
static struct text filled_in(struct arena *a, const struct fit *f, unsigned field, unsigned group) {
    struct text pattern = f->fields[field];
    struct buf b;
    if (pattern.length == 0)
        return group ? text_trim(f->match.groups[group]) : TEXT("");
    buf_init(&b, a, 4000);
    for (size_t i = 0; i < pattern.length; i++) {
        bool is_group = pattern.bytes[i] == '$' && i + 1 < pattern.length && pattern.bytes[i + 1] >= '1' &&
                        pattern.bytes[i + 1] <= '9';
        if (is_group)
            buf_text(&b, f->match.groups[pattern.bytes[++i] - '0']);
        else
            buf_char(&b, pattern.bytes[i]);
    }
    return text_trim(buf_peek(&b));
}

static struct agent_part versions_in(struct arena *a, const struct pack *p, const char *part, struct text t) {
    struct fit *f = arena_alloc(a, sizeof *f);
    if (!first_fit(a, p, part, t, f))
        return (struct agent_part){.family = TEXT("Other")};
    return (struct agent_part){filled_in(a, f, FIRST, 1), filled_in(a, f, SECOND, 2), filled_in(a, f,
            THIRD, 3),
                               filled_in(a, f, FOURTH, 4)};
}

struct agent agent_read_in(struct arena *a, const struct pack *p, struct text t) {
    struct fit *f = arena_alloc(a, sizeof *f);
    struct agent found = {versions_in(a, p, "b", t), versions_in(a, p, "o", t), {.family = TEXT("Other")}};
    if (first_fit(a, p, "d", t, f))
        found.device = (struct agent_part){filled_in(a, f, FIRST, 1), filled_in(a, f, SECOND, 0),
                                           filled_in(a, f, THIRD, 1),
                                           TEXT("")};
    return found;
}

bool agent_crawler_in(struct arena *a, const struct pack *p, struct text t, struct crawler *out) {
    struct fit *f = arena_alloc(a, sizeof *f);
    if (!first_fit(a, p, "r", t, f))
        return false;
    *out = (struct crawler){f->fields[PATTERN], f->match.groups[0], f->fields[FIRST], f->fields[SECOND],
                            f->fields[THIRD]};
    return true;
}
