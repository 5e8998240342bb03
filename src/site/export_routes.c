/* export_routes.c: everything that is held about a person: to read, to take along (JSON, CSV), and why it
 * is held.
 *
 * The JSON export is a row of pages: the first tells all sizes and the readable summary, each has the
 * rows of whole tables in the register's order and says where the next one begins. The CSV export is one
 * ZIP file.
 */
#include "base/clock.h"
#include "codec/csv.h"
#include "codec/zip.h"
#include "domain/aggregate.h"
#include "domain/consent.h"
#include "domain/epoch.h"
#include "domain/erasure.h"
#include "domain/export.h"
#include "domain/hold.h"
#include "domain/network_log.h"
#include "domain/personal.h"
#include "domain/throttle.h"
#include "domain/usage.h"
#include "crypt/token.h"
#include "site/self_pages.h"

#include <string.h>

enum {
    PAGE_ROWS = 20000,
    PAGE_BYTES = 6 << 20,
    ZIP_BYTES = 12 << 20,
    CSV_PIECE_BYTES = 64 << 10,
    DATA_ROWS = 200,
    EXPORTS_HOUR = 30,
};

/* ---- values ---- */

/* "2026-11-24T08:00:00Z" where the column is a time that was set. */
static struct text time_of(struct visit *v, const struct export_value *value) {
    if (value->kind != COLUMN_NUMBER || !personal_is_time(value->column->column) ||
        value->number == 0)
        return TEXT("");
    return visit_time(v, value->number);
}

static void put_value(struct visit *v, const struct export_value *value) {
    struct json *j = &v->json;
    struct text time = time_of(v, value);
    json_name_text(j, personal_name(value->column->column));
    if (value->is_broken)
        json_text(j, TEXT("integrity_failed"));
    else if (time.length)
        json_text(j, time);
    else if (value->kind == COLUMN_NUMBER)
        json_i64(j, value->number);
    else if (value->kind == COLUMN_TEXT)
        json_text(j, value->text);
    else if (value->kind == COLUMN_BYTES)
        json_text(j, base64url_in(v->d->arena, value->text));
    else
        json_none(j);
}

static void put_values(struct visit *v, const struct export_row *row) {
    for (unsigned i = 0; i < row->count; i++)
        put_value(v, &row->values[i]);
}

/* ---- the readable summary on the first page ---- */

static void put_session(void *with, const int64_t times_ms[static 3]) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "created", visit_time(v, times_ms[0]));
    json_put_text(&v->json, "seen", visit_time(v, times_ms[1]));
    json_put_text(&v->json, "ends", visit_time(v, times_ms[2]));
    json_close_object(&v->json);
}

static void put_usage(void *with, const struct usage_line *line) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "api", v->site->api_path((uint32_t)line->key));
    json_put_i64(&v->json, "calls", (int64_t)line->calls);
    json_put_i64(&v->json, "units", (int64_t)line->units);
    json_close_object(&v->json);
}

static void put_contact(struct visit *v, const char *kind, struct text value, int64_t since_ms) {
    if (value.length == 0)
        return;
    json_open_object(&v->json);
    json_put_c(&v->json, "kind", kind);
    json_put_text(&v->json, "value", value);
    json_put_text(&v->json, "since", visit_time(v, since_ms));
    json_close_object(&v->json);
}

static void open_list(struct visit *v, const char *name) {
    json_name(&v->json, name);
    json_open_list(&v->json);
}

static struct err put_summary(struct visit *v) {
    struct json *j = &v->json;
    const struct usage_question all = {v->account.number, 0, INT64_MAX / 2, 0, USAGE_BY_API};
    json_name(j, "account");
    json_open_object(j);
    account_put(v);
    json_close_object(j);
    open_list(v, "contacts");
    put_contact(v, "email", v->account.email, v->account.email_ms);
    put_contact(v, "phone", v->account.phone, v->account.phone_ms);
    json_close_list(j);
    try(consents_put(v));
    try(tokens_put(v));
    try(organisations_put(v));
    try(deliveries_put(v));
    try(tickets_put(v));
    open_list(v, "sessions");
    try(session_list(v->d, v->account.number, put_session, v));
    json_close_list(j);
    open_list(v, "usage");
    try(usage_ask(v->d, &all, put_usage, v));
    json_close_list(j);
    return ok;
}

