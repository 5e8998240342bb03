/* cbor.h: CBOR from a stranger, read item by item; as much as authenticators write.
 *
 * Contract   definite lengths only, at most 8 deep, every count and length inside the bytes that are there;
 *            nothing is allocated and everything points into what was given. False where it is not so.
 * Source     RFC 8949; WebAuthn level 2, 6.4 and 6.5 (CTAP2 canonical CBOR has no indefinite lengths).
 * Not here   numbers with a fraction, half floats as values: they are stepped over.
 */
#pragma once
#include "base/text.h"

enum cbor_kind {
    CBOR_UNSIGNED,
    CBOR_NEGATIVE,
    CBOR_BYTES,
    CBOR_TEXT,
    CBOR_LIST,
    CBOR_MAP,
    CBOR_TAG,
    CBOR_SIMPLE
};

struct cbor_item {
    enum cbor_kind kind;
    uint64_t value;    /* the number (of a negative one: -1 - value), the count of a list or a map */
    struct text bytes; /* of a text or of bytes */
};

/* Takes one head (with its bytes, where it has some) off `*rest`. */
bool cbor_next(struct text *rest, struct cbor_item *out);

/* Takes one whole item off `*rest`; *whole_out is its bytes. */
bool cbor_whole(struct text *rest, struct text *whole_out);

/* A number of either sign that fits an int64_t. */
bool cbor_to_i64(const struct cbor_item *item, int64_t *out);
