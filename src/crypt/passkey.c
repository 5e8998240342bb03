/* passkey.c: see passkey.h.
 *
 *   authenticator data:  hash of the host (32) | flags (1) | counter (4) |
 *                        at the creation: maker (16) | id's length (2) | id | key (COSE, a CBOR map) |
 *                        extensions
 *
 * What libfido2 1.12 cannot take (it has no attestation object, and its CBOR reader trusts counts) is read
 * here first, by codec/cbor.h, so that it is never handed a map whose count lies.
 */
#include "crypt/passkey.h"
#include "base/must.h"
#include "codec/base64.h"
#include "codec/cbor.h"
#include "codec/digest.h"
#include "codec/json_in.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

enum {
    HASH_BYTES = 32,
    COUNTER_AT = HASH_BYTES + 1,
    HEAD_BYTES = COUNTER_AT + 4,
    MAKER_BYTES = 16,
    FLAG_PRESENT = 1,
    FLAG_VERIFIED = 4,
    FLAG_KEY = 64,
    FLAG_EXTENSIONS = 128,
    COSE_ALGORITHM = 3,
    PART_BYTES_MAX = 16 << 10,
};

static struct err invalid(const char *say) { return err_make(ERR_PASSKEY_INVALID, say); }

static const void *bytes_of(struct text t) { return t.bytes; }

/* ---- the browser's half ---- */

static struct err check_members(const json_t *data, const struct passkey_ask *ask, const char *type) {
    const json_t *cross = json_object_get(data, "crossOrigin");
    if (!text_equal_c(json_member_text(data, "type"), type))
        return invalid("type: the answer is of another ceremony");
    if (ask->challenge.length == 0 || !text_equal(json_member_text(data, "challenge"), ask->challenge))
        return invalid("challenge: the answer is to another challenge");
    if (!text_equal(json_member_text(data, "origin"), ask->origin))
        return invalid("origin: the answer was made at another site");
    if ((cross && !json_is_false(cross)) || json_object_get(data, "topOrigin"))
        return invalid("origin: the answer was made in a frame of another site");
    return ok;
}

static struct err check_client_data(struct arena *a, const struct passkey_ask *ask, struct text bytes,
                                    const char *type) {
    json_t *data = NULL;
    if (bytes.length == 0 || bytes.length > PART_BYTES_MAX || json_parse(a, bytes, &data).kind)
        return invalid("client_data: it is no JSON");
    struct err e = json_is_object(data) ? check_members(data, ask, type)
                                        : invalid("client_data: it is no JSON object");
    json_decref(data);
    return e;
}

/* ---- the authenticator's half ---- */

static unsigned flags_of(struct text data) { return (unsigned char)data.bytes[HASH_BYTES]; }

