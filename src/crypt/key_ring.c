/* key_ring.c: see key_ring.h. */
#include "crypt/key_ring.h"
#include "base/must.h"

/* ---- asking ---- */

static struct err err_of(struct arena *a, const struct key_answer *answer) {
    struct text said = answer->count ? answer->parts[0] : TEXT("");
    switch (answer->state) {
    case KEY_OK:
        return ok;
    case KEY_NOT_INTACT:
        return err_make(ERR_INTEGRITY_FAILED, "a sealed record was changed, or belongs elsewhere");
    case KEY_FILE_FAULT:
        return err_make(ERR_CONFIG, text_c_in(a, said));
    case KEY_LIMITED:
        return err_make(ERR_KEY_SERVICE_UNAVAILABLE, "too many keys were asked for at once");
    case KEY_FAILED:
        return err_make(ERR_IO, text_c_in(a, said));
    default:
        return err_make(ERR_INTERNAL, "the key process did not understand the request");
    }
}

static struct err ask(const struct key_ring *ring, struct arena *a, const struct key_request *r,
                      unsigned parts, struct key_answer *out) {
    struct text request, bytes;
    must(key_request_print_in(a, r, &request));
    try(ring->ask(ring->with, a, request, &bytes));
    if (!key_answer_parse_in(a, bytes, out))
        return err_make(ERR_KEY_SERVICE_UNAVAILABLE, "the key process answers what is no answer");
    try(err_of(a, out));
    return out->count == parts
               ? ok
               : err_make(ERR_KEY_SERVICE_UNAVAILABLE, "the key process answers short");
}

static struct err ask_one(const struct key_ring *ring, struct arena *a, const struct key_request *r,
                          size_t bytes, struct text *out) {
    struct key_answer answer;
    try(ask(ring, a, r, 1, &answer));
    if (bytes && answer.parts[0].length != bytes)
        return err_make(ERR_KEY_SERVICE_UNAVAILABLE, "the key process answers short");
    *out = answer.parts[0];
    return ok;
}

struct err key_ring_greet(struct key_ring *ring, struct arena *a) {
    struct key_answer answer;
    unsigned char *const rooms[] = {ring->token.bytes, ring->code.bytes, ring->session.bytes,
                                    ring->cross_site.bytes, ring->probe.bytes, ring->log_public};
    try(ask(ring, a, &(struct key_request){.verb = KEY_HELLO}, COUNT(rooms), &answer));
    for (size_t i = 0; i < COUNT(rooms); i++) {
        if (answer.parts[i].length != SECRET_BYTES)
            return err_make(ERR_KEY_SERVICE_UNAVAILABLE, "the key process answers short");
        memcpy(rooms[i], answer.parts[i].bytes, SECRET_BYTES);
    }
    return ok;
}

/* ---- hashes and seals ---- */

/* tidy: parameters: hash_keyed's, and where the answer comes from */
struct err key_hash(const struct key_ring *ring, struct arena *a, enum key_id key,
                    const char *label, const struct text *parts, size_t count, struct digest *out) {
    struct text all[16], made;
    must(count < COUNT(all));
    all[0] = text_c(label);
    for (size_t i = 0; i < count; i++)
        all[i + 1] = parts[i];
    const struct key_request r = {
        .verb = KEY_HASH, .key = key, .count = (unsigned)count + 1, .parts = all};
    try(ask_one(ring, a, &r, sizeof out->bytes, &made));
    memcpy(out->bytes, made.bytes, sizeof out->bytes);
    return ok;
}

static struct key_request at_place(enum key_verb verb, struct key_use use,
                                   const struct seal_place *place) {
    return (struct key_request){.verb = verb,
                                .key = use.key,
                                .purpose = use.purpose,
                                .row = place->row,
                                .subject = place->subject,
                                .count = 3};
}

struct err key_seal_in(const struct key_ring *ring, struct arena *a, struct key_use use,
                       const struct seal_place *place, struct text plain, struct text *sealed_out) {
    const struct text parts[] = {text_c(place->table), text_c(place->column), plain};
    struct key_request r = at_place(KEY_SEAL, use, place);
    must(plain.length <= SEAL_PLAIN_MAX);
    r.parts = parts;
    return ask_one(ring, a, &r, 0, sealed_out);
}

