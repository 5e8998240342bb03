/* rights.c: see rights.h. */
#include "domain/rights.h"
#include "domain/facts.h"
#if __has_include("domain/promise.h")
#include "domain/promise.h"
#endif

static const struct policy_line *sentence_of(const struct policy_version *v, struct text id) {
    for (unsigned i = 0; i < v->line_count; i++)
        if (!v->lines[i].is_heading && text_equal(v->lines[i].id, id))
            return &v->lines[i];
    return NULL;
}

static bool is_version(const struct policy_version *v, int64_t number) {
    int64_t of;
    return text_to_i64(v->version, &of) && of == number;
}

bool rights_open(const struct policy *policy, int64_t agreed, struct text sentence) {
    bool was_there = false;
    if (agreed == 0 || sentence_of(policy_in_force(policy), sentence))
        return true;
    for (unsigned i = 0; i < policy->count - policy->scheduled; i++) {
        const struct policy_version *v = &policy->versions[i];
        bool has = sentence_of(v, sentence) != NULL;
        if (has && is_version(v, agreed))
            return true;
        was_there |= has;
    }
    return !was_there;
}

static bool a_route_rests_on(struct text facts, struct text id) {
    struct text line, word;
    while (text_cut(&facts, '\n', &line)) {
        text_cut(&line, ' ', &word);
        if (text_equal_c(word, "right") && text_cut(&line, ' ', &word) && text_equal(word, id))
            return true;
    }
    return false;
}

static bool is_right(struct text facts, struct text id) {
#if __has_include("domain/promise.h")
    const struct promise *promise = promise_of(id);
    if (promise && promise->kind == KIND_RIGHT)
        return true;
#endif
    return a_route_rests_on(facts, id);
}

unsigned rights_lost(struct text facts, const struct policy_version *before,
                     const struct policy_version *after, struct buf *why) {
    unsigned count = 0;
    for (unsigned i = 0; i < before->line_count; i++) {
        const struct policy_line *old = &before->lines[i], *new = sentence_of(after, old->id);
        if (old->is_heading || !is_right(facts, old->id) ||
            (new &&text_equal(old->say[0], new->say[0]) && text_equal(old->say[1], new->say[1])))
            continue;
        buf_format(why, "%d %c sentence %.*s: %.*s\n", CHANGE_RIGHTS, new ? '~' : '-',
                   TEXT_ARG(old->id), TEXT_ARG(old->say[1]));
        count++;
    }
    return count;
}
