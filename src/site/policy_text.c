/* policy_text.c: see policy_text.h. */
#include "site/policy_text.h"
#include "base/clock.h"
#include "base/must.h"
#include "domain/legal.h"

enum { CITATIONS_MAX = 400 };

struct policy_words policy_words_of(const struct site *site) {
    bool named = site->operator_court.length > 0;
    return (struct policy_words){
        .name = site->operator_name,
        .code = site->operator_code,
        .address = site->operator_address,
        .contact = site->operator_contact,
        .court = {named ? site->operator_court : TEXT("我们住所地有管辖权的人民法院"),
                  named ? site->operator_court : TEXT("the people's court that has jurisdiction at our seat")},
    };
}

/* ---- proofs ---- */

struct err policy_proofs_read(struct domain *d, struct policy_proofs *out) {
    out->now_ms = d->now_ms;
    for (unsigned i = 0; i < PROBE_COUNT; i++)
        try(outcome_of(d, (enum probe_id)i, &out->of[i]));
    return ok;
}

enum proof_state policy_proof_of(const struct policy_proofs *proofs, const struct promise *promise,
                                 int64_t *time_out) {
    enum probe_id id;
    *time_out = 0;
    if (!promise || !promise->probe)
        return PROOF_NOT_NEEDED;
    must(probe_find(text_c(promise->probe), &id)); /* the build checked it */
    const struct outcome *last = &proofs->of[id];
    *time_out = last->time_ms;
    if (last->state == OUTCOME_NONE)
        return PROOF_NONE;
    if (last->state == OUTCOME_FAILED)
        return PROOF_BAD;
    bool is_old = proofs->now_ms - last->time_ms > (int64_t)promise->max_age_s * 1000;
    return is_old || last->state == OUTCOME_STALE ? PROOF_OLD : PROOF_GOOD;
}

/* ---- a sentence ---- */

struct text_rows {
    struct page *page;
    struct policy_words words;
    struct policy_proofs proofs;
    unsigned language;
    struct text citations[CITATIONS_MAX];
    unsigned citation_count;
    unsigned states[PROOF_NONE + 1]; /* how many sentences have each */
};

/* Footnotes are numbered as they are first cited. */
static unsigned footnote_of(struct text_rows *t, struct text citation) {
    for (unsigned i = 0; i < t->citation_count; i++)
        if (text_equal(t->citations[i], citation))
            return i + 1;
    must(t->citation_count < CITATIONS_MAX);
    t->citations[t->citation_count++] = citation;
    return t->citation_count;
}

static const struct page_value *piece_row(struct text_rows *t, const struct policy_piece *piece) {
    static const char *const names[] = {[PIECE_PLAIN] = "plain", [PIECE_SENSITIVE] = "sensitive",
                                        [PIECE_WORD] = "plain", [PIECE_LAW] = "law", [PIECE_PAGE] = "link"};
    struct arena *a = t->page->v->d->arena;
    struct text say = piece->text;
    if (piece->kind == PIECE_WORD)
        say = policy_word(&t->words, piece->text, t->language);
    if (piece->kind == PIECE_LAW)
        say = text_format_in(a, "%u", footnote_of(t, piece->text));
    return page_row_in(a, &names[piece->kind], &say, 1);
}

static const struct page_value *const *piece_rows(struct text_rows *t, struct text say) {
    struct policy_piece piece;
    unsigned count = 0;
    for (struct text rest = say; policy_piece_next(&rest, &piece);)
        count++;
    const struct page_value **rows = page_rows_in(t->page->v->d->arena, count);
    for (count = 0; policy_piece_next(&say, &piece);)
        rows[count++] = piece_row(t, &piece);
    return rows;
}

static struct text proof_words(struct visit *v, enum proof_state state, int64_t time_ms) {
    static const char *const says[][2] = {
        [PROOF_GOOD] = {"已检验", "proved"},
        [PROOF_BAD] = {"检验未通过", "check failed"},
        [PROOF_OLD] = {"检验已过期", "check is overdue, last"},
        [PROOF_NONE] = {"尚未检验", "not yet proved"},
    };
    if (state == PROOF_NOT_NEEDED)
        return TEXT("");
    if (state == PROOF_NONE)
        return text_c(says[state][v->is_english]);
    struct text time = clock_print_utc_in(v->d->arena, time_ms);
    return text_format_in(v->d->arena, "%s %.*s %.*s UTC", says[state][v->is_english],
                          TEXT_ARG(text_part(time, 0, 10)), TEXT_ARG(text_part(time, 11, 5)));
}

static const struct page_value *sentence_row(struct text_rows *t, const struct policy_line *line) {
    static const char *const states[] = {"", "good", "bad", "old", "none"};
    struct visit *v = t->page->v;
    const struct promise *promise = promise_of(line->id);
    int64_t time_ms;
    enum proof_state state = policy_proof_of(&t->proofs, promise, &time_ms);
    t->states[state]++;
    struct page_value *row = arena_alloc(v->d->arena, 6 * sizeof *row);
    row[0] = (struct page_value){.name = "id", .text = line->id};
    row[1] = (struct page_value){.name = "pieces", .items = piece_rows(t, line->say[t->language])};
    row[2] = (struct page_value){.name = "proof", .text = proof_words(v, state, time_ms)};
    row[3] = (struct page_value){.name = "proof_state", .text = text_c(states[state])};
    row[4] = (struct page_value){.name = "probe", .text = text_c(promise ? promise->probe : NULL)};
    return row;
}

