/* policy_routes.c: the policy as one reads it: whole, of any age, what differs, for machines, as a feed. */
#include "base/clock.h"
#include "base/must.h"
#include "domain/policy_compare.h"
#include "site/policy_text.h"

#include <string.h>

/* ?lang=en or zh: a link can name the language, whatever the browser prefers. */
static struct err take_language(struct visit *v) {
    struct text wanted;
    try(visit_query(v, "lang", &wanted));
    if (text_equal_c(wanted, "en") || text_equal_c(wanted, "zh"))
        v->is_english = text_equal_c(wanted, "en");
    return ok;
}

static struct err version_of(struct visit *v, struct text name, const struct policy_version **out) {
    *out = policy_find(v->site->policy, name);
    return *out ? ok : err_make(ERR_NOT_FOUND, "there is no such version of the policy");
}

/* ---- one version ---- */

static void put_words(struct page *p) {
    page_put_words(p, "word_version", "版本", "Version");
    page_put_words(p, "word_published", "发布日期", "Published");
    page_put_words(p, "word_effective", "生效日期", "In effect from");
    page_put_words(p, "word_reading", "阅读时间", "To read");
    page_put_words(p, "word_contents", "目录", "Contents");
    page_put_words(p, "word_laws", "引用的法律和标准", "Laws and standards cited");
    page_put_words(p, "word_archive", "历史版本", "All versions");
    page_put_words(p, "word_children", "儿童规则", "Children's rules");
    page_put_words(p, "word_difference", "与上一版的差异", "What differs from the version before");
    page_put_words(p, "word_other", "English", "中文");
    page_put_words(p, "other_language", "en", "zh");
    page_put_words(p, "word_operator", "运营者", "Operator");
    page_put_words(p, "word_code", "登记代码", "Registration code");
    page_put_words(p, "word_address", "住所", "Seat");
    page_put_words(p, "word_contact", "联系方式", "Contact");
    page_put_words(p, "word_digest", "两种文本的 SHA-256", "SHA-256 of both texts");
    page_put_words(p, "word_this", "本句的固定地址", "This sentence's own address");
}

/* Where a version stands: versions come in order, and one of them is in force. */
static const char *standing(const struct visit *v, const struct policy_version *version) {
    static const char *const says[][2] = {{"这个版本已被取代", "This version was replaced"},
                                          {"现行", "in force"},
                                          {"这个版本尚未生效", "This version is not in force yet"}};
    const struct policy_version *now = policy_in_force(v->site->policy);
    return says[(version >= now) + (version > now)][v->is_english];
}

static void put_facts(struct page *p, const struct policy_version *version) {
    struct visit *v = p->v;
    struct arena *a = v->d->arena;
    const struct policy_version *now = policy_in_force(v->site->policy);
    const struct policy_version *before = policy_before(v->site->policy, version);
    struct policy_words words = policy_words_of(v->site);
    page_put(p, "version", version->version);
    page_put(p, "published", version->published);
    page_put(p, "effective", version->effective);
    page_put(p, "sha256", digest_print_in(a, &version->sha256));
    page_put(p, "operator_code", words.code);
    page_put(p, "operator_address", words.address);
    page_put(p, "operator_contact", words.contact);
    if (before)
        page_put(p, "difference", text_format_in(a, "/policy/%.*s...%.*s", TEXT_ARG(before->version),
                                                 TEXT_ARG(version->version)));
    if (version != now)
        page_put(p, "old", text_format_in(a, v->is_english ? "%s; the version in force is %.*s."
                                                           : "%s；现行版本是第 %.*s 版。",
                                          standing(v, version), TEXT_ARG(now->version)));
}

static struct err show_version(struct visit *v, const struct policy_version *version) {
    try(take_language(v));
    struct page p = page_begin(v, version->title[v->is_english]);
    put_words(&p);
    put_facts(&p, version);
    page_put(&p, "reading", text_format_in(v->d->arena, v->is_english ? "about %u minutes" : "约 %u 分钟",
                                           policy_reading_minutes(version)));
    try(policy_put_text(&p, version, TEXT("")));
    page_put(&p, "children", policy_line_find(version, TEXT("children")) ? TEXT("1") : TEXT(""));
    return page_end(&p, "policy.html");
}

static struct err run_policy(struct visit *v) {
    return show_version(v, policy_in_force(v->site->policy));
}

