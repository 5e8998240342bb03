/* promise.c: see promise.h. */
#include "domain/promise.h"

const struct promise *promise_of(struct text sentence_id) {
    for (const struct promise *p = policy_promises; p->id; p++)
        if (text_equal_c(sentence_id, p->id))
            return p;
    return NULL;
}

const char *promise_kind_name(enum promise_kind kind) {
    static const char *const names[] = {"", "promise", "right", "definition", "notice"};
    return names[kind];
}

/* NULL where the sentence may be published. */
static const char *fault_of(struct arena *a, const struct policy_line *line) {
    const struct promise *p = promise_of(line->id);
    struct digest is = hash_sha256(PARTS(line->say[0], TEXT("\n"), line->say[1]));
    if (!p || !p->sha256)
        return "policy/promises.toml does not say what this sentence rests on";
    if (!text_equal_c(digest_print_in(a, &is), p->sha256))
        return "the sentence is not the one that policy/promises.toml was written for";
    if ((p->kind == KIND_PROMISE || p->kind == KIND_RIGHT) && !p->probe)
        return "a promise or a right has no probe";
    return NULL;
}

unsigned policy_promises_check(struct arena *a, const struct policy_version *v, struct buf *faults) {
    unsigned count = 0;
    for (unsigned i = 0; i < v->line_count; i++) {
        const struct policy_line *line = &v->lines[i];
        const char *fault = line->is_heading ? NULL : fault_of(a, line);
        if (!fault)
            continue;
        buf_format(faults, "[%.*s]: %s\n", TEXT_ARG(line->id), fault);
        count++;
    }
    return count;
}
