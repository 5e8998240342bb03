/* policy_fuzz.c: law: a text of any kind is read as a policy, or refused with file and line. What was
 * read is linted, and compared with itself differs in nothing; the pieces of its sentences make the
 * sentences. The two languages are parted by a line of "====". */
#include "fuzz.h"

#include "domain/policy_compare.h"
#include "domain/policy_lint.h"
#include "domain/policy_mark.h"
#include "domain/promise.h"

enum { FINDINGS_BYTES_MAX = 1 << 22 };

/* Each piece lies behind the one before it, and none reaches past the end. */
static void pieces_fit(struct text say) {
    const char *at = say.bytes, *end = say.bytes + say.length;
    struct policy_piece piece;
    for (struct text rest = say; policy_piece_next(&rest, &piece);) {
        must(piece.text.length > 0 && piece.text.bytes >= at && piece.text.bytes + piece.text.length <= end);
        at = piece.text.bytes + piece.text.length;
        must(rest.length == 0 || rest.bytes >= at);
    }
}

static void hold_laws(struct arena *a, const struct policy_version *v) {
    struct policy_difference *all;
    struct policy_run *runs;
    struct buf said;
    buf_init(&said, a, FINDINGS_BYTES_MAX);
    must(policy_compare(a, v, v, &all) == 0);
    policy_lint(v, &said);
    policy_law_drift(v, &said);
    policy_promises_check(a, v, &said);
    policy_reading_minutes(v);
    for (unsigned i = 0; i < v->line_count; i++) {
        must(v->lines[i].id.length > 0);
        pieces_fit(v->lines[i].say[0]);
        pieces_fit(v->lines[i].say[1]);
        must(policy_line_find(v, v->lines[i].id) == &v->lines[i]);
    }
    if (v->line_count)
        policy_runs_in(a, v->lines[0].say[0], v->lines[0].say[1], &runs);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct arena a;
    struct policy_version v;
    struct text all = text_of((const char *)bytes, size);
    size_t cut = text_find(all, TEXT("====\n"));
    struct text source[2] = {text_part(all, 0, cut), cut == SIZE_MAX ? all : text_from(all, cut + 5)};
    arena_init(&a, 256 << 20);
    struct err e = policy_version_read(&a, TEXT("9"), source, &v);
    if (e.kind)
        must(e.kind == ERR_CONFIG && e.say && text_starts(text_c(e.say), TEXT("9.")));
    else
        hold_laws(&a, &v);
    arena_done(&a);
    return 0;
}
