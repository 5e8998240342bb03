/* policy_lint.c: see policy_lint.h. */
#include "domain/policy_lint.h"
#include "base/clock.h"
#include "base/must.h"
#include "domain/legal.h"
#include "domain/policy_mark.h"

const char *const policy_sections[POLICY_SECTIONS] = {"definitions", "collection", "protection", "sharing",
                                                      "cookies",     "updates",    "contact"};

static const char *const sensitive_zh[] = {
    "生物识别", "基因", "宗教信仰", "种族或民族", "特定身份", "医疗健康", "金融账户",
    "身份证件号码", "通信内容", "精确位置", "行踪轨迹", "不满十四周岁未成年人的个人信息", NULL};
static const char *const sensitive_en[] = {
    "biometric", "genetic", "religious belief", "race or ethnicity", "specific identity", "medical and health",
    "financial account", "identity document number", "contents of communications", "precise location",
    "whereabouts", "personal information of minors below 14", NULL};

struct lint {
    struct buf *out;
    struct text id;
    unsigned language, count;
};

static void tell(struct lint *l, const char *say, struct text what) {
    buf_format(l->out, "[%.*s] %s: %s%s%.*s\n", TEXT_ARG(l->id), l->language ? "en" : "zh", say,
               what.length ? ": " : "", TEXT_ARG(what));
    l->count++;
}

static bool has_word(struct text t, const char *word) {
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= t.length; at++)
        if (text_equal_nocase(text_part(t, at, length), text_c(word)))
            return true;
    return false;
}

static void check_sensitive(struct lint *l, struct text plain) {
    const char *const *words = l->language ? sensitive_en : sensitive_zh;
    for (; *words; words++)
        if (has_word(plain, *words))
            tell(l, "a word for sensitive information is not in bold type", text_c(*words));
}

/* ---- addresses and numbers ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Seven digits in a row, or ten with hyphens between them. */
static bool is_number_of_somebody(struct text t, size_t at) {
    size_t row = 0, all = 0, end = at;
    for (; end < t.length && (is_digit(t.bytes[end]) || t.bytes[end] == '-'); end++) {
        row = is_digit(t.bytes[end]) ? row + 1 : 0;
        all += is_digit(t.bytes[end]);
        if (row >= 7 || all >= 10)
            return true;
    }
    return false;
}

static void check_contacts(struct lint *l, struct text say) {
    size_t at = text_find_char(say, '@');
    if (at != SIZE_MAX)
        tell(l, "contacts come from the configuration, not from the text", text_part(say, at, 1));
    for (at = 0; at < say.length; at++) {
        if (is_digit(say.bytes[at]) && is_number_of_somebody(say, at)) {
            tell(l, "a number of somebody stands in the text", text_part(say, at, 10));
            return;
        }
    }
}

/* ---- marks ---- */

static void check_piece(struct lint *l, const struct policy_piece *piece) {
    static const struct text some = {"x", 1};
    const struct policy_words words = {.name = some, .code = some, .address = some, .contact = some,
                                       .court = {some, some}};
    struct text article;
    if (piece->kind == PIECE_WORD && !policy_word(&words, piece->text, l->language).length)
        tell(l, "the configuration has no such word", piece->text);
    else if (piece->kind == PIECE_LAW && !legal_ref_find(piece->text, &article))
        tell(l, "policy/legal_refs.tsv has no such law", piece->text);
    else if (piece->kind == PIECE_PLAIN &&
             (text_find(piece->text, TEXT("**")) != SIZE_MAX || text_find(piece->text, TEXT("{{")) != SIZE_MAX ||
              text_find(piece->text, TEXT("^[")) != SIZE_MAX))
        tell(l, "a mark does not end", piece->text);
    else if (piece->kind == PIECE_PLAIN)
        check_sensitive(l, piece->text);
}

static unsigned check_sentence(const struct policy_line *line, struct buf *out) {
    struct lint l = {.out = out, .id = line->id};
    for (l.language = 0; l.language < 2; l.language++) {
        struct text rest = line->say[l.language];
        struct policy_piece piece;
        check_contacts(&l, rest);
        while (policy_piece_next(&rest, &piece))
            check_piece(&l, &piece);
    }
    return l.count;
}

/* ---- the whole ---- */

static unsigned check_sections(const struct policy_version *v, struct buf *out) {
    unsigned found = 0, faults = 0;
    for (unsigned i = 0; i < v->line_count && found < POLICY_SECTIONS; i++)
        found += v->lines[i].is_heading && !v->lines[i].is_lesser &&
                 text_equal_c(v->lines[i].id, policy_sections[found]);
    if (found < POLICY_SECTIONS) {
        buf_format(out, "the section {#%s} is missing or out of place\n", policy_sections[found]);
        faults++;
    }
    if (v->line_count == 0 || !v->lines[0].is_heading) {
        buf_c(out, "the first line is no heading\n");
        faults++;
    }
    return faults;
}

static unsigned check_dates(const struct policy_version *v, struct buf *out) {
    struct date published, effective;
    if (!date_parse(v->published, &published) || !date_parse(v->effective, &effective)) {
        buf_c(out, "a date has the form 2026-11-24\n");
        return 1;
    }
    if (text_compare(v->effective, v->published) < 0) {
        buf_c(out, "it would take effect before it is published\n");
        return 1;
    }
    return 0;
}

unsigned policy_lint(const struct policy_version *v, struct buf *faults) {
    unsigned count = check_dates(v, faults) + check_sections(v, faults);
    for (unsigned i = 0; i < v->line_count; i++)
        if (!v->lines[i].is_heading)
            count += check_sentence(&v->lines[i], faults);
    return count;
}

unsigned policy_law_drift(const struct policy_version *v, struct buf *notes) {
    unsigned count = 0;
    for (unsigned i = 0; i < v->line_count; i++) {
        struct text rest = v->lines[i].say[0], article;
        struct policy_piece piece;
        while (policy_piece_next(&rest, &piece)) {
            const struct legal_ref *r = piece.kind == PIECE_LAW ? legal_ref_find(piece.text, &article) : NULL;
            if (!r || !r->superseded_by)
                continue;
            buf_format(notes, "[%.*s] cites %s, which was replaced by %s\n", TEXT_ARG(v->lines[i].id), r->code,
                       r->superseded_by);
            count++;
        }
    }
    return count;
}
