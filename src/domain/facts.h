/* facts.h: what the system does, as lines that two versions of it can be compared by.
 *
 * The idea   a policy is published together with the facts of that day. Whoever changes what the
 * system does later, and says nothing of it in the policy, is found out by comparing lines: by the
 * build for what the program does (policy/N.facts), by doctor and /status.json for what the
 * installation does. Lines      "class rest", sorted, each once: field purpose cookie         what
 * is processed, why, how       kind 1 controller                   who runs the service kind 2 host
 * processor outside       who gets data                     kind 3 route right                  the
 * ways to use one's rights      kind 4 contact                      whom to turn to kind 5 risk an
 * assessment with high risk      kind 6 Contract   facts_compare gives the kinds of major change
 * between two prints, as bits (1 << kind), and a line for each difference: "1 + field …". A risk
 * that goes away is no change. Memory     in the arena.
 */
#pragma once
#include "base/buf.h"

enum policy_change_kind {
    CHANGE_OTHER, /* that the operator calls major himself */
    CHANGE_SERVICE,
    CHANGE_CONTROLLER,
    CHANGE_SHARING,
    CHANGE_RIGHTS,
    CHANGE_CONTACT,
    CHANGE_RISK,
    CHANGE_KINDS,
};

enum { FACTS_MAX = 4096, FACTS_BYTES_MAX = 1 << 20 };

struct facts {
    struct arena *arena;
    struct text *lines;
    unsigned count;
};

void facts_init(struct facts *f, struct arena *a);
/* Line ends in what is added become blanks. */
[[gnu::format(printf, 3, 4)]] void facts_add(struct facts *f, const char *class_name,
                                             const char *format, ...);
void facts_add_columns(struct facts *f);  /* the register of personal data */
void facts_add_purposes(struct facts *f); /* the optional ones */
struct text facts_print_in(struct arena *a, struct facts *f);

unsigned facts_compare(struct text before, struct text after, struct buf *why);

/* "1 3"; empty where there is none. */
struct text facts_kinds_in(struct arena *a, unsigned kinds);
const char *facts_kind_says(enum policy_change_kind kind, bool is_english);
/* "service" or "1". False where it is none. */
bool facts_kind_parse(struct text t, enum policy_change_kind *out);