static struct err run_children(struct visit *v) {
    const struct policy_version *version = policy_in_force(v->site->policy);
    const struct policy_line *heading = policy_line_find(version, TEXT("children"));
    if (!heading)
        return err_make(ERR_NOT_FOUND, "the policy in force has no rules for children");
    try(take_language(v));
    struct page p = page_begin(v, heading->say[v->is_english]);
    put_words(&p);
    put_facts(&p, version);
    try(policy_put_text(&p, version, heading->id));
    page_put_words(&p, "part", "这是隐私政策的一部分，与其余各节一同适用：", "This is a part of the privacy policy, and holds with the rest of it:");
    return page_end(&p, "policy_children.html");
}

/* ---- what differs ---- */

static const struct page_value *run_row(struct arena *a, const struct policy_run *run) {
    static const char *const names[] = {[RUN_SAME] = "same", [RUN_GONE] = "gone", [RUN_NEW] = "new"};
    return page_row_in(a, &names[run->kind], &run->say, 1);
}

static const struct page_value *const *run_rows(struct visit *v, const struct policy_difference *d) {
    struct arena *a = v->d->arena;
    struct policy_words words = policy_words_of(v->site);
    struct policy_run *runs;
    struct text before = TEXT(""), after = TEXT("");
    if (d->before)
        before = policy_plain_in(a, d->before->say[v->is_english], &words, v->is_english);
    if (d->after)
        after = policy_plain_in(a, d->after->say[v->is_english], &words, v->is_english);
    unsigned count = policy_runs_in(a, before, after, &runs);
    const struct page_value **rows = page_rows_in(a, count);
    for (unsigned i = 0; i < count; i++)
        rows[i] = run_row(a, &runs[i]);
    return rows;
}

static const char *change_word(const struct visit *v, const struct policy_difference *d) {
    static const char *const says[][2] = {[POLICY_ADDED] = {"新增", "added"},
                                          [POLICY_REMOVED] = {"删除", "removed"},
                                          [POLICY_CHANGED] = {"修改", "changed"},
                                          [POLICY_MOVED] = {"移动", "moved"}};
    static const char *const both[2] = {"移动并修改", "moved and changed"};
    return d->change == POLICY_CHANGED && d->is_moved ? both[v->is_english] : says[d->change][v->is_english];
}

static const char *kind_word(const struct visit *v, struct text id) {
    static const char *const says[][2] = {{"", ""}, {"承诺", "promise"}, {"权利", "right"},
                                          {"定义", "definition"}, {"说明", "notice"}};
    const struct promise *promise = promise_of(id);
    return says[promise ? promise->kind : KIND_NONE][v->is_english];
}

/* A change that cannot be seen in the runs: of a footnote, a mark, or the other language. */
static bool is_unseen(const struct policy_difference *d, const struct page_value *const *runs) {
    return d->change == POLICY_CHANGED && runs[0] && !runs[1] && strcmp(runs[0]->name, "same") == 0;
}

static const struct page_value *difference_row(struct visit *v, const struct policy_difference *d) {
    struct text id = d->after ? d->after->id : d->before->id;
    struct page_value *row = arena_alloc(v->d->arena, 7 * sizeof *row);
    row[0] = (struct page_value){.name = "id", .text = id};
    row[1] = (struct page_value){.name = "change", .text = text_c(policy_change_name(d->change))};
    row[2] = (struct page_value){.name = "word", .text = text_c(change_word(v, d))};
    row[3] = (struct page_value){.name = "kind", .text = text_c(kind_word(v, id))};
    row[4] = (struct page_value){.name = "runs", .items = run_rows(v, d)};
    if (is_unseen(d, row[4].items))
        row[5] = (struct page_value){.name = "elsewhere",
                                     .text = v->is_english ? TEXT("Only footnotes, marks or the Chinese text changed.")
                                                           : TEXT("只有引注、标记或英文文本有改动。")};
    return row;
}

static void put_counts(struct page *p, const struct policy_difference *all, unsigned count) {
    unsigned of[4] = {0};
    for (unsigned i = 0; i < count; i++)
        of[all[i].change]++;
    page_put(p, "counts",
             text_format_in(p->v->d->arena,
                            p->v->is_english ? "%u added, %u removed, %u changed, %u only moved"
                                             : "新增 %u 句，删除 %u 句，修改 %u 句，仅移动 %u 句",
                            of[POLICY_ADDED], of[POLICY_REMOVED], of[POLICY_CHANGED], of[POLICY_MOVED]));
}

