/* page_routes.c: what is readable without JavaScript and without an account: home, status. */
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "domain/claims.h"
#include "domain/probe_state.h"
#include "domain/usage.h"
#include "site/consent_gate.h"
#include "site/status_view.h"
#include "site/visit_page.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum {
    STYLE_BYTES_MAX = 1 << 18,
    STATUS_MINUTES = 15,
    MAILS_MAX = 50,
    MAIL_BYTES_MAX = 64 << 10,
    LAG_DEGRADED_S = 10,
    TRAFFIC_LINES_MAX = 1024
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

struct status {
    struct visit *v;
    struct probe_state seen;
    struct traffic_line *lines;
    unsigned count;
};

static int64_t lag_s(struct visit *v) {
    int64_t lag = (v->d->now_ms - v->site->health->drained_ms) / 1000;
    return lag > 0 ? lag : 0;
}

/* The prober's word, and nobody else's; but where our own jobs fail, what it calls good is not all good. */
static enum service_state state_of(struct visit *v, const struct probe_state *seen) {
    const struct site_health *h = v->site->health;
    bool is_lame = h->drain_fails || h->publisher_fails || lag_s(v) > LAG_DEGRADED_S;
    return is_lame ? service_state_worse(seen->state, SERVICE_DEGRADED) : seen->state;
}

static void keep_line(void *with, const struct traffic_line *line) {
    struct status *s = with;
    if (s->count < TRAFFIC_LINES_MAX)
        s->lines[s->count++] = *line;
}

static struct err read_status(struct visit *v, struct status *s) {
    *s = (struct status){.v = v, .lines = arena_alloc(v->d->arena, TRAFFIC_LINES_MAX * sizeof *s->lines)};
    probe_state_read(v->d->arena, &v->site->probes, v->d->now_ms, &s->seen);
    return traffic_since(v->d, v->d->now_ms / 60000 - STATUS_MINUTES, keep_line, s);
}

static struct traffic_line traffic_of(const struct status *s, struct text path) {
    for (unsigned i = 0; i < s->count; i++)
        if (text_equal(s->v->site->api_path(s->lines[i].api), path))
            return s->lines[i];
    return (struct traffic_line){0};
}

static void put_apis(const struct status *s) {
    struct json *j = &s->v->json;
    json_name(j, "apis");
    json_open_list(j);
    for (const struct endpoint *const *e = s->v->site->catalog; *e; e++) {
        struct text path = text_c((*e)->path);
        struct traffic_line line = traffic_of(s, path);
        json_open_object(j);
        json_put_text(j, "path", path);
        json_put_c(j, "state", service_state_name(probe_state_of(&s->seen, path)));
        json_put_i64(j, "calls", (int64_t)line.calls);
        json_put_i64(j, "failed", (int64_t)line.failed);
        json_close_object(j);
    }
    json_close_list(j);
}

static void put_jobs(struct visit *v) {
    struct json *j = &v->json;
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
}

static struct err run_status_json(struct visit *v) {
    struct status s;
    try(read_status(v, &s));
    struct json *j = visit_json(v, 200);
    json_put_c(j, "state", service_state_name(state_of(v, &s.seen)));
    json_put_text(j, "version", v->site->version);
    json_put_i64(j, "uptime_s", (v->d->now_ms - v->site->started_ms) / 1000);
    json_put_i64(j, "window_minutes", STATUS_MINUTES);
    put_apis(&s);
    status_put(j, v->d->arena, &s.seen);
    put_jobs(v);
    try(policy_state_put(v));
    visit_end(v);
    return ok;
}