/* ---- JSON ---- */

struct json_page {
    struct visit *v;
    const struct store_table *table; /* whose list is open */
};

static bool add_row(void *with, const struct export_row *row) {
    struct json_page *p = with;
    struct json *j = &p->v->json;
    if (p->table != row->table) {
        if (p->table)
            json_close_list(j);
        p->table = row->table;
        open_list(p->v, row->table->name);
    }
    json_open_object(j);
    put_values(p->v, row);
    json_close_object(j);
    return p->v->out.length < PAGE_BYTES;
}

static void put_counts(struct visit *v, const struct export_count *counts, uint64_t total) {
    json_put_i64(&v->json, "rows_total", (int64_t)total);
    json_name(&v->json, "rows");
    json_open_object(&v->json);
    for (; counts->table; counts++)
        json_put_i64(&v->json, counts->table->name, (int64_t)counts->rows);
    json_close_object(&v->json);
    json_put_i64(&v->json, "page_rows_max", PAGE_ROWS);
}

static struct text data_door_in(struct visit *v, const char *path, struct text next) {
    return next.length ? text_format_in(v->d->arena, "%s?after=%.*s", path, TEXT_ARG(next))
                       : TEXT("");
}

static void put_next(struct visit *v, const char *path, struct text next) {
    json_put_c(&v->json, "next",
               next.length ? text_c_in(v->d->arena, data_door_in(v, path, next)) : NULL);
}

static struct err export_json(struct visit *v, struct text after, struct text receipt) {
    struct export_count *counts;
    struct json_page page = {v, NULL};
    struct text next;
    uint64_t total;
    try(export_counts(v->d, &v->account, &counts, &total));
    struct json *j = visit_json(v, 200);
    json_put_text(j, "made", visit_time(v, v->d->now_ms));
    json_put_i64(j, "schema", STORE_SCHEMA_COUNT);
    put_counts(v, counts, total);
    if (receipt.length) {
        json_put_text(j, "receipt", receipt);
        try(put_summary(v));
    }
    json_name(j, "tables");
    json_open_object(j);
    try(export_page(v->d, &v->account, after, PAGE_ROWS, &(struct export_visitor){add_row, &page},
                    &next));
    if (page.table)
        json_close_list(j);
    json_close_object(j);
    put_next(v, "/account/export", next);
    visit_end(v);
    return buf_is_over(&v->out) ? err_make(ERR_INTERNAL, "a page of an export is too large") : ok;
}

/* ---- CSV ---- */

struct csv_files {
    struct visit *v;
    struct zip *zip;
    struct buf piece;
    const struct store_table *table;
};

static void csv_flush(struct csv_files *f) {
    zip_add(f->zip, buf_peek(&f->piece));
    f->piece.length = 0;
}

static void csv_head(struct csv_files *f, const struct export_row *row) {
    csv_flush(f);
    f->table = row->table;
    zip_file(f->zip, text_say_in(f->v->d->arena, "%s.csv", row->table->name), f->v->d->now_ms);
    buf_c(&f->piece, "\xEF\xBB\xBF"); /* spreadsheets take it for UTF-8 then */
    for (unsigned i = 0; i < row->count; i++) {
        if (i)
            csv_next(&f->piece);
        csv_text(&f->piece, personal_name(row->values[i].column->column));
    }
    csv_end(&f->piece);
}

static void csv_value(struct csv_files *f, const struct export_value *value) {
    struct text time = time_of(f->v, value);
    if (value->is_broken)
        csv_text(&f->piece, TEXT("integrity_failed"));
    else if (time.length)
        csv_text(&f->piece, time);
    else if (value->kind == COLUMN_NUMBER)
        csv_number(&f->piece, value->number);
    else if (value->kind == COLUMN_TEXT)
        csv_text(&f->piece, value->text);
    else if (value->kind == COLUMN_BYTES)
        csv_text(&f->piece, base64url_in(f->v->d->arena, value->text));
}

