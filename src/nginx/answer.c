/* answer.c: a shaped call into nginx's headers and buffers. */
#include "nginx/alapi_nginx.h"

#include "call/envelope.h"

enum { HEADERS_MAX = 10 };

/* The headers of one answer, collected so that their values take one allocation of the request's pool. They
 * must outlive the call's arena: the access log may ask for them. */
struct headers {
    struct {
        ngx_str_t name;
        struct text value;
    } items[HEADERS_MAX];
    unsigned count;
    size_t bytes;
};

static void header_add(struct headers *h, ngx_str_t name, struct text value) {
    if (value.length == 0)
        return;
    h->items[h->count].name = name;
    h->items[h->count++].value = value;
    h->bytes += value.length;
}

static ngx_int_t headers_put(ngx_http_request_t *r, const struct headers *h) {
    u_char *at = ngx_pnalloc(r->pool, h->bytes);
    for (unsigned i = 0; at && i < h->count; i++) {
        struct text value = h->items[i].value;
        ngx_table_elt_t *header = ngx_list_push(&r->headers_out.headers);
        if (header == NULL)
            return NGX_ERROR;
        header->hash = 1;
        header->key = h->items[i].name;
        header->value = (ngx_str_t){value.length, at};
        at = ngx_cpymem(at, value.bytes, value.length);
    }
    return at ? NGX_OK : NGX_ERROR;
}

#define HEADER(h, name, value) header_add(h, (ngx_str_t)ngx_string(name), value)

static ngx_int_t headers_set(ngx_http_request_t *r, const alapi_visit_t *visit, struct call *c) {
    alapi_main_t *m = alapi_main(r);
    struct headers h;
    struct buf number;
    h.count = 0;
    h.bytes = 0;
    buf_init(&number, c->arena, 32);
    buf_u64(&number, c->request_id);
    HEADER(&h, "X-Request-Id", buf_peek(&number));
    HEADER(&h, "RateLimit-Policy", gate_policy_header(m->gate, &visit->passage));
    HEADER(&h, "RateLimit", gate_limit_header_in(c->arena, m->gate, &visit->passage));
    HEADER(&h, "X-Ignored-Parameters", buf_peek(&c->ignored));
    HEADER(&h, "X-Content-Type-Options", TEXT("nosniff"));
    if (visit->passage.policy_next)
        HEADER(&h, "Policy-Update", gate_policy_update_in(c->arena, &visit->passage));
    if (c->status == 451)
        HEADER(&h, "Link", gate_policy_link_in(c->arena, &visit->passage));
    if (c->retry_after_s)
        HEADER(&h, "Retry-After", text_format_in(c->arena, "%u", c->retry_after_s));
    if (c->status == 405)
        HEADER(&h, "Allow", TEXT("GET, HEAD, POST"));
    if (c->content_type)
        HEADER(&h, "X-Usage", text_format_in(c->arena, "%u", c->units));
    return headers_put(r, &h);
}

static struct text body_of(const struct call *c) {
    return c->standing.length ? c->standing : buf_peek(&c->reply);
}

static ngx_buf_t *body_in(ngx_http_request_t *r, const struct call *c) {
    struct text body = body_of(c);
    if (c->standing.length == 0) {
        ngx_buf_t *b = ngx_create_temp_buf(r->pool, body.length ? body.length : 1);
        if (b != NULL)
            b->last = ngx_cpymem(b->pos, body.bytes, body.length);
        return b;
    }
    ngx_buf_t *b = ngx_calloc_buf(r->pool);
    if (b != NULL) {
        b->pos = b->start = (u_char *)body.bytes;
        b->last = b->end = b->pos + body.length;
        b->memory = 1;
    }
    return b;
}

ngx_int_t alapi_send(ngx_http_request_t *r, alapi_visit_t *visit) {
    struct call *c = &alapi_main(r)->call;
    struct text body = body_of(c);
    const char *type = envelope_type(c);
    r->headers_out.status = (ngx_uint_t)c->status;
    r->headers_out.content_length_n = (off_t)body.length;
    r->headers_out.content_type = (ngx_str_t){ngx_strlen(type), (u_char *)type};
    r->headers_out.content_type_len = ngx_strlen(type);
    r->headers_out.content_type_lowcase = NULL;
    if (text_starts(text_c(type), TEXT("application/json"))) /* so that gzip_types knows it */
        r->headers_out.content_type_len = sizeof("application/json") - 1;
    if (headers_set(r, visit, c) != NGX_OK)
        return NGX_ERROR;
    ngx_int_t result = ngx_http_send_header(r);
    if (result == NGX_ERROR || result > NGX_OK || r->header_only)
        return result;
    ngx_buf_t *b = body_in(r, c);
    if (b == NULL)
        return NGX_ERROR;
    b->last_buf = r == r->main;
    b->last_in_chain = 1;
    ngx_chain_t out = {b, NULL};
    return ngx_http_output_filter(r, &out);
}