struct err key_open_in(const struct key_ring *ring, struct arena *a, struct key_use use,
                       const struct seal_place *place, struct text sealed, struct text *plain_out) {
    const struct text parts[] = {text_c(place->table), text_c(place->column), sealed};
    struct key_request r = at_place(KEY_OPEN, use, place);
    if (sealed.length > KEY_PARCEL_BYTES_MAX / 2 + SEAL_PLAIN_MAX / 4)
        return err_make(ERR_INTEGRITY_FAILED, "a sealed record is longer than any can be");
    r.parts = parts;
    return ask_one(ring, a, &r, 0, plain_out);
}

/* ---- persons' keys ---- */

struct err key_wrap_in(const struct key_ring *ring, struct arena *a, const struct key_item *of,
                       const struct secret *key, struct text *wrapped_out) {
    const struct text part = text_of((const char *)key->bytes, sizeof key->bytes);
    const struct key_request r = {
        .verb = KEY_WRAP, .number = of->epoch, .subject = of->subject, .count = 1, .parts = &part};
    return ask_one(ring, a, &r, 0, wrapped_out);
}

struct err key_unwrap_in(const struct key_ring *ring, struct arena *a, enum key_purpose purpose,
                         const struct key_item *item, const struct secret **key_out) {
    const struct text part = key_item_print_in(a, item);
    const struct key_request r = {
        .verb = KEY_UNWRAP, .purpose = purpose, .count = 1, .parts = &part};
    struct text key;
    try(ask_one(ring, a, &r, 0, &key));
    if (key.length != sizeof(struct secret))
        return err_make(ERR_INTEGRITY_FAILED, "a sealed record was changed, or belongs elsewhere");
    *key_out = (const struct secret *)key.bytes;
    return ok;
}

void key_forget(const struct key_ring *ring, uint64_t subject) {
    if (ring->forget)
        ring->forget(ring->with, subject);
}

struct err key_rewrap_in(const struct key_ring *ring, struct arena *a, int64_t epoch,
                         const struct key_item *items, unsigned count,
                         const struct text **wrapped_out) {
    struct text *parts = arena_alloc(a, (count + 1) * sizeof *parts);
    struct key_answer answer;
    must(count <= KEY_REWRAP_MAX);
    for (unsigned i = 0; i < count; i++)
        parts[i] = key_item_print_in(a, &items[i]);
    const struct key_request r = {.verb = KEY_REWRAP,
                                  .purpose = KEY_FOR_JOB,
                                  .number = epoch,
                                  .count = count,
                                  .parts = parts};
    try(ask(ring, a, &r, count, &answer));
    *wrapped_out = answer.parts;
    return ok;
}

struct err key_epoch(const struct key_ring *ring, struct arena *a, enum key_verb verb,
                     int64_t number) {
    struct key_answer answer;
    return ask(ring, a, &(struct key_request){.verb = verb, .number = number}, 0, &answer);
}

/* ---- the rest ---- */

struct err key_sign_in(const struct key_ring *ring, struct arena *a, const struct checkpoint *c,
                       struct text *note_out) {
    const struct text parts[] = {c->origin, digest_text(&c->root)};
    const struct key_request r = {.verb = KEY_SIGN,
                                  .number = (int64_t)c->size,
                                  .row = c->time_ms,
                                  .count = COUNT(parts),
                                  .parts = parts};
    return ask_one(ring, a, &r, 0, note_out);
}

struct note_key key_log_public(const struct key_ring *ring, struct text name) {
    return note_key_from(ring->log_public, name);
}

struct err key_of_file_in(const struct key_ring *ring, struct arena *a, struct text name,
                          const struct secret **key_out) {
    const struct key_request r = {.verb = KEY_FILE_KEY, .count = 1, .parts = &name};
    struct text key;
    try(ask_one(ring, a, &r, sizeof(struct secret), &key));
    *key_out = (const struct secret *)key.bytes;
    return ok;
}

struct err key_status_in(const struct key_ring *ring, struct arena *a, struct text *out) {
    return ask_one(ring, a, &(struct key_request){.verb = KEY_STATUS}, 0, out);
}
