/* connector.c: see connector.h. The reading of a file; what it says is held to the APIs in check.c. */
#include "connect/connector.h"
#include "base/buf.h"

#include <stdio.h>

static const struct known {
    const char *word;
    bool is_named, is_head, is_part; /* takes a name; may stand in the head; in a part */
} known[] = {
    [WORD_PROVIDER] = {"provider", false, true, false},
    [WORD_GROUP] = {"group", false, true, false},
    [WORD_NAME_ZH] = {"name.zh", false, true, false},
    [WORD_NAME_EN] = {"name.en", false, true, false},
    [WORD_DOCS] = {"docs", false, true, false},
    [WORD_TERMS] = {"terms", false, true, false},
    [WORD_KEY] = {"key", false, true, false},
    [WORD_BASE] = {"base", false, true, false},
    [WORD_SET] = {"set", true, true, false},
    [WORD_MAP] = {"map", true, true, false},
    [WORD_PRIVATE] = {"private", false, true, false},
    [WORD_TIME] = {"time_ms", false, true, true},
    [WORD_BYTES] = {"bytes_max", false, true, true},
    [WORD_URL] = {"url", false, true, true},
    [WORD_METHOD] = {"method", false, true, true},
    [WORD_QUERY] = {"query", true, true, true},
    [WORD_HEADER] = {"header", true, true, true},
    [WORD_FORM] = {"form", true, true, true},
    [WORD_JSON] = {"json", true, true, true},
    [WORD_BODY] = {"body", false, true, true},
    [WORD_LET] = {"let", true, true, true},
    [WORD_REPLY] = {"reply", false, true, true},
    [WORD_TABLE] = {"table", false, false, true},
    [WORD_REDIRECTS] = {"redirects", false, true, true},
    [WORD_OK] = {"ok", true, true, true},
    [WORD_NO_RESULT] = {"no_result", true, true, true},
    [WORD_INVALID] = {"invalid", true, true, true},
    [WORD_REFUSED] = {"refused", true, true, true},
    [WORD_BUSY] = {"busy", true, true, true},
    [WORD_FIRST] = {"first", false, false, true},
    [WORD_TAKE] = {"take", true, false, true},
    [WORD_GIVE] = {"give", true, false, true},
    [WORD_MUST] = {"give!", true, false, true},
    [WORD_KEEP] = {"keep_s", false, true, true},
    [WORD_STALE] = {"stale_s", false, true, true},
    [WORD_PERSONAL] = {"personal", false, true, true},
};

struct reading {
    const struct connector_reader *reader;
    struct connector *c;
    struct connector_part *part;
    const char *file;
    unsigned number, depth;
};

enum { LIKE_DEPTH_MAX = 3, LINES_ROOM = 16 };

const char *connector_word_name(enum connector_word word) {
    return known[word].word;
}

[[gnu::format(printf, 2, 3)]] static struct err fault(const struct reading *r, const char *format, ...) {
    struct arena *a = r->reader->arena;
    struct buf b;
    char room[600];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(room, sizeof room, format, list);
    va_end(list);
    buf_init(&b, a, 2048);
    buf_format(&b, "%s:%u: ", r->file, r->number);
    buf_add(&b, room, length < (int)sizeof room ? (size_t)length : sizeof room - 1);
    return err_make(ERR_CONFIG, text_c_in(a, buf_peek(&b)));
}

/* ---- parts and lines ---- */

static struct connector_part *part_named(struct reading *r, struct text name, bool is_step) {
    struct connector *c = r->c;
    for (unsigned i = 0; i < c->part_count; i++)
        if (text_equal(c->parts[i].name, name) && c->parts[i].is_step == is_step)
            return &c->parts[i];
    if (c->part_count == CONNECTOR_PARTS_MAX)
        return NULL;
    struct connector_part *part = &c->parts[c->part_count++];
    *part = (struct connector_part){.name = name, .is_step = is_step, .file = r->file, .number = r->number};
    return part;
}

static struct err begin_part(struct reading *r, struct text line) {
    struct text name = text_trim(text_part(line, 1, line.length - 2));
    bool is_step = text_starts(name, TEXT("step "));
    if (!text_ends(line, TEXT("]")) || name.length == 0)
        return fault(r, "a part begins with [API path without /api/] or [step NAME]");
    r->part = part_named(r, is_step ? text_trim(text_from(name, 5)) : name, is_step);
    return r->part ? ok : fault(r, "a file has at most %d parts", CONNECTOR_PARTS_MAX);
}

static bool is_rule(enum connector_word word) {
    return word >= WORD_OK && word <= WORD_BUSY;
}

/* give and give! are two words for one name. */
static bool is_same(const struct connector_line *a, const struct connector_line *b) {
    bool are_gives =
        (a->word == WORD_GIVE || a->word == WORD_MUST) && (b->word == WORD_GIVE || b->word == WORD_MUST);
    return (a->word == b->word || are_gives) && text_equal(a->name, b->name) && !is_rule(a->word);
}

