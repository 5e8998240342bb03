/* gate_test.c: calls through the whole corridor, without nginx: a home with a catalogue, a ledger
 * and a key. */
#include "test.h"

#include "base/file.h"
#include "base/random.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "call/refusal.h"
#include "call/reply.h"
#include "codec/json_in.h"
#include "data/data.h"
#include "gate/gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* 2024-12-12 08:00:00 in Shanghai: 16 h to the end of the day, 20 days less 8 h to the month's. */
#define NOW_MS 1733961600000ll

enum plan { PLAN_SMALL, PLAN_FAST, PLAN_UNLIMITED, PLAN_DEAR, PLAN_FREE, PLAN_MISSING };

static const struct plan_record plans[] = {
    [PLAN_SMALL] = {"small", 0, 10, 15, 100},   [PLAN_FAST] = {"fast", 2, 1000, 20000, 100},
    [PLAN_UNLIMITED] = {"unlimited", 0, 0, 0, 100}, [PLAN_DEAR] = {"dear", 0, 1000, 0, 150},
    [PLAN_FREE] = {"free", 0, 10, 0, 0},
};

/* ---- APIs made up for this ---- */

static struct err say(struct call *c) {
    if (ask_bool(c, 0))
        return call_nothing(c, "没有", "nothing");
    reply_object(c, NULL);
    reply_text(c, "hello", TEXT("world"));
    reply_end_object(c);
    return ok;
}

#define FAIL_ASK ASKS({"fail", ASK_BOOL, OPTIONAL, {"", ""}, .fallback = "0"})
static const struct endpoint hello = {.path = "/api/hello", .run = say, .asks = FAIL_ASK, .price_units = 1};
static const struct endpoint dear = {.path = "/api/dear", .run = say, .asks = FAIL_ASK, .price_units = 3};
static const struct endpoint open_api = {.path = "/api/open", .run = say, .asks = FAIL_ASK, .access = ACCESS_PUBLIC};
static const struct endpoint needy = {.path = "/api/needy", .run = say, .asks = FAIL_ASK, .price_units = 1,
                                      .needs = NEEDS(DATA_IP)};
static const struct endpoint *const catalog[] = {&dear, &hello, &needy, &open_api, NULL};

/* ---- the home ---- */

static char folder[] = "/tmp/alapi_gate_XXXXXX", catalogue_path[64], ledger_path[64], key_path[64];
static struct arena arena, call_arena;
static struct random chance;
static struct catalogue *writer;
static struct token_key key;
static struct gate *gate;
static struct data *data;
static uint32_t row;
static int64_t now_ms;

static struct call call;
static struct passage passage;
static struct text limit_header; /* as it goes out: before the call is metered */

struct token {
    char text[TOKEN_LENGTH + 1];
    struct token_record record;
};

static struct token token_new(enum plan plan) {
    struct token t = {.record = {.row = ++row, .account = row + 100, .plan = plan}};
    token_make(&chance, t.text, &t.record.id);
    token_digest(&key, text_of(t.text, TOKEN_LENGTH), t.record.digest);
    want_ok(catalogue_put_token(writer, &t.record, NULL));
    return t;
}

static struct gate *gate_opened(void) {
    struct gate_settings settings = {catalogue_path, ledger_path, key_path, "Asia/Shanghai", catalog, data};
    struct gate *g;
    want_ok(gate_open(&arena, &settings, &g));
    return g;
}

static int begin(void **unused) {
    (void)unused;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    arena_init(&call_arena, LIMIT_ARENA_BYTES);
    chance = random_seeded(4);
    random_bytes(&chance, key.bytes, sizeof key.bytes);
    must(mkdtemp(folder) != NULL);
    snprintf(catalogue_path, sizeof catalogue_path, "%s/catalogue.map", folder);
    snprintf(ledger_path, sizeof ledger_path, "%s/ledger.map", folder);
    snprintf(key_path, sizeof key_path, "%s/token.key", folder);
    data = data_open(folder); /* no data sets: each is missing */
    struct text bytes = text_of((const char *)key.bytes, sizeof key.bytes);
    want_ok(file_write_whole(&arena, key_path, bytes, 0400));
    want_ok(catalogue_create(&arena, catalogue_path, 500, &writer));
    for (uint16_t i = 0; i < COUNT(plans); i++)
        catalogue_put_plan(writer, i, &plans[i]);
    want_ok(catalogue_publish(&arena, writer, NULL));
    gate = gate_opened();
    now_ms = NOW_MS;
    return 0;
}

