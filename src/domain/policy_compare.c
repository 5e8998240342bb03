/* policy_compare.c: see policy_compare.h. */
#include "domain/policy_compare.h"
#include "base/must.h"

const char *policy_change_name(enum policy_change change) {
    static const char *const names[] = {"added", "removed", "changed", "moved"};
    return names[change];
}

/* ---- sentences ---- */

struct pair {
    const struct policy_line *before, *after;
    const struct policy_line *section_before, *section_after;
    unsigned place_before;
    bool is_moved;
};

static const struct policy_line *section_of(const struct policy_version *v, const struct policy_line *line) {
    for (const struct policy_line *at = line; at-- > v->lines;)
        if (at->is_heading && !at->is_lesser)
            return at;
    return NULL;
}

static bool same_section(const struct pair *p) {
    return (!p->section_before && !p->section_after) ||
           (p->section_before && p->section_after && text_equal(p->section_before->id, p->section_after->id));
}

/* Marks what is not in the longest row that grows in both: it has changed its place among the others. */
static void mark_moved(struct arena *a, struct pair *pairs, unsigned count) {
    unsigned *length = arena_alloc(a, (count + 1) * sizeof *length), best = 0;
    int *from = arena_alloc(a, (count + 1) * sizeof *from);
    for (unsigned i = 0; i < count; i++) {
        length[i] = 1;
        from[i] = -1;
        for (unsigned k = 0; k < i; k++) {
            if (pairs[k].place_before < pairs[i].place_before && length[k] + 1 > length[i]) {
                length[i] = length[k] + 1;
                from[i] = (int)k;
            }
        }
        if (length[i] > length[best])
            best = i;
        pairs[i].is_moved = true;
    }
    for (int i = count ? (int)best : -1; i >= 0; i = from[i])
        pairs[i].is_moved = !same_section(&pairs[i]);
}

static unsigned pairs_of(const struct policy_version *before, const struct policy_version *after,
                         struct pair *pairs) {
    unsigned count = 0;
    for (unsigned i = 0; i < after->line_count; i++) {
        const struct policy_line *line = &after->lines[i], *known = policy_line_find(before, line->id);
        if (line->is_heading || !known || known->is_heading)
            continue;
        pairs[count++] = (struct pair){.before = known, .after = line,
                                       .section_before = section_of(before, known),
                                       .section_after = section_of(after, line),
                                       .place_before = (unsigned)(known - before->lines)};
    }
    return count;
}

static bool same_words(const struct policy_line *a, const struct policy_line *b) {
    return text_equal(a->say[0], b->say[0]) && text_equal(a->say[1], b->say[1]);
}

struct comparing {
    const struct policy_version *before, *after;
    struct policy_difference *out;
    unsigned count;
};

static bool is_sentence_of(const struct policy_version *v, const struct policy_line *line) {
    const struct policy_line *found = policy_line_find(v, line->id);
    return found && !found->is_heading;
}

/* What stood behind `line` in the older version and is gone, up to the next that is still there. */
static void add_removed(struct comparing *c, const struct policy_line *line) {
    const struct policy_line *end = c->before->lines + c->before->line_count;
    for (; line < end && (line->is_heading || !is_sentence_of(c->after, line)); line++)
        if (!line->is_heading)
            c->out[c->count++] = (struct policy_difference){.change = POLICY_REMOVED, .before = line};
}

static void add_pair(struct comparing *c, const struct pair *p) {
    bool same = same_words(p->before, p->after);
    if (!same || p->is_moved)
        c->out[c->count++] = (struct policy_difference){.change = same ? POLICY_MOVED : POLICY_CHANGED,
                                                        .is_moved = p->is_moved,
                                                        .before = p->before, .after = p->after};
    add_removed(c, p->before + 1);
}

unsigned policy_compare(struct arena *a, const struct policy_version *before,
                        const struct policy_version *after, struct policy_difference **out) {
    struct comparing c = {.before = before, .after = after};
    struct pair *pairs = arena_alloc(a, (after->line_count + 1) * sizeof *pairs), *next = pairs;
    c.out = arena_alloc(a, (before->line_count + after->line_count + 1) * sizeof *c.out);
    unsigned pair_count = pairs_of(before, after, pairs);
    mark_moved(a, pairs, pair_count);
    add_removed(&c, before->lines);
    for (unsigned i = 0; i < after->line_count; i++) {
        const struct policy_line *line = &after->lines[i];
        if (line->is_heading)
            continue;
        if (next < pairs + pair_count && next->after == line)
            add_pair(&c, next++);
        else
            c.out[c.count++] = (struct policy_difference){.change = POLICY_ADDED, .after = line};
    }
    *out = c.out;
    return c.count;
}

/* ---- words ---- */

static bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* A word of letters and digits, or one character of any other kind. */
static unsigned cut_words(struct text say, struct text *words) {
    unsigned count = 0;
    while (say.length && count < POLICY_WORDS_MAX) {
        size_t length = 0;
        while (length < say.length && is_word_byte(say.bytes[length]))
            length++;
        if (length == 0) {
            struct text rest = say;
            must(text_rune(&rest) >= 0); /* the policy was checked to be UTF-8 */
            length = say.length - rest.length;
        }
        words[count++] = text_part(say, 0, length);
        say = text_from(say, length);
    }
    return say.length ? POLICY_WORDS_MAX + 1 : count;
}

struct weaving {
    struct text before[POLICY_WORDS_MAX + 1], after[POLICY_WORDS_MAX + 1];
    unsigned before_count, after_count;
    uint16_t *common; /* [i][k]: words that the rests behind i and k have in common */
    struct policy_run *runs;
    unsigned count;
};

static uint16_t *common_at(struct weaving *w, unsigned i, unsigned k) {
    return &w->common[i * (w->after_count + 1) + k];
}

static void measure(struct arena *a, struct weaving *w) {
    w->common = arena_alloc(a, (size_t)(w->before_count + 1) * (w->after_count + 1) * sizeof *w->common);
    for (unsigned i = w->before_count; i-- > 0;) {
        for (unsigned k = w->after_count; k-- > 0;) {
            uint16_t down = *common_at(w, i + 1, k), right = *common_at(w, i, k + 1);
            *common_at(w, i, k) = text_equal(w->before[i], w->after[k])
                                      ? (uint16_t)(*common_at(w, i + 1, k + 1) + 1)
                                      : (down > right ? down : right);
        }
    }
}

/* Words of one kind side by side are one run: they stand side by side in the sentence too. */
static void add_run(struct weaving *w, enum policy_run_kind kind, struct text say) {
    struct policy_run *last = w->count ? &w->runs[w->count - 1] : NULL;
    if (last && last->kind == kind && last->say.bytes + last->say.length == say.bytes)
        last->say.length += say.length;
    else if (say.length)
        w->runs[w->count++] = (struct policy_run){kind, say};
}

static struct text from_to(const struct text *words, unsigned from, unsigned to) {
    return from < to ? text_of(words[from].bytes,
                               (size_t)(words[to - 1].bytes + words[to - 1].length - words[from].bytes))
                     : TEXT("");
}

/* One island: words that stayed, `length` of them from i and k on. */
static unsigned island(struct weaving *w, unsigned i, unsigned k) {
    unsigned length = 0;
    while (i + length < w->before_count && k + length < w->after_count &&
           text_equal(w->before[i + length], w->after[k + length]))
        length++;
    return length;
}

/* A single character that stayed between two changes only tears the reading apart: it counts as changed. */
static bool is_worth_showing(const struct weaving *w, unsigned i, unsigned k, unsigned length) {
    bool at_edge = (i == 0 && k == 0) || (i + length == w->before_count && k + length == w->after_count);
    return length > 1 || at_edge || w->before[i].length > 3;
}

static void weave(struct weaving *w) {
    unsigned i = 0, k = 0, gone = 0, came = 0; /* gone, came: where the change under way began */
    while (i < w->before_count && k < w->after_count) {
        unsigned length = island(w, i, k);
        if (length && is_worth_showing(w, i, k, length)) {
            add_run(w, RUN_GONE, from_to(w->before, gone, i));
            add_run(w, RUN_NEW, from_to(w->after, came, k));
            add_run(w, RUN_SAME, from_to(w->after, k, k + length));
            gone = i += length;
            came = k += length;
        } else if (length) {
            i += length;
            k += length;
        } else if (*common_at(w, i + 1, k) >= *common_at(w, i, k + 1)) {
            i++;
        } else {
            k++;
        }
    }
    add_run(w, RUN_GONE, from_to(w->before, gone, w->before_count));
    add_run(w, RUN_NEW, from_to(w->after, came, w->after_count));
}

unsigned policy_runs_in(struct arena *a, struct text before, struct text after, struct policy_run **out) {
    struct weaving *w = arena_alloc(a, sizeof *w);
    w->before_count = cut_words(before, w->before);
    w->after_count = cut_words(after, w->after);
    bool is_long = w->before_count > POLICY_WORDS_MAX || w->after_count > POLICY_WORDS_MAX;
    w->runs = arena_alloc(a, (is_long ? 2 : w->before_count + w->after_count + 2) * sizeof *w->runs);
    if (is_long) {
        add_run(w, RUN_GONE, before);
        add_run(w, RUN_NEW, after);
    } else {
        measure(a, w);
        weave(w);
    }
    *out = w->runs;
    return w->count;
}
