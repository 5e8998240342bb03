/* module.c: directives, the life of the module, and the log phase.
 *
 *     alapi_catalogue state/catalogue.map;   alapi_ledger state/ledger.map;
 *     alapi_token_key state/keys/token.key;
 *     alapi_tls on;                          calls that come without TLS are refused
 *     alapi_data /usr/share/alapi/data;      alapi_zone Asia/Shanghai;        alapi_worker state/worker.sock;
 *     location /api/ { alapi; }              location = /-/refusal { internal; alapi_refusal; }
 *
 * Paths are relative to the working directory, which is the home: workers may have lost the right to walk
 * to it from the root.
 */
#include "nginx/alapi_nginx.h"

#include "api/catalog.h"
#include "codec/chinese.h"
#include "data/data.h"

static char *set_handler(ngx_conf_t *cf, ngx_command_t *command, void *unused) {
    ngx_http_core_loc_conf_t *location = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    (void)unused;
    location->handler = command->post ? alapi_refusal_handler : alapi_handler;
    return NGX_CONF_OK;
}

#define PATH_DIRECTIVE(name, field)                                                                \
    {                                                                                              \
        ngx_string(name), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE1, ngx_conf_set_str_slot,              \
            NGX_HTTP_MAIN_CONF_OFFSET, offsetof(alapi_main_t, field), NULL                         \
    }

static char is_refusal[] = "refusal";

static ngx_command_t directives[] = {
    PATH_DIRECTIVE("alapi_catalogue", catalogue),
    PATH_DIRECTIVE("alapi_ledger", ledger),
    PATH_DIRECTIVE("alapi_token_key", token_key),
    PATH_DIRECTIVE("alapi_data", data_folder),
    PATH_DIRECTIVE("alapi_zone", zone),
    PATH_DIRECTIVE("alapi_worker", worker),
    {ngx_string("alapi_tls"), NGX_HTTP_MAIN_CONF | NGX_CONF_FLAG, ngx_conf_set_flag_slot, NGX_HTTP_MAIN_CONF_OFFSET,
     offsetof(alapi_main_t, has_tls), NULL},
    {ngx_string("alapi"), NGX_HTTP_LOC_CONF | NGX_CONF_NOARGS, set_handler, 0, 0, NULL},
    {ngx_string("alapi_refusal"), NGX_HTTP_LOC_CONF | NGX_CONF_NOARGS, set_handler, 0, 0, is_refusal},
    ngx_null_command,
};

static void *create_main(ngx_conf_t *cf) {
    alapi_main_t *m = ngx_pcalloc(cf->pool, sizeof *m);
    if (m)
        m->has_tls = NGX_CONF_UNSET;
    return m;
}

/* Every request that our handlers saw is metered here, once, whatever became of it. */
static ngx_int_t meter(ngx_http_request_t *r) {
    alapi_visit_t *visit = ngx_http_get_module_ctx(r, ngx_http_alapi_module);
    if (visit)
        gate_meter(alapi_main(r)->gate, &visit->passage, (int)r->headers_out.status);
    return NGX_OK;
}

static ngx_int_t add_phases(ngx_conf_t *cf) {
    ngx_http_core_main_conf_t *core = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);
    ngx_http_handler_pt *first = ngx_array_push(&core->phases[NGX_HTTP_POST_READ_PHASE].handlers);
    ngx_http_handler_pt *last = ngx_array_push(&core->phases[NGX_HTTP_LOG_PHASE].handlers);
    if (first == NULL || last == NULL)
        return NGX_ERROR;
    *first = alapi_framing_check;
    *last = meter;
    return NGX_OK;
}

static ngx_http_module_t callbacks = {
    .postconfiguration = add_phases,
    .create_main_conf = create_main,
};

static alapi_main_t *main_of_cycle(ngx_cycle_t *cycle) {
    return ngx_http_cycle_get_module_main_conf(cycle, ngx_http_alapi_module);
}

/* The master maps the reference data and opens the dictionaries, so that its workers share one copy and
 * need no right to the files. */
static void forget_data(void *data) {
    data_close(data);
}

static ngx_int_t start_master(ngx_cycle_t *cycle) {
    alapi_main_t *m = main_of_cycle(cycle);
    if (!m || !m->data_folder.len)
        return NGX_OK;
    ngx_pool_cleanup_t *end = ngx_pool_cleanup_add(cycle->pool, 0);
    if (end == NULL)
        return NGX_ERROR;
    m->data = data_open((const char *)m->data_folder.data);
    end->handler = forget_data; /* with the configuration that a reload replaces */
    end->data = m->data;
    struct err e = chinese_warm();
    if (e.kind)
        ngx_log_error(NGX_LOG_WARN, cycle->log, 0, "alapi: %s", e.say);
    return NGX_OK;
}

static ngx_int_t start_worker(ngx_cycle_t *cycle) {
    alapi_main_t *m = main_of_cycle(cycle);
    struct arena a;
    if (!m || !m->catalogue.len || (ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE))
        return NGX_OK;
    struct gate_settings settings = {
        .catalogue_path = (const char *)m->catalogue.data,
        .ledger_path = (const char *)m->ledger.data,
        .token_key_path = (const char *)m->token_key.data,
        .zone = m->zone.len ? (const char *)m->zone.data : "Asia/Shanghai",
        .catalog = api_catalog,
        .data = m->data,
    };
    arena_init(&a, LIMIT_ARENA_BYTES);
    arena_init(&m->arena, LIMIT_ARENA_BYTES);
    m->random = random_system();
    struct err e = gate_open(&a, &settings, &m->gate);
    if (e.kind)
        ngx_log_error(NGX_LOG_EMERG, cycle->log, 0, "alapi: %s", e.say);
    arena_done(&a);
    return e.kind ? NGX_ERROR : NGX_OK;
}

static void stop_worker(ngx_cycle_t *cycle) {
    alapi_main_t *m = main_of_cycle(cycle);
    if (!m)
        return;
    gate_close(m->gate);
    m->gate = NULL;
    arena_done(&m->arena);
}

ngx_module_t ngx_http_alapi_module = {
    NGX_MODULE_V1,  &callbacks, directives,  NGX_HTTP_MODULE, NULL, start_master, start_worker,
    NULL,           NULL,       stop_worker, NULL,            NGX_MODULE_V1_PADDING};

/* What nginx looks up in a module that it loads (its auto/module writes the same). */
__attribute__((visibility("default"))) ngx_module_t *ngx_modules[] = {&ngx_http_alapi_module, NULL};
__attribute__((visibility("default"))) char *ngx_module_names[] = {"ngx_http_alapi_module", NULL};
__attribute__((visibility("default"))) char *ngx_module_order[] = {NULL};
