/* catalogue.h: the published catalogue, the wall between control plane and data plane: plans, tokens
 * and their rules in one memory-mapped file.
 *
 * Contract   one writer (whoever holds the publisher's lock: `alapi serve`, or a command while no serve
 *            runs), any number of readers without a lock. A change is seen by the next call; a record is
 *            seen whole or not at all (a sequence number a record). When the table grows, the writer
 *            makes a new file, marks the old one and puts the new one in its place; readers follow.
 * Memory     64 bytes a token at a load of at most 7/10; a reader keeps one mapping.
 * Crashes    a reader's death harms nobody. A writer that died inside a record leaves a mark, and the
 *            next writer makes the file anew from the records (catalogue_is_sound).
 * Threads    a reader belongs to one thread, the writer too.
 */
#pragma once
#include "base/err.h"
#include "base/limits.h"
#include "codec/ip.h"
#include "crypt/token.h"

enum token_flag {
    TOKEN_REVOKED = 1,
    TOKEN_SUSPENDED = 2, /* its account is */
    TOKEN_DECLINED = 4,  /* its person withdrew the consent to the policy */
    TOKEN_AGREED = 0xFF00, /* version of the policy that its person agreed to last */
};
enum { TOKEN_AGREED_SHIFT = 8, TOKEN_AGREED_ALWAYS = 255 /* nobody is behind it who could be asked */ };

/* The versions of the policy that a token's person must have agreed to. It stands in the file once: a
 * publication touches no token. */
struct catalogue_demand {
    uint32_t now;    /* 0: none */
    uint32_t next;   /* that will be demanded from next_s on; 0: none */
    uint32_t next_s; /* Unix seconds */
};

struct token_record {
    uint64_t id;
    unsigned char digest[TOKEN_DIGEST_BYTES];
    uint32_t row;       /* in the ledger; 1 .. LIMIT_TOKENS - 1; never used twice */
    uint32_t account;   /* its number; 1 .. */
    uint32_t expires_s; /* Unix seconds; 0 = never */
    uint16_t plan;
    uint16_t flags;     /* of enum token_flag */
};

/* Limits of a token; 0 = no limit. */
struct plan_record {
    char name[24]; /* with its NUL */
    uint32_t rate_per_s, quota_day, quota_month;
    uint32_t price_percent; /* of an API's own price; 100 = as it is, 0 = free */
};

/* Where and for what a token may be used; no networks = everywhere, no APIs = all. */
struct token_rules {
    unsigned network_count, api_count;
    struct ip_network networks[LIMIT_TOKEN_RULES];
    uint32_t apis[LIMIT_TOKEN_RULES]; /* catalogue_api_id of the path */
};

/* FNV-1a of the path: the short name of an API in the catalogue and the ledger. */
uint32_t catalogue_api_id(struct text path);

struct catalogue;
struct token_rules_view;

/* ---- reading ---- */
[[nodiscard]] struct err catalogue_open(struct arena *a, const char *path, struct catalogue **out);
void catalogue_close(struct catalogue *c);

enum catalogue_answer { CATALOGUE_NONE, CATALOGUE_FOUND, CATALOGUE_BUSY };

/* *rules_out is NULL or points into the mapping, valid until the next call of this function. BUSY: a
 * writer died inside this record; it is mended when the next writer starts. */
enum catalogue_answer catalogue_find(struct catalogue *c, uint64_t token_id, struct token_record *out,
                                     const struct token_rules_view **rules_out);
bool rules_allow_ip(const struct token_rules_view *rules, const struct ip *ip);
bool rules_allow_api(const struct token_rules_view *rules, uint32_t api_id);

struct catalogue_demand catalogue_demand(const struct catalogue *c);

/* False where there is no such plan. */
bool catalogue_plan(struct catalogue *c, uint16_t plan, struct plan_record *out);

/* ---- writing ---- */
/* Creates an empty catalogue with room for `tokens`, beside `path`; then put everything, then
 * catalogue_publish makes it the one in force (and closes `old`, which may be NULL). Whatever file
 * stood there before is marked, so that its readers follow, also where `old` is NULL because it
 * could not be trusted. */
[[nodiscard]] struct err catalogue_create(struct arena *a, const char *path, uint32_t tokens,
                                          struct catalogue **out);
[[nodiscard]] struct err catalogue_publish(struct arena *a, struct catalogue *fresh, struct catalogue *old);

/* Opens the one in force for writing. */
[[nodiscard]] struct err catalogue_open_writer(struct arena *a, const char *path, struct catalogue **out);

/* False where a writer died inside it or before the file that was to replace it stood in its place, or the
 * machine has been restarted since: make it anew. */
bool catalogue_is_sound(const struct catalogue *c);

/* ERR_LIMIT_REACHED where the table is full: make a larger one. `rules` may be NULL. */
[[nodiscard]] struct err catalogue_put_token(struct catalogue *c, const struct token_record *token,
                                             const struct token_rules *rules);
void catalogue_remove_token(struct catalogue *c, uint64_t token_id); /* no trace is left of it */
void catalogue_put_plan(struct catalogue *c, uint16_t plan, const struct plan_record *record);
void catalogue_set_demand(struct catalogue *c, const struct catalogue_demand *demand);
uint32_t catalogue_token_count(const struct catalogue *c);

/* How far the writer has followed the store's list of changes; kept in the file. */
uint64_t catalogue_feed(const struct catalogue *c);
void catalogue_set_feed(struct catalogue *c, uint64_t number);