static int end(void **unused) {
    (void)unused;
    gate_close(gate);
    catalogue_close(writer);
    data_close(data);
    arena_done(&arena);
    arena_done(&call_arena);
    unlink(catalogue_path);
    unlink(ledger_path);
    unlink(key_path);
    return rmdir(folder);
}

/* ---- a walk ---- */

static struct err doors(const char *path, const char *host, struct text token, const char *form) {
    try(gate_route(gate, &call, &passage, text_c(path), text_c(host)));
    try(gate_authenticate(gate, &call, &passage, token));
    try(params_from_form(&call, text_c(form)));
    try(gate_limit(gate, &call, &passage));
    return gate_perform(gate, &call, &passage);
}

static void call_begin(void) {
    arena_reset(&call_arena);
    call_init(&call, &call_arena, now_ms, &chance);
    gate_set_clock(gate, now_ms);
    passage = (struct passage){.language = LANGUAGE_EN, .peer = ip_from_v4(0xC0000207)}; /* 192.0.2.7 */
}

/* As nginx walks it: a refusal goes straight to its shape, and each call is metered once. */
static enum err_kind walk(const char *path, const char *token, const char *form) {
    call_begin();
    struct err e = doors(path, "api.example", text_c(token), form);
    if (e.kind)
        gate_refuse(gate, &call, &passage, e);
    limit_header = gate_limit_header_in(&call_arena, gate, &passage);
    gate_meter(gate, &passage, call.status);
    return e.kind;
}

#define want_walk(path, token, form, wanted)                                                       \
    assert_string_equal(err_name(walk(path, token, form)), err_name(wanted))

static uint64_t used_of(uint32_t token_row) {
    struct ledger *l;
    struct ledger_limits none = {0};
    struct ledger_time time = {now_ms, 20069, 659, 0};
    want_ok(ledger_open(&arena, ledger_path, &l));
    uint64_t used = ledger_look(l, token_row, &none, &time).day_used;
    ledger_close(l);
    return used;
}

TEST(a_good_call) {
    struct token t = token_new(PLAN_SMALL);
    want_walk("/api/hello", t.text, "", ERR_NONE);
    want_text(envelope_data(&call), "{\"hello\":\"world\"}");
    want_int(call.status, 200);
    want_int(call.units, 1);
    want_int(call.caller.account, t.record.account);
    want_int(call.caller.limit_count, 2);
    want_int(used_of(t.record.row), 1);
    want_text(gate_policy_header(gate, &passage), "\"day\";q=10;w=86400, \"month\";q=15;w=2678400");
    want_text(limit_header, "\"day\";r=9;t=57600, \"month\";r=14;t=1699200");
}

