/* json.h: JSON out, by a writer that cannot print anything malformed; JSON in stands in json_in.h.
 *
 * Contract   commas and quotes are the writer's; names and values come in order. A text that is not
 *            UTF-8 is printed with U+FFFD in its broken places. Depth is at most 32 (a bug past it).
 * Memory     into the buf that it was given.
 */
#pragma once
#include "base/buf.h"

struct json {
    struct buf *out;
    uint64_t has_items; /* a bit a level: does the next item need a comma? */
    unsigned depth;
    bool after_name;
};

void json_init(struct json *j, struct buf *out);
void json_open_object(struct json *j); /* {  */
void json_open_list(struct json *j);   /* [  */
void json_close_object(struct json *j);
void json_close_list(struct json *j);
void json_name_of(struct json *j, struct text name); /* plain ASCII without quotes: our own names */
void json_name_text(struct json *j, struct text name);
void json_text(struct json *j, struct text value);
void json_i64(struct json *j, int64_t value);
void json_u64(struct json *j, uint64_t value);
void json_number(struct json *j, double value); /* shortest that reads back the same; null if not finite */
void json_bool(struct json *j, bool value);
void json_none(struct json *j);
void json_raw(struct json *j, struct text json); /* a whole value that is JSON already */

/* In line, so that the length of a literal is known. */
static inline void json_name(struct json *j, const char *name) { json_name_of(j, text_c(name)); }

/* name and value in one */
void json_put_text_of(struct json *j, struct text name, struct text value);
static inline void json_put_text(struct json *j, const char *name, struct text value) {
    json_put_text_of(j, text_c(name), value);
}
void json_put_c(struct json *j, const char *name, const char *value); /* NULL prints null */
void json_put_i64(struct json *j, const char *name, int64_t value);
void json_put_bool(struct json *j, const char *name, bool value);
