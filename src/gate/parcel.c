/* parcel.c: a writer of exactly counted bytes and a reader that remembers its first fault.
 *
 * A kind of error crosses by its name, not its number, so that an nginx and a worker of neighbouring
 * versions still understand each other. A worker reads hostile bytes, so nginx does not trust it: the content
 * type must be plain, the data must fit the reply, and no text can reach a header unchecked.
 */
#include "gate/parcel.h"
#include "base/must.h"
#include "call/envelope.h"
#include "call/reply.h"

#include <string.h>

#define ASK_MAGIC    TEXT("ALPASK01")
#define ANSWER_MAGIC TEXT("ALPANS01")

enum {
    LENGTH_BYTES = 4,
    ENVELOPE_BYTES = 8 << 10, /* what the envelope may add around the data */
    CONTENT_TYPE_BYTES_MAX = 100,
    IGNORED_BYTES_MAX = 1024,
};

/* ---- writing: a first pass counts, a second writes ---- */

struct writer {
    char *at; /* NULL: only count */
    size_t length;
};

static void put_bytes(struct writer *w, const void *bytes, size_t length) {
    if (w->at && length)
        memcpy(w->at + w->length, bytes, length);
    w->length += length;
}

static void put_number(struct writer *w, uint64_t value, unsigned bytes) {
    unsigned char b[8];
    for (unsigned i = 0; i < bytes; i++)
        b[i] = (unsigned char)(value >> 8 * i);
    put_bytes(w, b, bytes);
}

static void put_text(struct writer *w, struct text t) {
    must(t.length <= UINT32_MAX);
    put_number(w, t.length, LENGTH_BYTES);
    put_bytes(w, t.bytes, t.length);
}

static void put_ask(struct writer *w, const struct call *c) {
    put_bytes(w, ASK_MAGIC.bytes, ASK_MAGIC.length);
    put_number(w, c->language, 1);
    put_number(w, c->request_id, 8);
    put_number(w, (uint64_t)c->now_ms, 8);
    put_bytes(w, c->peer.bytes, sizeof c->peer.bytes);
    put_text(w, text_c(c->endpoint->path));
    put_number(w, c->param_count, 4);
    for (unsigned i = 0; i < c->param_count; i++) {
        put_number(w, c->params[i].is_file, 1);
        put_text(w, c->params[i].name);
        put_text(w, c->params[i].value);
    }
}

struct text parcel_ask_in(struct arena *a, const struct call *c) {
    struct writer counted = {NULL, 0};
    put_ask(&counted, c);
    struct writer w = {arena_alloc(a, counted.length), 0};
    put_ask(&w, c);
    must(w.length == counted.length);
    return text_of(w.at, w.length);
}

static void put_answer(struct writer *w, const struct call *c, struct err e) {
    put_bytes(w, ANSWER_MAGIC.bytes, ANSWER_MAGIC.length);
    put_text(w, e.kind ? text_c(err_name(e.kind)) : TEXT(""));
    put_text(w, buf_peek(&c->ignored));
    if (e.kind) {
        put_text(w, text_c(e.say));
        put_text(w, c->parameter);
        put_text(w, text_c(c->hint.zh));
        put_text(w, text_c(c->hint.en));
        put_number(w, c->retry_after_s, 4);
        return;
    }
    put_text(w, text_c(c->content_type));
    put_text(w, c->content_type ? buf_peek(&c->reply) : envelope_data(c));
    put_text(w, c->source.name);
    put_text(w, c->source.as_of);
    put_number(w, c->source.is_stale, 1);
}

struct text parcel_answer_in(struct arena *a, const struct call *c, struct err e) {
    struct writer counted = {NULL, 0};
    put_answer(&counted, c, e);
    struct writer w = {arena_alloc(a, counted.length), 0};
    put_answer(&w, c, e);
    must(w.length == counted.length);
    return text_of(w.at, w.length);
}

/* ---- reading: after the first fault everything reads as empty ---- */

struct reader {
    struct text rest;
    bool is_broken;
};

static struct text take_bytes(struct reader *r, size_t length) {
    if (r->is_broken || length > r->rest.length) {
        r->is_broken = true;
        return TEXT("");
    }
    struct text taken = text_part(r->rest, 0, length);
    r->rest = text_from(r->rest, length);
    return taken;
}

static uint64_t take_number(struct reader *r, unsigned bytes) {
    struct text taken = take_bytes(r, bytes);
    uint64_t value = 0;
    for (size_t i = 0; i < taken.length; i++)
        value |= (uint64_t)(unsigned char)taken.bytes[i] << 8 * i;
    return value;
}

static struct text take_text(struct reader *r) {
    return take_bytes(r, take_number(r, LENGTH_BYTES));
}

static bool take_flag(struct reader *r) {
    uint64_t value = take_number(r, 1);
    r->is_broken |= value > 1;
    return value == 1;
}

