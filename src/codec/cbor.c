/* cbor.c: see cbor.h. */
#include "codec/cbor.h"

enum { DEPTH_MAX = 8 };

static bool take_number(struct text *rest, unsigned bytes, uint64_t *out) {
    *out = 0;
    if (rest->length < bytes)
        return false;
    for (unsigned i = 0; i < bytes; i++)
        *out = *out << 8 | (unsigned char)rest->bytes[i];
    *rest = text_from(*rest, bytes);
    return true;
}

bool cbor_next(struct text *rest, struct cbor_item *out) {
    if (rest->length == 0)
        return false;
    unsigned head = (unsigned char)rest->bytes[0], low = head & 31;
    *out = (struct cbor_item){.kind = (enum cbor_kind)(head >> 5), .value = low};
    *rest = text_from(*rest, 1);
    if (low > 27 || (low >= 24 && !take_number(rest, 1u << (low - 24), &out->value)))
        return false;
    if (out->kind != CBOR_BYTES && out->kind != CBOR_TEXT)
        return true;
    if (out->value > rest->length)
        return false;
    out->bytes = text_part(*rest, 0, (size_t)out->value);
    *rest = text_from(*rest, (size_t)out->value);
    return out->kind == CBOR_BYTES || text_is_utf8(out->bytes);
}

static bool skip(struct text *rest, unsigned depth) {
    struct cbor_item item;
    if (depth == 0 || !cbor_next(rest, &item))
        return false;
    uint64_t inside = 0;
    if (item.kind == CBOR_LIST || item.kind == CBOR_MAP) {
        if (item.value > rest->length) /* each of them has a byte at least */
            return false;
        inside = item.kind == CBOR_MAP ? item.value * 2 : item.value;
    } else if (item.kind == CBOR_TAG) {
        inside = 1;
    }
    for (; inside > 0; inside--)
        if (!skip(rest, depth - 1))
            return false;
    return true;
}

bool cbor_whole(struct text *rest, struct text *whole_out) {
    struct text before = *rest;
    if (!skip(rest, DEPTH_MAX))
        return false;
    *whole_out = text_part(before, 0, before.length - rest->length);
    return true;
}

bool cbor_to_i64(const struct cbor_item *item, int64_t *out) {
    if ((item->kind != CBOR_UNSIGNED && item->kind != CBOR_NEGATIVE) || item->value > INT64_MAX)
        return false;
    *out = item->kind == CBOR_UNSIGNED ? (int64_t)item->value : -1 - (int64_t)item->value;
    return true;
}