static bool csv_row(void *with, const struct export_row *row) {
    struct csv_files *f = with;
    if (f->table != row->table)
        csv_head(f, row);
    for (unsigned i = 0; i < row->count; i++) {
        if (i)
            csv_next(&f->piece);
        csv_value(f, &row->values[i]);
    }
    csv_end(&f->piece);
    if (f->piece.length > CSV_PIECE_BYTES / 2)
        csv_flush(f);
    return true;
}

/* manifest.csv: what is in the other files, so that its being whole can be checked. */
static void csv_manifest(struct csv_files *f, const struct export_count *counts,
                         struct text receipt) {
    csv_flush(f);
    zip_file(f->zip, "manifest.csv", f->v->d->now_ms);
    buf_format(&f->piece, "made,%.*s\r\nschema,%d\r\nreceipt,%.*s\r\ntable,rows\r\n",
               TEXT_ARG(visit_time(f->v, f->v->d->now_ms)), (int)STORE_SCHEMA_COUNT,
               TEXT_ARG(receipt));
    for (; counts->table; counts++)
        buf_format(&f->piece, "%s,%llu\r\n", counts->table->name, (unsigned long long)counts->rows);
    csv_flush(f);
}

/* Rows make small garbage (times): it lives in an arena that is emptied with each page. */
static struct err csv_pages(struct visit *v, struct csv_files *f) {
    struct arena *of_call = v->d->arena, page;
    struct text next = TEXT("");
    struct err e;
    arena_init(&page, 32 << 20);
    do {
        struct text after = text_copy_in(of_call, next);
        arena_reset(&page);
        v->d->arena = &page;
        e = export_page(v->d, &v->account, after, PAGE_ROWS, &(struct export_visitor){csv_row, f},
                        &next);
        v->d->arena = of_call;
    } while (!e.kind && next.length);
    if (e.say)
        e.say = text_say_in(of_call, "%s", e.say);
    arena_done(&page);
    return e;
}

static struct err export_csv(struct visit *v, struct text receipt) {
    struct export_count *counts;
    struct buf out;
    uint64_t total;
    struct csv_files f = {.v = v};
    try(export_counts(v->d, &v->account, &counts, &total));
    buf_init(&out, v->d->arena, ZIP_BYTES);
    buf_init(&f.piece, v->d->arena, CSV_PIECE_BYTES);
    buf_reserve(&f.piece, CSV_PIECE_BYTES);
    f.zip = zip_new(&out);
    struct err e = csv_pages(v, &f);
    csv_manifest(&f, counts, receipt);
    if (!zip_end(f.zip) && !e.kind)
        e = err_make(ERR_LIMIT_REACHED,
                     "the archive would be larger than 12 MiB; take the JSON pages instead");
    if (e.kind)
        return e;
    v->answer->status = 200;
    v->answer->content_type = "application/zip";
    v->answer->attachment = TEXT("my-data.zip");
    v->answer->body = buf_peek(&out);
    return ok;
}

/* The first page is the export that was made; the others belong to it. */
static struct err begin_export(struct visit *v, struct text *receipt_out) {
    struct text who = text_format_in(v->d->arena, "%llu", (unsigned long long)v->account.subject);
    try(throttle_event(v->d, "export", who, EXPORTS_HOUR, NULL));
    *receipt_out = domain_receipt(v->d);
    return network_log_note(v->d, &v->account, NETWORK_EXPORT);
}

static struct err note_export(struct visit *v, struct text receipt) {
    struct export_count *counts;
    uint64_t total;
    try(export_counts(v->d, &v->account, &counts, &total));
    return export_note(v->d, &v->account, counts, receipt, v->answer->body);
}

static struct err run_export(struct visit *v) {
    struct text format, after, receipt = TEXT("");
    try(visit_query(v, "format", &format));
    try(visit_query(v, "after", &after));
    if (format.length && !text_equal_c(format, "csv") && !text_equal_c(format, "json"))
        return domain_refuse(v->d, ERR_PARAMETER_INVALID, "format", "format is json or csv");
    if (after.length == 0)
        try(begin_export(v, &receipt));
    try(text_equal_c(format, "csv") ? export_csv(v, receipt) : export_json(v, after, receipt));
    return receipt.length ? note_export(v, receipt) : ok;
}

