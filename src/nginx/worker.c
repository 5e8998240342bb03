/* worker.c: one call to a worker process, over the unix socket, without blocking nginx.
 *
 * A connection a call: a unix socket costs microseconds and a worker's call milliseconds, and so a dead
 * worker takes exactly its own calls with it. One timer covers connecting, sending and waiting. The answer
 * is HTTP/1.1 with a Content-Length; what is shorter than that is a worker's death.
 */
#include "nginx/alapi_nginx.h"

#include "gate/parcel.h"

enum { ANSWER_FIRST_BYTES = 16 << 10, ANSWER_HEAD_MAX = 4 << 10 };

typedef struct {
    ngx_http_request_t *request;
    ngx_peer_connection_t peer;
    struct sockaddr_un address;
    ngx_str_t name;
    ngx_buf_t *out, *in;
    int is_ended;
} exchange_t;

static void connection_close(exchange_t *x) {
    if (x->peer.connection) {
        ngx_close_connection(x->peer.connection);
        x->peer.connection = NULL;
    }
}

static void on_cleanup(void *data) {
    connection_close(data);
}

static void end(exchange_t *x, struct err e, struct text parcel) {
    ngx_http_request_t *r = x->request;
    ngx_connection_t *client = r->connection;
    if (x->is_ended)
        return;
    x->is_ended = 1;
    connection_close(x);
    alapi_worker_ended(r, e, parcel);
    ngx_http_run_posted_requests(client);
}

static void fail(exchange_t *x, enum err_kind kind) {
    end(x, err_make(kind, "the worker did not answer"), TEXT(""));
}

/* The body, once all of it is there. */
static int body_is_whole(const exchange_t *x, struct text *body_out) {
    static const char length_name[] = "Content-Length: ";
    struct text all = text_of((const char *)x->in->pos, (size_t)(x->in->last - x->in->pos));
    size_t head_end = text_find(text_part(all, 0, ANSWER_HEAD_MAX), TEXT("\r\n\r\n"));
    uint64_t length;
    if (head_end == SIZE_MAX || !text_starts(all, TEXT("HTTP/1.1 200")))
        return 0;
    struct text head = text_part(all, 0, head_end + 2);
    struct text value = text_from(head, text_find(head, text_c(length_name)));
    value = text_from(value, sizeof length_name - 1);
    value = text_part(value, 0, text_find_char(value, '\r'));
    if (!text_to_u64(value, &length) || length > LIMIT_PARCEL_ANSWER_BYTES)
        return 0;
    *body_out = text_from(all, head_end + 4);
    return body_out->length == length;
}

static ngx_int_t grow(exchange_t *x) {
    size_t used = (size_t)(x->in->last - x->in->pos), size = (size_t)(x->in->end - x->in->start) * 2;
    if (size > 2 * LIMIT_PARCEL_ANSWER_BYTES)
        return NGX_ERROR;
    ngx_buf_t *larger = ngx_create_temp_buf(x->request->pool, size);
    if (larger == NULL)
        return NGX_ERROR;
    larger->last = ngx_cpymem(larger->pos, x->in->pos, used);
    ngx_pfree(x->request->pool, x->in->start);
    x->in = larger;
    return NGX_OK;
}

static void on_read(ngx_event_t *event) {
    ngx_connection_t *c = event->data;
    exchange_t *x = c->data;
    struct text body;
    if (event->timedout) {
        fail(x, ERR_SOURCE_TIMEOUT);
        return;
    }
    for (;;) {
        if (x->in->last == x->in->end && grow(x) != NGX_OK) {
            fail(x, ERR_SOURCE_FAILED);
            return;
        }
        ssize_t got = c->recv(c, x->in->last, (size_t)(x->in->end - x->in->last));
        if (got == NGX_AGAIN)
            break;
        if (got > 0)
            x->in->last += got;
        if (body_is_whole(x, &body)) {
            end(x, ok, body);
            return;
        }
        if (got == 0 || got == NGX_ERROR) {
            fail(x, ERR_SOURCE_FAILED); /* it died on this call */
            return;
        }
    }
    if (ngx_handle_read_event(event, 0) != NGX_OK)
        fail(x, ERR_INTERNAL);
}

static void on_write(ngx_event_t *event) {
    ngx_connection_t *c = event->data;
    exchange_t *x = c->data;
    while (x->out->pos < x->out->last) {
        ssize_t put = c->send(c, x->out->pos, (size_t)(x->out->last - x->out->pos));
        if (put == NGX_AGAIN)
            break;
        if (put <= 0) {
            fail(x, ERR_BUSY);
            return;
        }
        x->out->pos += put;
    }
    if (ngx_handle_write_event(event, 0) != NGX_OK)
        fail(x, ERR_INTERNAL);
}

static ngx_int_t request_make(exchange_t *x, struct text parcel) {
    ngx_pool_t *pool = x->request->pool;
    x->out = ngx_create_temp_buf(pool, parcel.length + 128);
    x->in = ngx_create_temp_buf(pool, ANSWER_FIRST_BYTES);
    if (x->out == NULL || x->in == NULL)
        return NGX_ERROR;
    x->out->last = ngx_sprintf(x->out->last, "POST / HTTP/1.1\r\nHost: worker\r\nConnection: close\r\n"
                                             "Content-Length: %uz\r\n\r\n", parcel.length);
    x->out->last = ngx_cpymem(x->out->last, parcel.bytes, parcel.length);
    return NGX_OK;
}

static ngx_int_t peer_connect(exchange_t *x, ngx_str_t path) {
    ngx_peer_connection_t *peer = &x->peer;
    if (path.len >= sizeof x->address.sun_path)
        return NGX_ERROR;
    x->address.sun_family = AF_UNIX;
    ngx_memcpy(x->address.sun_path, path.data, path.len);
    x->name = path;
    peer->sockaddr = (struct sockaddr *)&x->address;
    peer->socklen = sizeof x->address;
    peer->name = &x->name;
    peer->get = ngx_event_get_peer;
    peer->log = x->request->connection->log;
    peer->log_error = NGX_ERROR_ERR;
    ngx_int_t result = ngx_event_connect_peer(peer);
    return result == NGX_ERROR || result == NGX_BUSY || result == NGX_DECLINED ? NGX_ERROR : NGX_OK;
}

ngx_int_t alapi_worker_start(ngx_http_request_t *r, struct text parcel, ngx_msec_t limit_ms) {
    exchange_t *x = ngx_pcalloc(r->pool, sizeof *x);
    ngx_http_cleanup_t *cleanup = x ? ngx_http_cleanup_add(r, 0) : NULL;
    if (cleanup == NULL)
        return NGX_ERROR;
    x->request = r;
    cleanup->handler = on_cleanup;
    cleanup->data = x;
    if (request_make(x, parcel) != NGX_OK)
        return NGX_ERROR;
    if (peer_connect(x, alapi_main(r)->worker) != NGX_OK) {
        connection_close(x);
        return NGX_ERROR;
    }
    ngx_connection_t *c = x->peer.connection;
    c->data = x;
    c->pool = r->pool;
    c->read->handler = on_read;
    c->write->handler = on_write;
    ngx_add_timer(c->read, limit_ms);
    ngx_post_event(c->write, &ngx_posted_events); /* not now: the caller is still walking */
    return NGX_OK;
}
