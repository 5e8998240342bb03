/* policy.c: see policy.h. */
#include "domain/policy.h"
#include "base/must.h"

#include <string.h>

enum { CHARACTERS_A_MINUTE = 300 };

struct reading {
    struct arena *arena;
    const char *file;
    unsigned line, language, place; /* place: of the next line in the version */
    struct policy_version *version;
    struct text head_version;
};

static struct err fault(struct reading *r, const char *say) {
    return err_make(ERR_CONFIG, text_say_in(r->arena, "%s, line %u: %s", r->file, r->line, say));
}

static bool head_line(struct text line, const char *name, struct text *out) {
    size_t length = strlen(name);
    if (!text_starts(line, text_of(name, length)) || line.length <= length ||
        line.bytes[length] != ':')
        return false;
    *out = text_trim(text_from(line, length + 1));
    return true;
}

/* Both languages must name the same day. */
static struct err take_date(struct reading *r, struct text day, struct text *out) {
    if (r->language == 1 && !text_equal(*out, day))
        return fault(r, "the Chinese text names another day");
    *out = day;
    return ok;
}

static struct err take_head(struct reading *r, struct text line, bool *taken_out) {
    struct policy_version *v = r->version;
    struct text value;
    *taken_out = true;
    if (head_line(line, "published", &value))
        return take_date(r, value, &v->published);
    if (head_line(line, "effective", &value))
        return take_date(r, value, &v->effective);
    *taken_out = head_line(line, "version", &r->head_version) ||
                 head_line(line, "title", &v->title[r->language]);
    return ok;
}

/* "## Heading {#id}", "### Lesser heading {#id}" or "[id] sentence". */
static bool cut_line(struct text line, struct policy_line *out, struct text *say_out) {
    out->is_lesser = text_starts(line, TEXT("### "));
    out->is_heading = out->is_lesser || text_starts(line, TEXT("## "));
    size_t marks = out->is_lesser ? 4 : 3;
    size_t open = out->is_heading ? text_find(line, TEXT("{#")) : 0;
    size_t close = text_find_char(line, out->is_heading ? '}' : ']');
    if (open == SIZE_MAX || close == SIZE_MAX || (!out->is_heading && line.bytes[0] != '['))
        return false;
    if (out->is_heading && (open < marks || close < open))
        return false;
    out->id = out->is_heading ? text_part(line, open + 2, close - open - 2) : text_part(line, 1, close - 1);
    *say_out = text_trim(out->is_heading ? text_part(line, marks, open - marks) : text_from(line, close + 1));
    return out->id.length > 0 && say_out->length > 0;
}

static struct err take_line(struct reading *r, struct text line) {
    struct policy_line found = {.is_heading = false};
    struct text say;
    if (!cut_line(line, &found, &say))
        return fault(r, "a line is a head line, \"## Heading {#id}\", \"### Heading {#id}\" or \"[id] sentence\"");
    if (r->place >= POLICY_LINES_MAX)
        return fault(r, "too many sentences");
    struct policy_line *known = &r->version->lines[r->place];
    if (r->language == 0) {
        if (policy_line_find(r->version, found.id))
            return fault(r, "this id was given before");
        *known = found;
        r->version->line_count = r->place + 1;
    } else if (r->place >= r->version->line_count || known->is_heading != found.is_heading ||
               known->is_lesser != found.is_lesser || !text_equal(known->id, found.id)) {
        return fault(r, "the Chinese text has another section or sentence here");
    }
    known->say[r->language] = say;
    r->place++;
    return ok;
}

static struct err read_text(struct reading *r, struct text content, struct text number) {
    struct text rest = content, line;
    if (content.length > POLICY_BYTES_MAX || !text_is_utf8(content))
        return fault(r, "a policy is UTF-8 of at most 256 KiB");
    for (r->line = 1; text_cut(&rest, '\n', &line); r->line++) {
        bool taken = true;
        line = text_trim(line);
        if (line.length)
            try(take_head(r, line, &taken));
        if (!taken)
            try(take_line(r, line));
    }
    if (!text_equal(r->head_version, number))
        return fault(r, "version is not that of the file's name");
    if (r->language == 1 && r->place != r->version->line_count)
        return fault(r, "the Chinese text has more sentences");
    if (!r->version->published.length || !r->version->effective.length ||
        !r->version->title[r->language].length)
        return fault(r, "published, effective or title is missing");
    return ok;
}

