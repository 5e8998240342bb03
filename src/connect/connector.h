/* connector.h: one file that tells how a provider is asked and how its answer becomes ours.
 *
 * The idea   a provider is a table of facts and no program: which address, which parameters, which
 * signature,
 *            what its errors look like, where in its answer each of our fields stands. So it is a text file
 *            (PROVIDER-GROUP.conf) of lines `word name = value`, read and checked at once, and an
 *            operator can add one or change one without building anything. docs/connectors.md is the
 *            manual.
 *
 *     like = open-meteo-weather       all of another file, then the lines below on top of it
 *     provider = open-meteo           the lines up to the first [part] hold for all parts
 *     base = https://api.open-meteo.com
 *     [tianqi]                        answers /api/tianqi
 *     url = /v1/forecast
 *     query latitude = {lat}
 *     give temp = /current/temperature_2m | round 0
 *     [step place]                    asked before, where a part says: first = place
 *
 * Contract   connector_read takes what is well formed; connector_check holds it to the APIs (api paths,
 *            names of parameters and of fields, filters, tables). Both give ERR_CONFIG with file, line
 *            and what is allowed. A line of the same word and name replaces the one of the file it is
 *            like; in one file it is a fault.
 * Memory     in the arena; the texts point into what was read, which must live as long.
 * Threads    never changed after it was checked.
 */
#pragma once
#include "call/endpoint.h"
#include "base/text.h"

enum connector_word {
    WORD_PROVIDER,
    WORD_GROUP,
    WORD_NAME_ZH,
    WORD_NAME_EN,
    WORD_DOCS,
    WORD_TERMS,
    WORD_KEY,
    WORD_BASE,
    WORD_SET,
    WORD_MAP,
    WORD_PRIVATE,
    WORD_TIME,
    WORD_BYTES,
    WORD_URL,
    WORD_METHOD,
    WORD_QUERY,
    WORD_HEADER,
    WORD_FORM,
    WORD_JSON,
    WORD_BODY,
    WORD_LET,
    WORD_REPLY,
    WORD_TABLE,
    WORD_REDIRECTS,
    WORD_OK,
    WORD_NO_RESULT,
    WORD_INVALID,
    WORD_REFUSED,
    WORD_BUSY,
    WORD_FIRST,
    WORD_TAKE,
    WORD_GIVE,
    WORD_MUST,
    WORD_KEEP,
    WORD_STALE,
    WORD_PERSONAL,
    WORD_COUNT
};

struct connector_line {
    enum connector_word word;
    struct text name, value; /* name is empty where the word takes none */
    const char *file;
    unsigned number;
};

enum { CONNECTOR_LINES_MAX = 1200, CONNECTOR_PARTS_MAX = 40, CONNECTOR_FILE_BYTES_MAX = 256 << 10 };

struct connector_part {
    struct text name; /* "tianqi"; "place" of a step; empty: the head */
    bool is_step;
    const struct endpoint *endpoint; /* NULL: the head or a step */
    const char *file;
    unsigned number; /* of its line */
    struct connector_line *lines;
    unsigned line_count, line_room;
};

struct connector {
    const char *name;             /* "open-meteo-weather" */
    struct connector_part *parts; /* the first is the head */
    unsigned part_count;
    struct text provider, group;
    struct text key; /* the secret; empty: none is there */
    unsigned place;  /* among those that are switched on; for its breaker */
};

/* Where another file's text is: what `like` names. False: there is none. */
typedef bool connector_text(void *with, const char *name, struct text *out);

struct connector_reader {
    struct arena *arena;
    connector_text *find;
    void *with;
};

/* `file` is what errors call it. */
[[nodiscard]] struct err connector_read(const struct connector_reader *reader, const char *name,
                                        const char *file, struct text content, struct connector **out);
[[nodiscard]] struct err connector_check(struct arena *a, struct connector *c,
                                         const struct endpoint *const *catalog);

/* The part's own line, or else the head's; NULL where there is none. */
const struct connector_line *connector_find(const struct connector *c, const struct connector_part *part,
                                            enum connector_word word, struct text name);
struct text connector_value(const struct connector *c, const struct connector_part *part,
                            enum connector_word word);
uint64_t connector_number(const struct connector *c, const struct connector_part *part,
                          enum connector_word word, uint64_t missing);
bool connector_says_yes(const struct connector *c, const struct connector_part *part,
                        enum connector_word word);
const struct connector_part *connector_part_of(const struct connector *c, const struct endpoint *e);
const struct connector_part *connector_step(const struct connector *c, struct text name);
const char *connector_word_name(enum connector_word word);

/* Calls `tell` for each host that the file asks: "api.open-meteo.com". */
void connector_hosts(struct arena *a, const struct connector *c, void (*tell)(void *with, struct text host),
                     void *with);

/* An address with the {set.NAME} of its connector filled in and `base` before it; the rest stays. */
struct text connector_address_in(struct arena *a, const struct connector *c, struct text url);