static const struct page_value *const *status_rows(const struct status *s) {
    static const char *const names[] = {"path", "api_state", "calls", "failed"};
    struct arena *a = s->v->d->arena;
    unsigned count = 0;
    while (s->v->site->catalog[count])
        count++;
    const struct page_value **rows = page_rows_in(a, count);
    for (unsigned i = 0; i < count; i++) {
        struct text path = text_c(s->v->site->catalog[i]->path);
        struct traffic_line line = traffic_of(s, path);
        const struct text texts[] = {
            path, text_c(service_state_says(probe_state_of(&s->seen, path), s->v->is_english)),
            text_format_in(a, "%llu", (unsigned long long)line.calls),
            text_format_in(a, "%llu", (unsigned long long)line.failed)};
        rows[i] = page_row_in(a, names, texts, COUNT(texts));
    }
    return rows;
}

/* "43 min 12 s" */
static struct text minutes_in(struct visit *v, int64_t seconds) {
    return text_format_in(v->d->arena, v->is_english ? "%s%lld min %lld s" : "%s%lld 分 %lld 秒", seconds < 0 ? "-" : "",
                          (long long)llabs(seconds) / 60, (long long)llabs(seconds) % 60);
}

static void put_availability(struct page *p, const struct probe_state *seen) {
    struct visit *v = p->v;
    struct arena *a = v->d->arena;
    if (!seen->time_ms) {
        page_put_words(p, "availability", "还没有观察记录。", "Nothing has been observed yet.");
        return;
    }
    struct text percent = seen->sum.known_ppm >= 0 ? claim_percent_in(a, seen->sum.known_ppm) : TEXT("–");
    struct text down = minutes_in(v, seen->sum.down_s), unknown = minutes_in(v, seen->sum.unknown_s),
                left = minutes_in(v, seen->sum.left_s), time = clock_print_utc_in(a, seen->time_ms);
    page_put(p, "availability",
             v->is_english
                 ? text_format_in(a,
                                  "Observed from outside at %.*s. Of the last 30 days: down %.*s, "
                                  "unobserved %.*s; %.*s of the observed time was up. Left of the error "
                                  "budget of 43 min 12 s: %.*s.",
                                  TEXT_ARG(time), TEXT_ARG(down), TEXT_ARG(unknown), TEXT_ARG(percent),
                                  TEXT_ARG(left))
                 : text_format_in(a,
                                  "外部观察时间 %.*s。最近三十日：中断 %.*s，未观察 %.*s；已观察时段的可用性为 "
                                  "%.*s。错误预算 43 分 12 秒，剩余 %.*s。",
                                  TEXT_ARG(time), TEXT_ARG(down), TEXT_ARG(unknown), TEXT_ARG(percent),
                                  TEXT_ARG(left)));
    if (seen->fault.length)
        page_put(p, "fault", seen->fault);
    page_put_words(p, "word_fault", "观察记录有损坏，受损时段按未知计：", "The log is damaged; what it hid is unknown:");
}

static struct err run_status(struct visit *v) {
    struct page p = page_begin(v, v->is_english ? TEXT("Status") : TEXT("服务状态"));
    struct status s;
    try(read_status(v, &s));
    page_put(&p, "state", text_c(service_state_says(state_of(v, &s.seen), v->is_english)));
    page_put(&p, "pages", text_c(service_state_says(s.seen.pages, v->is_english)));
    page_put(&p, "calls_state", text_c(service_state_says(s.seen.calls, v->is_english)));
    page_put_words(&p, "word_pages", "页面与账户", "Pages and accounts");
    page_put_words(&p, "word_calls_state", "接口调用", "API calls");
    put_availability(&p, &s.seen);
    page_put(&p, "uptime",
        text_format_in(v->d->arena,
                       v->is_english ? "Up for %lld s. Calls of the last 15 minutes:"
                                     : "已运行 %lld 秒。最近 15 分钟的调用：",
                       (long long)((v->d->now_ms - v->site->started_ms) / 1000)));
    page_put_words(&p, "word_state", "状态", "State");
    page_put_words(&p, "word_calls", "调用", "Calls");
    page_put_words(&p, "word_failed", "失败 (5xx)", "Failed (5xx)");
    page_put_items(&p, "apis", status_rows(&s));
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
