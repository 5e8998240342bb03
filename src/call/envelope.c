/* envelope.c: both faces of the answer.
 *
 *     new   {"request_id","success","message","code","data","time","usage"[,"source"][,"error","hint"]}
 *     old   {"code","msg","data","log_id","time"[,"usage"]}; the status is always 200
 *
 * The head is written before the API runs and the tail behind its data, so an answer is never copied.
 */
#include "call/envelope.h"
#include "base/must.h"
#include "call/refusal.h"

enum { REPLY_BYTES_USUAL = 2048 };

static void put_head(struct call *c, int code, const char *message) {
    struct buf *b = &c->reply;
    if (c->face == FACE_OLD) {
        buf_c(b, "{\"code\":");
        buf_i64(b, code);
        buf_c(b, ",\"msg\":");
    } else {
        buf_c(b, "{\"request_id\":\"");
        buf_u64(b, c->request_id);
        buf_c(b, code == 200 ? "\",\"success\":true,\"message\":" : "\",\"success\":false,\"message\":");
    }
    json_init(&c->json, b);
    json_text(&c->json, text_c(message));
    if (c->face == FACE_NEW) {
        buf_c(b, ",\"code\":");
        buf_i64(b, code);
    }
    buf_c(b, ",\"data\":");
    c->data_start = b->length;
    json_init(&c->json, b);
}

static void put_tail(struct call *c) {
    struct buf *b = &c->reply;
    if (c->face == FACE_OLD) {
        buf_c(b, ",\"log_id\":\"");
        buf_u64(b, c->request_id);
        buf_char(b, '"');
    }
    buf_c(b, ",\"time\":");
    buf_i64(b, c->now_ms / 1000);
    buf_c(b, ",\"usage\":");
    buf_u64(b, c->units);
}

static void put_source(struct call *c) {
    struct json j;
    json_init(&j, &c->reply);
    buf_c(&c->reply, ",\"source\":");
    json_open_object(&j);
    json_put_text(&j, "name", c->source.name);
    json_put_text(&j, "as_of", c->source.as_of);
    json_put_bool(&j, "stale", c->source.is_stale);
    json_close_object(&j);
}

void envelope_open(struct call *c) {
    c->reply.length = 0;
    buf_reserve(&c->reply, REPLY_BYTES_USUAL);
    if (c->endpoint->is_bare)
        json_init(&c->json, &c->reply);
    else
        put_head(c, 200, "success");
}

void envelope_close(struct call *c) {
    c->status = 200;
    c->data_end = c->reply.length;
    if (c->content_type || c->endpoint->is_bare)
        return;
    must(c->data_end > c->data_start && c->json.depth == 0); /* the API wrote one value */
    put_tail(c);
    if (c->source.name.length)
        put_source(c);
    buf_char(&c->reply, '}');
}

static const char *in_language(const struct call *c, struct words words) {
    return c->language == LANGUAGE_EN ? words.en : words.zh;
}

void envelope_refuse(struct call *c, struct err e) {
    const struct refusal *r = refusal_of(e.kind);
    struct json j;
    c->reply.length = 0;
    c->reply.over = false;
    c->standing = TEXT("");
    c->content_type = NULL;
    c->units = 0;
    if (!c->retry_after_s)
        c->retry_after_s = r->retry_after_s;
    c->status = c->face == FACE_OLD ? 200 : r->status;
    put_head(c, c->face == FACE_OLD ? r->old_code : r->status, in_language(c, r->title));
    buf_c(&c->reply, "null");
    c->data_end = c->reply.length;
    put_tail(c);
    json_init(&j, &c->reply);
    j.depth = 1;
    j.has_items = 2;
    json_put_c(&j, "error", r->status == 500 ? "internal" : err_name(e.kind));
    json_put_c(&j, "hint", in_language(c, c->hint.zh ? c->hint : r->hint));
    if (c->parameter.length)
        json_put_text(&j, "parameter", c->parameter);
    buf_char(&c->reply, '}');
}

const char *envelope_type(const struct call *c) {
    return c->content_type ? c->content_type : "application/json; charset=utf-8";
}

struct text envelope_data(const struct call *c) {
    return text_part(buf_peek(&c->reply), c->data_start, c->data_end - c->data_start);
}
