/* walk.c: a request walks the corridor.
 *
 * The body is always asked for first (there is none for most), so that there is one way on. Then the doors
 * of the gate, one after the other; a refusal goes straight to its shape.
 */
#include "nginx/alapi_nginx.h"

#include "call/list.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "call/refusal.h"
#include "codec/path.h"
#include "gate/parcel.h"

/* ---- what the request says ---- */

static struct text header_find(ngx_http_request_t *r, const char *name, size_t length) {
    for (ngx_list_part_t *part = &r->headers_in.headers.part; part; part = part->next) {
        ngx_table_elt_t *headers = part->elts;
        for (ngx_uint_t i = 0; i < part->nelts; i++)
            if (headers[i].key.len == length && ngx_memcmp(headers[i].lowcase_key, name, length) == 0)
                return text_of_ngx(headers[i].value);
    }
    return TEXT("");
}

static struct text raw_path(ngx_http_request_t *r) {
    struct text path = text_of_ngx(r->unparsed_uri);
    if (path.length == 0 && r->uri_start && r->uri_end > r->uri_start) /* nginx gave up before it was whole */
        path = text_of((const char *)r->uri_start, (size_t)(r->uri_end - r->uri_start));
    return text_part(path, 0, text_find_char(path, '?'));
}

/* How many headers have this name. */
static unsigned header_count(ngx_http_request_t *r, const char *name, size_t length) {
    unsigned count = 0;
    for (ngx_list_part_t *part = &r->headers_in.headers.part; part; part = part->next) {
        const ngx_table_elt_t *headers = part->elts;
        for (ngx_uint_t i = 0; i < part->nelts; i++)
            count += headers[i].key.len == length && ngx_memcmp(headers[i].lowcase_key, name, length) == 0;
    }
    return count;
}

/* Which of two would be meant, nobody can tell. */
static struct err check_one_token(ngx_http_request_t *r, struct call *c) {
    if (header_count(r, "token", 5) <= 1 && header_count(r, "authorization", 13) <= 1)
        return ok;
    c->parameter = TEXT("token");
    return err_make(ERR_PARAMETER_DOUBLED, "more than one token was sent");
}

/* An empty header counts as none. */
static struct text token_of_headers(ngx_http_request_t *r) {
    struct text token = text_trim(header_find(r, "token", 5));
    if (token.length || !r->headers_in.authorization)
        return token;
    struct text value = text_of_ngx(r->headers_in.authorization->value);
    if (!text_equal_nocase(text_part(value, 0, 7), TEXT("bearer ")))
        return TEXT("");
    return text_trim(text_from(value, 7));
}

/* The first of zh and en that the caller names; Chinese where it names neither. */
static enum language language_of(ngx_http_request_t *r) {
    if (!r->headers_in.accept_language)
        return LANGUAGE_ZH;
    struct text value = text_of_ngx(r->headers_in.accept_language->value);
    size_t zh = text_find(value, TEXT("zh")), en = text_find(value, TEXT("en"));
    return en < zh ? LANGUAGE_EN : LANGUAGE_ZH;
}

