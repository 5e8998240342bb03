/* http_headers.c: how well the headers of an answer protect a site's visitors.
 *
 * Source     OWASP HTTP Security Response Headers Cheat Sheet, MDN and the standards named beside the
 *            rules; points are
 *            our own weighing.
 */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/header_list.h"

enum { ASKED_HEADERS };
enum { HEADERS_MAX = 200 };
enum verdict { GOOD, WEAK, MISSING };

struct headers {
    struct header list[HEADERS_MAX];
    size_t count;
};

struct check {
    const char *name;
    int points;
    enum verdict (*judge)(const struct headers *all, struct text value); /* the header is there */
    struct words good, mend;
};

static bool has(struct text value, const char *word) {
    for (size_t i = 0; i + strlen(word) <= value.length; i++)
        if (text_equal_nocase(text_part(value, i, strlen(word)), text_c(word)))
            return true;
    return false;
}

static struct text value_of(const struct headers *all, const char *name, bool *is_there) {
    for (size_t i = 0; i < all->count; i++)
        if (text_equal_nocase(all->list[i].name, text_c(name))) {
            *is_there = true;
            return all->list[i].value;
        }
    *is_there = false;
    return TEXT("");
}

static enum verdict judge_hsts(const struct headers *all, struct text value) {
    uint64_t seconds = 0;
    (void)all;
    for (size_t i = 0; i + 8 < value.length; i++) {
        if (!text_equal_nocase(text_part(value, i, 8), TEXT("max-age=")))
            continue;
        struct text digits = text_from(value, i + 8);
        size_t length = 0, quote = digits.bytes[0] == '"';
        while (quote + length < digits.length && length < 12 && digits.bytes[quote + length] >= '0' &&
               digits.bytes[quote + length] <= '9')
            length++;
        (void)text_to_u64(text_part(digits, quote, length), &seconds);
    }
    return seconds >= 15552000 ? GOOD : WEAK;
}

static enum verdict judge_csp(const struct headers *all, struct text value) {
    (void)all;
    bool limits = has(value, "default-src") || has(value, "script-src");
    bool guarded = has(value, "'nonce-") || has(value, "'sha") || has(value, "'strict-dynamic'");
    bool loose = (has(value, "'unsafe-inline'") && !guarded) || has(value, "'unsafe-eval'") || has(value, "script-src *");
    return limits && !loose ? GOOD : WEAK;
}

static enum verdict judge_frame(const struct headers *all, struct text value) {
    (void)all;
    return text_equal_nocase(value, TEXT("DENY")) || text_equal_nocase(value, TEXT("SAMEORIGIN")) ? GOOD : WEAK;
}

static enum verdict judge_sniff(const struct headers *all, struct text value) {
    (void)all;
    return text_equal_nocase(value, TEXT("nosniff")) ? GOOD : WEAK;
}

static enum verdict judge_referrer(const struct headers *all, struct text value) {
    (void)all;
    return has(value, "unsafe-url") || text_equal_nocase(value, TEXT("no-referrer-when-downgrade")) ? WEAK : GOOD;
}

static enum verdict judge_any(const struct headers *all, struct text value) {
    (void)all;
    return value.length && !text_equal_nocase(value, TEXT("unsafe-none")) ? GOOD : WEAK;
}