TEST(rows_U5_fault_22__a_token_follows_its_persons_consent) {
    struct token t = token_new(PLAN_SMALL), program = token_new(PLAN_SMALL), gone = token_new(PLAN_SMALL);
    struct catalogue_demand none = {0}, coming = {.next = 2, .next_s = NOW_MS / 1000 + 10}, now = {.now = 2};
    t.record.flags = 1 << TOKEN_AGREED_SHIFT;
    program.record.flags = (uint16_t)(TOKEN_AGREED_ALWAYS << TOKEN_AGREED_SHIFT);
    gone.record.flags = TOKEN_DECLINED | 2 << TOKEN_AGREED_SHIFT;
    want_ok(catalogue_put_token(writer, &t.record, NULL));
    want_ok(catalogue_put_token(writer, &program.record, NULL));
    want_ok(catalogue_put_token(writer, &gone.record, NULL));
    want_walk("/api/hello", t.text, "", ERR_NONE);
    want_text(gate_policy_update_in(&call_arena, &passage), "");
    want_walk("/api/hello", gone.text, "", ERR_POLICY_CONSENT_REQUIRED);
    catalogue_set_demand(writer, &coming);
    now_ms = NOW_MS + 9999;
    want_walk("/api/hello", t.text, "", ERR_NONE); /* the last moment before it */
    want_text(gate_policy_update_in(&call_arena, &passage), "version=2; by=2024-12-12T00:00:10Z");
    want_walk("/api/hello", program.text, "", ERR_NONE);
    want_text(gate_policy_update_in(&call_arena, &passage), "");
    now_ms = NOW_MS + 10000; /* by the clock alone: nobody writes anything */
    want_walk("/api/hello", t.text, "", ERR_POLICY_CONSENT_REQUIRED);
    want_int(call.status, 451);
    want_text(gate_policy_link_in(&call_arena, &passage),
              "</policy/2>; rel=\"privacy-policy\", </policy/1...2>; rel=\"describedby\"");
    want_walk("/api/hello", program.text, "", ERR_NONE);
    catalogue_set_demand(writer, &now);
    want_walk("/api/hello", t.text, "", ERR_POLICY_CONSENT_REQUIRED);
    t.record.flags = 2 << TOKEN_AGREED_SHIFT;
    want_ok(catalogue_put_token(writer, &t.record, NULL));
    want_walk("/api/hello", t.text, "", ERR_NONE);
    catalogue_set_demand(writer, &none);
    now_ms = NOW_MS;
}

TEST(who_is_refused) {
    char unknown[TOKEN_LENGTH + 1];
    uint64_t id;
    struct token revoked = token_new(PLAN_SMALL), expired = token_new(PLAN_SMALL),
                 suspended = token_new(PLAN_SMALL);
    struct token other = token_new(PLAN_SMALL), planless = token_new(PLAN_MISSING);
    revoked.record.flags = TOKEN_REVOKED;
    expired.record.expires_s = NOW_MS / 1000;
    suspended.record.flags = TOKEN_SUSPENDED;
    other.record.digest[7] ^= 1; /* the id of one token with the secret of another */
    want_ok(catalogue_put_token(writer, &revoked.record, NULL));
    want_ok(catalogue_put_token(writer, &expired.record, NULL));
    want_ok(catalogue_put_token(writer, &suspended.record, NULL));
    want_ok(catalogue_put_token(writer, &other.record, NULL));
    token_make(&chance, unknown, &id);
    const struct {
        const char *token;
        enum err_kind want;
        int status;
    } rows[] = {
        {"", ERR_TOKEN_MISSING, 401},          {"alk_live_short", ERR_TOKEN_MALFORMED, 401},
        {unknown, ERR_TOKEN_UNKNOWN, 401},     {other.text, ERR_TOKEN_UNKNOWN, 401},
        {revoked.text, ERR_TOKEN_REVOKED, 401}, {expired.text, ERR_TOKEN_EXPIRED, 401},
        {suspended.text, ERR_ACCOUNT_SUSPENDED, 403}, {planless.text, ERR_BUSY, 503},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_t *root;
        want_walk("/api/hello", rows[i].token, "", rows[i].want);
        want_int(call.status, rows[i].status);
        want_text(limit_header, "");
        want_text(gate_policy_header(gate, &passage), "");
        want_ok(json_parse(&call_arena, buf_peek(&call.reply), &root));
        want_text(text_c(json_string_value(json_object_get(root, "error"))), err_name(rows[i].want));
        want(json_integer_value(json_object_get(root, "usage")) == 0);
        json_decref(root);
    }
    for (uint32_t i = revoked.record.row; i <= planless.record.row; i++)
        want_int(used_of(i), 0);
    expired.record.expires_s++;
    want_ok(catalogue_put_token(writer, &expired.record, NULL));
    want_walk("/api/hello", expired.text, "", ERR_NONE); /* its last second */
}

