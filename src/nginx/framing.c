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
    int is_last = end - r->header_in->start >= 2 && end[-2] == '\r';
    return is_last && r->request_line.data[r->request_line.len] == '\r';
}

/* HTTP/2 frames its messages itself; these are of the connection and stand in none (RFC 9113, 8.2.2). */
static int is_of_connection(const ngx_table_elt_t *header) {
    return is_named(header, "connection", 10) || is_named(header, "transfer-encoding", 17) ||
           is_named(header, "keep-alive", 10) || is_named(header, "proxy-connection", 16) ||
           is_named(header, "upgrade", 7);
}

static int is_good(ngx_http_request_t *r, int is_text) {
    unsigned lengths = 0, codings = 0;
    for (ngx_list_part_t *part = &r->headers_in.headers.part; part; part = part->next) {
        const ngx_table_elt_t *headers = part->elts;
        for (ngx_uint_t i = 0; i < part->nelts; i++) {
            lengths += (unsigned)is_named(&headers[i], "content-length", 14);
            codings += (unsigned)is_named(&headers[i], "transfer-encoding", 17);
            if (is_text ? !ends_by_crlf(&headers[i], r->header_in->pos) : is_of_connection(&headers[i]))
                return 0;
        }
    }
    return lengths <= 1 && codings <= 1 && (!is_text || lines_end_by_crlf(r));
}

ngx_int_t alapi_framing_check(ngx_http_request_t *r) {
    if (r->internal || r != r->main || r->http_version <= NGX_HTTP_VERSION_9)
        return NGX_DECLINED;
    if (is_good(r, r->http_version < NGX_HTTP_VERSION_20))
        return NGX_DECLINED;
    r->keepalive = 0;
    return NGX_HTTP_BAD_REQUEST;
}