static struct err show_difference(struct visit *v, const struct policy_version *before,
                                  const struct policy_version *after) {
    struct arena *a = v->d->arena;
    struct policy_difference *all;
    unsigned count = policy_compare(a, before, after, &all);
    const struct page_value **rows = page_rows_in(a, count);
    for (unsigned i = 0; i < count; i++)
        rows[i] = difference_row(v, &all[i]);
    struct page p = page_begin(v, text_format_in(a, v->is_english ? "Privacy policy: version %.*s and version %.*s"
                                                                  : "隐私政策：第 %.*s 版与第 %.*s 版",
                                                 TEXT_ARG(before->version), TEXT_ARG(after->version)));
    put_words(&p);
    page_put(&p, "before", before->version);
    page_put(&p, "after", after->version);
    page_put(&p, "before_effective", before->effective);
    page_put(&p, "after_effective", after->effective);
    put_counts(&p, all, count);
    page_put_items(&p, "differences", rows);
    page_put_words(&p, "legend_gone", "删去的文字", "words that went");
    page_put_words(&p, "legend_new", "新增的文字", "words that came");
    page_put_words(&p, "none", count ? "" : "两个版本没有差异。", count ? "" : "The two versions do not differ.");
    return page_end(&p, "policy_difference.html");
}

/* "2", a digest in hex, or "1...2". */
static struct err run_version(struct visit *v) {
    const struct policy_version *before, *after;
    size_t dots = text_find(v->id, TEXT("..."));
    try(take_language(v));
    try(version_of(v, text_part(v->id, 0, dots), &before));
    if (dots == SIZE_MAX)
        return show_version(v, before);
    try(version_of(v, text_from(v->id, dots + 3), &after));
    return show_difference(v, before, after);
}

/* ---- the archive ---- */

static const struct page_value *archive_row(struct visit *v, const struct policy_version *version) {
    static const char *const names[] = {"version", "published", "effective", "sentences",
                                        "sha256",  "digest",    "standing",  "difference"};
    struct arena *a = v->d->arena;
    const struct policy_version *before = policy_before(v->site->policy, version);
    unsigned sentences = 0;
    for (unsigned i = 0; i < version->line_count; i++)
        sentences += !version->lines[i].is_heading;
    struct text texts[] = {
        version->version,
        version->published,
        version->effective,
        text_format_in(a, "%u", sentences),
        digest_print_in(a, &version->sha256),
        digest_print_in(a, &version->digest),
        text_c(standing(v, version)),
        before ? text_format_in(a, "/policy/%.*s...%.*s", TEXT_ARG(before->version), TEXT_ARG(version->version))
               : TEXT(""),
    };
    return page_row_in(a, names, texts, COUNT(texts));
}

static struct err run_archive(struct visit *v) {
    const struct policy *policy = v->site->policy;
    try(take_language(v));
    struct page p = page_begin(v, v->is_english ? TEXT("All versions of the privacy policy") : TEXT("隐私政策的全部版本"));
    const struct page_value **rows = page_rows_in(v->d->arena, policy->count);
    for (unsigned i = 0; i < policy->count; i++)
        rows[i] = archive_row(v, &policy->versions[policy->count - 1 - i]);
    put_words(&p);
    page_put_words(&p, "lead", "每个版本发布之后不再改动，永久保存。原文可以下载，摘要可以自己计算：",
                   "A version is not changed once it is published, and stays for ever. Its texts can be downloaded, and its digest "
                   "computed by yourself:");
    page_put_words(&p, "word_sentences", "句数", "Sentences");
    page_put_words(&p, "word_texts", "原文", "Texts");
    page_put_words(&p, "word_consent_digest", "同意回执中的摘要", "Digest in receipts of consents");
    page_put(&p, "newest", policy_in_force(policy)->version);
    page_put_items(&p, "versions", rows);
    return page_end(&p, "policy_archive.html");
}

/* "2.zh.md": the file as it was published, byte for byte. */
static struct err run_source(struct visit *v) {
    const struct policy_version *version;
    bool english = text_ends(v->id, TEXT(".en.md"));
    if (!english && !text_ends(v->id, TEXT(".zh.md")))
        return err_make(ERR_NOT_FOUND, "a text is named N.zh.md or N.en.md");
    try(version_of(v, text_part(v->id, 0, v->id.length - 6), &version));
    v->answer->status = 200;
    v->answer->content_type = "text/markdown; charset=utf-8";
    v->answer->body = version->source[english];
    return ok;
}