static bool take_magic(struct reader *r, struct text magic) {
    r->is_broken |= !text_equal(take_bytes(r, magic.length), magic);
    return !r->is_broken;
}

static bool is_read_to_its_end(const struct reader *r) {
    return !r->is_broken && r->rest.length == 0;
}

static void take_params(struct reader *r, struct call *c) {
    uint64_t count = take_number(r, 4);
    r->is_broken |= count > LIMIT_PARAMS;
    c->param_count = 0;
    for (uint64_t i = 0; i < count && !r->is_broken; i++) {
        struct param *p = &c->params[c->param_count++];
        p->is_file = take_flag(r);
        p->name = take_text(r);
        p->value = take_text(r);
    }
}

static const struct endpoint *by_path(const struct endpoint *const *catalog, struct text path) {
    for (size_t i = 0; catalog[i]; i++)
        if (text_equal_c(path, catalog[i]->path))
            return catalog[i];
    return NULL;
}

struct err parcel_ask_open(struct call *c, struct text parcel, const struct endpoint *const *catalog) {
    struct reader r = {parcel, false};
    if (!take_magic(&r, ASK_MAGIC))
        return err_make(ERR_REQUEST_MALFORMED, "the parcel has another version or is none");
    uint64_t language = take_number(&r, 1);
    r.is_broken |= language > LANGUAGE_EN;
    uint64_t request_id = take_number(&r, 8);
    int64_t now_ms = (int64_t)take_number(&r, 8);
    struct text peer = take_bytes(&r, sizeof c->peer.bytes);
    struct text path = take_text(&r);
    take_params(&r, c);
    if (!is_read_to_its_end(&r)) {
        c->param_count = 0;
        return err_make(ERR_REQUEST_MALFORMED, "the parcel is cut short or too long");
    }
    c->endpoint = by_path(catalog, path);
    if (!c->endpoint)
        return err_make(ERR_API_UNKNOWN, "the worker does not know this API; nginx and worker differ in version");
    c->language = (enum language)language;
    c->request_id = request_id;
    c->now_ms = now_ms;
    memcpy(c->peer.bytes, peer.bytes, sizeof c->peer.bytes);
    return ok;
}

static struct err malformed(struct call *c) {
    return call_failed(c, ERR_SOURCE_FAILED, "内部工作进程的应答有误，未计费；请稍后再试",
                       "the worker's answer is malformed; nothing was charged; try again later");
}

static bool is_plain(struct text t) {
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] < ' ' || t.bytes[i] > '~')
            return false;
    return true;
}

static enum err_kind kind_by_name(struct text name) {
    for (int kind = ERR_NONE + 1; kind < ERR_COUNT; kind++)
        if (text_equal_c(name, err_name((enum err_kind)kind)))
            return (enum err_kind)kind;
    return ERR_NONE;
}

/* The call is changed only once the whole parcel has been read. */
static struct err open_refusal(struct call *c, struct reader *r, enum err_kind kind) {
    struct text say = take_text(r), parameter = take_text(r);
    struct text zh = take_text(r), en = take_text(r);
    uint32_t retry_after_s = (uint32_t)take_number(r, 4);
    if (!is_read_to_its_end(r) || kind == ERR_NONE)
        return malformed(c);
    if (zh.length && en.length)
        c->hint = (struct words){text_c_in(c->arena, zh), text_c_in(c->arena, en)};
    c->parameter = text_copy_in(c->arena, parameter);
    c->retry_after_s = retry_after_s;
    return err_make(kind, text_c_in(c->arena, say));
}

static struct err open_success(struct call *c, struct reader *r) {
    struct text type = take_text(r), data = take_text(r);
    struct text source_name = take_text(r), as_of = take_text(r);
    bool is_stale = take_flag(r);
    bool is_sound = is_read_to_its_end(r) && is_plain(type) && type.length <= CONTENT_TYPE_BYTES_MAX &&
                    (data.length || type.length) &&
                    data.length + source_name.length + as_of.length <= LIMIT_REPLY_BYTES - ENVELOPE_BYTES;
    if (!is_sound)
        return malformed(c);
    envelope_open(c);
    if (type.length)
        reply_body(c, text_c_in(c->arena, type), data);
    else
        json_raw(&c->json, data);
    c->source = (struct source){text_copy_in(c->arena, source_name), text_copy_in(c->arena, as_of), is_stale};
    envelope_close(c);
    return ok;
}

struct err parcel_answer_open(struct call *c, struct text parcel) {
    struct reader r = {parcel, false};
    if (!take_magic(&r, ANSWER_MAGIC))
        return malformed(c);
    struct text kind = take_text(&r), ignored = take_text(&r);
    if (r.is_broken || ignored.length > IGNORED_BYTES_MAX || !is_plain(ignored))
        return malformed(c);
    c->ignored.length = 0;
    buf_text(&c->ignored, ignored);
    return kind.length ? open_refusal(c, &r, kind_by_name(kind)) : open_success(c, &r);
}