/* ---- what is held, and why ---- */

static bool is_personal(const struct store_column *column) {
    return column->category != NULL;
}

static void put_word(struct visit *v, const char *kind, const char *name) {
    json_put_text(&v->json, kind, personal_word(kind, name, v->is_english));
}

static void put_column(struct visit *v, const struct store_column *c) {
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "name", personal_name(c->column));
    put_word(v, "category", c->category);
    json_put_c(j, "sensitivity", c->sensitivity);
    put_word(v, "purpose", c->purpose);
    put_word(v, "basis", c->basis);
    json_put_text(j, "retention", personal_period_in(v->d->arena, c->retention, v->is_english));
    json_put_c(j, "kept", c->kept);
    json_put_c(j, "exported", c->exported);
    json_close_object(j);
}

/* A table as the register knows it; rows: how many there are of this person, or -1. */
static void put_table(struct visit *v, const struct store_table *t, int64_t rows) {
    struct json *j = &v->json;
    json_open_object(j);
    json_put_c(j, "table", t->name);
    json_put_text(j, "title", personal_word("table", t->name, v->is_english));
    if (rows >= 0)
        json_put_i64(j, "rows", rows);
    open_list(v, "columns");
    for (unsigned i = 0; i < t->column_count; i++)
        if (is_personal(&store_columns[t->first_column + i]))
            put_column(v, &store_columns[t->first_column + i]);
    json_close_list(j);
    json_close_object(j);
}

static bool add_record(void *with, const struct export_row *row) {
    struct visit *v = with;
    struct json *j = &v->json;
    const struct store_column *first = NULL;
    for (unsigned i = 0; i < row->count && !first; i++)
        if (is_personal(row->values[i].column))
            first = row->values[i].column;
    json_open_object(j);
    json_put_c(j, "table", row->table->name);
    if (first) {
        put_word(v, "category", first->category);
        put_word(v, "purpose", first->purpose);
    }
    json_put_c(j, "ends",
               row->ends_ms ? text_c_in(v->d->arena, visit_time(v, row->ends_ms)) : NULL);
    json_name(j, "values");
    json_open_object(j);
    put_values(v, row);
    json_close_object(j);
    json_close_object(j);
    return true;
}

static struct err data_json(struct visit *v, struct text after) {
    struct export_count *counts;
    struct text next;
    uint64_t total;
    try(export_counts(v->d, &v->account, &counts, &total));
    struct json *j = visit_json(v, 200);
    json_put_i64(j, "rows_total", (int64_t)total);
    open_list(v, "tables");
    for (const struct export_count *c = counts; c->table; c++)
        put_table(v, c->table, (int64_t)c->rows);
    json_close_list(j);
    open_list(v, "records");
    try(export_page(v->d, &v->account, after, DATA_ROWS, &(struct export_visitor){add_record, v},
                    &next));
    json_close_list(j);
    put_next(v, "/account/data", next);
    visit_end(v);
    return ok;
}

struct data_page {
    struct visit *v;
    const struct page_value **rows;
    unsigned count;
};

static struct text words_of(struct data_page *p, const struct export_value *value) {
    struct arena *a = p->v->d->arena;
    struct text time = time_of(p->v, value);
    if (value->is_broken)
        return p->v->is_english ? TEXT("damaged") : TEXT("已损坏");
    if (time.length)
        return time;
    if (value->kind == COLUMN_NUMBER)
        return text_format_in(a, "%lld", (long long)value->number);
    return value->kind == COLUMN_BYTES  ? base64url_in(a, value->text)
           : value->kind == COLUMN_TEXT ? text_copy_in(a, value->text)
                                        : TEXT("–");
}