TEST(rules_of_a_token) {
    struct token t = token_new(PLAN_UNLIMITED);
    struct token_rules rules = {.network_count = 1};
    want(ip_network_parse(TEXT("192.0.2.0/29"), &rules.networks[0]));
    want_ok(catalogue_put_token(writer, &t.record, &rules));
    want_walk("/api/hello", t.text, "", ERR_NONE);
    want(ip_network_parse(TEXT("192.0.2.8/29"), &rules.networks[0]));
    want_ok(catalogue_put_token(writer, &t.record, &rules));
    want_walk("/api/hello", t.text, "", ERR_IP_NOT_ALLOWED);
    rules = (struct token_rules){.api_count = 1, .apis = {catalogue_api_id(TEXT("/api/dear"))}};
    want_ok(catalogue_put_token(writer, &t.record, &rules));
    want_walk("/api/hello", t.text, "", ERR_API_NOT_ALLOWED);
    want_walk("/api/dear", t.text, "", ERR_NONE);
    want(call.caller.may_call(&call.caller, &dear) && !call.caller.may_call(&call.caller, &hello));
    want_walk("/v2/api/hello", t.text, "", ERR_API_NOT_ALLOWED); /* by no other door either */
    want_walk("/v2/api/dear", t.text, "", ERR_NONE);
    want_walk("/api/open", t.text, "", ERR_NONE);
}

TEST(a_revocation_holds_at_once) {
    struct token t = token_new(PLAN_UNLIMITED);
    want_walk("/api/hello", t.text, "", ERR_NONE);
    catalogue_remove_token(writer, t.record.id);
    want_walk("/api/hello", t.text, "", ERR_TOKEN_UNKNOWN);
}

TEST(paths) {
    struct token t = token_new(PLAN_UNLIMITED);
    static const char *const unknown[] = {"", "/", "/api", "/api/", "/api/hell", "/api/hello/", "/api/helloo",
                                          "/API/hello", "/v2/api/", "/v2/api/nothing", "/v2/v2/api/hello"};
    for (size_t i = 0; i < COUNT(unknown); i++) {
        want_walk(unknown[i], t.text, "", ERR_API_UNKNOWN);
        want_int(passage.status, 404);
    }
    want_int(used_of(t.record.row), 0);
}

TEST(a_failing_call_costs_nothing) {
    struct token t = token_new(PLAN_SMALL);
    want_walk("/api/dear", t.text, "", ERR_NONE);
    for (unsigned i = 0; i < 20; i++) {
        want_walk("/api/dear", t.text, "fail=1", ERR_NO_RESULT);
        want_int(call.units, 0);
        want(text_starts(limit_header, TEXT("\"day\";r=7;")));
        want_walk("/api/dear", t.text, "fail=maybe", ERR_PARAMETER_INVALID);
    }
    want_int(used_of(t.record.row), 3);
}

TEST(what_cannot_run_is_told_before_the_charge) {
    struct token t = token_new(PLAN_SMALL);
    want_walk("/api/hello", t.text, "", ERR_NONE);
    want_walk("/api/needy", t.text, "", ERR_SOURCE_UNAVAILABLE);
    want(call.retry_after_s > 0);
    want(!passage.is_charged);
    want(text_starts(limit_header, TEXT("\"day\";r=9;"))); /* what is left, not what was given */
    want_int(used_of(t.record.row), 1);
}

TEST(a_quota_used_up) {
    struct token t = token_new(PLAN_SMALL);
    for (unsigned i = 0; i < 10; i++)
        want_walk("/api/hello", t.text, "", ERR_NONE);
    want_walk("/api/hello", t.text, "", ERR_QUOTA_EXCEEDED);
    want_int(call.status, 429);
    want_int(call.retry_after_s, 16 * 3600);
    want(text_starts(limit_header, TEXT("\"day\";r=0;t=57600, \"month\";r=5;")));
    now_ms = NOW_MS + 16 * 3600 * 1000;
    want_walk("/api/dear", t.text, "", ERR_NONE);
    want_walk("/api/dear", t.text, "", ERR_QUOTA_EXCEEDED); /* of the month: 13 of 15 */
    want_int(call.retry_after_s, 19 * 86400);
    now_ms = NOW_MS + 16 * 3600 * 1000 + 19ll * 86400 * 1000;
    want_walk("/api/dear", t.text, "", ERR_NONE);
    want_text(gate_policy_header(gate, &passage), "\"day\";q=10;w=86400, \"month\";q=15;w=2678400");
    now_ms += 31ll * 86400 * 1000; /* February 2025 */
    want_walk("/api/dear", t.text, "", ERR_NONE);
    want_text(gate_policy_header(gate, &passage), "\"day\";q=10;w=86400, \"month\";q=15;w=2419200");
    now_ms = NOW_MS;
}