/* ---- sections, their groups, their sentences ---- */

/* A list with its heading; NULL: sentences that stand under their section directly. */
static const struct page_value *heading_row(struct text_rows *t, const struct policy_line *line,
                                            const char *list, const struct page_value *const *items) {
    struct page_value *row = arena_alloc(t->page->v->d->arena, 4 * sizeof *row);
    row[0] = (struct page_value){.name = list, .items = items};
    if (line) {
        row[1] = (struct page_value){.name = line->is_lesser ? "lesser_id" : "id", .text = line->id};
        row[2] = (struct page_value){.name = line->is_lesser ? "lesser" : "heading",
                                     .text = line->say[t->language]};
    }
    return row;
}

/* The lists under way while the lines are gone through. */
struct growing {
    const struct page_value **toc, **sections, **groups, **sentences;
    unsigned toc_count, section_count, group_count, sentence_count;
    size_t room;
};

static void begin_group(struct text_rows *t, struct growing *g, const struct policy_line *lesser) {
    struct arena *a = t->page->v->d->arena;
    g->sentences = page_rows_in(a, g->room);
    g->sentence_count = 0;
    g->groups[g->group_count++] = heading_row(t, lesser, "sentences", g->sentences);
}

static void add_line(struct text_rows *t, struct growing *g, const struct policy_line *line) {
    static const char *const names[] = {"id", "heading"};
    struct arena *a = t->page->v->d->arena;
    if (line->is_heading && !line->is_lesser) {
        g->groups = page_rows_in(a, g->room);
        g->group_count = 0;
        g->toc[g->toc_count++] =
            page_row_in(a, names, (const struct text[]){line->id, line->say[t->language]}, 2);
        g->sections[g->section_count++] = heading_row(t, line, "groups", g->groups);
        g->sentences = NULL;
    } else if (line->is_heading) {
        begin_group(t, g, line);
    } else {
        if (!g->sentences)
            begin_group(t, g, NULL);
        g->sentences[g->sentence_count++] = sentence_row(t, line);
    }
}

/* ---- footnotes ---- */

static const struct page_value *footnote_row(struct text_rows *t, unsigned number) {
    static const char *const names[] = {"number", "title", "edition", "article", "effective", "successor"};
    struct arena *a = t->page->v->d->arena;
    struct text article, none;
    const struct legal_ref *r = legal_ref_find(t->citations[number - 1], &article);
    bool english = t->language == 1;
    if (!r)
        return page_row_in(a, (const char *const[]){"number", "title"},
                           (const struct text[]){text_format_in(a, "%u", number), t->citations[number - 1]}, 2);
    const struct legal_ref *next = r->superseded_by ? legal_ref_find(text_c(r->superseded_by), &none) : NULL;
    struct text texts[] = {
        text_format_in(a, "%u", number),
        text_c(r->title[t->language]),
        text_c(r->edition),
        article.length ? text_format_in(a, english ? "art. %.*s" : "第 %.*s 条", TEXT_ARG(article)) : TEXT(""),
        text_format_in(a, english ? "in force since %s" : "%s 起施行", r->effective),
        next ? text_format_in(a, english ? "replaced by %s (%s) on %s" : "已被%s（%s）取代，自 %s 起",
                              next->title[t->language], next->edition, next->effective)
             : TEXT(""),
    };
    return page_row_in(a, names, texts, 6);
}

/* One line: how many promises are proved. */
static void put_summary(struct text_rows *t) {
    struct page *p = t->page;
    unsigned good = t->states[PROOF_GOOD], bad = t->states[PROOF_BAD];
    unsigned rest = t->states[PROOF_OLD] + t->states[PROOF_NONE];
    page_put(p, "proofs",
             text_format_in(p->v->d->arena,
                            p->v->is_english ? "Of %u promises and rights, %u are proved now, %u failed their check, %u wait for one."
                                             : "承诺与权利共 %u 句：已检验 %u 句，未通过 %u 句，待检验 %u 句。",
                            good + bad + rest, good, bad, rest));
    page_put(p, "proofs_state", bad ? TEXT("bad") : rest ? TEXT("none") : TEXT("good"));
}

struct err policy_put_text(struct page *p, const struct policy_version *version, struct text only) {
    struct arena *a = p->v->d->arena;
    struct text_rows *t = arena_alloc(a, sizeof *t);
    struct growing g = {.room = version->line_count + 1u};
    bool is_wanted = only.length == 0;
    *t = (struct text_rows){.page = p, .words = policy_words_of(p->v->site), .language = p->v->is_english};
    try(policy_proofs_read(p->v->d, &t->proofs));
    g.toc = page_rows_in(a, g.room);
    g.sections = page_rows_in(a, g.room);
    for (unsigned i = 0; i < version->line_count; i++) {
        const struct policy_line *line = &version->lines[i];
        if (only.length && line->is_heading && !line->is_lesser)
            is_wanted = text_equal(line->id, only);
        if (is_wanted)
            add_line(t, &g, line);
    }
    const struct page_value **footnotes = page_rows_in(a, t->citation_count);
    for (unsigned i = 0; i < t->citation_count; i++)
        footnotes[i] = footnote_row(t, i + 1);
    put_summary(t);
    page_put_items(p, "toc", g.toc);
    page_put_items(p, "sections", g.sections);
    page_put_items(p, "footnotes", footnotes);
    page_put(p, "has_footnotes", t->citation_count ? TEXT("1") : TEXT(""));
    return ok;
}
