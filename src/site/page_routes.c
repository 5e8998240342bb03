/* page_routes.c: what is readable without JavaScript and without an account: home, status. */
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "domain/usage.h"
#include "site/consent_gate.h"
#include "site/visit_page.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum {
    STYLE_BYTES_MAX = 1 << 18,
    STATUS_MINUTES = 15,
    MAILS_MAX = 50,
    MAIL_BYTES_MAX = 64 << 10,
    LAG_DEGRADED_S = 10
};

/* What this program really serves, from the descriptors. */
static const struct page_value *const *api_rows(struct visit *v, unsigned *count_out) {
    unsigned count = 0, kept = 0;
    while (v->site->catalog[count])
        count++;
    const struct page_value **rows = arena_alloc(v->d->arena, (count + 1) * sizeof *rows);
    for (unsigned i = 0; i < count; i++) {
        const struct endpoint *e = v->site->catalog[i];
        if (e->is_bare)
            continue;
        struct page_value *row = arena_alloc(v->d->arena, 4 * sizeof *row);
        row[0] = (struct page_value){.name = "path", .text = text_c(e->path)};
        row[1] = (struct page_value){.name = "api", .text = text_c(v->is_english ? e->title.en : e->title.zh)};
        row[2] = (struct page_value){.name = "says", .text = text_c(v->is_english ? e->says.en : e->says.zh)};
        rows[kept++] = row;
    }
    *count_out = kept;
    return rows;
}

static struct err run_home(struct visit *v) {
    unsigned count;
    struct page p =
        page_begin(v, v->is_english ? TEXT("An open API platform") : TEXT("开放 API 平台"));
    page_put_items(&p, "apis", api_rows(v, &count));
    page_put(&p, "lead",
        text_format_in(v->d->arena, v->is_english ? "Register, get a token, and call %u data APIs."
                                                  : "注册账户，获取 token，即可调用 %u 个数据接口。", count));
    page_put_words(&p, "word_apis", "全部接口", "All APIs");
    page_put_words(&p, "how", "在请求头中带上 token：", "Send the token in a header:");
    page_put(&p, "origin", visit_origin(v));
    return page_end(&p, "home.html");
}

/* ---- status ---- */

struct status_out {
    struct visit *v;
    const struct page_value **rows;
    unsigned count, room;
};

static int64_t lag_s(struct visit *v) {
    int64_t lag = (v->d->now_ms - v->site->health->drained_ms) / 1000;
    return lag > 0 ? lag : 0;
}

/* What this program knows of itself: whether its jobs work. It does not judge what it cannot see. */
static const char *state_of(struct visit *v) {
    const struct site_health *h = v->site->health;
    return h->drain_fails || h->publisher_fails || lag_s(v) > LAG_DEGRADED_S ? "degraded" : "ok";
}

static void put_traffic(void *with, const struct traffic_line *line) {
    struct visit *v = with;
    struct json *j = &v->json;
    struct text path = v->site->api_path(line->api);
    if (path.length == 0)
        return;
    json_open_object(j);
    json_put_text(j, "path", path);
    json_put_i64(j, "calls", (int64_t)line->calls);
    json_put_i64(j, "failed", (int64_t)line->failed);
    json_close_object(j);
}

static struct err run_status_json(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_put_c(j, "state", state_of(v));
    json_put_text(j, "version", v->site->version);
    json_put_i64(j, "uptime_s", (v->d->now_ms - v->site->started_ms) / 1000);
    json_put_i64(j, "window_minutes", STATUS_MINUTES);
    json_name(j, "apis");
    json_open_list(j);
    try(traffic_since(v->d, v->d->now_ms / 60000 - STATUS_MINUTES, put_traffic, v));
    json_close_list(j);
    json_name(j, "ledger");
    json_open_object(j);
    json_put_i64(j, "epoch", v->site->health->epoch);
    json_put_i64(j, "lag_s", lag_s(v));
    json_close_object(j);
    json_name(j, "delivery");
    json_open_object(j);
    json_put_c(j, "mail", v->site->health->mail_stopped ? "delayed" : "ok");
    json_put_c(j, "sms", v->site->health->sms_stopped ? "delayed" : "ok");
    json_close_object(j);
    json_name(j, "proofs");
    json_open_object(j);
    json_put_i64(j, "failed", v->site->health->probes_failed);
    json_put_c(j, "all", "/proofs");
    json_close_object(j);
    try(policy_state_put(v));
    visit_end(v);
    return ok;
}

