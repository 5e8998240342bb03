/* host.c: see host.h. */
#include "codec/host.h"

#include <unicode/uidna.h>

enum { HOST_BYTES_MAX = 253, LABEL_BYTES_MAX = 63 };

/* What lies between "scheme://" and the next slash, colon or question mark. */
static struct text host_part(struct text t) {
    size_t scheme = text_find(t, TEXT("://"));
    if (scheme != SIZE_MAX)
        t = text_from(t, scheme + 3);
    for (const char *end = "/?#:"; *end; end++)
        t = text_part(t, 0, text_find_char(t, *end));
    if (t.length > 1 && t.bytes[t.length - 1] == '.')
        t.length--;
    return t;
}

static bool label_is_good(struct text label) {
    if (label.length == 0 || label.length > LABEL_BYTES_MAX)
        return false;
    if (label.bytes[0] == '-' || label.bytes[label.length - 1] == '-')
        return false;
    for (size_t i = 0; i < label.length; i++) {
        char c = label.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return true;
}

static bool to_ascii_in(struct arena *a, struct text t, struct text *out) {
    UErrorCode status = U_ZERO_ERROR;
    UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &status);
    if (U_FAILURE(status))
        return false;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    char *room = arena_alloc(a, HOST_BYTES_MAX + 3);
    int32_t length = uidna_nameToASCII_UTF8(idna, t.bytes, (int32_t)t.length, room,
                                            HOST_BYTES_MAX + 2, &info, &status);
    uidna_close(idna);
    if (U_FAILURE(status) || info.errors || length > HOST_BYTES_MAX)
        return false;
    *out = text_of(room, (size_t)length);
    return true;
}

/* Letters that are their own A-labels; one that says "xn--" must be a label that IDNA would make. */
static bool is_plain(struct arena *a, struct text host) {
    for (size_t i = 0; i < host.length; i++)
        if ((unsigned char)host.bytes[i] >= 0x80)
            return false;
    return text_find(text_lower_in(a, host), TEXT("xn--")) == SIZE_MAX;
}

bool host_normalize_in(struct arena *a, struct text t, struct text *out) {
    struct text host = host_part(t), label, ascii;
    if (host.length == 0 || host.length > 4 * HOST_BYTES_MAX)
        return false;
    if (is_plain(a, host))
        ascii = text_lower_in(a, host);
    else if (!to_ascii_in(a, host, &ascii))
        return false;
    struct text rest = ascii;
    while (text_cut(&rest, '.', &label))
        if (!label_is_good(label))
            return false;
    *out = ascii;
    return ascii.length <= HOST_BYTES_MAX && text_find_char(ascii, '.') != SIZE_MAX;
}
