/* policy.h: the versions of the privacy policy, sentence by sentence, in both languages.
 *
 * A version is two files, N.zh.md and N.en.md: head lines (version, published, effective, title), then
 *     ## Heading {#section}
 *     [id] One sentence.
 * {{operator_name}} and {{operator_contact}} stand for the configuration's.
 *
 * Contract   policy_read checks that both languages have the same sections and ids in the same order; a
 *            fault is a sentence that names file and line. Versions come in order; the last is in force.
 */
#pragma once
#include "base/embedded.h"
#include "base/err.h"
#include "crypt/hash.h"

enum { POLICY_VERSIONS_MAX = 64, POLICY_LINES_MAX = 400 };

struct policy_line {
    bool is_heading;
    struct text id;
    struct text say[2]; /* zh, en */
};

struct policy_version {
    struct text version, published, effective, title[2];
    struct digest digest; /* of both texts: what a consent names */
    struct policy_line *lines;
    unsigned line_count;
};

struct policy {
    struct policy_version versions[POLICY_VERSIONS_MAX];
    unsigned count;
    unsigned scheduled; /* the last ones, which are published and not yet in force */
};

extern const struct embedded policy_texts[];

[[nodiscard]] struct err policy_read(struct arena *a, const struct embedded *texts,
                                     struct policy *out);
const struct policy_version *policy_in_force(const struct policy *p);
const struct policy_version *policy_find(const struct policy *p,
                                         struct text version); /* NULL: none */