/* ---- for machines ---- */

static void put_laws(struct json *j, struct text say) {
    struct policy_piece piece;
    json_name(j, "laws");
    json_open_list(j);
    while (policy_piece_next(&say, &piece))
        if (piece.kind == PIECE_LAW)
            json_text(j, piece.text);
    json_close_list(j);
}

static void put_proof(struct visit *v, const struct policy_proofs *proofs, const struct promise *promise) {
    int64_t time_ms;
    enum proof_state state = policy_proof_of(proofs, promise, &time_ms);
    json_name(&v->json, "proved");
    if (state == PROOF_NOT_NEEDED || state == PROOF_NONE) {
        json_none(&v->json);
        return;
    }
    json_open_object(&v->json);
    json_put_text(&v->json, "time", visit_time(v, time_ms));
    json_put_bool(&v->json, "ok", state == PROOF_GOOD);
    json_close_object(&v->json);
}

static void put_sentence(struct visit *v, const struct policy_proofs *proofs,
                         const struct policy_line *line) {
    struct json *j = &v->json;
    struct policy_words words = policy_words_of(v->site);
    const struct promise *promise = promise_of(line->id);
    json_open_object(j);
    json_put_text(j, "id", line->id);
    json_put_text(j, "zh", policy_plain_in(v->d->arena, line->say[0], &words, 0));
    json_put_text(j, "en", policy_plain_in(v->d->arena, line->say[1], &words, 1));
    json_put_c(j, "kind", promise ? promise_kind_name(promise->kind) : NULL);
    json_put_c(j, "machinery", promise ? promise->machinery : NULL);
    json_put_c(j, "probe", promise ? promise->probe : NULL);
    put_proof(v, proofs, promise);
    put_laws(j, line->say[0]);
    json_close_object(j);
}

static struct err run_json(struct visit *v) {
    const struct policy_version *version = policy_in_force(v->site->policy);
    struct policy_proofs *proofs = arena_alloc(v->d->arena, sizeof *proofs);
    try(policy_proofs_read(v->d, proofs));
    struct json *j = visit_json(v, 200);
    json_put_text(j, "version", version->version);
    json_put_text(j, "published", version->published);
    json_put_text(j, "effective", version->effective);
    json_put_text(j, "sha256", digest_print_in(v->d->arena, &version->sha256));
    json_put_text(j, "digest", digest_print_in(v->d->arena, &version->digest));
    json_put_i64(j, "reading_minutes", policy_reading_minutes(version));
    json_name(j, "sentences");
    json_open_list(j);
    for (unsigned i = 0; i < version->line_count; i++)
        if (!version->lines[i].is_heading)
            put_sentence(v, proofs, &version->lines[i]);
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_feed(struct visit *v) {
    const struct policy *policy = v->site->policy;
    struct arena *a = v->d->arena;
    try(take_language(v));
    struct page p = page_begin(v, policy_in_force(policy)->title[v->is_english]);
    const struct page_value **rows = page_rows_in(a, policy->count);
    for (unsigned i = 0; i < policy->count; i++)
        rows[i] = archive_row(v, &policy->versions[policy->count - 1 - i]);
    put_words(&p);
    page_put(&p, "base", visit_origin(v));
    page_put(&p, "updated", policy->versions[policy->count - 1].published);
    page_put_items(&p, "versions", rows);
    try(page_end(&p, "policy.atom"));
    v->answer->content_type = "application/atom+xml; charset=utf-8";
    return ok;
}

const struct route policy_routes[] = {
    {"GET", "/policy", run_policy, NULL, ROUTE_UNAGREED},
    {"GET", "/policy.json", run_json, NULL, ROUTE_UNAGREED},
    {"GET", "/policy.atom", run_feed, NULL, ROUTE_UNAGREED},
    {"GET", "/policy/archive", run_archive, NULL, ROUTE_UNAGREED},
    {"GET", "/policy/archive/{}", run_source, NULL, ROUTE_UNAGREED},
    {"GET", "/policy/children", run_children, NULL, ROUTE_UNAGREED},
    {"GET", "/policy/{}", run_version, NULL, ROUTE_UNAGREED},
    {0},
};