static struct err add_line(struct reading *r, const struct connector_line *line) {
    struct connector_part *p = r->part;
    for (unsigned i = 0; i < p->line_count; i++) {
        if (!is_same(&p->lines[i], line))
            continue;
        if (p->lines[i].file == line->file)
            return fault(r, "%s %.*s stands in line %u already", known[line->word].word,
                         TEXT_ARG(line->name), p->lines[i].number);
        p->lines[i] = *line;
        return ok;
    }
    if (p->line_count == CONNECTOR_LINES_MAX)
        return fault(r, "a part has at most %d lines", CONNECTOR_LINES_MAX);
    if (p->line_count == p->line_room) {
        unsigned room = p->line_room ? p->line_room * 2 : LINES_ROOM;
        p->lines = arena_grow(r->reader->arena, p->lines, p->line_room * sizeof *line, room * sizeof *line);
        p->line_room = room;
    }
    p->lines[p->line_count++] = *line;
    return ok;
}

/* ---- a line ---- */

static bool word_find(struct text word, enum connector_word *out) {
    for (unsigned i = 0; i < WORD_COUNT; i++)
        if (text_equal_c(word, known[i].word)) {
            *out = (enum connector_word)i;
            return true;
        }
    return false;
}

static const char *words_in(struct arena *a, bool is_head) {
    const char *all = "";
    for (unsigned i = 0; i < WORD_COUNT; i++)
        if (is_head ? known[i].is_head : known[i].is_part)
            all = text_say_in(a, "%s%s%s", all, all[0] ? " " : "", known[i].word);
    return all;
}

/* "word name = value"; the name may hold = where no blanks stand around it. */
static bool split_line(struct text line, struct text *word, struct text *name, struct text *value) {
    size_t equals = text_find(line, TEXT(" = "));
    if (equals == SIZE_MAX && text_ends(line, TEXT(" =")))
        equals = line.length - 2;
    if (equals == SIZE_MAX)
        return false;
    struct text left = text_trim(text_part(line, 0, equals));
    size_t blank = text_find_char(left, ' ');
    *value = text_trim(text_from(line, equals + 2));
    *word = text_part(left, 0, blank);
    *name = blank == SIZE_MAX ? TEXT("") : text_trim(text_from(left, blank));
    return true;
}

static struct err read_all(struct reading *r, struct text content);

static struct err read_like(struct reading *r, struct text value) {
    struct text content;
    const char *name = text_c_in(r->reader->arena, value);
    if (r->c->part_count > 1 || r->c->parts[0].line_count)
        return fault(r, "like stands before all other lines");
    if (r->depth == LIKE_DEPTH_MAX)
        return fault(r, "like leads through more than %d files", LIKE_DEPTH_MAX);
    if (!r->reader->find || !r->reader->find(r->reader->with, name, &content))
        return fault(r, "there is no connector %s to be like; alapi connector list shows all", name);
    struct reading other = {.reader = r->reader,
                            .c = r->c,
                            .part = &r->c->parts[0],
                            .depth = r->depth + 1,
                            .file = text_say_in(r->reader->arena, "%s.conf", name)};
    try(read_all(&other, content));
    r->part = &r->c->parts[0];
    return ok;
}

static struct err read_line(struct reading *r, struct text line) {
    struct text word, name, value;
    struct connector_line found = {.file = r->file, .number = r->number};
    bool is_head = r->part == &r->c->parts[0];
    if (line.length == 0 || line.bytes[0] == '#')
        return ok;
    if (line.bytes[0] == '[')
        return begin_part(r, line);
    if (!split_line(line, &word, &name, &value))
        return fault(r, "a line has the form: word = value, or: word name = value");
    if (is_head && text_equal_c(word, "like"))
        return read_like(r, value);
    if (!word_find(word, &found.word) || !(is_head ? known[found.word].is_head : known[found.word].is_part))
        return fault(r, "%.*s is not known here; there are: %s", TEXT_ARG(word),
                     words_in(r->reader->arena, is_head));
    if (known[found.word].is_named != (name.length > 0))
        return fault(r,
                     known[found.word].is_named ? "%s needs a name before the ="
                                                : "%s takes no name before the =",
                     known[found.word].word);
    found.name = name;
    found.value = value;
    return add_line(r, &found);
}

static struct err read_all(struct reading *r, struct text content) {
    struct text line;
    if (content.length > CONNECTOR_FILE_BYTES_MAX || !text_is_utf8(content))
        return fault(r, "the file is not UTF-8 or longer than %d bytes", CONNECTOR_FILE_BYTES_MAX);
    while (text_cut(&content, '\n', &line)) {
        r->number++;
        try(read_line(r, text_trim(line)));
    }
    return ok;
}

