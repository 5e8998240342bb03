/* policy_compare.h: what differs between two versions of the policy, sentence by sentence, word by word.
 *
 * The idea   sentences are told apart by their ids, not by their places: an id that is in both is the same
 *            sentence, changed where its Chinese or its English is. It moved where it stands in another
 *            section, or is not in the longest row of sentences that both versions have in one order.
 * Contract   differences come in the order of the later version; what was removed stands behind what it
 *            followed. Of a changed sentence, policy_runs_in tells what stayed, went and came: by Chinese
 *            characters, and by words where there are words.
 * Cost       n² for n sentences or words; a sentence of more than POLICY_WORDS_MAX words is shown whole, old
 *            and new.
 * Source     longest common subsequence by dynamic programming; longest increasing subsequence likewise.
 */
#pragma once
#include "domain/policy.h"

enum { POLICY_WORDS_MAX = 600 };

enum policy_change { POLICY_ADDED, POLICY_REMOVED, POLICY_CHANGED, POLICY_MOVED };

struct policy_difference {
    enum policy_change change;
    bool is_moved;                            /* also where it was changed */
    const struct policy_line *before, *after; /* NULL where it is not there */
};

enum policy_run_kind { RUN_SAME, RUN_GONE, RUN_NEW };

struct policy_run {
    enum policy_run_kind kind;
    struct text say;
};

/* The number of differences; none between a version and itself. */
unsigned policy_compare(struct arena *a, const struct policy_version *before,
                        const struct policy_version *after, struct policy_difference **out);

/* The runs of one sentence, in order; all GONE runs make `before` together with the SAME ones, all NEW ones
 * make `after`. */
unsigned policy_runs_in(struct arena *a, struct text before, struct text after, struct policy_run **out);

const char *policy_change_name(enum policy_change change); /* "added" "removed" "changed" "moved" */
