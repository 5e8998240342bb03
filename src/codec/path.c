/* path.c: see path.h. */
#include "codec/path.h"

enum { DECODED_TWICE = 2 };

static int hex_of(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next byte, decoded so often; moves *at behind it. */
static char next_byte(struct text path, size_t *at, int times) {
    char c = path.bytes[(*at)++];
    if (c != '%' || times == 0)
        return c;
    /* "%252e": the percent sign itself is encoded. */
    while (times > 1 && text_starts(text_from(path, *at), TEXT("25"))) {
        *at += 2;
        times--;
    }
    int high = *at + 1 < path.length ? hex_of(path.bytes[*at]) : -1;
    int low = high >= 0 ? hex_of(path.bytes[*at + 1]) : -1;
    if (low < 0)
        return c;
    *at += 2;
    return (char)(high << 4 | low);
}

bool path_is_plain(struct text path) {
    unsigned dots = 0, letters = 0; /* of the part that is being read */
    for (size_t at = 0; at < path.length;) {
        bool is_first = at == 0;
        char c = next_byte(path, &at, DECODED_TWICE);
        if (c == '\0' || c == '\\')
            return false;
        if (c != '/') {
            letters++;
            dots += c == '.';
            continue;
        }
        if (!is_first && (letters == 0 || (letters == 2 && dots == 2)))
            return false;
        letters = dots = 0;
    }
    return !(letters == 2 && dots == 2);
}
