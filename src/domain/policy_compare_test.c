/* policy_compare_test.c: what differs between versions, by sentences and by words; laws that hold for all. */
#include "domain/policy_compare.h"
#include "base/buf.h"
#include "base/random.h"
#include "test.h"

static struct arena arena;

static struct policy_version version_of(const char *body) {
    struct policy_version v;
    struct text one = text_format_in(
        &arena, "version: 9\npublished: 2026-01-01\neffective: 2026-01-01\ntitle: T\n%s", body);
    want_ok(policy_version_read(&arena, TEXT("9"), (const struct text[]){one, one}, &v));
    return v;
}

/* "+a -b ~c >d ~>e": added, removed, changed, moved, both. */
static struct text told(const struct policy_version *before, const struct policy_version *after) {
    static const char *const signs[] = {"+", "-", "~", ">"};
    struct policy_difference *all;
    struct buf b;
    buf_init(&b, &arena, 1 << 20);
    unsigned count = policy_compare(&arena, before, after, &all);
    for (unsigned i = 0; i < count; i++) {
        const struct policy_line *line = all[i].after ? all[i].after : all[i].before;
        want((all[i].after == NULL) == (all[i].change == POLICY_REMOVED));
        want((all[i].before == NULL) == (all[i].change == POLICY_ADDED));
        buf_format(&b, "%s%s%s%.*s", i ? " " : "", signs[all[i].change],
                   all[i].change == POLICY_CHANGED && all[i].is_moved ? ">" : "", TEXT_ARG(line->id));
    }
    return buf_peek(&b);
}

TEST(row_U3_sentences_are_told_by_their_ids) {
    static const struct {
        const char *before, *after, *told;
    } rows[] = {
        {"## A {#x}\n[a] 1\n[b] 2\n", "## A {#x}\n[a] 1\n[b] 2\n", ""},
        {"## A {#x}\n[a] 1\n[b] 2\n", "## A {#x}\n[a] 1\n[b] 3\n", "~b"},
        {"## A {#x}\n[a] 1\n[b] 2\n", "## A {#x}\n[a] 1\n", "-b"},
        {"## A {#x}\n[a] 1\n", "## A {#x}\n[n] 0\n[a] 1\n[b] 2\n", "+n +b"},
        {"## A {#x}\n[a] 1\n[b] 2\n[c] 3\n[d] 4\n", "## A {#x}\n[d] 4\n[a] 1\n[b] 2\n[c] 3\n", ">d"},
        {"## A {#x}\n[a] 1\n[b] 2\n[c] 3\n", "## A {#x}\n[b] 2\n[c] 3\n[a] 9\n", "~>a"},
        {"## A {#x}\n[a] 1\n## B {#y}\n[b] 2\n", "## A {#x}\n[a] 1\n[b] 2\n## B {#y}\n[c] 3\n", ">b +c"},
        {"## A {#x}\n[a] 1\n[g] 7\n[b] 2\n", "## A {#x}\n[a] 1\n[b] 2\n", "-g"},
        {"## A {#x}\n[g] 7\n[a] 1\n", "## A {#x}\n### B {#y}\n[a] 1\n", "-g"},
        {"## A {#x}\n[a] 1\n", "## A {#a}\n[x] 1\n", "-a +x"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct policy_version before = version_of(rows[i].before), after = version_of(rows[i].after);
        want_text(told(&before, &after), rows[i].told);
        want_text(told(&after, &after), "");
    }
}

TEST(row_U3_no_changed_id_is_left_out) {
    static struct policy policy;
    struct policy_difference *all;
    want_ok(policy_read(&arena, policy_texts, &policy));
    const struct policy_version *one = &policy.versions[0], *two = &policy.versions[1];
    unsigned count = policy_compare(&arena, one, two, &all), found = 0, wanted = 0;
    for (unsigned side = 0; side < 2; side++) {
        const struct policy_version *here = side ? two : one, *there = side ? one : two;
        for (unsigned i = 0; i < here->line_count; i++) {
            const struct policy_line *line = &here->lines[i], *twin = policy_line_find(there, line->id);
            bool differs = !twin || (side && (!text_equal(line->say[0], twin->say[0]) ||
                                              !text_equal(line->say[1], twin->say[1])));
            if (line->is_heading || !differs)
                continue;
            wanted++;
            for (unsigned k = 0; k < count; k++)
                found += all[k].change != POLICY_MOVED && (side ? all[k].after : all[k].before) == line &&
                         (side || all[k].change == POLICY_REMOVED);
        }
    }
    want(wanted > 50);
    want_int(found, wanted);
}

/* "same[-gone-]{+new+}" */
static struct text woven(struct text before, struct text after) {
    static const char *const open[] = {"", "[-", "{+"}, *const close[] = {"", "-]", "+}"};
    struct policy_run *runs;
    struct buf b;
    buf_init(&b, &arena, 1 << 20);
    unsigned count = policy_runs_in(&arena, before, after, &runs);
    for (unsigned i = 0; i < count; i++)
        buf_format(&b, "%s%.*s%s", open[runs[i].kind], TEXT_ARG(runs[i].say), close[runs[i].kind]);
    return buf_peek(&b);
}

TEST(words_are_woven) {
    static const struct {
        const char *before, *after, *told;
    } rows[] = {
        {"", "", ""},
        {"甲", "甲", "甲"},
        {"", "甲乙", "{+甲乙+}"},
        {"甲乙", "", "[-甲乙-]"},
        {"保存七天。", "保存三十天。", "保存[-七-]{+三十+}天。"},
        {"for seven days", "for thirty days", "for [-seven-]{+thirty+} days"},
        {"一丙二", "三丙四", "[-一丙二-]{+三丙四+}"}, /* an island of one character is no help */
        {"我们不会", "我们会", "我们[-不-]会"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(woven(text_c(rows[i].before), text_c(rows[i].after)), rows[i].told);
}

static struct text noise_in(struct random *chance, unsigned most) {
    static const char *const words[] = {"甲", "乙", "丙", "token", " ", "，", "a", "7"};
    struct buf b;
    buf_init(&b, &arena, 1 << 16);
    for (unsigned left = (unsigned)(random_u64(chance) % (most + 1)); left > 0; left--)
        buf_c(&b, words[random_u64(chance) % COUNT(words)]);
    return buf_peek(&b);
}

/* Law: without what came, the runs are the old sentence; without what went, the new one. */
TEST(runs_give_both_sentences_back) {
    struct random chance = random_seeded(3);
    for (unsigned round = 0; round < 600; round++) {
        struct text before = noise_in(&chance, round < 590 ? 40 : 900), after = noise_in(&chance, 40);
        struct policy_run *runs;
        struct buf old, new;
        buf_init(&old, &arena, 1 << 16);
        buf_init(&new, &arena, 1 << 16);
        unsigned count = policy_runs_in(&arena, before, after, &runs);
        for (unsigned i = 0; i < count; i++) {
            if (runs[i].kind != RUN_NEW)
                buf_text(&old, runs[i].say);
            if (runs[i].kind != RUN_GONE)
                buf_text(&new, runs[i].say);
        }
        want(text_equal(buf_peek(&old), before) && text_equal(buf_peek(&new), after));
    }
}

static int open_arena(void **state) {
    (void)state;
    arena_init(&arena, 256 << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(row_U3_sentences_are_told_by_their_ids),
        RUN(row_U3_no_changed_id_is_left_out),
        RUN(words_are_woven),
        RUN(runs_give_both_sentences_back),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
