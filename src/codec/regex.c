/* regex.c: see regex.h. */
#include "codec/regex.h"
#include "base/must.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

struct regex {
    pcre2_code *code;
    pcre2_match_data *found;
    pcre2_match_context *limits;
    unsigned groups;
};

static uint32_t options_of(unsigned flags) {
    return PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | (flags & REGEX_NO_CASE ? PCRE2_CASELESS : 0) |
           (flags & REGEX_LINES ? PCRE2_MULTILINE : 0) | (flags & REGEX_DOT_ALL ? PCRE2_DOTALL : 0) |
           (flags & REGEX_EXTENDED ? PCRE2_EXTENDED : 0);
}

static pcre2_code *compile(struct arena *a, struct text pattern, unsigned flags, struct regex_fault *out) {
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    int error = 0;
    PCRE2_SIZE at = 0;
    must(context != NULL);
    pcre2_set_parens_nest_limit(context, 100);
    pcre2_set_max_pattern_length(context, REGEX_PATTERN_BYTES_MAX);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)(pattern.length ? pattern.bytes : ""), pattern.length,
                                     options_of(flags), &error, &at, context);
    pcre2_compile_context_free(context);
    if (!code) {
        char *says = arena_alloc(a, 256);
        pcre2_get_error_message(error, (PCRE2_UCHAR *)says, 256);
        *out = (struct regex_fault){at, says};
    }
    return code;
}

struct regex *regex_new(struct arena *a, struct text pattern, unsigned flags, struct regex_fault *out) {
    pcre2_code *code = compile(a, pattern, flags, out);
    uint32_t groups = 0;
    if (!code)
        return NULL;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    if (groups > REGEX_GROUPS_MAX) {
        *out = (struct regex_fault){pattern.length, "more than 64 groups"};
        pcre2_code_free(code);
        return NULL;
    }
    struct regex *r = calloc(1, sizeof *r);
    must(r != NULL);
    *r = (struct regex){code, pcre2_match_data_create_from_pattern(code, NULL),
                        pcre2_match_context_create(NULL),
                        groups};
    must(r->found && r->limits);
    pcre2_set_match_limit(r->limits, REGEX_MATCH_STEPS);
    pcre2_set_heap_limit(r->limits, REGEX_HEAP_KIB);
    return r;
}

void regex_free(struct regex *r) {
    if (!r)
        return;
    pcre2_match_context_free(r->limits);
    pcre2_match_data_free(r->found);
    pcre2_code_free(r->code);
    free(r);
}

unsigned regex_group_count(const struct regex *r) { return r->groups; }

/* The table holds, for each name: two bytes of the group's number, the name, NUL. */
struct text regex_group_name(const struct regex *r, unsigned group) {
    uint32_t count = 0, size = 0;
    const unsigned char *table = NULL;
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMETABLE, &table);
    for (uint32_t i = 0; i < count; i++, table += size)
        if ((unsigned)(table[0] << 8 | table[1]) == group)
            return text_c((const char *)table + 2);
    return TEXT("");
}

enum regex_verdict regex_search(struct regex *r, struct text t, size_t from, struct regex_match *out) {
    if (from > t.length)
        return REGEX_NOTHING;
    int count = pcre2_match(r->code, (PCRE2_SPTR)(t.length ? t.bytes : ""), t.length, from, 0, r->found, r->limits);
    if (count < 0)
        return count == PCRE2_ERROR_NOMATCH ? REGEX_NOTHING : REGEX_TOO_MUCH;
    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(r->found);
    *out = (struct regex_match){.start = places[0], .end = places[1]};
    if (places[0] > places[1]) /* \K behind the end */
        return REGEX_NOTHING;
    for (unsigned i = 0; i < (unsigned)count; i++)
        if (places[2 * i] != PCRE2_UNSET)
            out->groups[i] = text_of((t.length ? t.bytes : "") + places[2 * i], places[2 * i + 1] - places[2 * i]);
    return REGEX_FOUND;
}
