/* endpoint.h: what an API is. One const record beside its function, from which come the checking of
 * parameters, the documentation, OpenAPI, the tests and the probes. Nothing about an API is written
 * anywhere else.
 *
 * Contract   all strings are static UTF-8. `asks`, `gives` and `shows` end with an empty entry; the
 *            macros ASKS, GIVES and SHOWS add it. `run` is handed checked parameters, in the order of
 *            `asks`, and writes the value of "data" with reply.h; what it writes before it returns an
 *            error is thrown away.
 */
#pragma once
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call;

struct words {
    const char *zh, *en;
};

enum lane {
    LANE_INLINE,  /* no I/O, under 1 ms: in the nginx worker */
    LANE_WORKER,  /* slow, or fed with hostile bytes, or asks the network: in the sandbox */
};

enum access {
    ACCESS_TOKEN,  /* a live token; price_units are charged */
    ACCESS_PUBLIC, /* anybody; a token is looked at if it is there */
};

enum ask_type {
    ASK_TEXT,   /* UTF-8 without control characters but tab and line ends; low..high characters */
    ASK_INT,    /* low..high */
    ASK_NUMBER, /* low..high */
    ASK_BOOL,   /* 1 0 true false yes no */
    ASK_DATE,   /* a day: 2024-02-29, 2024/2/29, 20240229 */
    ASK_CHOICE, /* one of choices */
    ASK_FILE,   /* bytes: a multipart file, or base64, or a data: URL; at most high bytes */
    ASK_IP,     /* IPv4 or IPv6 */
    ASK_DOMAIN, /* a host name; made lower case, IDNs to A-labels */
};

enum ask_need { OPTIONAL, REQUIRED };

struct ask {
    const char *name;
    enum ask_type type;
    enum ask_need need;
    struct words says;
    double low, high;     /* 0 and 0: the type's own limits (text: 1 .. LIMIT_TEXT_CHARS) */
    const char *choices;  /* "json|text|svg"; "text=txt" makes txt an alias of text */
    const char *aliases;  /* other names of the parameter: "img|bin" */
    const char *fallback; /* the value when it is missing; checked as if it had been sent */
};

enum give_type { GIVE_TEXT, GIVE_INT, GIVE_NUMBER, GIVE_BOOL, GIVE_OBJECT, GIVE_LIST, GIVE_ANY };

/* A field of the reply. `name` is a path below data: "province", "records[].ttl", "" for data itself,
 * "[].name" for a list of objects. */
struct give {
    const char *name;
    enum give_type type;
    struct words says;
};

enum show_check {
    SHOW_EXACT, /* data is this JSON, at the fixed clock and seed of the tests */
    SHOW_SHAPE, /* data has these names, with values of these types */
    SHOW_LIVE,  /* as SHOW_SHAPE; needs the network, so tests run it against a stand-in */
};

/* An example: documentation, test and probe. */
struct show {
    const char *asks; /* a query string, percent-escaped: "date=2024-12-12" */
    const char *data; /* JSON */
    enum show_check check;
};

enum { NEEDS_MAX = 7 };

struct endpoint {
    const char *path;    /* "/api/qr/decode" */
    const char *subject; /* folder of the documentation: "network", "language" … */
    struct words title, says;
    struct err (*run)(struct call *c); /* NULL in a program that does not serve its lane */
    const struct ask *asks;
    const struct give *gives;
    const struct show *shows;
    enum lane lane;
    enum access access;
    unsigned price_units;
    unsigned keep_s;     /* the same question has the same answer for so long; 0 = never */
    unsigned limit_ms;   /* worker lane: its time limit; 0 = LIMIT_WORKER_MS */
    uint8_t needs[NEEDS_MAX + 1]; /* data sets, as NEEDS(DATA_PHONE, DATA_IP); data/sets.def; ends with 0 */
    const char *stands_on; /* source and licence where it is no data set: "ICU 72 (Unicode-3.0)" */
    uint8_t many;        /* 1 + place in `asks` of the parameter that takes a list (call/list.h) */
    const char *connector; /* group of providers that answers it (connect/): "weather"; NULL: none */
    bool is_personal;    /* the answer is about a person: it is never kept */
    bool asks_outside;   /* of a host that is not ours: the policy says so (domain/facts.h) */
    bool is_bare;        /* the reply is the whole body, without the envelope: /openapi.json */
};

#define ASKS(...)  (const struct ask[]) { __VA_ARGS__, {0} }
#define GIVES(...) (const struct give[]) { __VA_ARGS__, {0} }
#define SHOWS(...) (const struct show[]) { __VA_ARGS__, {0} }
#define NEEDS(...) { __VA_ARGS__ }

/* The function of a worker API: compiled away where ALAPI_NO_WORKER_LANE is set (the nginx module),
 * so that nginx does not load image and network libraries. */
#ifdef ALAPI_NO_WORKER_LANE
#define RUN_IN_WORKER(function) NULL
#else
#define RUN_IN_WORKER(function) function
#endif
