/* perform.c: see perform.h. */
#include "gate/perform.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "call/list.h"
#include "call/refusal.h"
#include "data/data.h"

struct err perform_ready(struct call *c) {
    if (data_is_available(c->data, c->endpoint->needs))
        return ok;
    c->retry_after_s = refusal_of(ERR_SOURCE_UNAVAILABLE)->retry_after_s;
    return err_make(ERR_SOURCE_UNAVAILABLE, "a data set that this API needs is missing or damaged");
}

/* The first data set of `needs` is what the answer stands on, unless the API named a source itself. */
static void name_source(struct call *c) {
    enum data_set set = (enum data_set)c->endpoint->needs[0];
    if (c->source.name.length || set == DATA_NONE)
        return;
    struct data_source s = data_source(c->data, set);
    c->source = (struct source){s.name, s.as_of, data_is_stale(c->data, set, c->now_ms)};
}

static struct err too_large(struct call *c) {
    return call_failed(c, ERR_PARAMETER_INVALID, "结果超过 8 MiB，请缩小查询范围",
                       "the answer is larger than 8 MiB; ask for less");
}

static struct err ask_check_and_open(struct call *c) {
    try(ask_check(c));
    envelope_open(c);
    return ok;
}

struct err perform(struct call *c) {
    struct list list;
    try(perform_ready(c));
    try(list_take_in(c, &list));
    if (list.is_list)
        envelope_open(c);
    else
        try(ask_check_and_open(c));
    struct err e = list.is_list ? list_run(c, &list) : c->endpoint->run(c);
    try(perform_ready(c)); /* a block found damaged on the way makes the answer worthless */
    try(e);
    if (buf_is_over(&c->reply))
        return too_large(c);
    name_source(c);
    envelope_close(c);
    return buf_is_over(&c->reply) ? too_large(c) : ok; /* the frame counts too */
}
