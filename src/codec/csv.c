/* csv.c: see csv.h. */
#include "codec/csv.h"

static bool is_formula(struct text value) {
    return value.length > 0 && text_find_char(TEXT("=+-@\t\r"), value.bytes[0]) != SIZE_MAX;
}

static bool needs_quotes(struct text value) {
    for (size_t i = 0; i < value.length; i++)
        if (text_find_char(TEXT(",\"\r\n"), value.bytes[i]) != SIZE_MAX)
            return true;
    return false;
}

void csv_text(struct buf *out, struct text value) {
    bool quoted = needs_quotes(value);
    if (quoted)
        buf_char(out, '"');
    if (is_formula(value))
        buf_char(out, '\'');
    for (size_t i = 0; i < value.length; i++) {
        if (value.bytes[i] == '"')
            buf_char(out, '"');
        buf_char(out, value.bytes[i]);
    }
    if (quoted)
        buf_char(out, '"');
}

void csv_number(struct buf *out, int64_t value) {
    buf_i64(out, value);
}

void csv_next(struct buf *out) {
    buf_char(out, ',');
}

void csv_end(struct buf *out) {
    buf_c(out, "\r\n");
}
