/* network_log.c: see network_log.h. */
#include "domain/network_log.h"
#include "base/must.h"
#include "codec/ip.h"

enum { LONG_DAYS = 7, BATCH_MAX = 500, V4_BITS = 24, V6_BITS = 48 };

static const char *const actions[] = {"register", "login",  "login_failed", "logout",
                                      "token",    "export", "correct",      "cancel"};

struct text network_prefix_in(struct arena *a, struct text address) {
    struct ip ip;
    struct ip_network network;
    if (!ip_parse(text_trim(address), &ip))
        return TEXT("local");
    struct text bits = text_format_in(a, "%.*s/%d", TEXT_ARG(ip_print_in(a, &ip)),
                                      ip_is_v4(&ip) ? V4_BITS : V6_BITS);
    return ip_network_parse(bits, &network) ? ip_print_in(a, &network.base) : TEXT("local");
}

/* What the proxy named, if it is an address; nothing else gets in. */
static struct text address_in(struct arena *a, struct text given) {
    struct ip ip;
    return ip_parse(text_trim(given), &ip) ? ip_print_in(a, &ip) : TEXT("local");
}

static struct text seal_address(struct domain *d, const struct account *account, int64_t id,
                                struct text address) {
    return account_seal(d, account, FIELD("network_log", "address", id), address);
}

/* In the order of time, and two of one millisecond apart. */
static int64_t id_of(struct domain *d) {
    return d->now_ms << 20 | (int64_t)(random_u64(d->chance) & 0xFFFFF);
}

struct err network_log_note(struct domain *d, const struct account *account,
                            enum network_action action) {
    int64_t id = id_of(d);
    struct statement *add = statement_for(d->store, SQL_NETWORK_LOG_ADD);
    statement_bind_i64(add, 1, id);
    statement_bind_i64(add, 2, d->now_ms);
    statement_bind_i64(add, 3, (int64_t)account->subject);
    statement_bind_text(add, 4, text_c(actions[action]));
    statement_bind_bytes(add, 5, seal_address(d, account, id, address_in(d->arena, d->client)));
    return statement_run(add, NULL);
}

/* ---- seven days later ---- */

struct old_row {
    int64_t id, account;
    struct text sealed;
};

static struct err list_old(struct domain *d, struct old_row *rows, unsigned most,
                           unsigned *count_out) {
    struct statement *list = statement_for(d->store, SQL_NETWORK_LOG_LONG);
    statement_bind_i64(list, 1, d->now_ms - LONG_DAYS * 86400000ll);
    statement_bind_i64(list, 2, most);
    *count_out = 0;
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        must(*count_out < most);
        rows[(*count_out)++] = (struct old_row){column_i64(list, 0), column_i64(list, 1),
                                                column_text_in(list, d->arena, 2)};
    }
}

/* One whose person is gone, or that does not open, keeps no address at all. */
static struct err shorten(struct domain *d, const struct old_row *row) {
    struct account account;
    struct text address, sealed = TEXT("");
    struct err e =
        row->account ? account_read(d, row->account, &account) : err_make(ERR_NOT_FOUND, "");
    if (!e.kind)
        e = account_open(d, &account, FIELD("network_log", "address", row->id), row->sealed,
                         &address);
    if (!e.kind)
        sealed = seal_address(d, &account, row->id, network_prefix_in(d->arena, address));
    else if (e.kind != ERR_NOT_FOUND && e.kind != ERR_INTEGRITY_FAILED)
        return e;
    struct statement *set = statement_for(d->store, SQL_NETWORK_LOG_SHORT);
    statement_bind_i64(set, 1, row->id);
    statement_bind_bytes(set, 2, sealed);
    return statement_run(set, NULL);
}

struct shortening {
    unsigned most, done;
};

static struct err shorten_rows(struct domain *d, void *with) {
    struct shortening *s = with;
    struct old_row *rows = arena_alloc(d->arena, s->most * sizeof *rows);
    try(list_old(d, rows, s->most, &s->done));
    for (unsigned i = 0; i < s->done; i++)
        try(shorten(d, &rows[i]));
    return ok;
}

struct err network_log_shorten(struct domain *d, unsigned most, unsigned *done_out) {
    struct shortening s = {most < BATCH_MAX ? most : BATCH_MAX, 0};
    try(domain_in_transaction(d, shorten_rows, &s));
    *done_out = s.done;
    return ok;
}
