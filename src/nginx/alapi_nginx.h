/* alapi_nginx.h: what the files of the nginx module share.
 *
 * The module is glue: it turns nginx's phases into the doors of the gate and the gate's answer into
 * nginx's buffers. An nginx worker is one thread, so it has one arena and one call, used again and again;
 * what must outlive a door while a worker process is at work is in the request's own `visit`.
 */
#pragma once
#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "gate/gate.h"

extern ngx_module_t ngx_http_alapi_module;

/* Of the whole configuration; also holds what an nginx worker has open. */
typedef struct {
    ngx_str_t catalogue, ledger, token_key, data_folder, zone, worker;
    ngx_flag_t has_tls;  /* what comes without TLS is refused, but by a local socket */
    struct data *data;   /* mapped by the master, inherited */
    struct gate *gate;   /* opened by each worker */
    struct arena arena;  /* of the call that is being walked */
    struct random random;
    struct call call;
} alapi_main_t;

/* Of one request, in its pool. */
typedef struct {
    struct passage passage;
    ngx_event_t late; /* the body has to be there by then */
} alapi_visit_t;

static inline alapi_main_t *alapi_main(ngx_http_request_t *r) {
    return ngx_http_get_module_main_conf(r, ngx_http_alapi_module);
}

static inline struct text text_of_ngx(ngx_str_t s) {
    return text_of((const char *)s.data, s.len);
}

/* answer.c: the shaped call goes out; the result is for ngx_http_finalize_request. */
ngx_int_t alapi_send(ngx_http_request_t *r, alapi_visit_t *visit);

/* walk.c: the content handlers. */
ngx_int_t alapi_handler(ngx_http_request_t *r);
ngx_int_t alapi_refusal_handler(ngx_http_request_t *r);
void alapi_fill_visit(ngx_http_request_t *r, alapi_visit_t *visit);

/* framing.c: refuses a request whose head can be read in two ways; the first phase of every request. */
ngx_int_t alapi_framing_check(ngx_http_request_t *r);

/* worker.c: hands the call to a worker; the answer, or the lack of one, ends in alapi_worker_ended. */
ngx_int_t alapi_worker_start(ngx_http_request_t *r, struct text parcel, ngx_msec_t limit_ms);
void alapi_worker_ended(ngx_http_request_t *r, struct err e, struct text parcel);
