/* promise.h: what each sentence of the policy rests on (policy/promises.toml), as a table.
 *
 * Contract   the table is made when the house is built (tools/promises.mjs), for the newest version; ids of
 *            older versions that the newest has not are there with their kind alone. A version may be
 *            published only if policy_promises_check finds nothing: every sentence is mapped, reads as it did
 *            when it was mapped, and every promise and right has a probe.
 */
#pragma once
#include "base/buf.h"
#include "domain/policy.h"

enum promise_kind { KIND_NONE, KIND_PROMISE, KIND_RIGHT, KIND_DEFINITION, KIND_NOTICE };

struct promise {
    const char *id;
    const char *sha256;         /* of the Chinese and the English, a line each; NULL: of an older version */
    enum promise_kind kind;
    const char *machinery;      /* files and routes */
    const char *probe;          /* NULL: none */
    unsigned max_age_s;         /* of the probe's last good run */
};

extern const struct promise policy_promises[]; /* ended by an empty one */

const struct promise *promise_of(struct text sentence_id); /* NULL: not mapped */
const char *promise_kind_name(enum promise_kind kind);     /* "promise" "right" …; "" for none */

/* Writes a line for each fault and gives their number. */
unsigned policy_promises_check(struct arena *a, const struct policy_version *v, struct buf *faults);