static void add_traffic(void *with, const struct traffic_line *line) {
    struct status_out *o = with;
    struct arena *a = o->v->d->arena;
    struct text path = o->v->site->api_path(line->api);
    if (path.length == 0 || o->count + 1 >= o->room)
        return;
    struct page_value *row = arena_alloc(a, 4 * sizeof *row);
    row[0] = (struct page_value){.name = "path", .text = path};
    row[1] = (struct page_value){
        .name = "calls", .text = text_format_in(a, "%llu", (unsigned long long)line->calls)};
    row[2] = (struct page_value){
        .name = "failed", .text = text_format_in(a, "%llu", (unsigned long long)line->failed)};
    o->rows[o->count++] = row;
}

static struct err run_status(struct visit *v) {
    struct page p = page_begin(v, v->is_english ? TEXT("Status") : TEXT("服务状态"));
    struct status_out o = {.v = v, .room = 1024};
    bool good = strcmp(state_of(v), "ok") == 0;
    o.rows = arena_alloc(v->d->arena, o.room * sizeof *o.rows);
    try(traffic_since(v->d, v->d->now_ms / 60000 - STATUS_MINUTES, add_traffic, &o));
    page_put_words(&p, "state", good ? "运行正常" : "部分功能降级", good ? "Working" : "Degraded");
    page_put(&p, "uptime",
        text_format_in(v->d->arena,
                       v->is_english ? "Up for %lld s. Calls of the last 15 minutes:"
                                     : "已运行 %lld 秒。最近 15 分钟的调用：",
                       (long long)((v->d->now_ms - v->site->started_ms) / 1000)));
    page_put_words(&p, "word_calls", "调用", "Calls");
    page_put_words(&p, "word_failed", "失败 (5xx)", "Failed (5xx)");
    page_put_items(&p, "apis", o.rows);
    return page_end(&p, "status.html");
}

/* ---- the outbox of a development start ---- */

static int newest_first(const void *left, const void *right) {
    return -strcmp(*(const char *const *)left, *(const char *const *)right);
}

static struct err run_outbox(struct visit *v) {
    struct arena *a = v->d->arena;
    const char *names[MAILS_MAX * 4];
    unsigned count = 0;
    const struct page_value **mails = arena_alloc(a, (MAILS_MAX + 1) * sizeof *mails);
    DIR *folder = opendir(v->d->outbox);
    if (!folder)
        return file_fault(a, "cannot read", v->d->outbox);
    for (struct dirent *entry; (entry = readdir(folder)) && count < COUNT(names);)
        if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9')
            names[count++] = text_c_in(a, text_c(entry->d_name));
    closedir(folder);
    qsort(names, count, sizeof *names, newest_first);
    unsigned shown = 0;
    for (unsigned i = 0; i < count && shown < MAILS_MAX; i++) {
        struct text content;
        if (!file_read_in(a, text_say_in(a, "%s/%s", v->d->outbox, names[i]), MAIL_BYTES_MAX,
                          &content)
                 .kind)
            mails[shown++] = page_row_in(a, (const char *const[]){"name", "content"},
                                         (const struct text[]){text_c(names[i]), content}, 2);
    }
    struct page p = page_begin(v, TEXT("outbox"));
    page_put_items(&p, "mails", mails);
    v->answer->is_private = true;
    return page_end(&p, "outbox.html");
}

static struct err run_style(struct visit *v) {
    struct buf out;
    buf_init(&out, v->d->arena, STYLE_BYTES_MAX);
    page_render(&out, "site.css", &(struct page_value){.name = NULL});
    v->answer->status = 200;
    v->answer->content_type = "text/css; charset=utf-8";
    v->answer->body = buf_peek(&out);
    return ok;
}

const struct route page_routes[] = {
    {"GET", "/", run_home, NULL, ROUTE_OPEN},
    {"GET", "/site.css", run_style, NULL, ROUTE_OPEN},
    {"GET", "/status", run_status, NULL, ROUTE_OPEN},
    {"GET", "/status.json", run_status_json, NULL, ROUTE_OPEN},
    {"GET", "/dev/outbox", run_outbox, NULL, ROUTE_DEVELOPMENT},
    {0},
};