struct err policy_version_read(struct arena *a, struct text number, const struct text source[2],
                               struct policy_version *out) {
    static const char *const languages[] = {"zh", "en"};
    *out = (struct policy_version){.version = number,
                                   .lines = arena_alloc(a, POLICY_LINES_MAX * sizeof *out->lines)};
    for (unsigned i = 0; i < 2; i++) {
        struct reading r = {.arena = a, .language = i, .version = out};
        r.file = text_say_in(a, "%.*s.%s.md", TEXT_ARG(number), languages[i]);
        try(read_text(&r, source[i], number));
        out->source[i] = source[i];
    }
    struct digest zh = hash_of(source[0]), en = hash_of(source[1]);
    out->digest = hash_of(text_format_in(a, "%.*s %.*s", TEXT_ARG(digest_print_in(a, &zh)),
                                         TEXT_ARG(digest_print_in(a, &en))));
    out->sha256 = hash_sha256(PARTS(source[0], source[1]));
    return ok;
}

static const struct embedded *find_text(const struct embedded *texts, const char *name) {
    for (; texts->name; texts++)
        if (strcmp(texts->name, name) == 0)
            return texts;
    return NULL;
}

struct err policy_read(struct arena *a, const struct embedded *texts, struct policy *out) {
    static const char *const languages[] = {"zh", "en"};
    out->scheduled = 0;
    for (unsigned number = 1; number <= POLICY_VERSIONS_MAX; number++) {
        struct text source[2];
        for (unsigned i = 0; i < 2; i++) {
            const char *file = text_say_in(a, "%u.%s.md", number, languages[i]);
            const struct embedded *text = find_text(texts, file);
            if (!text && i == 0)
                return number > 1 ? ok : err_make(ERR_CONFIG, "there is no policy 1.zh.md");
            if (!text)
                return err_make(ERR_CONFIG, text_say_in(a, "%s is missing", file));
            source[i] = text->content;
        }
        try(policy_version_read(a, text_format_in(a, "%u", number), source, &out->versions[number - 1]));
        out->count = number;
    }
    return ok;
}

const struct policy_version *policy_in_force(const struct policy *p) {
    must(p->count > p->scheduled);
    return &p->versions[p->count - p->scheduled - 1];
}

static bool is_digest(struct text hex, const struct digest *d) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        if (hex.bytes[2 * i] != digits[d->bytes[i] >> 4] || hex.bytes[2 * i + 1] != digits[d->bytes[i] & 15])
            return false;
    return true;
}

const struct policy_version *policy_find(const struct policy *p, struct text version) {
    for (unsigned i = 0; i < p->count; i++) {
        const struct policy_version *v = &p->versions[i];
        if (text_equal(v->version, version))
            return v;
        bool is_hex = version.length == 2 * DIGEST_BYTES;
        if (is_hex && (is_digest(version, &v->digest) || is_digest(version, &v->sha256)))
            return v;
    }
    return NULL;
}

const struct policy_version *policy_before(const struct policy *p, const struct policy_version *v) {
    return v > p->versions && v < p->versions + p->count ? v - 1 : NULL;
}

const struct policy_line *policy_line_find(const struct policy_version *v, struct text id) {
    for (unsigned i = 0; i < v->line_count; i++)
        if (text_equal(v->lines[i].id, id))
            return &v->lines[i];
    return NULL;
}

/* Unified ideographs: the block of 20,992, its first extension, and those of the second plane. */
static bool is_chinese(int32_t rune) {
    return (rune >= 0x4E00 && rune <= 0x9FFF) || (rune >= 0x3400 && rune <= 0x4DBF) ||
           (rune >= 0x20000 && rune <= 0x3FFFD);
}

unsigned policy_minutes_of(size_t chinese_characters) {
    return (unsigned)((chinese_characters + CHARACTERS_A_MINUTE - 1) / CHARACTERS_A_MINUTE);
}

unsigned policy_reading_minutes(const struct policy_version *v) {
    size_t characters = 0;
    for (unsigned i = 0; i < v->line_count; i++) {
        struct text rest = v->lines[i].say[0];
        for (int32_t rune; (rune = text_rune(&rest)) >= 0;)
            characters += is_chinese(rune);
    }
    return policy_minutes_of(characters);
}