struct err connector_read(const struct connector_reader *reader, const char *name, const char *file,
                          struct text content, struct connector **out) {
    struct connector *c = arena_alloc(reader->arena, sizeof *c);
    c->name = name;
    c->parts = arena_alloc(reader->arena, CONNECTOR_PARTS_MAX * sizeof *c->parts);
    c->parts[0].file = file;
    c->part_count = 1;
    struct reading r = {.reader = reader, .c = c, .part = &c->parts[0], .file = file};
    try(read_all(&r, content));
    c->provider = connector_value(c, &c->parts[0], WORD_PROVIDER);
    c->group = connector_value(c, &c->parts[0], WORD_GROUP);
    *out = c;
    return ok;
}

/* ---- for those who ask ---- */

static const struct connector_line *line_in(const struct connector_part *part, enum connector_word word,
                                            struct text name) {
    for (unsigned i = 0; i < part->line_count; i++)
        if (part->lines[i].word == word && text_equal(part->lines[i].name, name))
            return &part->lines[i];
    return NULL;
}

const struct connector_line *connector_find(const struct connector *c, const struct connector_part *part,
                                            enum connector_word word, struct text name) {
    const struct connector_line *found = part ? line_in(part, word, name) : NULL;
    return found ? found : line_in(&c->parts[0], word, name);
}

struct text connector_value(const struct connector *c, const struct connector_part *part,
                            enum connector_word word) {
    const struct connector_line *found = connector_find(c, part, word, TEXT(""));
    return found ? found->value : TEXT("");
}

uint64_t connector_number(const struct connector *c, const struct connector_part *part,
                          enum connector_word word, uint64_t missing) {
    uint64_t value;
    return text_to_u64(connector_value(c, part, word), &value) ? value : missing;
}

bool connector_says_yes(const struct connector *c, const struct connector_part *part,
                        enum connector_word word) {
    return text_equal_c(connector_value(c, part, word), "yes");
}

const struct connector_part *connector_part_of(const struct connector *c, const struct endpoint *e) {
    for (unsigned i = 1; i < c->part_count; i++)
        if (c->parts[i].endpoint == e)
            return &c->parts[i];
    return NULL;
}

const struct connector_part *connector_step(const struct connector *c, struct text name) {
    for (unsigned i = 1; i < c->part_count; i++)
        if (c->parts[i].is_step && text_equal(c->parts[i].name, name))
            return &c->parts[i];
    return NULL;
}

/* ---- addresses ---- */

static void put_set(struct buf *b, const struct connector *c, struct text name) {
    const struct connector_line *set = connector_find(c, NULL, WORD_SET, text_from(name, 4));
    if (text_starts(name, TEXT("set.")) && set)
        buf_text(b, set->value);
    else
        buf_format(b, "{%.*s}", TEXT_ARG(name));
}

struct text connector_address_in(struct arena *a, const struct connector *c, struct text url) {
    struct buf b;
    buf_init(&b, a, 8192);
    if (text_starts(url, TEXT("/")))
        buf_text(&b, connector_value(c, NULL, WORD_BASE));
    while (url.length) {
        size_t open = text_find_char(url, '{');
        buf_text(&b, text_part(url, 0, open));
        url = open == SIZE_MAX ? TEXT("") : text_from(url, open + 1);
        size_t close = text_find_char(url, '}');
        if (open == SIZE_MAX || close == SIZE_MAX)
            break;
        put_set(&b, c, text_part(url, 0, close));
        url = text_from(url, close + 1);
    }
    return text_copy_in(a, buf_peek(&b));
}

static struct text host_of(struct text url) {
    size_t at = text_find(url, TEXT("://"));
    struct text rest = at == SIZE_MAX ? TEXT("") : text_from(url, at + 3);
    return text_part(rest, 0, text_find_char(rest, '/'));
}

/* The addresses that a table of addresses holds: url = {id | map feeds}. */
static void table_hosts(const struct connector *c, struct text url,
                        void (*tell)(void *with, struct text host), void *with) {
    size_t at = text_find(url, TEXT("map "));
    struct text table =
        at == SIZE_MAX
            ? TEXT("")
            : text_trim(text_part(text_from(url, at + 4), 0, text_find_char(text_from(url, at + 4), '}')));
    for (unsigned i = 0; table.length && i < c->parts[0].line_count; i++) {
        const struct connector_line *line = &c->parts[0].lines[i];
        bool is_of_it = line->word == WORD_MAP && text_starts(line->name, table) &&
                        line->name.length > table.length && line->name.bytes[table.length] == ' ';
        if (is_of_it && host_of(line->value).length)
            tell(with, host_of(line->value));
    }
}

void connector_hosts(struct arena *a, const struct connector *c, void (*tell)(void *with, struct text host),
                     void *with) {
    for (unsigned i = 0; i < c->part_count; i++)
        for (unsigned k = 0; k < c->parts[i].line_count; k++) {
            const struct connector_line *line = &c->parts[i].lines[k];
            if (line->word != WORD_URL)
                continue;
            struct text host = host_of(connector_address_in(a, c, line->value));
            if (host.length)
                tell(with, host);
            else
                table_hosts(c, line->value, tell, with);
        }
}
