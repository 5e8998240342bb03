/* semver.c: a version taken apart, compared with another and with a range (codec/semver.h). */
#include "codec/semver.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_VERSION, ASKED_OTHER, ASKED_RANGE };

static struct err refuse(struct call *c, unsigned ask) {
    return call_invalid(c, ask, "版本号无效：请传如 1.2.3 或 1.2.3-rc.1+build 的语义化版本",
                        "not a version: send one such as 1.2.3 or 1.2.3-rc.1+build");
}

static struct err semver(struct call *c) {
    static const char *const names[] = {"major", "minor", "patch"};
    struct semver v, other;
    enum semver_fit fit = SEMVER_NO;
    if (!semver_parse(ask_text(c, ASKED_VERSION), &v))
        return refuse(c, ASKED_VERSION);
    if (ask_has(c, ASKED_OTHER) && !semver_parse(ask_text(c, ASKED_OTHER), &other))
        return refuse(c, ASKED_OTHER);
    if (ask_has(c, ASKED_RANGE))
        fit = semver_fits(&v, ask_text(c, ASKED_RANGE));
    if (fit == SEMVER_BAD_RANGE)
        return call_invalid(c, ASKED_RANGE, "范围无效：请传如 ^1.2.0、~1.2、>=1.2 <2、1.x 或 1.2 - 2.3 的范围",
                            "not a range: send one such as ^1.2.0, ~1.2, >=1.2 <2, 1.x or 1.2 - 2.3");
    reply_object(c, NULL);
    reply_text(c, "version", text_format_in(c->arena, "%llu.%llu.%llu%s%.*s", (unsigned long long)v.numbers[0],
                                            (unsigned long long)v.numbers[1],
                                                    (unsigned long long)v.numbers[2],
                                            v.pre.length ? "-" : "", TEXT_ARG(v.pre)));
    for (int i = 0; i < 3; i++)
        reply_int(c, names[i], (int64_t)v.numbers[i]);
    reply_text(c, "prerelease", v.pre);
    reply_text(c, "build", v.build);
    if (ask_has(c, ASKED_OTHER))
        reply_int(c, "compare", semver_compare(&v, &other));
    else
        reply_null(c, "compare");
    if (ask_has(c, ASKED_RANGE))
        reply_bool(c, "satisfies", fit == SEMVER_YES);
    else
        reply_null(c, "satisfies");
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_semver = {
    .path = "/api/semver",
    .subject = "developer",
    .title = {"版本号比较", "Compare versions"},
    .says = {"解析语义化版本号，与另一个版本比较，并判断是否满足 npm 式范围（^、~、>=、x、||、连字符）。",
             "Takes a semantic version apart, compares it with another, and says whether it satisfies a range as npm writes them "
             "(^, ~, >=, x, ||, hyphens)."},
    .run = semver,
    .asks = ASKS({"version", ASK_TEXT, REQUIRED, {"版本号", "The version"}, 1, 256, .aliases = "v|a"},
                 {"other", ASK_TEXT, OPTIONAL, {"与之比较的版本", "A version to compare with"}, 1, 256, .aliases = "b|with"},
                 {"range", ASK_TEXT, OPTIONAL, {"范围", "A range"}, 1, 256}),
    .gives = GIVES({"version", GIVE_TEXT, {"规范写法", "In its usual form"}}, {"major", GIVE_INT, {"主版本号", "Major"}},
                   {"minor", GIVE_INT, {"次版本号", "Minor"}}, {"patch", GIVE_INT, {"修订号", "Patch"}},
                   {"prerelease", GIVE_TEXT, {"先行版", "Pre-release"}}, {"build", GIVE_TEXT, {"构建信息", "Build"}},
                   {"compare", GIVE_INT, {"-1 较旧，0 相同，1 较新；没问为 null", "-1 older, 0 equal, 1 newer; null if not asked"}},
                   {"satisfies", GIVE_BOOL, {"是否满足范围；没问为 null", "Does it satisfy the range; null if not asked"}}),
    .shows = SHOWS({"version=1.4.2&other=1.10.0&range=^1.2.0",
                    "{\"version\":\"1.4.2\",\"major\":1,\"minor\":4,\"patch\":2,\"prerelease\":\"\",\"bui"
                    "ld\":\"\",\"compare\":-1,\"satisfies\":true}", SHOW_EXACT}, {"version=v2.0.0-rc.1%2B5&other=2.0.0",
                    "{\"version\":\"2.0.0-rc.1\",\"major\":2,\"minor\":0,\"patch\":0,\"prerelease\":\"rc."
                    "1\",\"build\":\"5\",\"compare\":-1,\"satisfies\":null}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "semver.org 2.0.0",
};