static const struct check checks[] = {
    {"Strict-Transport-Security", 25, judge_hsts, {"浏览器只用 HTTPS 访问", "Browsers come by HTTPS only"},
     {"加上 max-age=31536000; includeSubDomains（至少 180 天；RFC 6797）", "Send max-age=31536000; includeSubDomains (180 days at least; RFC 6797)"}},
    {"Content-Security-Policy", 25, judge_csp, {"限制了脚本的来源", "Says where scripts may come from"},
     {"设置 default-src 或 script-src，不用 unsafe-eval，内联脚本用 nonce 或哈希", "Set default-src or script-src without unsafe-eval; inline scripts by nonce or hash"}},
    {"X-Frame-Options", 15, judge_frame, {"页面不能被别的站点嵌入", "Other sites cannot frame the page"},
     {"设为 DENY 或 SAMEORIGIN，或在 CSP 中用 frame-ancestors", "Set DENY or SAMEORIGIN, or frame-ancestors in the CSP"}},
    {"X-Content-Type-Options", 15, judge_sniff, {"浏览器不猜测内容类型", "Browsers don't guess types"}, {"设为 nosniff", "Set nosniff"}},
    {"Referrer-Policy", 10, judge_referrer, {"控制了来源地址的泄露", "The referrer is limited"},
     {"设为 strict-origin-when-cross-origin 或 no-referrer", "Set strict-origin-when-cross-origin or no-referrer"}},
    {"Permissions-Policy", 5, judge_any, {"限制了摄像头、定位等能力", "Camera, place and other powers are limited"},
     {"关闭不用的能力，如 camera=(), geolocation=()", "Switch off what isn't used: camera=(), geolocation=()"}},
    {"Cross-Origin-Opener-Policy", 5, judge_any, {"与别的窗口隔离", "Kept apart from other windows"}, {"设为 same-origin", "Set same-origin"}},
};

static const char *const verdict_names[] = {"good", "weak", "missing"};

static void reply_check(struct call *c, struct words name, enum verdict v, struct text value,
                        struct words says) {
    reply_object(c, NULL);
    reply_c(c, "name", name.en);
    reply_c(c, "status", verdict_names[v]);
    reply_text(c, "value", value);
    reply_c(c, "says", c->language == LANGUAGE_ZH ? says.zh : says.en);
    reply_end_object(c);
}

static int run_checks(struct call *c, const struct headers *all) {
    int points = 0;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        bool is_there, has_csp;
        struct text value = value_of(all, checks[i].name, &is_there), csp = value_of(all, "Content-Security-Policy", &has_csp);
        enum verdict v = is_there ? checks[i].judge(all, value) : MISSING;
        if (v != GOOD && checks[i].judge == judge_frame && has(csp, "frame-ancestors")) {
            v = GOOD;
            value = csp;
        }
        points += v == GOOD ? checks[i].points : v == WEAK ? checks[i].points / 2 : 0;
        reply_check(c, (struct words){NULL, checks[i].name}, v, value, v == GOOD
                    ? checks[i].good : checks[i].mend);
    }
    return points;
}

