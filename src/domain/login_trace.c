/* login_trace.c: see login_trace.h. */
#include "domain/login_trace.h"
#include "domain/network_log.h"

enum { BATCH = 200 };

struct err login_trace_note(struct domain *d, const struct digest *name) {
    struct text sealed, id = digest_print_in(d->arena, name);
    try(domain_office_seal(d, "login_trace.address", id, d->now_ms, d->client, &sealed));
    struct statement *add = statement_for(d->store, SQL_LOGIN_TRACE_ADD);
    statement_bind_bytes(add, 1, digest_text(name));
    statement_bind_bytes(add, 2, sealed);
    statement_bind_i64(add, 3, d->now_ms);
    statement_bind_i64(add, 4, LOGIN_TRACES_MAX);
    return statement_run(add, NULL);
}

struct trace {
    int64_t id, account, time_ms; /* account 0: nobody's name */
    struct text digest, sealed;
};

static struct err list_batch(struct domain *d, struct trace *traces, unsigned *count_out) {
    struct statement *list = statement_for(d->store, SQL_LOGIN_TRACE_LIST);
    statement_bind_i64(list, 1, BATCH);
    *count_out = 0;
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        traces[(*count_out)++] =
            (struct trace){column_i64(list, 0), column_i64(list, 1), column_i64(list, 2),
                           column_text_in(list, d->arena, 3), column_text_in(list, d->arena, 4)};
    }
}

/* As if it had been written then and there. Whoever is leaving is written down no more. */
static struct err log_one(struct domain *d, const struct trace *t) {
    struct account account;
    struct domain then = *d;
    struct digest name;
    struct err e = account_read(d, t->account, &account);
    if (e.kind)
        return e.kind == ERR_NOT_FOUND ? ok : e;
    if (account.is_erasing || t->digest.length != sizeof name.bytes)
        return ok;
    for (unsigned i = 0; i < sizeof name.bytes; i++)
        name.bytes[i] = (unsigned char)t->digest.bytes[i];
    try(domain_office_open(d, "login_trace.address", digest_print_in(d->arena, &name), t->time_ms, t->sealed,
                           &then.client));
    then.now_ms = t->time_ms;
    return network_log_note(&then, &account, NETWORK_LOGIN_FAILED);
}

static struct err move_batch(struct domain *d, void *with) {
    struct trace *traces = arena_alloc(d->arena, BATCH * sizeof *traces);
    unsigned *count = with;
    try(list_batch(d, traces, count));
    for (unsigned i = 0; i < *count; i++) {
        struct statement *drop = statement_for(d->store, SQL_LOGIN_TRACE_DROP);
        if (traces[i].account)
            try(log_one(d, &traces[i]));
        statement_bind_i64(drop, 1, traces[i].id);
        try(statement_run(drop, NULL));
    }
    return ok;
}

struct err login_trace_move(struct domain *d) {
    for (unsigned moved = BATCH; moved == BATCH;)
        try(domain_in_transaction(d, move_batch, &moved));
    return ok;
}
