/* policy.c: see policy.h. */
#include "domain/policy.h"
#include "base/must.h"

#include <string.h>

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

static bool take_head(struct reading *r, struct text line) {
    struct policy_version *v = r->version;
    return head_line(line, "version", &r->head_version) ||
           head_line(line, "published", &v->published) ||
           head_line(line, "effective", &v->effective) ||
           head_line(line, "title", &v->title[r->language]);
}

/* "## Heading {#id}" or "[id] sentence". */
static bool cut_line(struct text line, bool *heading_out, struct text *id_out,
                     struct text *say_out) {
    *heading_out = text_starts(line, TEXT("## "));
    size_t open = *heading_out ? text_find(line, TEXT("{#")) : 0;
    size_t close = text_find_char(line, *heading_out ? '}' : ']');
    if (open == SIZE_MAX || close == SIZE_MAX || (!*heading_out && line.bytes[0] != '['))
        return false;
    *id_out =
        *heading_out ? text_part(line, open + 2, close - open - 2) : text_part(line, 1, close - 1);
    *say_out = text_trim(*heading_out ? text_part(line, 3, open - 3) : text_from(line, close + 1));
    return id_out->length > 0 && say_out->length > 0;
}

static struct err take_line(struct reading *r, struct text line) {
    bool is_heading;
    struct text id, say;
    if (!cut_line(line, &is_heading, &id, &say))
        return fault(r, "a line is a head line, \"## Heading {#id}\" or \"[id] sentence\"");
    if (r->place >= POLICY_LINES_MAX)
        return fault(r, "too many sentences");
    struct policy_line *known = &r->version->lines[r->place];
    if (r->language == 0) {
        for (unsigned i = 0; i < r->place; i++)
            if (text_equal(r->version->lines[i].id, id))
                return fault(r, "this id was given before");
        *known = (struct policy_line){.is_heading = is_heading, .id = id};
        r->version->line_count = r->place + 1;
    } else if (r->place >= r->version->line_count || known->is_heading != is_heading ||
               !text_equal(known->id, id)) {
        return fault(r, "the Chinese text has another section or sentence here");
    }
    known->say[r->language] = say;
    r->place++;
    return ok;
}

static struct err read_text(struct reading *r, struct text content) {
    struct text rest = content, line;
    for (r->line = 1; text_cut(&rest, '\n', &line); r->line++) {
        line = text_trim(line);
        if (line.length && !take_head(r, line))
            try(take_line(r, line));
    }
    struct text wanted = text_part(text_c(r->file), 0, text_find_char(text_c(r->file), '.'));
    if (!text_equal(r->head_version, wanted))
        return fault(r, "version is not that of the file's name");
    if (r->language == 1 && r->place != r->version->line_count)
        return fault(r, "the Chinese text has more sentences");
    if (!r->version->published.length || !r->version->effective.length ||
        !r->version->title[r->language].length)
        return fault(r, "published, effective or title is missing");
    r->version->version = wanted;
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
        struct policy_version *v = &out->versions[number - 1];
        *v = (struct policy_version){.lines = arena_alloc(a, POLICY_LINES_MAX * sizeof *v->lines)};
        struct text both[2];
        for (unsigned i = 0; i < 2; i++) {
            struct reading r = {.arena = a, .language = i, .version = v};
            r.file = text_say_in(a, "%u.%s.md", number, languages[i]);
            const struct embedded *text = find_text(texts, r.file);
            if (!text && i == 0)
                return number > 1 ? ok : err_make(ERR_CONFIG, "there is no policy 1.zh.md");
            if (!text)
                return err_make(ERR_CONFIG, text_say_in(a, "%s is missing", r.file));
            try(read_text(&r, text->content));
            both[i] = text->content;
        }
        struct digest zh = hash_of(both[0]), en = hash_of(both[1]);
        v->digest = hash_of(text_format_in(a, "%.*s %.*s", TEXT_ARG(digest_print_in(a, &zh)),
                                           TEXT_ARG(digest_print_in(a, &en))));
        out->count = number;
    }
    return ok;
}

const struct policy_version *policy_in_force(const struct policy *p) {
    must(p->count > p->scheduled);
    return &p->versions[p->count - p->scheduled - 1];
}

const struct policy_version *policy_find(const struct policy *p, struct text version) {
    for (unsigned i = 0; i < p->count; i++)
        if (text_equal(p->versions[i].version, version))
            return &p->versions[i];
    return NULL;
}