TEST(a_rate_exceeded) {
    struct token t = token_new(PLAN_FAST);
    want_walk("/api/hello", t.text, "", ERR_NONE);
    want(text_starts(limit_header, TEXT("\"rate\";r=1;t=1, \"day\";r=999;")));
    want(text_starts(gate_policy_header(gate, &passage), TEXT("\"rate\";q=2;w=1, \"day\";q=1000;w=86400, ")));
    want_walk("/api/hello", t.text, "", ERR_NONE);
    want_walk("/api/hello", t.text, "", ERR_RATE_EXCEEDED);
    want_int(call.retry_after_s, 1);
    want_int(used_of(t.record.row), 2);
    now_ms += 500;
    want_walk("/api/hello", t.text, "", ERR_NONE);
    want_walk("/api/hello", t.text, "", ERR_RATE_EXCEEDED);
    now_ms = NOW_MS;
}

TEST(prices) {
    struct token half_more = token_new(PLAN_DEAR), gift = token_new(PLAN_FREE),
                 all = token_new(PLAN_UNLIMITED);
    want_walk("/api/dear", half_more.text, "", ERR_NONE);
    want_int(call.units, 5); /* 4.5, rounded up */
    want_int(used_of(half_more.record.row), 5);
    for (unsigned i = 0; i < 20; i++)
        want_walk("/api/dear", gift.text, "", ERR_NONE);
    want_int(used_of(gift.record.row), 0);
    want_walk("/api/dear", all.text, "", ERR_NONE);
    want_int(call.caller.limit_count, 0);
    want_text(gate_policy_header(gate, &passage), "\"concurrency\";q=4096;qu=\"concurrent-requests\"");
    want_text(limit_header, "\"concurrency\";r=4095");
}

TEST(a_public_api) {
    struct token t = token_new(PLAN_SMALL);
    want_walk("/api/open", "", "", ERR_NONE);
    want(!call.caller.is_known);
    want_walk("/api/open", t.text, "", ERR_NONE);
    want(call.caller.is_known);
    want_int(used_of(t.record.row), 0);
    want_walk("/api/open", "alk_live_wrong", "", ERR_TOKEN_MALFORMED);
}

TEST(the_old_face) {
    struct token t = token_new(PLAN_SMALL);
    json_t *root;
    call_begin();
    want_ok(doors("/api/hello", "v2.example.com", text_c(t.text), ""));
    gate_meter(gate, &passage, 200);
    want_int(passage.face, FACE_OLD);
    want_ok(json_parse(&call_arena, buf_peek(&call.reply), &root));
    want(json_integer_value(json_object_get(root, "code")) == 200);
    want(json_object_get(root, "log_id") && json_object_get(root, "msg") && !json_object_get(root, "message"));
    json_decref(root);
    want_walk("/v2/api/hello", "", "", ERR_TOKEN_MISSING);
    want_int(call.status, 200);
    want_int(passage.status, 401); /* what is counted */
    want_ok(json_parse(&call_arena, buf_peek(&call.reply), &root));
    want(json_integer_value(json_object_get(root, "code")) == 100);
    json_decref(root);
}

TEST(request_ids) {
    uint64_t last = 0;
    for (unsigned i = 0; i < 1000; i++) {
        call_begin();
        struct err e = gate_route(gate, &call, &passage, TEXT("/api/hello"), TEXT(""));
        want(!e.kind && passage.request_id > last && passage.request_id < 1ull << 63);
        last = passage.request_id;
        now_ms += (int)random_below(&chance, 5) - 2; /* a clock that wavers */
        gate_meter(gate, &passage, 499);
    }
    struct gate *other = gate_opened();
    gate_set_clock(other, now_ms);
    call_begin();
    want_ok(gate_route(other, &call, &passage, TEXT("/api/hello"), TEXT("")));
    want(passage.request_id != last);
    gate_close(other);
    now_ms = NOW_MS;
}

