/* framing.c: one reading of where a request ends, or none.
 *
 * nginx 1.22 takes the first of two Content-Length headers and drops the other, and it ends a line of the
 * head at a bare LF. Whoever stands before it and reads otherwise would send on, as the rest of one request,
 * what nginx answers as the next (RFC 9112, 11.2). So both are refused here with 400, and the connection ends
 * with it. What nginx itself refuses: a length and a coding together, a folded line, a space before the
 * colon, a NUL, no Host or two.
 *
 * Cost: one look at each header, no allocation.
 */
#include "nginx/alapi_nginx.h"

/* nginx has put a NUL behind each value, over the CR, the LF or the blank that was there; what follows tells
 * which it was. */
static int ends_by_crlf(const ngx_table_elt_t *header, const u_char *end) {
    const u_char *at = header->value.data + header->value.len + 1;
    if (at == end - 2)
        return 0; /* the empty line that ends the head follows at once: there was an LF alone */
    while (*at == ' ' || *at == '\t' || *at == '\r')
        at++;
    return *at == '\n';
}

static int is_named(const ngx_table_elt_t *header, const char *name, size_t length) {
    return header->key.len == length && ngx_memcmp(header->lowcase_key, name, length) == 0;
}

static int lines_end_by_crlf(ngx_http_request_t *r) {
    const u_char *end = r->header_in->pos; /* behind the head's last byte */
    return r->request_line.data[r->request_line.len] == '\r' && end - r->header_in->start >= 2 && end[-2] == '\r';
}

ngx_int_t alapi_framing_check(ngx_http_request_t *r) {
    unsigned lengths = 0, codings = 0;
    int is_text = r->http_version < NGX_HTTP_VERSION_20 && r->http_version > NGX_HTTP_VERSION_9;
    if (r->internal || r != r->main)
        return NGX_DECLINED;
    int is_good = !is_text || lines_end_by_crlf(r);
    for (ngx_list_part_t *part = &r->headers_in.headers.part; part && is_good; part = part->next) {
        const ngx_table_elt_t *headers = part->elts;
        for (ngx_uint_t i = 0; i < part->nelts && is_good; i++) {
            lengths += (unsigned)is_named(&headers[i], "content-length", 14);
            codings += (unsigned)is_named(&headers[i], "transfer-encoding", 17);
            is_good = !is_text || ends_by_crlf(&headers[i], r->header_in->pos);
        }
    }
    if (is_good && lengths <= 1 && codings <= 1 && (is_text || codings == 0))
        return NGX_DECLINED;
    r->keepalive = 0;
    return NGX_HTTP_BAD_REQUEST;
}
