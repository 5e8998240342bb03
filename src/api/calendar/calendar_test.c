/* calendar_test.c: the limits of the calendar APIs, at n and n + 1, and days that are known. */
#include "test.h"

#include "api/catalog.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "codec/json_in.h"
#include "data/data.h"
#include "gate/perform.h"

#include <stdlib.h>

enum { FIXED_NOW_S = 1717214400 }; /* 2024-06-01 12:00:00 in Shanghai */

static struct err ask(struct call *call, struct arena *a, const char *path, const char *query) {
    static struct random chance;
    static struct data *data;
    const char *folder = getenv("ALAPI_DATA");
    if (!data)
        data = data_open(folder ? folder : "build/data");
    call_init(call, a, FIXED_NOW_S * 1000LL, &chance);
    call->endpoint = api_by_path(path);
    must(call->endpoint != NULL);
    call->data = data;
    try(params_from_form(call, text_c(query)));
    return perform(call);
}

TEST(limits) {
    static const struct {
        const char *path, *query;
        enum err_kind kind;
        const char *hint; /* has this in it */
    } rows[] = {
        {"lunar", "", ERR_NONE, ""},
        {"lunar", "date=1900-01-31", ERR_NONE, ""},
        {"lunar", "date=1900-01-30", ERR_PARAMETER_INVALID, "1900-01-31 到 2100-12-31"},
        {"lunar", "date=2100-12-31%2023:59:59", ERR_NONE, ""},
        {"lunar", "date=2101-01-01", ERR_PARAMETER_INVALID, "1900-01-31 到 2100-12-31"},
        {"lunar", "date=2024-02-30", ERR_PARAMETER_INVALID, "2024-12-12 13:00:00"},
        {"lunar", "date=2024-02-10%2024:00:00", ERR_PARAMETER_INVALID, "2024-12-12 13:00:00"},
        {"lunar", "unix_time=-2206425600", ERR_NONE, ""},
        {"lunar", "unix_time=-2206425601", ERR_PARAMETER_INVALID, "-2206425600"},
        {"lunar", "unix_time=4133951999", ERR_NONE, ""},
        {"lunar", "unix_time=4133952000", ERR_PARAMETER_INVALID, "4133951999"},
        {"solarTerm", "", ERR_PARAMETER_MISSING, "year"},
        {"solarTerm", "year=1900", ERR_NONE, ""},
        {"solarTerm", "year=1899", ERR_PARAMETER_INVALID, "1900 到 2100"},
        {"solarTerm", "year=2100", ERR_NONE, ""},
        {"solarTerm", "year=2101", ERR_PARAMETER_INVALID, "1900 到 2100"},
        {"solarTerm/search", "date=1900-01-01", ERR_NONE, ""},
        {"solarTerm/search", "date=1899-12-31", ERR_PARAMETER_INVALID, "1900-01-01"},
        {"solarTerm/search", "date=2100-12-31", ERR_NONE, ""},
        {"solarTerm/search", "date=2101-01-01", ERR_PARAMETER_INVALID, "2100-12-31"},
        {"solarTerm/search", "date=2024-13-01", ERR_PARAMETER_INVALID, "2024-02-29"},
        {"holiday", "", ERR_NONE, ""},
        {"holiday", "year=2004", ERR_NONE, ""},
        {"holiday", "year=2003", ERR_NO_RESULT, "2004"},
        {"holiday", "year=2026", ERR_NONE, ""},
        {"holiday", "year=9999", ERR_NO_RESULT, "2026"},
        {"holiday/workday", "start=2024-01-01&end=2024-01-01", ERR_NONE, ""},
        {"holiday/workday", "start=2024-01-02&end=2024-01-01", ERR_PARAMETER_INVALID, "早于"},
        {"holiday/workday", "start=2024-01-01&end=2025-01-01", ERR_NONE, ""},
        {"holiday/workday", "start=2024-01-01&end=2025-01-02", ERR_PARAMETER_INVALID, "367"},
        {"holiday/workday", "start=2003-12-31&end=2004-01-31", ERR_PARAMETER_INVALID, "2004"},
        {"holiday/workday", "start=2026-12-01&end=2026-12-31", ERR_NONE, ""},
        {"holiday/workday", "start=2026-12-01&end=2099-01-01", ERR_PARAMETER_INVALID, "2026"},
        {"holiday/workday", "start=2024-01-01", ERR_PARAMETER_MISSING, "end"},
    };
    static struct call call;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a;
        arena_init(&a, LIMIT_ARENA_BYTES);
        struct err e = ask(&call, &a, rows[i].path, rows[i].query);
        if (e.kind != rows[i].kind)
            fail_msg("%s?%s: %s", rows[i].path, rows[i].query, e.kind ? err_name(e.kind) : "no error");
        if (e.kind && text_find(text_c(call.hint.zh), text_c(rows[i].hint)) == SIZE_MAX)
            fail_msg("%s?%s hints \"%s\"", rows[i].path, rows[i].query, call.hint.zh);
        arena_done(&a);
    }
}

/* A member of the answer is this JSON text. */
static void want_member(const char *path, const char *query, const char *name, const char *wanted) {
    static struct call call;
    struct arena a;
    json_t *data;
    arena_init(&a, LIMIT_ARENA_BYTES);
    want_ok(ask(&call, &a, path, query));
    want_ok(json_parse(&a, envelope_data(&call), &data));
    char *got = json_dumps(json_object_get(data, name), JSON_ENCODE_ANY);
    if (!got || strcmp(got, wanted) != 0)
        fail_msg("%s?%s: %s is %s, not %s", path, query, name, got ? got : "missing", wanted);
    free(got);
    json_decref(data);
    arena_done(&a);
}

TEST(known_days) {
    static const struct {
        const char *path, *query, *name, *wanted;
    } rows[] = {
        {"lunar", "date=2024-02-10", "ganzhi_year", "\"甲辰\""},
        {"lunar", "date=2024-02-09", "ganzhi_year", "\"癸卯\""},
        {"lunar", "date=2024-02-10", "lunar_day_chinese", "\"初一\""},
        {"lunar", "date=2023-03-22", "lunar_month_chinese", "\"闰二月\""},
        {"lunar", "date=2025-07-25", "lunar_month_chinese", "\"闰六月\""},
        {"lunar", "date=2033-12-22", "lunar_month_chinese", "\"闰冬月\""},
        {"lunar", "date=2033-12-22", "is_leap", "true"},
        {"lunar", "date=2024-01-15", "is_same_year", "false"},
        {"lunar", "date=2024-06-01", "is_today", "true"},
        {"lunar", "date=2024-06-02", "is_today", "false"},
        {"lunar", "date=2024-06-05", "term", "\"芒种\""},
        {"lunar", "date=2024-06-06", "term", "null"},
        {"lunar", "date=2024-06-05", "ganzhi_hour", "null"},
        {"lunar", "unix_time=1717214400", "ganzhi_hour", "\"甲午\""},
        {"lunar", "unix_time=1717214400&date=2024-02-10", "gregorian_day", "\"10\""},
        {"solarTerm/search", "date=2024-06-05", "exists", "true"},
        {"solarTerm/search", "date=2024-06-04", "name", "\"小满\""},
        {"holiday/workday", "start=2024-01-01&end=2024-12-31", "holiday", "28"},
        {"holiday/workday", "start=2024-01-01&end=2024-12-31", "workday", "251"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        want_member(rows[i].path, rows[i].query, rows[i].name, rows[i].wanted);
}

TESTS(RUN(limits), RUN(known_days))