/* Each cookie by itself, and what tells the server's software with its version. Points that are lost. */
static int run_leaks(struct call *c, const struct headers *all) {
    static const char *const tellers[] = {"Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "X-Generator"};
    int lost = 0;
    for (size_t i = 0; i < all->count; i++) {
        struct text name = all->list[i].name, value = all->list[i].value;
        if (text_equal_nocase(name, TEXT("Set-Cookie"))) {
            bool is_good = has(value, "; secure") && has(value, "httponly") && has(value, "samesite=");
            struct text cookie = text_part(value, 0, text_find_char(value, '='));
            lost += is_good ? 0 : 5;
            reply_check(c, (struct words){NULL, "Set-Cookie"}, is_good ? GOOD : WEAK, cookie,
                        is_good ? (struct words){"Cookie 有 Secure、HttpOnly、SameSite", "The cookie is Secure, HttpOnly and SameSite"}
                                : (struct words){"给 Cookie 加上 Secure、HttpOnly、SameSite", "Make the cookie Secure, HttpOnly and SameSite"});
        }
        for (size_t k = 0; k < sizeof tellers / sizeof *tellers; k++) {
            bool has_digit = false;
            for (size_t j = 0; j < value.length; j++)
                has_digit |= value.bytes[j] >= '0' && value.bytes[j] <= '9';
            if (!text_equal_nocase(name, text_c(tellers[k])) || (k == 0 && !has_digit))
                continue;
            lost += 2;
            reply_check(c, (struct words){NULL, tellers[k]}, WEAK, value,
                        (struct words){"泄露软件或版本，建议去掉", "Tells software or version; better left out"});
        }
    }
    return lost > 20 ? 20 : lost;
}

static struct err read_all(struct call *c, struct headers *all) {
    struct text rest = ask_text(c, ASKED_HEADERS);
    enum header_step step = HEADER_END;
    while (all->count < HEADERS_MAX && (step = header_next_in(c->arena, &rest,
                                                              &all->list[all->count])) == HEADER_HERE)
        all->count++;
    if (step == HEADER_BROKEN)
        return call_invalid(c, ASKED_HEADERS, text_say_in(c->arena, "第 %zu 个响应头之后的一行不是“名称: 值”", all->count),
                            text_say_in(c->arena, "the line behind header %zu is not \"Name: value\"", all->count));
    if (all->count == 0 || step == HEADER_HERE)
        return call_invalid(c, ASKED_HEADERS, "请传 1 至 199 个响应头，每行一个", "send 1 to 199 headers, one a line");
    return ok;
}

static struct err http_headers(struct call *c) {
    static const char *const grades[] = {"F", "F", "F", "F", "E", "D", "C", "B", "B", "A", "A+"};
    struct headers *all = arena_alloc(c->arena, sizeof *all);
    try(read_all(c, all));
    reply_object(c, NULL);
    reply_list(c, "checks");
    int points = run_checks(c, all);
    points -= run_leaks(c, all);
    reply_end_list(c);
    points = points < 0 ? 0 : points;
    reply_int(c, "score", points);
    reply_c(c, "grade", grades[points / 10]);
    reply_list(c, "headers");
    for (size_t i = 0; i < all->count; i++) {
        reply_object(c, NULL);
        reply_text(c, "name", all->list[i].name);
        reply_text(c, "value", all->list[i].value);
        reply_end_object(c);
    }
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_http_headers = {
    .path = "/api/http/headers",
    .subject = "network",
    .title = {"响应头安全检查", "Security of response headers"},
    .says = {"检查一份 HTTP 响应头：HSTS、CSP、X-Frame-Options、nosniff、Referrer-Policy、Cookie 属性、版本泄露，给出评分和改法。"
             "把 curl -I 的输出原样传来即可；不访问网络。评分是我们自己的权重，仅供参考。",
             "Looks at the headers of an HTTP answer: HSTS, CSP, X-Frame-Options, nosniff, Referrer-Policy, cookies, versions that are "
             "told; gives a score and what to mend. Send what curl -I printed; nothing is asked of the network. The weights are our own."},
    .run = RUN_IN_WORKER(http_headers),
    .asks = ASKS({"headers", ASK_TEXT, REQUIRED, {"响应头，每行一个", "The headers, one a line"}, 1, 20000, .aliases = "text|content"}),
    .gives = GIVES({"checks", GIVE_LIST, {"各项检查", "The checks"}}, {"checks[].name", GIVE_TEXT, {"响应头", "Header"}},
                   {"checks[].status", GIVE_TEXT, {"good、weak 或 missing", "good, weak or missing"}},
                   {"checks[].value", GIVE_TEXT, {"当前值（Cookie 为其名称）", "Its value; of a cookie its name"}},
                   {"checks[].says", GIVE_TEXT, {"说明或改法", "What it does, or how to mend it"}},
                   {"score", GIVE_INT, {"0 至 100 分", "0 to 100"}}, {"grade", GIVE_TEXT, {"等级 A+ 至 F", "A+ to F"}},
                   {"headers", GIVE_LIST, {"读到的响应头", "The headers that were read"}},
                   {"headers[].name", GIVE_TEXT, {"名称", "Name"}}, {"headers[].value", GIVE_TEXT, {"值", "Value"}}),
    .shows = SHOWS({"headers=HTTP/1.1 200 OK%0AServer: nginx/1.22.1%0AStrict-Transport-Security: max-age=31536000%0ASet-Cookie: sid=1; HttpOnly",
                    "{\"checks\":[{\"name\":\"Strict-Transport-Security\",\"status\":\"good\",\"value\":\""
                    "max-age=31536000\",\"says\":\"浏览器只用 HTTPS 访问\"},{\"name\":\"Content-Security-Policy\""
                    ",\"status\":\"missing\",\"value\":\"\",\"says\":\"设置 default-src 或 script-src，不用 uns"
                    "afe-eval，内联脚本用 nonce 或哈希\"},{\"name\":\"X-Frame-Options\",\"status\":\"missing\",\"v"
                    "alue\":\"\",\"says\":\"设为 DENY 或 SAMEORIGIN，或在 CSP 中用 frame-ancestors\"},{\"name\":\""
                    "X-Content-Type-Options\",\"status\":\"missing\",\"value\":\"\",\"says\":\"设为 nosniff"
                    "\"},{\"name\":\"Referrer-Policy\",\"status\":\"missing\",\"value\":\"\",\"says\":\"设"
                    "为 strict-origin-when-cross-origin 或 no-referrer\"},{\"name\":\"Permissions-Policy\","
                    "\"status\":\"missing\",\"value\":\"\",\"says\":\"关闭不用的能力，如 camera=(), geolocation=()"
                    "\"},{\"name\":\"Cross-Origin-Opener-Policy\",\"status\":\"missing\",\"value\":\"\",\""
                    "says\":\"设为 same-origin\"},{\"name\":\"Server\",\"status\":\"weak\",\"value\":\"ngin"
                    "x/1.22.1\",\"says\":\"泄露软件或版本，建议去掉\"},{\"name\":\"Set-Cookie\",\"status\":\"weak\",\""
                    "value\":\"sid\",\"says\":\"给 Cookie 加上 Secure、HttpOnly、SameSite\"}],\"score\":18,\"g"
                    "rade\":\"F\",\"headers\":[{\"name\":\"Server\",\"value\":\"nginx/1.22.1\"},{\"name\""
                    ":\"Strict-Transport-Security\",\"value\":\"max-age=31536000\"},{\"name\":\"Set-Cooki"
                    "e\",\"value\":\"sid=1; HttpOnly\"}]}", SHOW_EXACT},
                   {"headers=Content-Security-Policy: default-src 'self'; frame-ancestors 'none'%0AX-Content-Type-Options: nosniff",
                    "{\"checks\":[{\"name\":\"Strict-Transport-Security\",\"status\":\"missing\",\"value\""
                    ":\"\",\"says\":\"加上 max-age=31536000; includeSubDomains（至少 180 天；RFC 6797）\"},{\"nam"
                    "e\":\"Content-Security-Policy\",\"status\":\"good\",\"value\":\"default-src 'self'; "
                    "frame-ancestors 'none'\",\"says\":\"限制了脚本的来源\"},{\"name\":\"X-Frame-Options\",\"stat"
                    "us\":\"good\",\"value\":\"default-src 'self'; frame-ancestors 'none'\",\"says\":\"页面"
                    "不能被别的站点嵌入\"},{\"name\":\"X-Content-Type-Options\",\"status\":\"good\",\"value\":\"no"
                    "sniff\",\"says\":\"浏览器不猜测内容类型\"},{\"name\":\"Referrer-Policy\",\"status\":\"missing\""
                    ",\"value\":\"\",\"says\":\"设为 strict-origin-when-cross-origin 或 no-referrer\"},{\"na"
                    "me\":\"Permissions-Policy\",\"status\":\"missing\",\"value\":\"\",\"says\":\"关闭不用的能力"
                    "，如 camera=(), geolocation=()\"},{\"name\":\"Cross-Origin-Opener-Policy\",\"status\":"
                    "\"missing\",\"value\":\"\",\"says\":\"设为 same-origin\"}],\"score\":55,\"grade\":\"D\""
                    ",\"headers\":[{\"name\":\"Content-Security-Policy\",\"value\":\"default-src 'self'; "
                    "frame-ancestors 'none'\"},{\"name\":\"X-Content-Type-Options\",\"value\":\"nosniff\""
                    "}]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 6797, RFC 9110, CSP Level 3; OWASP's recommendations",
};
