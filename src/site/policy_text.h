/* policy_text.h: a version of the policy as the rows of a page: sections, sentences, footnotes, proofs.
 *
 * Contract   the words of the configuration are filled in from the one place where the site has them.
 *            Beside a promise or a right stands when it was last proved; a proof older than the promise
 *            allows counts as none.
 * Memory     in the domain's arena.
 */
#pragma once
#include "domain/policy_mark.h"
#include "domain/probe.h"
#include "domain/promise.h"
#include "site/visit_page.h"

struct policy_words policy_words_of(const struct site *site);

/* Lists "toc", "sections" and "footnotes". `only`: one section alone; empty: all of them. */
[[nodiscard]] struct err policy_put_text(struct page *p, const struct policy_version *version,
                                         struct text only);

enum proof_state { PROOF_NOT_NEEDED, PROOF_GOOD, PROOF_BAD, PROOF_OLD, PROOF_NONE };

/* What came out of every probe, read once for a page. */
struct policy_proofs {
    int64_t now_ms;
    struct outcome of[PROBE_COUNT];
};

[[nodiscard]] struct err policy_proofs_read(struct domain *d, struct policy_proofs *out);

/* Of a sentence; *time_out is when its probe ran last, 0: never. */
enum proof_state policy_proof_of(const struct policy_proofs *proofs, const struct promise *promise,
                                 int64_t *time_out);
