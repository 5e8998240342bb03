/* gate.h: the corridor of one call: route, authenticate, limit, perform, shape, meter.
 *
 * Contract   the doors are walked in this order, each once. A door that refuses returns the error; the
 *            caller then goes straight to gate_refuse. gate_meter sees every call exactly once, at its very
 *            end. Whatever was charged for a call that fails is given back before its refusal is shaped.
 * Threads    a gate belongs to one thread (an nginx worker).
 * Memory     a call's arena for everything of the call; a passage is what must outlive it while a worker
 *            works on the call: plain data, nothing to free.
 */
#pragma once
#include "base/err.h"
#include "call/call.h"
#include "gate/catalogue.h"
#include "gate/ledger.h"

struct gate;

struct gate_settings {
    const char *catalogue_path, *ledger_path, *token_key_path;
    const char *zone; /* "Asia/Shanghai": whose days and months the quotas follow */
    const struct endpoint *const *catalog;
    const struct data *data;
};

[[nodiscard]] struct err gate_open(struct arena *a, const struct gate_settings *settings, struct gate **out);
void gate_close(struct gate *g);

struct passage {
    const struct endpoint *endpoint;
    uint64_t request_id;
    int64_t began_ms;
    enum face face;
    enum language language;
    struct ip peer;
    uint32_t row, api_id;
    uint16_t plan_number;
    struct plan_record plan;
    struct token_record token;
    const struct token_rules_view *rules; /* valid until the end of the door that set it */
    struct ledger_charge charge;
    bool is_exposed; /* its token came without TLS although there is TLS */
    bool is_known, is_weighed /* charge holds what the ledger said */, is_charged, is_answered, is_queued;
    unsigned units;
    int status;
    uint32_t policy_now, policy_next, policy_next_s; /* versions that consent is demanded to; 0 = none */
};

/* Starts a call. The path is decoded: "/api/ip", "/v2/api/ip". */
[[nodiscard]] struct err gate_route(struct gate *g, struct call *c, struct passage *p,
                                    struct text path, struct text host);

/* An empty token is refused unless the API is public. */
[[nodiscard]] struct err gate_authenticate(struct gate *g, struct call *c, struct passage *p,
                                           struct text token);

/* Checks that the API can run now, then takes the price. */
[[nodiscard]] struct err gate_limit(struct gate *g, struct call *c, struct passage *p);

/* Runs an inline API and closes its envelope; the charge stands from here on. */
[[nodiscard]] struct err gate_perform(struct gate *g, struct call *c, struct passage *p);

/* Worker lane: a place in the queue, before gate_limit (ERR_BUSY); left at the end by gate_meter. */
[[nodiscard]] struct err gate_queue(struct gate *g, struct passage *p);

/* The call goes on after a worker's answer, in a fresh arena. */
void gate_resume(struct gate *g, struct call *c, const struct passage *p, struct arena *a);

/* The answer is complete and goes out now. */
void gate_answer(struct gate *g, struct call *c, struct passage *p);

void gate_refuse(struct gate *g, struct call *c, struct passage *p, struct err e);
void gate_meter(struct gate *g, struct passage *p, int status);

/* Header values of the answer; empty where there is none. */
struct text gate_policy_header(struct gate *g, const struct passage *p);               /* RateLimit-Policy */
struct text gate_limit_header_in(struct arena *a, struct gate *g, const struct passage *p); /* RateLimit */

struct text gate_policy_update_in(struct arena *a, const struct passage *p); /* Policy-Update */
struct text gate_policy_link_in(struct arena *a, const struct passage *p); /* Link, with a 451 */

void gate_set_clock(struct gate *g, int64_t now_ms);
