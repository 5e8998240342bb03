/* proof_routes.c: what anybody may check: the audit log's checkpoints and proofs, receipts, probes. */
#include "codec/base64.h"
#include "crypt/receipt.h"
#include "domain/audit_log.h"
#include "domain/probe.h"
#include "site/visit_page.h"

static struct err answer_plain(struct visit *v, struct text body) {
    v->answer->status = 200;
    v->answer->content_type = "text/plain; charset=utf-8";
    v->answer->body = body;
    return ok;
}

static struct err run_checkpoint(struct visit *v) {
    struct audit_signed last;
    try(audit_last_signed(v->d, &last));
    return answer_plain(v, last.note);
}

static struct err run_key(struct visit *v) {
    struct note_key key = audit_key(v->d);
    return answer_plain(
        v, text_format_in(v->d->arena, "%.*s\n", TEXT_ARG(note_key_print_in(v->d->arena, &key))));
}

/* ---- proofs of the tree ---- */

static void put_proof(struct visit *v, const char *name, const struct merkle_proof *proof) {
    json_name(&v->json, name);
    json_open_list(&v->json);
    for (unsigned i = 0; i < proof->count; i++)
        json_text(&v->json, receipt_hash_in(v->d->arena, &proof->hashes[i]));
    json_close_list(&v->json);
}

/* *given_out false: it was not sent. */
static struct err take_number(struct visit *v, const char *name, uint64_t *out, bool *given_out) {
    struct text value;
    try(visit_query(v, name, &value));
    *given_out = value.length > 0;
    if (*given_out && !text_to_u64(value, out))
        return domain_refuse(v->d, ERR_FIELD_INVALID, name, "the parameter must be a whole number");
    return ok;
}

static struct err run_proof(struct visit *v) {
    struct merkle_proof proof;
    uint64_t size, index, old;
    bool has_size, has_index, has_old;
    try(take_number(v, "size", &size, &has_size));
    try(take_number(v, "index", &index, &has_index));
    try(take_number(v, "old", &old, &has_old));
    if (!has_size)
        return domain_refuse(v->d, ERR_FIELD_MISSING, "size", "the size of the log is missing");
    if (has_index == has_old)
        return domain_refuse(v->d, ERR_FIELD_MISSING, "index", "either index or old must be given");
    try(has_index ? audit_prove_inclusion(v->d, index, size, &proof)
                  : audit_prove_consistency(v->d, old, size, &proof));
    struct json *j = visit_json(v, 200);
    json_put_i64(j, has_index ? "index" : "old", (int64_t)(has_index ? index : old));
    json_put_i64(j, "size", (int64_t)size);
    put_proof(v, "proof", &proof);
    visit_end(v);
    return ok;
}

/* ---- receipts ---- */

static void put_says(struct visit *v, const struct log_entry *e) {
    struct json *j = &v->json;
    json_name(j, "says");
    json_open_object(j);
    json_put_text(j, "time", visit_time(v, e->time_ms));
    json_put_text(j, "by", e->actor_kind);
    json_put_text(j, "action", e->action);
    json_put_text(j, "object", e->object);
    json_put_text(j, "purpose", e->purpose);
    json_close_object(j);
}

/* The members of crypt/receipt.h, and what the entry says for eyes. */
static void put_receipt(struct visit *v, struct text name, const struct audit_receipt *r) {
    struct note_key key = audit_key(v->d);
    struct json *j = &v->json;
    struct arena *a = v->d->arena;
    json_put_text(j, "receipt", name);
    put_says(v, &r->entry);
    json_put_text(j, "key", note_key_print_in(a, &key));
    json_put_i64(j, "index", (int64_t)r->entry.seq);
    json_put_text(j, "entry", base64_encode_in(a, r->bytes));
    put_proof(v, "inclusion", &r->proof);
    json_put_text(j, "checkpoint", r->checkpoint.note);
}

/* A browser is shown a page, with the way to the JSON that the verifier reads. */
static bool wants_page(struct visit *v) {
    struct text format;
    if (visit_query(v, "format", &format).kind)
        return false;
    return visit_wants_page(v) && !text_equal_c(format, "json");
}

static void put_entry(struct page *p, const struct audit_receipt *r) {
    struct visit *v = p->v;
    page_put(p, "time", visit_time(v, r->entry.time_ms));
    page_put(p, "action", r->entry.action);
    page_put(p, "object", r->entry.object);
    page_put(p, "index", text_format_in(v->d->arena, "%llu", (unsigned long long)r->entry.seq));
    page_put(p, "checkpoint", r->checkpoint.note);
    page_put_words(p, "word_time", "时间", "Time");
    page_put_words(p, "word_action", "操作", "Act");
    page_put_words(p, "word_object", "对象", "Object");
    page_put_words(p, "word_index", "审计日志中的位置", "Place in the audit log");
    page_put_words(p, "word_checkpoint", "签名的检查点", "The signed checkpoint");
    page_put_words(p, "word_json", "完整回执（JSON）", "The whole receipt (JSON)");
    page_put_words(p, "word_how", "下载后可以离线验证：alapi-verify 公钥文件 receipt 回执文件；公钥在 /log/key。",
                   "Kept as a file it is checked offline: alapi-verify KEY receipt FILE, with the key of /log/key.");
}