static struct ip peer_of(ngx_http_request_t *r) {
    struct ip ip = {{0}};
    struct sockaddr *address = r->connection->sockaddr;
    if (address->sa_family == AF_INET)
        return ip_from_v4(ntohl(((struct sockaddr_in *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        ngx_memcpy(ip.bytes, &((struct sockaddr_in6 *)address)->sin6_addr, 16);
    return ip;
}

static struct text text_of_buf(const ngx_buf_t *b) {
    return text_of((const char *)b->pos, (size_t)(b->last - b->pos));
}

/* What came with the headers and what came later lie in buffers of their own. */
static struct text body_of(ngx_http_request_t *r, struct arena *a) {
    ngx_chain_t *first = r->request_body ? r->request_body->bufs : NULL;
    struct buf whole;
    if (!first)
        return TEXT("");
    if (!first->next)
        return text_of_buf(first->buf);
    buf_init(&whole, a, LIMIT_BODY_BYTES);
    for (ngx_chain_t *link = first; link; link = link->next)
        buf_text(&whole, text_of_buf(link->buf));
    return buf_peek(&whole);
}

void alapi_fill_visit(ngx_http_request_t *r, alapi_visit_t *visit) {
    visit->passage.language = language_of(r);
    visit->passage.peer = peer_of(r);
}

/* A fresh call in the worker's arena, at nginx's idea of now. */
static struct call *call_begin(alapi_main_t *m) {
    ngx_time_t *now = ngx_timeofday();
    int64_t now_ms = (int64_t)now->sec * 1000 + now->msec;
    arena_reset(&m->arena);
    call_init(&m->call, &m->arena, now_ms, &m->random);
    gate_set_clock(m->gate, now_ms);
    return &m->call;
}

/* ---- the doors ---- */

static struct err gather(ngx_http_request_t *r, struct call *c) {
    struct text type = r->headers_in.content_type ? text_of_ngx(r->headers_in.content_type->value) : TEXT("");
    try(params_from_form(c, text_of_ngx(r->args)));
    if (r->request_body && r->request_body->temp_file)
        return err_make(ERR_BODY_TOO_LARGE, "the body did not fit into memory");
    return params_from_body(c, type, body_of(r, c->arena));
}

/* Whether it came over a wire that others may read, although there is TLS. */
static int is_plain(ngx_http_request_t *r, const alapi_main_t *m) {
    ngx_connection_t *c = r->connection;
    if (m->has_tls != 1 || c->ssl)
        return 0;
    return ngx_connection_local_sockaddr(c, NULL, 0) != NGX_OK || c->local_sockaddr->sa_family != AF_UNIX;
}

/* Never sent on to https: a client would not learn that its token was read on the way each time. A token that
 * is right is counted under a status of its own, by which the drain finds its owner (domain/exposure.h). */
static struct err refuse_plain(ngx_http_request_t *r, alapi_main_t *m, struct call *c, struct passage *p) {
    struct text token = token_of_headers(r);
    if (!token.length) {
        try(gather(r, c));
        token = params_take_token(c);
    }
    if (!token.length)
        return err_make(ERR_TLS_REQUIRED, "without TLS");
    p->is_exposed = !gate_authenticate(m->gate, c, p, token).kind;
    return err_make(ERR_KEY_EXPOSED, "a token without TLS");
}

/* As far as the charge; the token of a header is judged before the parameters are read. */
static struct err enter(ngx_http_request_t *r, alapi_main_t *m, struct call *c, struct passage *p) {
    struct text host = r->headers_in.host ? text_of_ngx(r->headers_in.host->value) : TEXT("");
    struct err e = gate_route(m->gate, c, p, text_of_ngx(r->uri), host);
    if (e.kind == ERR_API_UNKNOWN && !path_is_plain(raw_path(r)))
        e.kind = ERR_PATH_INVALID;
    try(e);
    if (!(r->method & (NGX_HTTP_GET | NGX_HTTP_HEAD | NGX_HTTP_POST)))
        return err_make(ERR_METHOD_NOT_ALLOWED, "only GET and POST");
    try(check_one_token(r, c));
    if (is_plain(r, m))
        return refuse_plain(r, m, c, p);
    struct text token = token_of_headers(r);
    if (token.length)
        try(gate_authenticate(m->gate, c, p, token));
    try(gather(r, c));
    struct text token_param = params_take_token(c);
    if (!token.length)
        try(gate_authenticate(m->gate, c, p, token_param));
    if (p->endpoint->lane == LANE_WORKER)
        try(gate_queue(m->gate, p));
    return gate_limit(m->gate, c, p);
}

static void body_is_there(alapi_visit_t *visit) {
    if (visit->late.timer_set)
        ngx_del_timer(&visit->late);
}

static struct err hand_to_worker(ngx_http_request_t *r, struct call *c, struct passage *p) {
    if (list_length(c) == 1)
        try(ask_check(c)); /* a bad parameter costs no worker's time */
    struct text parcel = parcel_ask_in(c->arena, c);
    if (parcel.length > LIMIT_PARCEL_ASK_BYTES)
        return err_make(ERR_BODY_TOO_LARGE, "the call is too large for a worker");
    unsigned limit_ms = p->endpoint->limit_ms ? p->endpoint->limit_ms : LIMIT_WORKER_MS;
    if (alapi_worker_start(r, parcel, limit_ms) != NGX_OK)
        return err_make(ERR_BUSY, "no worker answers");
    return ok;
}

static void walk(ngx_http_request_t *r) {
    alapi_main_t *m = alapi_main(r);
    alapi_visit_t *visit = ngx_http_get_module_ctx(r, ngx_http_alapi_module);
    struct passage *p = &visit->passage;
    body_is_there(visit);
    alapi_fill_visit(r, visit);
    struct call *c = call_begin(m);
    struct err e = enter(r, m, c, p);
    if (!e.kind && p->endpoint->lane == LANE_WORKER) {
        e = hand_to_worker(r, c, p);
        if (!e.kind)
            return; /* alapi_worker_ended goes on */
    } else if (!e.kind) {
        e = gate_perform(m->gate, c, p);
    }
    if (e.kind)
        gate_refuse(m->gate, c, p, e);
    ngx_http_finalize_request(r, alapi_send(r, visit));
}

void alapi_worker_ended(ngx_http_request_t *r, struct err e, struct text parcel) {
    alapi_main_t *m = alapi_main(r);
    alapi_visit_t *visit = ngx_http_get_module_ctx(r, ngx_http_alapi_module);
    struct call *c = call_begin(m);
    gate_resume(m->gate, c, &visit->passage, &m->arena);
    if (!e.kind)
        e = parcel_answer_open(c, parcel);
    if (e.kind)
        gate_refuse(m->gate, c, &visit->passage, e);
    else
        gate_answer(m->gate, c, &visit->passage);
    ngx_http_finalize_request(r, alapi_send(r, visit));
}

/* nginx's own limit is for each pause in a body: whoever sends a byte now and then would stay for weeks. */
static void on_late(ngx_event_t *event) {
    ngx_http_request_t *r = event->data;
    ngx_connection_t *client = r->connection;
    client->timedout = 1;
    ngx_http_finalize_request(r, NGX_HTTP_REQUEST_TIME_OUT);
    ngx_http_run_posted_requests(client);
}

static void on_gone(void *data) {
    body_is_there(data);
}

static ngx_int_t expect_body(ngx_http_request_t *r, alapi_visit_t *visit) {
    ngx_http_cleanup_t *cleanup = ngx_http_cleanup_add(r, 0);
    if (cleanup == NULL)
        return NGX_ERROR;
    cleanup->handler = on_gone;
    cleanup->data = visit;
    visit->late = (ngx_event_t){.handler = on_late, .data = r, .log = r->connection->log};
    ngx_add_timer(&visit->late, LIMIT_BODY_MS);
    return NGX_OK;
}

ngx_int_t alapi_handler(ngx_http_request_t *r) {
    alapi_visit_t *visit = ngx_pcalloc(r->pool, sizeof *visit);
    if (visit == NULL)
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    ngx_http_set_ctx(r, visit, ngx_http_alapi_module);
    int has_body = r->headers_in.content_length_n > 0 || r->headers_in.chunked || r->stream;
    if (has_body && expect_body(r, visit) != NGX_OK)
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    ngx_int_t result = ngx_http_read_client_request_body(r, walk);
    return result >= NGX_HTTP_SPECIAL_RESPONSE ? result : NGX_DONE;
}

/* ---- what nginx itself refused ---- */

static enum err_kind kind_of_status(ngx_int_t status) {
    static const struct {
        ngx_int_t status;
        enum err_kind kind;
    } table[] = {{400, ERR_REQUEST_MALFORMED}, {404, ERR_API_UNKNOWN},       {405, ERR_METHOD_NOT_ALLOWED},
                 {408, ERR_REQUEST_TIMEOUT},   {413, ERR_BODY_TOO_LARGE},    {414, ERR_URI_TOO_LONG},
                 {431, ERR_HEADERS_TOO_LARGE}, {494, ERR_HEADERS_TOO_LARGE}, {502, ERR_BUSY},
                 {503, ERR_BUSY},              {504, ERR_BUSY},              {429, ERR_RATE_EXCEEDED},
                 {501, ERR_REQUEST_MALFORMED}, {497, ERR_TLS_REQUIRED}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].status == status)
            return table[i].kind;
    return ERR_INTERNAL;
}

ngx_int_t alapi_refusal_handler(ngx_http_request_t *r) {
    static const struct endpoint none = {.path = ""};
    alapi_main_t *m = alapi_main(r);
    alapi_visit_t *visit = ngx_pcalloc(r->pool, sizeof *visit);
    ngx_int_t status = r->err_status ? (ngx_int_t)r->err_status : (ngx_int_t)r->headers_out.status;
    if (visit == NULL)
        return NGX_ERROR;
    r->err_status = 0; /* the envelope's status is sent */
    alapi_fill_visit(r, visit);
    ngx_http_set_ctx(r, visit, ngx_http_alapi_module);
    struct call *c = call_begin(m);
    struct text host = r->headers_in.host ? text_of_ngx(r->headers_in.host->value) : TEXT("");
    struct text path = raw_path(r); /* r->uri is the refusal's own */
    struct err unknown = gate_route(m->gate, c, &visit->passage, path, host);
    if (unknown.kind)
        c->endpoint = visit->passage.endpoint = &none;
    enum err_kind kind = kind_of_status(status);
    if ((kind == ERR_REQUEST_MALFORMED || kind == ERR_API_UNKNOWN) && !path_is_plain(path))
        kind = ERR_PATH_INVALID;
    gate_refuse(m->gate, c, &visit->passage, err_make(kind, "refused by nginx"));
    return alapi_send(r, visit);
}
