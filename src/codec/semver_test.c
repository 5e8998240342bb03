/* semver_test.c: the order of semver.org, and ranges as node-semver's description shows them. */
#include "test.h"

#include "codec/semver.h"

static struct semver version(const char *t) {
    struct semver v;
    if (!semver_parse(text_c(t), &v))
        fail_msg("%s is no version", t);
    return v;
}

TEST(order_of_the_specification) {
    static const char *const rising[] = {"0.0.1", "0.1.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
                                         "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1"};
    for (size_t i = 0; i < COUNT(rising); i++)
        for (size_t k = 0; k < COUNT(rising); k++) {
            struct semver a = version(rising[i]), b = version(rising[k]);
            want_int(semver_compare(&a, &b), i < k ? -1 : i > k);
        }
}

TEST(what_is_no_version) {
    static const char *const bad[] = {"", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2.3-a..b", "a.b.c",
                                      "1.2.x", "1.2.3-ä", "1.2.1000000000000000000000", "1.2."};
    struct semver v;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (semver_parse(text_c(bad[i]), &v))
            fail_msg("%s was taken", bad[i]);
    want(semver_parse(TEXT("v1.2.3-rc.1+build.5"), &v));
    want_text(v.build, "build.5");
}

TEST(ranges) {
    static const struct { const char *range, *version; enum semver_fit fit; } rows[] = {
        {"^1.2.3", "1.9.0", SEMVER_YES}, {"^1.2.3", "2.0.0", SEMVER_NO}, {"^0.2.3", "0.2.9", SEMVER_YES},
        {"^0.2.3", "0.3.0", SEMVER_NO}, {"^0.0.3", "0.0.4", SEMVER_NO}, {"^1.x", "1.5.0", SEMVER_YES}, {"^0.0", "0.0.9", SEMVER_YES},
        {"~1.2.3", "1.2.9", SEMVER_YES}, {"~1.2.3", "1.3.0", SEMVER_NO}, {"~1", "1.9.0", SEMVER_YES},
        {"1.2.x", "1.2.7", SEMVER_YES}, {"1.2.x", "1.3.0", SEMVER_NO}, {"*", "7.0.0", SEMVER_YES}, {"", "7.0.0", SEMVER_YES},
        {">=1.2.7 <1.3.0", "1.2.99", SEMVER_YES}, {">=1.2.7 <1.3.0", "1.3.0", SEMVER_NO}, {"> 1.2", "1.3.0", SEMVER_YES},
        {">1.2", "1.2.9", SEMVER_NO}, {"<=1.2", "1.2.9", SEMVER_YES}, {"<1.2", "1.2.0", SEMVER_NO}, {"<1.2.0", "1.2.0-rc.1", SEMVER_NO},
        {"1.2.7 || >=1.2.9 <2.0.0", "1.2.8", SEMVER_NO}, {"1.2.7 || >=1.2.9 <2.0.0", "1.4.6", SEMVER_YES},
        {"1.2.3 - 2.3", "2.3.9", SEMVER_YES}, {"1.2.3 - 2.3", "2.4.0", SEMVER_NO}, {"1.2 - 2.3.4", "2.3.5", SEMVER_NO},
        {">1.2.3-alpha.3", "1.2.3-alpha.7", SEMVER_YES}, {">1.2.3-alpha.3", "3.4.5-alpha.9", SEMVER_NO},
        {"^1.2.3-beta.2", "1.2.3-beta.4", SEMVER_YES}, {"^1.2.3-beta.2", "1.2.4-beta.2", SEMVER_NO}, {"^1.0.0", "2.0.0-rc.1", SEMVER_NO},
        {"1.2.3", "1.2.3", SEMVER_YES}, {"=1.2.3", "1.2.4", SEMVER_NO}, {"banana", "1.0.0", SEMVER_BAD_RANGE},
        {">=", "1.0.0", SEMVER_BAD_RANGE}, {"1.2.3.4", "1.0.0", SEMVER_BAD_RANGE},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct semver v = version(rows[i].version);
        if (semver_fits(&v, text_c(rows[i].range)) != rows[i].fit)
            fail_msg("%s and %s: not %d", rows[i].range, rows[i].version, rows[i].fit);
    }
}

TESTS(RUN(order_of_the_specification), RUN(what_is_no_version), RUN(ranges))
