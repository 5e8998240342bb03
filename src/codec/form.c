/* form.c: see form.h. */
#include "codec/form.h"

#include <string.h>

bool form_next(struct text *rest, struct text *name_out, struct text *value_out) {
    struct text pair;
    while (text_cut(rest, '&', &pair)) {
        if (pair.length == 0)
            continue;
        size_t equals = text_find_char(pair, '=');
        *name_out = text_part(pair, 0, equals);
        *value_out = equals == SIZE_MAX ? TEXT("") : text_from(pair, equals + 1);
        return true;
    }
    return false;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool form_is_escaped(struct text t) {
    return text_find_char(t, '%') != SIZE_MAX || text_find_char(t, '+') != SIZE_MAX;
}

struct err form_decode_in(struct arena *a, struct text t, struct text *out) {
    if (!form_is_escaped(t)) {
        *out = t;
        return ok;
    }
    char *room = arena_alloc(a, t.length);
    size_t length = 0;
    for (size_t i = 0; i < t.length; i++) {
        char c = t.bytes[i];
        if (c == '%') {
            int high = i + 2 < t.length ? hex_value(t.bytes[i + 1]) : -1;
            int low = high >= 0 ? hex_value(t.bytes[i + 2]) : -1;
            if (high < 0 || low < 0)
                return err_make(ERR_REQUEST_MALFORMED,
                                "a percent sign in the form is not followed by two hex digits");
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+') {
            c = ' ';
        }
        room[length++] = c;
    }
    *out = text_of(room, length);
    return ok;
}

void form_encode(struct buf *b, struct text t) {
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c && strchr("-._~", c));
        if (plain) {
            buf_char(b, (char)c);
        } else {
            buf_char(b, '%');
            buf_char(b, hex[c >> 4]);
            buf_char(b, hex[c & 15]);
        }
    }
}
