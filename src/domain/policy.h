/* policy.h: the versions of the privacy policy, sentence by sentence, in both languages.
 *
 * A version is two files, N.zh.md and N.en.md: head lines (version, published, effective, title), then
 *     ## Heading {#section}
 *     ### Lesser heading {#group}
 *     [id] One sentence.
 * What may stand inside a sentence is told in policy_mark.h.
 *
 * Contract   reading checks that both languages have the same dates, sections and ids in the same order; a
 *            fault is a sentence that names file and line. Versions come in order; the last is in force. A
 *            sentence keeps its id in later versions as long as its meaning is the same.
 * Not here   whether a text is fit to be published (policy_lint.h), and what differs (policy_compare.h).
 */
#pragma once
#include "base/embedded.h"
#include "base/err.h"
#include "crypt/hash.h"

enum { POLICY_VERSIONS_MAX = 64, POLICY_LINES_MAX = 400, POLICY_BYTES_MAX = 256 << 10 };

struct policy_line {
    bool is_heading;
    bool is_lesser; /* of a group inside a section */
    struct text id;
    struct text say[2]; /* zh, en */
};

struct policy_version {
    struct text version, published, effective, title[2];
    struct text source[2]; /* the files, byte for byte */
    struct digest digest;  /* of both texts: what a consent names */
    struct digest sha256;  /* of the Chinese file with the English one behind it */
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

/* One version from its two texts, which must outlive it; `number` is what its files are named after. */
[[nodiscard]] struct err policy_version_read(struct arena *a, struct text number, const struct text source[2],
                                             struct policy_version *out);

const struct policy_version *policy_in_force(const struct policy *p);
/* By its number, or by one of its digests in hex, so that a receipt of any age leads to its text.
 * NULL: none. */
const struct policy_version *policy_find(const struct policy *p, struct text version);
/* The one that stood before it; NULL for the first. */
const struct policy_version *policy_before(const struct policy *p, const struct policy_version *v);

/* The sentence or heading of this id; NULL: none. */
const struct policy_line *policy_line_find(const struct policy_version *v, struct text id);

/* Minutes to read the Chinese, at 300 Chinese characters each. */
unsigned policy_reading_minutes(const struct policy_version *v);
unsigned policy_minutes_of(size_t chinese_characters);