/* ---- a call that leaves the walk and comes back ---- */

TEST(a_worker_call) {
    struct token t = token_new(PLAN_SMALL);
    call_begin();
    want_ok(gate_route(gate, &call, &passage, TEXT("/api/hello"), TEXT("")));
    want_ok(gate_authenticate(gate, &call, &passage, text_c(t.text)));
    want_ok(gate_queue(gate, &passage));
    want_ok(gate_limit(gate, &call, &passage));
    uint64_t id = call.request_id;
    struct passage kept = passage;
    call_begin();
    passage = kept;
    gate_resume(gate, &call, &passage, &call_arena);
    want(call.request_id == id && call.units == 1 && call.endpoint == &hello && call.language == LANGUAGE_EN);
    gate_answer(gate, &call, &passage);
    gate_meter(gate, &passage, 200);
    want(!passage.is_queued && !passage.is_charged);
    want_int(used_of(t.record.row), 1);
}

TEST(a_caller_that_goes_away_pays_nothing) {
    struct token t = token_new(PLAN_SMALL);
    for (unsigned i = 0; i < LIMIT_WORKER_QUEUE + 5; i++) {
        call_begin();
        want_ok(gate_route(gate, &call, &passage, TEXT("/api/hello"), TEXT("")));
        want_ok(gate_authenticate(gate, &call, &passage, text_c(t.text)));
        want_ok(gate_queue(gate, &passage)); /* each leaves its place again */
        want_ok(gate_limit(gate, &call, &passage));
        gate_meter(gate, &passage, 499);
    }
    want_int(used_of(t.record.row), 0);
}

TEST(a_full_queue_is_busy) {
    static struct passage waiting[LIMIT_WORKER_QUEUE];
    struct token t = token_new(PLAN_SMALL);
    call_begin();
    for (unsigned i = 0; i < LIMIT_WORKER_QUEUE; i++)
        want_ok(gate_queue(gate, &waiting[i]));
    want_ok(gate_route(gate, &call, &passage, TEXT("/api/hello"), TEXT("")));
    want_ok(gate_authenticate(gate, &call, &passage, text_c(t.text)));
    struct err e = gate_queue(gate, &passage);
    want_err(e, ERR_BUSY);
    gate_refuse(gate, &call, &passage, e);
    gate_meter(gate, &passage, 503);
    want_int(call.retry_after_s, 1);
    for (unsigned i = 0; i < LIMIT_WORKER_QUEUE; i++)
        gate_meter(gate, &waiting[i], 200);
    want_int(used_of(t.record.row), 0);
}

TEST(a_home_that_is_not_whole_is_told) {
    struct gate_settings good = {catalogue_path, ledger_path, key_path, "Asia/Shanghai", catalog, data};
    struct gate_settings bad[4] = {good, good, good, good};
    struct gate *g = NULL;
    bad[0].zone = "Nowhere/At_All";
    bad[1].token_key_path = "/nonexistent/token.key";
    bad[2].catalogue_path = "/nonexistent/catalogue.map";
    bad[3].ledger_path = "/nonexistent/ledger.map";
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct err e = gate_open(&arena, &bad[i], &g);
        want(e.kind != ERR_NONE && e.say && strlen(e.say) > 10 && g == NULL);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(a_good_call), RUN(rows_U5_fault_22__a_token_follows_its_persons_consent),
        RUN(who_is_refused), RUN(rules_of_a_token), RUN(a_revocation_holds_at_once), RUN(paths),
        RUN(a_failing_call_costs_nothing), RUN(what_cannot_run_is_told_before_the_charge), RUN(a_quota_used_up),
        RUN(a_rate_exceeded), RUN(prices), RUN(a_public_api), RUN(the_old_face), RUN(request_ids),
        RUN(a_worker_call), RUN(a_caller_that_goes_away_pays_nothing), RUN(a_full_queue_is_busy),
        RUN(a_home_that_is_not_whole_is_told)};
    return cmocka_run_group_tests(tests, begin, end);
}
