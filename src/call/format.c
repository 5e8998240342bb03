/* format.c: see format.h. */
#include "call/format.h"
#include "call/reply.h"
#include "codec/csv.h"
#include "codec/json_in.h"

/* The rows of data: an object or a scalar is one, a list as many as it has. */
static size_t row_count(const json_t *data) {
    return json_is_array(data) ? json_array_size(data) : !json_is_null(data);
}

static const json_t *row_at(const json_t *data, size_t i) {
    return json_is_array(data) ? json_array_get(data, i) : data;
}

static void put_texts(struct call *c, struct buf *out, const json_t *data, const char *field) {
    for (size_t i = 0; i < row_count(data); i++) {
        const json_t *row = row_at(data, i);
        const json_t *value = json_is_object(row) && field ? json_object_get(row, field) : row;
        if (i)
            buf_char(out, '\n');
        if (value)
            buf_text(out, json_scalar_text_in(c->arena, value));
    }
}

typedef void put_cell(struct buf *out, struct text value, bool is_first);

static void put_csv_cell(struct buf *out, struct text value, bool is_first) {
    if (!is_first)
        csv_next(out);
    csv_text(out, value);
}

/* A bar or a line end would break the table. */
static void put_markdown_cell(struct buf *out, struct text value, bool is_first) {
    buf_c(out, is_first ? "| " : " | ");
    for (size_t i = 0; i < value.length; i++) {
        char ch = value.bytes[i];
        if (ch == '|')
            buf_c(out, "\\|");
        else
            buf_char(out, ch == '\n' || ch == '\r' ? ' ' : ch);
    }
}

static void put_row(struct call *c, struct buf *out, const json_t *names, const json_t *row, put_cell *put) {
    const char *name;
    json_t *ignored;
    bool is_first = true;
    if (!json_is_object(names)) {
        put(out, row ? json_scalar_text_in(c->arena, row) : TEXT("value"), true);
        return;
    }
    json_object_foreach((json_t *)names, name, ignored) {
        const json_t *value = row ? json_object_get(row, name) : NULL;
        put(out, row ? value ? json_scalar_text_in(c->arena, value) : TEXT("") : text_c(name), is_first);
        is_first = false;
    }
}

/* `row` NULL prints the names. */
static void put_rows(struct call *c, struct buf *out, const json_t *data, bool is_csv) {
    const json_t *names = row_at(data, 0);
    put_cell *put = is_csv ? put_csv_cell : put_markdown_cell;
    const char *end = is_csv ? "\r\n" : " |\n";
    if (row_count(data) == 0)
        return;
    put_row(c, out, names, NULL, put);
    buf_c(out, end);
    size_t columns = json_is_object(names) ? json_object_size(names) : 1;
    for (size_t i = 0; !is_csv && i < columns; i++)
        buf_c(out, i + 1 < columns ? "| --- " : "| --- |\n");
    for (size_t i = 0; i < row_count(data); i++) {
        put_row(c, out, names, row_at(data, i), put);
        buf_c(out, end);
    }
}

struct err reply_as(struct call *c, unsigned ask_format, const char *field) {
    json_t *data = NULL;
    struct buf out;
    if (ask_is(c, ask_format, "json"))
        return ok;
    try(json_parse(c->arena, text_from(buf_peek(&c->reply), c->data_start), &data));
    buf_init(&out, c->arena, LIMIT_REPLY_BYTES);
    bool is_text = ask_is(c, ask_format, "text"), is_csv = ask_is(c, ask_format, "csv");
    if (is_text)
        put_texts(c, &out, data, field);
    else
        put_rows(c, &out, data, is_csv);
    json_decref(data);
    reply_body(c, is_text ? "text/plain; charset=utf-8" : is_csv ? "text/csv; charset=utf-8" : "text/markdown; charset=utf-8",
               buf_peek(&out));
    return ok;
}
