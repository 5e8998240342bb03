/* suffix.h: the public suffix of a host name, by the algorithm of publicsuffix.org over the pack SUFFIX.
 *
 * Contract   `host` is in A-labels and small letters (codec/host.h). The rule that has the most labels
 *            wins, an
 *            exception over all; where none fits, the last label is the suffix (is_listed false).
 */
#pragma once
#include "data/pack.h"

struct suffix {
    struct text suffix;     /* "com.cn"; a part of `host` */
    struct text registered; /* "example.com.cn"; empty where the host is a suffix itself */
    bool is_listed, is_private; /* a private rule: github.io */
};

struct suffix suffix_of(const struct pack *p, struct text host);
