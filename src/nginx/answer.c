/* answer.c: a shaped call into nginx's headers and buffers. */
#include "nginx/alapi_nginx.h"

#include "call/envelope.h"

static ngx_int_t header_add(ngx_http_request_t *r, const char *name, size_t name_length, struct text value) {
    if (value.length == 0)
        return NGX_OK;
    ngx_table_elt_t *header = ngx_list_push(&r->headers_out.headers);
    u_char *copy = header ? ngx_pnalloc(r->pool, value.length) : NULL;
    if (copy == NULL)
        return NGX_ERROR;
    ngx_memcpy(copy, value.bytes, value.length);
    header->hash = 1;
    header->key = (ngx_str_t){name_length, (u_char *)name};
    header->value = (ngx_str_t){value.length, copy};
    return NGX_OK;
}

#define HEADER(r, name, value) header_add(r, name, sizeof(name) - 1, value)

static ngx_int_t headers_set(ngx_http_request_t *r, const alapi_visit_t *visit, struct call *c) {
    alapi_main_t *m = alapi_main(r);
    struct buf number;
    buf_init(&number, c->arena, 32);
    buf_u64(&number, c->request_id);
    ngx_int_t bad = HEADER(r, "X-Request-Id", buf_peek(&number));
    bad |= HEADER(r, "RateLimit-Policy", gate_policy_header(m->gate, &visit->passage));
    bad |= HEADER(r, "RateLimit", gate_limit_header_in(c->arena, m->gate, &visit->passage));
    bad |= HEADER(r, "X-Ignored-Parameters", buf_peek(&c->ignored));
    bad |= HEADER(r, "X-Content-Type-Options", TEXT("nosniff"));
    if (c->retry_after_s)
        bad |= HEADER(r, "Retry-After", text_format_in(c->arena, "%u", c->retry_after_s));
    if (c->status == 405)
        bad |= HEADER(r, "Allow", TEXT("GET, HEAD, POST"));
    if (c->content_type)
        bad |= HEADER(r, "X-Usage", text_format_in(c->arena, "%u", c->units));
    return bad ? NGX_ERROR : NGX_OK;
}

ngx_int_t alapi_send(ngx_http_request_t *r, alapi_visit_t *visit) {
    struct call *c = &alapi_main(r)->call;
    struct text body = buf_peek(&c->reply);
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
    ngx_buf_t *b = ngx_create_temp_buf(r->pool, body.length ? body.length : 1);
    if (b == NULL)
        return NGX_ERROR;
    b->last = ngx_cpymem(b->pos, body.bytes, body.length);
    b->last_buf = r == r->main;
    b->last_in_chain = 1;
    ngx_chain_t out = {b, NULL};
    return ngx_http_output_filter(r, &out);
}