static struct err receipt_page(struct visit *v, const struct audit_receipt *r) {
    struct page p = page_begin(v, v->is_english ? TEXT("Receipt") : TEXT("回执"));
    page_put(&p, "name", v->id);
    put_entry(&p, r);
    return page_end(&p, "receipt.html");
}

static struct err run_receipt(struct visit *v) {
    struct audit_receipt receipt;
    try(audit_receipt(v->d, v->id, &receipt));
    if (wants_page(v))
        return receipt_page(v, &receipt);
    visit_json(v, 200);
    put_receipt(v, v->id, &receipt);
    visit_end(v);
    return ok;
}

/* ---- probes ---- */

static struct err put_probe(struct visit *v, enum probe_id id, struct outcome *out) {
    struct json *j = &v->json;
    const struct probe *line = &probe_lines[id];
    try(outcome_of(v->d, id, out));
    json_put_c(j, "probe", line->name);
    json_put_c(j, "zh", line->zh);
    json_put_c(j, "en", line->en);
    json_put_i64(j, "hours", line->hours);
    json_put_c(j, "state", outcome_state_name(out->state));
    json_put_text(j, "time", visit_time(v, out->time_ms));
    json_put_text(j, "good", visit_time(v, out->good_ms));
    json_put_text(j, "detail", out->detail);
    return ok;
}

static struct text state_words(const struct visit *v, enum outcome_state state) {
    static const char *const words[][2] = {[OUTCOME_NONE] = {"尚未检验", "not checked yet"},
                                           [OUTCOME_GOOD] = {"已通过", "passed"},
                                           [OUTCOME_STALE] = {"检验已过期", "out of date"},
                                           [OUTCOME_FAILED] = {"未通过", "failed"}};
    return text_c(words[state][v->is_english]);
}

static const struct page_value *probe_row(struct visit *v, enum probe_id id, const struct outcome *out) {
    static const char *const names[] = {"probe", "says", "state", "class", "time", "detail"};
    static const char *const classes[] = {
        [OUTCOME_NONE] = "", [OUTCOME_GOOD] = "good", [OUTCOME_STALE] = "old", [OUTCOME_FAILED] = "bad"};
    const struct probe *line = &probe_lines[id];
    const struct text texts[] = {text_c(line->name), text_c(v->is_english ? line->en : line->zh),
                                 state_words(v, out->state), text_c(classes[out->state]),
                                 visit_time(v, out->time_ms), out->detail};
    return page_row_in(v->d->arena, names, texts, 6);
}

static struct err probes_page(struct visit *v) {
    const struct page_value **rows = page_rows_in(v->d->arena, PROBE_COUNT);
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        struct outcome outcome;
        try(outcome_of(v->d, (enum probe_id)i, &outcome));
        rows[i] = probe_row(v, (enum probe_id)i, &outcome);
    }
    struct page p = page_begin(v, v->is_english ? TEXT("What is checked while the service runs")
                                                : TEXT("运行中的检验"));
    page_put_words(&p, "lead", "隐私政策的承诺由这些检验反复验证；每次结果都写入审计日志，可以证明。",
                   "These check the promises of the privacy policy again and again; each result stands in the audit "
                   "log and can be proved.");
    page_put_items(&p, "probes", rows);
    return page_end(&p, "proofs.html");
}

static struct err probe_page(struct visit *v, enum probe_id id, const struct outcome *outcome) {
    const struct page_value *rows[] = {probe_row(v, id, outcome), NULL};
    struct audit_receipt receipt;
    struct page p = page_begin(v, text_c(v->is_english ? probe_lines[id].en : probe_lines[id].zh));
    page_put_items(&p, "probe_row", rows);
    if (outcome->state != OUTCOME_NONE) {
        try(audit_receipt_at(v->d, outcome->seq, &receipt));
        put_entry(&p, &receipt);
    }
    return page_end(&p, "receipt.html");
}

static struct err run_probes(struct visit *v) {
    if (wants_page(v))
        return probes_page(v);
    struct json *j = visit_json(v, 200);
    struct outcome outcome;
    json_name(j, "proofs");
    json_open_list(j);
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        json_open_object(j);
        try(put_probe(v, (enum probe_id)i, &outcome));
        json_close_object(j);
    }
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_probe(struct visit *v) {
    enum probe_id id;
    struct outcome outcome;
    struct audit_receipt receipt;
    if (!probe_find(v->id, &id))
        return err_make(ERR_NOT_FOUND, "there is no such probe; GET /proofs lists them");
    if (wants_page(v)) {
        try(outcome_of(v->d, id, &outcome));
        return probe_page(v, id, &outcome);
    }
    visit_json(v, 200);
    try(put_probe(v, id, &outcome));
    if (outcome.state != OUTCOME_NONE) {
        try(audit_receipt_at(v->d, outcome.seq, &receipt));
        put_receipt(v, v->id, &receipt);
    }
    visit_end(v);
    return ok;
}

const struct route proof_routes[] = {
    {"GET", "/log/checkpoint", run_checkpoint, NULL, ROUTE_OPEN},
    {"GET", "/log/key", run_key, NULL, ROUTE_OPEN},
    {"GET", "/log/proof", run_proof, NULL, ROUTE_OPEN},
    {"GET", "/receipts/{}", run_receipt, NULL, ROUTE_OPEN},
    {"GET", "/proofs", run_probes, NULL, ROUTE_OPEN},
    {"GET", "/proofs/{}", run_probe, NULL, ROUTE_OPEN},
    {0},
};