static bool add_data_row(void *with, const struct export_row *row) {
    static const char *const names[] = {"table", "values", "category", "purpose", "ends"};
    struct data_page *p = with;
    struct visit *v = p->v;
    struct arena *a = v->d->arena;
    struct text values = TEXT(""),
                ends = v->is_english ? TEXT("with the account") : TEXT("随账户注销");
    const struct store_column *c = row->values[0].column;
    for (unsigned i = 0; i < row->count; i++)
        values = text_format_in(a, "%.*s%s%.*s: %.*s", TEXT_ARG(values), i ? " · " : "",
                                TEXT_ARG(personal_name(row->values[i].column->column)),
                                TEXT_ARG(words_of(p, &row->values[i])));
    if (row->ends_ms)
        ends = visit_time(v, row->ends_ms);
    const struct text texts[] = {personal_word("table", row->table->name, v->is_english), values,
                                 personal_word("category", c->category, v->is_english),
                                 personal_word("purpose", c->purpose, v->is_english), ends};
    p->rows[p->count++] = page_row_in(a, names, texts, 5);
    return true;
}

static struct err data_page(struct visit *v, struct text after) {
    struct data_page rows = {v, page_rows_in(v->d->arena, DATA_ROWS), 0};
    struct text next;
    struct page p = page_begin(v, v->is_english ? TEXT("What we hold about you")
                                                : TEXT("我们保存的关于您的数据"));
    try(export_page(v->d, &v->account, after, DATA_ROWS,
                    &(struct export_visitor){add_data_row, &rows}, &next));
    page_put_items(&p, "rows", rows.rows);
    page_put(&p, "next", data_door_in(v, "/account/data", next));
    page_put_words(&p, "word_next", "下一页", "Next page");
    page_put_words(&p, "word_take", "全部导出", "Take it all along");
    page_put_words(&p, "word_leave", "注销账户会删除什么", "What a cancellation deletes");
    page_put_words(&p, "word_what", "内容", "What");
    page_put_words(&p, "word_category", "类别", "Category");
    page_put_words(&p, "word_purpose", "目的", "Purpose");
    page_put_words(&p, "word_ends", "保存至", "Kept until");
    return page_end(&p, "account_data.html");
}

static struct err run_data(struct visit *v) {
    struct text after;
    try(visit_query(v, "after", &after));
    return visit_wants_page(v) ? data_page(v, after) : data_json(v, after);
}

/* ---- what a cancellation does, before one confirms it ---- */

static void put_staying(struct visit *v, const char *name, const char *zh, const char *en,
                        int64_t until_ms) {
    struct json *j = &v->json;
    json_open_object(j);
    json_put_c(j, "what", name);
    json_put_c(j, "says", v->is_english ? en : zh);
    json_put_text(j, "until", visit_time(v, until_ms));
    json_close_object(j);
}

static struct err run_leaving(struct visit *v) {
    static const int64_t half_year_ms = 180ll * 86400000;
    struct export_count *counts;
    uint64_t total;
    int64_t now = v->d->now_ms;
    if (visit_wants_page(v))
        return self_leaving_page(v);
    try(export_counts(v->d, &v->account, &counts, &total));
    struct json *j = visit_json(v, 200);
    open_list(v, "deleted");
    for (const struct export_count *c = counts; c->table; c++)
        if (c->rows)
            put_table(v, c->table, (int64_t)c->rows);
    json_close_list(j);
    open_list(v, "stays");
    put_staying(v, "backups", "备份中的密文：您的密钥随即销毁，最迟至此日任何副本都无法再读取",
                "Cipher text in backups: your key is destroyed at once, and no copy can be read "
                "after this day",
                epoch_bound_ms(now));
    put_staying(v, "network_log", "依法留存的网络日志：只剩时间、操作种类和一个与您无关的随机编号",
                "The network log that the law requires: the time, the kind of act and a random "
                "number of nobody",
                now + half_year_ms);
    put_staying(v, "audit_entry", "审计日志：有关您的内容无法再读取",
                "The audit log: what it says of you cannot be read any more", now + half_year_ms);
    json_close_list(j);
    struct err held = hold_forbids(v->d, v->account.number);
    json_put_c(j, "held", held.kind ? err_name(held.kind) : NULL);
    visit_end(v);
    return ok;
}

/* ---- the register, for everybody ---- */

static bool has_personal(const struct store_table *t) {
    for (unsigned i = 0; i < t->column_count; i++)
        if (is_personal(&store_columns[t->first_column + i]))
            return true;
    return false;
}

