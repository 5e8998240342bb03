/* call.h: one call, from its first byte to its last, as a record that each door of the corridor adds to.
 *
 * Contract   each field is written by the door named beside it and only read by later ones.
 * Memory     everything lives in the call's arena; nothing outlives the call.
 * Threads    a call belongs to one thread.
 */
#pragma once
#include "base/buf.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/random.h"
#include "call/endpoint.h"
#include "codec/ip.h"
#include "codec/json.h"

struct data;  /* data/data.h */
struct fetch; /* fetch/fetch.h */
struct connectors; /* connect/connectors.h */

enum language { LANGUAGE_ZH, LANGUAGE_EN };

/* Which clients read the answer: the newer ones, or the older SDKs of /v2/api/ and v2.… hosts. */
enum face { FACE_NEW, FACE_OLD };

/* A parameter as it came. */
struct param {
    struct text name, value;
    bool is_file; /* raw bytes of a multipart file; else text */
};

/* A parameter as the API asked for it. */
struct asked {
    struct text text; /* canonical spelling; bytes of a file */
    int64_t whole;
    double number;
    struct date date;
    struct ip ip;
    bool is_set; /* sent, or its fallback */
};

/* One limit of the token, for the answer's headers and /api/limits. */
struct limit_view {
    const char *name; /* "rate" "day" "month" */
    uint64_t limit, left;
    uint32_t window_s, reset_s;
};

struct caller {
    bool is_known;
    uint32_t token_row, account; /* 0 = nobody */
    const char *plan;
    struct limit_view limits[4];
    unsigned limit_count;
    bool (*may_call)(const struct caller *caller, const struct endpoint *e);
    const void *rules;
};

struct source {
    struct text name, as_of; /* "query-mobile-phone-area 1.0.6", "2016-05-01"; empty name = none */
    bool is_stale;
};

struct call {
    /* the owner of the corridor */
    struct arena *arena;
    int64_t now_ms;
    struct random *random;
    const struct data *data;
    struct fetch *fetch;
    struct connectors *connectors; /* the providers that are switched on; NULL: none */
    const struct endpoint *const *catalog; /* every API; NULL at its end */
    /* route */
    const struct endpoint *endpoint;
    uint64_t request_id;
    enum face face;
    enum language language;
    struct ip peer; /* the caller's address */
    /* authenticate, limit */
    struct caller caller;
    /* parameters */
    struct param params[LIMIT_PARAMS];
    unsigned param_count;
    struct asked *asked; /* in the order of endpoint->asks */
    struct buf ignored;  /* names of stray parameters: "a, b" */
    /* perform */
    struct buf reply;
    struct json json;
    size_t data_start, data_end;     /* of the value of "data" in reply */
    const char *content_type;        /* NULL: JSON in the envelope; else reply is the body itself */
    struct source source;
    /* whoever refused */
    struct words hint;       /* empty: the refusal's own */
    struct text parameter;   /* that is at fault */
    uint32_t retry_after_s;
    /* shape */
    unsigned units;          /* charged */
    int status;
};

void call_init(struct call *c, struct arena *a, int64_t now_ms, struct random *random);

/* Refusals of an API's function: return what these return. The texts are static or in the arena. */
struct err call_invalid(struct call *c, unsigned ask, const char *zh, const char *en); /* 422 */
struct err call_nothing(struct call *c, const char *zh, const char *en);               /* 404 no_result */
struct err call_failed(struct call *c, enum err_kind kind, const char *zh, const char *en);