static uint32_t counter_of(struct text data) {
    const unsigned char *b = (const unsigned char *)data.bytes + COUNTER_AT;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static struct err check_head(const struct passkey_ask *ask, struct text data) {
    struct digest host;
    if (data.length < HEAD_BYTES || data.length > PART_BYTES_MAX)
        return invalid("format: the authenticator's data is too short or too long");
    if (!digest_of(TEXT("sha256"), ask->host, &host) || memcmp(host.bytes, data.bytes, HASH_BYTES) != 0)
        return invalid("relying_party: the passkey is of another site");
    if (!(flags_of(data) & FLAG_PRESENT) || !(flags_of(data) & FLAG_VERIFIED))
        return invalid("user_verification: the authenticator did not verify its user");
    return ok;
}

/* Extensions are one map behind what comes before, and are there exactly where the flag says so. */
static bool ends_well(struct text rest, unsigned flags) {
    struct cbor_item head;
    struct text whole, peek = rest;
    if (!(flags & FLAG_EXTENSIONS))
        return rest.length == 0;
    return cbor_next(&peek, &head) && head.kind == CBOR_MAP && cbor_whole(&rest, &whole) && rest.length == 0;
}

static bool read_algorithm(struct text cose, int64_t *out) {
    struct cbor_item head, name, value;
    int64_t label;
    if (!cbor_next(&cose, &head) || head.kind != CBOR_MAP)
        return false;
    for (uint64_t i = 0; i < head.value; i++) {
        struct text whole, peek;
        if (!cbor_next(&cose, &name) || !cbor_to_i64(&name, &label))
            return false;
        peek = cose;
        if (label == COSE_ALGORITHM)
            return cbor_next(&peek, &value) && cbor_to_i64(&value, out);
        if (!cbor_whole(&cose, &whole))
            return false;
    }
    return false;
}

/* The credential's id and its key's algorithm; the key itself is libfido2's to read. */
static struct err read_credential(struct text data, struct passkey *out) {
    const struct err broken = invalid("format: the new credential is not whole");
    struct text rest = text_from(data, HEAD_BYTES), cose;
    if (!(flags_of(data) & FLAG_KEY) || rest.length < MAKER_BYTES + 2)
        return broken;
    rest = text_from(rest, MAKER_BYTES);
    size_t length = (size_t)(unsigned char)rest.bytes[0] << 8 | (unsigned char)rest.bytes[1];
    rest = text_from(rest, 2);
    if (length == 0 || length > PASSKEY_ID_BYTES_MAX || length > rest.length)
        return broken;
    out->id = text_part(rest, 0, length);
    rest = text_from(rest, length);
    if (!cbor_whole(&rest, &cose) || !ends_well(rest, flags_of(data)) ||
        !read_algorithm(cose, &out->algorithm))
        return broken;
    if (out->algorithm != PASSKEY_ES256 && out->algorithm != PASSKEY_EDDSA &&
        out->algorithm != PASSKEY_RS256)
        return invalid("algorithm: the key is none of ES256, EdDSA, RS256");
    return ok;
}

/* ---- the attestation object ---- */

struct attestation {
    struct text format, data, statement, signature;
    int64_t algorithm;
    unsigned statement_items;
    bool has_chain;
};

static bool read_statement(struct text map, struct attestation *out) {
    struct cbor_item head, name, value;
    if (!cbor_next(&map, &head) || head.kind != CBOR_MAP)
        return false;
    out->statement_items = (unsigned)head.value;
    for (uint64_t i = 0; i < head.value; i++) {
        struct text whole, peek;
        if (!cbor_next(&map, &name) || name.kind != CBOR_TEXT)
            return false;
        peek = map;
        if (!cbor_next(&peek, &value) || !cbor_whole(&map, &whole))
            return false;
        if (text_equal_c(name.bytes, "sig") && value.kind == CBOR_BYTES)
            out->signature = value.bytes;
        else if (text_equal_c(name.bytes, "alg") && !cbor_to_i64(&value, &out->algorithm))
            return false;
        out->has_chain |= text_equal_c(name.bytes, "x5c");
    }
    return true;
}

static bool read_attestation(struct text bytes, struct attestation *out) {
    struct cbor_item head, name, value;
    struct text rest = bytes, whole;
    if (!cbor_whole(&rest, &whole) || rest.length || !cbor_next(&bytes, &head) || head.kind != CBOR_MAP)
        return false;
    for (uint64_t i = 0; i < head.value; i++) {
        if (!cbor_next(&bytes, &name) || name.kind != CBOR_TEXT)
            return false;
        struct text peek = bytes;
        if (!cbor_next(&peek, &value) || !cbor_whole(&bytes, &whole))
            return false;
        if (text_equal_c(name.bytes, "fmt") && value.kind == CBOR_TEXT)
            out->format = value.bytes;
        else if (text_equal_c(name.bytes, "authData") && value.kind == CBOR_BYTES)
            out->data = value.bytes;
        else if (text_equal_c(name.bytes, "attStmt"))
            out->statement = whole;
    }
    return out->format.length && out->data.length && out->statement.length &&
           read_statement(out->statement, out);
}

/* ---- libfido2 ---- */

static struct err load_credential(struct arena *a, fido_cred_t *cred, const struct passkey_ask *ask,
                                  const struct passkey_answer *answer, const struct attestation *object,
                                  const struct passkey *passkey) {
    if (fido_cred_set_type(cred, (int)passkey->algorithm) != FIDO_OK ||
        fido_cred_set_rp(cred, text_c_in(a, ask->host), NULL) != FIDO_OK ||
        fido_cred_set_clientdata(cred, bytes_of(answer->client_data), answer->client_data.length) !=
            FIDO_OK ||
        fido_cred_set_uv(cred, FIDO_OPT_TRUE) != FIDO_OK ||
        fido_cred_set_authdata_raw(cred, bytes_of(object->data), object->data.length) != FIDO_OK)
        return invalid("format: the new credential's key cannot be read");
    return ok;
}

static struct err check_self(fido_cred_t *cred, const struct attestation *object,
                             const struct passkey *passkey) {
    if (object->has_chain || object->algorithm != passkey->algorithm || object->signature.length == 0)
        return invalid("attestation: only none and self are taken");
    if (fido_cred_set_fmt(cred, "packed") != FIDO_OK ||
        fido_cred_set_sig(cred, bytes_of(object->signature), object->signature.length) != FIDO_OK ||
        fido_cred_verify_self(cred) != FIDO_OK)
        return invalid("attestation: its signature does not fit");
    return ok;
}

static void key_close(const struct passkey *p, void *key) {
    if (p->algorithm == PASSKEY_ES256)
        es256_pk_free((es256_pk_t **)&key);
    else if (p->algorithm == PASSKEY_EDDSA)
        eddsa_pk_free((eddsa_pk_t **)&key);
    else
        rs256_pk_free((rs256_pk_t **)&key);
}

/* The key in libfido2's own form, or NULL. */
static void *key_open(const struct passkey *p) {
    void *key = NULL;
    int failed = -1;
    if (p->algorithm == PASSKEY_ES256 && (key = es256_pk_new()))
        failed = es256_pk_from_ptr(key, p->key.bytes, p->key.length);
    else if (p->algorithm == PASSKEY_EDDSA && (key = eddsa_pk_new()))
        failed = eddsa_pk_from_ptr(key, p->key.bytes, p->key.length);
    else if (p->algorithm == PASSKEY_RS256 && (key = rs256_pk_new()))
        failed = rs256_pk_from_ptr(key, p->key.bytes, p->key.length);
    if (failed == FIDO_OK)
        return key;
    key_close(p, key);
    return NULL;
}

static struct err read_key(struct arena *a, fido_cred_t *cred, struct passkey *out) {
    const unsigned char *key = fido_cred_pubkey_ptr(cred);
    if (!key)
        return invalid("format: the new credential has no key");
    out->key = text_copy_in(a, text_of((const char *)key, fido_cred_pubkey_len(cred)));
    return ok;
}

static struct err take(struct arena *a, fido_cred_t *cred, const struct passkey_ask *ask,
                       const struct passkey_answer *answer, struct passkey *out) {
    struct attestation object = {.has_chain = false};
    if (answer->attestation.length > PART_BYTES_MAX || !read_attestation(answer->attestation, &object))
        return invalid("format: the attestation object cannot be read");
    try(check_head(ask, object.data));
    try(read_credential(object.data, out));
    try(load_credential(a, cred, ask, answer, &object, out));
    try(read_key(a, cred, out));
    out->id = text_copy_in(a, out->id);
    out->counter = counter_of(object.data);
    if (text_equal_c(object.format, "none"))
        return object.statement_items ? invalid("attestation: of none there is nothing to state") : ok;
    if (text_equal_c(object.format, "packed"))
        return check_self(cred, &object, out);
    return invalid("attestation: only none and self are taken");
}

struct err passkey_take(struct arena *a, const struct passkey_ask *ask, const struct passkey_answer *answer,
                        struct passkey *out) {
    struct passkey made = {.counter = 0};
    try(check_client_data(a, ask, answer->client_data, "webauthn.create"));
    fido_cred_t *cred = fido_cred_new();
    must(cred != NULL);
    struct err e = take(a, cred, ask, answer, &made);
    fido_cred_free(&cred);
    if (e.kind)
        return e;
    void *key = key_open(&made);
    if (!key)
        return invalid("format: the new credential's key is not on its curve");
    key_close(&made, key);
    *out = made;
    return ok;
}

static struct err check_signature(struct arena *a, fido_assert_t *proof, const struct passkey_ask *ask,
                                  const struct passkey *passkey, const struct passkey_answer *answer) {
    const struct err unfit = invalid("signature: it does not fit");
    void *key = key_open(passkey);
    if (!key)
        return err_make(ERR_IO, "a stored passkey has no whole key");
    bool fits =
        fido_assert_set_rp(proof, text_c_in(a, ask->host)) == FIDO_OK &&
        fido_assert_set_clientdata(proof, bytes_of(answer->client_data), answer->client_data.length) ==
            FIDO_OK &&
        fido_assert_set_up(proof, FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_uv(proof, FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_count(proof, 1) == FIDO_OK &&
        fido_assert_set_authdata_raw(proof, 0, bytes_of(answer->authenticator_data),
                                     answer->authenticator_data.length) == FIDO_OK &&
        fido_assert_set_sig(proof, 0, bytes_of(answer->signature), answer->signature.length) == FIDO_OK &&
        fido_assert_verify(proof, 0, (int)passkey->algorithm, key) == FIDO_OK;
    key_close(passkey, key);
    return fits ? ok : unfit;
}

struct err passkey_prove(struct arena *a, const struct passkey_ask *ask, const struct passkey *passkey,
                         const struct passkey_answer *answer, uint32_t *counter_out) {
    struct text data = answer->authenticator_data;
    try(check_client_data(a, ask, answer->client_data, "webauthn.get"));
    try(check_head(ask, data));
    if ((flags_of(data) & FLAG_KEY) || !ends_well(text_from(data, HEAD_BYTES), flags_of(data)))
        return invalid("format: the authenticator's data holds what it should not");
    if (answer->signature.length == 0 || answer->signature.length > PART_BYTES_MAX)
        return invalid("signature: there is none");
    fido_assert_t *proof = fido_assert_new();
    must(proof != NULL);
    struct err e = check_signature(a, proof, ask, passkey, answer);
    fido_assert_free(&proof);
    if (e.kind)
        return e;
    uint32_t counter = counter_of(data); /* a copy of the authenticator counts on its own */
    if ((counter || passkey->counter) && counter <= passkey->counter)
        return invalid("counter: it went back, so the authenticator was copied");
    *counter_out = counter;
    return ok;
}
