/* status_view.c: see status_view.h. */
#include "site/status_view.h"
#include "base/clock.h"
#include "domain/claims.h"
#include "site/page.h"

enum { PAGE_BYTES_MAX = 256 << 10, ROWS_MAX = PROBE_STATE_APIS_MAX };

void status_put(struct json *j, struct arena *a, const struct probe_state *s) {
    json_name(j, "parts");
    json_open_object(j);
    json_put_c(j, "pages", service_state_name(s->pages));
    json_put_c(j, "calls", service_state_name(s->calls));
    json_close_object(j);
    json_name(j, "availability");
    json_open_object(j);
    json_put_i64(j, "window_s", AVAILABILITY_S);
    json_put_i64(j, "up_s", s->sum.up_s);
    json_put_i64(j, "down_s", s->sum.down_s);
    json_put_i64(j, "unknown_s", s->time_ms ? s->sum.unknown_s : AVAILABILITY_S);
    json_put_i64(j, "budget_s", AVAILABILITY_BUDGET_S);
    json_put_i64(j, "budget_left_s", s->time_ms ? s->sum.left_s : AVAILABILITY_BUDGET_S);
    if (s->sum.known_ppm >= 0)
        json_put_text(j, "of_known_time", claim_percent_in(a, s->sum.known_ppm));
    json_close_object(j);
    json_name(j, "prober");
    json_open_object(j);
    json_put_text(j, "as_of", s->time_ms ? clock_print_utc_in(a, s->time_ms) : TEXT(""));
    json_put_text(j, "since", s->since_ms ? clock_print_utc_in(a, s->since_ms) : TEXT(""));
    json_put_i64(j, "apis_asked", s->asked);
    json_put_i64(j, "apis_failed", s->failed);
    json_put_i64(j, "apis_passed", s->passed);
    json_put_c(j, "log", s->fault.length ? "damaged" : "whole");
    if (s->fault.length)
        json_put_text(j, "log_fault", s->fault);
    json_close_object(j);
}

struct text status_json_in(struct arena *a, const struct probe_state *s) {
    struct buf b;
    struct json j;
    buf_init(&b, a, PAGE_BYTES_MAX);
    json_init(&j, &b);
    json_open_object(&j);
    json_put_c(&j, "state", service_state_name(s->state));
    json_put_c(&j, "version", ALAPI_VERSION);
    json_put_bool(&j, "from_prober_alone", true);
    json_name(&j, "apis");
    json_open_list(&j);
    for (unsigned i = 0; i < s->api_count; i++) {
        json_open_object(&j);
        json_put_text(&j, "path", s->apis[i].path);
        json_put_c(&j, "state", service_state_name(s->apis[i].state));
        json_close_object(&j);
    }
    json_close_list(&j);
    status_put(&j, a, s);
    json_close_object(&j);
    buf_c(&b, "\n");
    return buf_peek(&b);
}

static struct text both_in(struct arena *a, enum service_state state) {
    return text_format_in(a, "%s · %s", service_state_says(state, false),
                          service_state_says(state, true));
}

static const struct page_value *const *rows_in(struct arena *a, const struct probe_state *s) {
    const struct page_value **rows = arena_alloc(a, (ROWS_MAX + 1) * sizeof *rows);
    unsigned count = 0;
    for (unsigned i = 0; i < s->api_count && count < ROWS_MAX; i++) {
        struct page_value *row = arena_alloc(a, 3 * sizeof *row);
        row[0] = (struct page_value){.name = "path", .text = s->apis[i].path};
        row[1] = (struct page_value){.name = "api_state", .text = both_in(a, s->apis[i].state)};
        row[2] = (struct page_value){.name = NULL};
        rows[count++] = row;
    }
    rows[count] = NULL;
    return rows;
}

struct text status_page_in(struct arena *a, const struct probe_state *s,
                           struct text operator_name) {
    struct buf b;
    struct text known = s->sum.known_ppm >= 0 ? claim_percent_in(a, s->sum.known_ppm) : TEXT("–");
    const struct page_value values[] = {
        {.name = "operator", .text = operator_name},
        {.name = "state", .text = both_in(a, s->state)},
        {.name = "pages", .text = both_in(a, s->pages)},
        {.name = "calls", .text = both_in(a, s->calls)},
        {.name = "time", .text = clock_print_utc_in(a, s->time_ms)},
        {.name = "since", .text = clock_print_utc_in(a, s->since_ms)},
        {.name = "known", .text = known},
        {.name = "down", .text = text_format_in(a, "%lld", (long long)s->sum.down_s)},
        {.name = "unknown", .text = text_format_in(a, "%lld", (long long)s->sum.unknown_s)},
        {.name = "left", .text = text_format_in(a, "%lld", (long long)s->sum.left_s)},
        {.name = "apis", .items = rows_in(a, s)},
        {.name = NULL},
    };
    buf_init(&b, a, PAGE_BYTES_MAX);
    page_render(&b, "status_still.html", values);
    return buf_peek(&b);
}
