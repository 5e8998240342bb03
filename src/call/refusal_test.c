/* refusal_test.c: every kind that a caller can see has a status, a code for older clients and words. */
#include "test.h"

#include "call/refusal.h"

static bool is_of_the_inside(enum err_kind kind) {
    return kind == ERR_IO || kind == ERR_USAGE || kind == ERR_CONFIG;
}

TEST(every_kind_is_told) {
    for (int i = 1; i < ERR_COUNT; i++) {
        enum err_kind kind = (enum err_kind)i;
        const struct refusal *r = refusal_of(kind);
        const char *words[] = {r->title.zh, r->title.en, r->hint.zh, r->hint.en};
        bool is_whole = r->status >= 400 && r->status < 600 && r->old_code >= 100;
        for (size_t k = 0; k < COUNT(words); k++)
            is_whole = is_whole && words[k] && *words[k];
        if (!is_whole)
            fail_msg("%s lacks a status or words", err_name(kind));
        if ((r == refusal_of(ERR_INTERNAL)) != (kind == ERR_INTERNAL || is_of_the_inside(kind)))
            fail_msg("%s has no row of its own in refusal.c", err_name(kind));
        want(text_is_utf8(text_c(r->title.zh)) && text_is_utf8(text_c(r->hint.zh)));
    }
}

/* The statuses that other software relies on. */
TEST(statuses_are_as_published) {
    static const struct {
        enum err_kind kind;
        int status, old_code;
    } rows[] = {
        {ERR_REQUEST_MALFORMED, 400, 400},  {ERR_TOKEN_MISSING, 401, 100},     {ERR_TOKEN_MALFORMED, 401, 100},
        {ERR_TOKEN_UNKNOWN, 401, 100},      {ERR_TOKEN_REVOKED, 401, 100},     {ERR_TOKEN_EXPIRED, 401, 101},
        {ERR_IP_NOT_ALLOWED, 403, 104},     {ERR_ORIGIN_NOT_ALLOWED, 403, 104}, {ERR_API_NOT_ALLOWED, 403, 104},
        {ERR_ACCOUNT_SUSPENDED, 403, 101},  {ERR_API_UNKNOWN, 404, 404},       {ERR_METHOD_NOT_ALLOWED, 405, 405},
        {ERR_BODY_TOO_LARGE, 413, 400},     {ERR_URI_TOO_LONG, 414, 400},      {ERR_PARAMETER_MISSING, 422, 422},
        {ERR_PARAMETER_INVALID, 422, 422},  {ERR_PARAMETER_DOUBLED, 422, 422}, {ERR_NO_RESULT, 404, 406},
        {ERR_RATE_EXCEEDED, 429, 429},      {ERR_QUOTA_EXCEEDED, 429, 102},    {ERR_BALANCE_EXHAUSTED, 429, 102},
        {ERR_POLICY_CONSENT_REQUIRED, 451, 400}, {ERR_INTERNAL, 500, 400},     {ERR_SOURCE_FAILED, 502, 400},
        {ERR_SOURCE_TIMEOUT, 504, 400},     {ERR_SOURCE_UNAVAILABLE, 503, 400}, {ERR_BUSY, 503, 400},
        {ERR_IO, 500, 400},                 {ERR_SESSION_ENDED, 401, 400},     {ERR_CROSS_SITE_BLOCKED, 403, 400},
        {ERR_POLICY_VERSION_STALE, 409, 400}, {ERR_LEGAL_HOLD, 409, 400},      {ERR_CODE_EXPIRED, 410, 400},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct refusal *r = refusal_of(rows[i].kind);
        if (r->status != rows[i].status || r->old_code != rows[i].old_code)
            fail_msg("%s: %d %d", err_name(rows[i].kind), r->status, r->old_code);
    }
}

TESTS(RUN(every_kind_is_told), RUN(statuses_are_as_published))