static struct err run_register_json(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_put_i64(j, "schema", STORE_SCHEMA_COUNT);
    open_list(v, "tables");
    for (const struct store_table *t = store_tables; t->name; t++)
        if (has_personal(t))
            put_table(v, t, -1);
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct text kept_words(struct visit *v, const char *kept) {
    if (strcmp(kept, "sealed") == 0)
        return v->is_english ? TEXT("encrypted under your own key") : TEXT("以您专属的密钥加密");
    if (strcmp(kept, "digest") == 0)
        return v->is_english ? TEXT("as a keyed hash only") : TEXT("只存带密钥的散列");
    return v->is_english ? TEXT("as it is") : TEXT("原样");
}

static const struct page_value *register_row(struct visit *v, const struct store_column *c) {
    static const char *const names[] = {"column", "category", "sensitive", "purpose",
                                        "basis",  "period",   "kept",      "exported"};
    bool english = v->is_english, is_exported = strcmp(c->exported, "export") == 0;
    const struct text texts[] = {
        text_format_in(v->d->arena, "%s.%.*s", c->table, TEXT_ARG(personal_name(c->column))),
        personal_word("category", c->category, english),
        strcmp(c->sensitivity, "sensitive") == 0 ? (english ? TEXT("sensitive") : TEXT("敏感"))
                                                 : TEXT(""),
        personal_word("purpose", c->purpose, english),
        personal_word("basis", c->basis, english),
        personal_period_in(v->d->arena, c->retention, english),
        kept_words(v, c->kept),
        is_exported ? (english ? TEXT("yes") : TEXT("是"))
        : english   ? TEXT("no")
                    : TEXT("否"),
    };
    return page_row_in(v->d->arena, names, texts, 8);
}

static struct err run_register(struct visit *v) {
    const struct page_value **rows = page_rows_in(v->d->arena, 2048);
    unsigned count = 0;
    struct page p =
        page_begin(v, v->is_english ? TEXT("Register of personal data") : TEXT("个人信息登记册"));
    for (const struct store_column *c = store_columns; c->table && count < 2048; c++)
        if (is_personal(c))
            rows[count++] = register_row(v, c);
    page_put_items(&p, "rows", rows);
    page_put_words(&p, "says", "这是数据库中与个人有关的全部字段；未登记的字段无法通过构建。",
                   "These are all fields of the records that say something about a person; one "
                   "that is not listed here "
                   "does not build.");
    page_put_words(&p, "word_column", "字段", "Field");
    page_put_words(&p, "word_category", "类别", "Category");
    page_put_words(&p, "word_purpose", "目的", "Purpose");
    page_put_words(&p, "word_basis", "依据", "Basis");
    page_put_words(&p, "word_period", "保存期限", "Kept");
    page_put_words(&p, "word_kept", "方式", "How");
    page_put_words(&p, "word_exported", "可导出", "Exported");
    return page_end(&p, "register.html");
}

/* ---- figures of nobody ---- */

static void put_figure(void *with, const struct aggregate_line *line) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "month", text_format_in(v->d->arena, "%04d-%02u", line->year, line->month));
    json_put_text(j, "api", line->api ? v->site->api_path(line->api) : TEXT("other"));
    json_put_i64(j, "persons", (int64_t)line->persons);
    json_put_i64(j, "calls", (int64_t)line->calls);
    json_close_object(j);
}

static struct err run_figures(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_put_i64(j, "persons_least", AGGREGATE_PERSONS);
    open_list(v, "figures");
    try(aggregate_each(v->d, put_figure, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

const struct route export_routes[] = {
    {"GET", "/account/export", run_export, NULL, ROUTE_SESSION | ROUTE_UNAGREED, .right = "f1"},
    {"GET", "/account/data", run_data, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"GET", "/account/erasure", run_leaving, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"GET", "/policy/data", run_register, NULL, ROUTE_OPEN},
    {"GET", "/policy/data.json", run_register_json, NULL, ROUTE_OPEN},
    {"GET", "/figures.json", run_figures, NULL, ROUTE_OPEN},
    {0},
};
