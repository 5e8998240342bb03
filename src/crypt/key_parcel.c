/* key_parcel.c: see key_parcel.h. */
#include "crypt/key_parcel.h"
#include "base/must.h"

#include <endian.h>

enum {
    REQUEST_HEAD = 4 + 3 * 8,
    ANSWER_HEAD = 2,
    COUNT_BYTES = 2,
    LENGTH_BYTES = 4,
    ITEM_HEAD = 16
};

/* ---- numbers ---- */

static void put_u64(char *room, uint64_t value) {
    value = htole64(value);
    memcpy(room, &value, sizeof value);
}

static uint64_t take_u64(const char *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return le64toh(value);
}

/* ---- parts ---- */

static size_t parts_bytes(const struct text *parts, unsigned count) {
    size_t bytes = COUNT_BYTES;
    for (unsigned i = 0; i < count && bytes <= KEY_PARCEL_BYTES_MAX; i++)
        bytes += LENGTH_BYTES + parts[i].length;
    return bytes;
}

static void put_parts(char *room, const struct text *parts, unsigned count) {
    uint16_t number = htole16((uint16_t)count);
    memcpy(room, &number, sizeof number);
    room += sizeof number;
    for (unsigned i = 0; i < count; i++) {
        uint32_t length = htole32((uint32_t)parts[i].length);
        memcpy(room, &length, sizeof length);
        if (parts[i].length)
            memcpy(room + sizeof length, parts[i].bytes, parts[i].length);
        room += sizeof length + parts[i].length;
    }
}

static bool take_parts(struct arena *a, struct text rest, unsigned *count_out,
                       const struct text **parts_out) {
    uint16_t number;
    uint32_t length;
    if (rest.length < sizeof number)
        return false;
    memcpy(&number, rest.bytes, sizeof number);
    *count_out = le16toh(number);
    rest = text_from(rest, sizeof number);
    if (*count_out > KEY_PARTS_MAX)
        return false;
    struct text *parts = arena_alloc(a, (*count_out + 1) * sizeof *parts);
    for (unsigned i = 0; i < *count_out; i++) {
        if (rest.length < sizeof length)
            return false;
        memcpy(&length, rest.bytes, sizeof length);
        length = le32toh(length);
        rest = text_from(rest, sizeof length);
        if (length > rest.length)
            return false;
        parts[i] = text_part(rest, 0, length);
        rest = text_from(rest, length);
    }
    *parts_out = parts;
    return rest.length == 0;
}

/* ---- whole ---- */

bool key_request_print_in(struct arena *a, const struct key_request *r, struct text *out) {
    size_t bytes = REQUEST_HEAD + parts_bytes(r->parts, r->count);
    if (bytes > KEY_PARCEL_BYTES_MAX || r->count > KEY_PARTS_MAX)
        return false;
    char *room = arena_alloc_secret(a, bytes);
    room[0] = KEY_PARCEL_VERSION;
    room[1] = (char)r->verb;
    room[2] = (char)r->purpose;
    room[3] = (char)r->key;
    put_u64(room + 4, (uint64_t)r->number);
    put_u64(room + 12, r->subject);
    put_u64(room + 20, (uint64_t)r->row);
    put_parts(room + REQUEST_HEAD, r->parts, r->count);
    *out = text_of(room, bytes);
    return true;
}

bool key_request_parse_in(struct arena *a, struct text bytes, struct key_request *out) {
    const unsigned char *b = (const unsigned char *)bytes.bytes;
    if (bytes.length < REQUEST_HEAD || bytes.length > KEY_PARCEL_BYTES_MAX ||
        b[0] != KEY_PARCEL_VERSION || b[1] == 0 || b[1] >= KEY_VERB_COUNT ||
        b[2] >= KEY_PURPOSE_COUNT || b[3] >= KEY_ID_COUNT)
        return false;
    *out = (struct key_request){.verb = (enum key_verb)b[1],
                                .purpose = (enum key_purpose)b[2],
                                .key = (enum key_id)b[3],
                                .number = (int64_t)take_u64(bytes.bytes + 4),
                                .subject = take_u64(bytes.bytes + 12),
                                .row = (int64_t)take_u64(bytes.bytes + 20)};
    return take_parts(a, text_from(bytes, REQUEST_HEAD), &out->count, &out->parts);
}

bool key_answer_print_in(struct arena *a, const struct key_answer *answer, struct text *out) {
    size_t bytes = ANSWER_HEAD + parts_bytes(answer->parts, answer->count);
    if (bytes > KEY_PARCEL_BYTES_MAX || answer->count > KEY_PARTS_MAX)
        return false;
    char *room = arena_alloc_secret(a, bytes);
    room[0] = KEY_PARCEL_VERSION;
    room[1] = (char)answer->state;
    put_parts(room + ANSWER_HEAD, answer->parts, answer->count);
    *out = text_of(room, bytes);
    return true;
}

bool key_answer_parse_in(struct arena *a, struct text bytes, struct key_answer *out) {
    const unsigned char *b = (const unsigned char *)bytes.bytes;
    if (bytes.length < ANSWER_HEAD || bytes.length > KEY_PARCEL_BYTES_MAX ||
        b[0] != KEY_PARCEL_VERSION || b[1] >= KEY_STATE_COUNT)
        return false;
    *out = (struct key_answer){.state = (enum key_state)b[1]};
    return take_parts(a, text_from(bytes, ANSWER_HEAD), &out->count, &out->parts);
}

/* ---- items ---- */

struct text key_item_print_in(struct arena *a, const struct key_item *item) {
    char *room = arena_alloc(a, ITEM_HEAD + item->wrapped.length);
    put_u64(room, item->subject);
    put_u64(room + 8, (uint64_t)item->epoch);
    if (item->wrapped.length)
        memcpy(room + ITEM_HEAD, item->wrapped.bytes, item->wrapped.length);
    return text_of(room, ITEM_HEAD + item->wrapped.length);
}

bool key_item_parse(struct text bytes, struct key_item *out) {
    if (bytes.length <= ITEM_HEAD)
        return false;
    *out = (struct key_item){take_u64(bytes.bytes), (int64_t)take_u64(bytes.bytes + 8),
                             text_from(bytes, ITEM_HEAD)};
    return true;
}

/* ---- names ---- */

const char *key_verb_name(enum key_verb verb) {
    static const char *const names[] = {
        "",       "hello",      "hash",        "seal",        "open", "wrap",     "unwrap",
        "rewrap", "epoch_make", "epoch_check", "epoch_shred", "sign", "file_key", "status"};
    _Static_assert(COUNT(names) == KEY_VERB_COUNT, "a name each");
    must(verb < KEY_VERB_COUNT);
    return names[verb];
}

const char *key_purpose_name(enum key_purpose purpose) {
    static const char *const names[] = {"request", "staff", "notice", "job", "proof", "operator"};
    _Static_assert(COUNT(names) == KEY_PURPOSE_COUNT, "a name each");
    must(purpose < KEY_PURPOSE_COUNT);
    return names[purpose];
}
