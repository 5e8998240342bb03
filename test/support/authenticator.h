/* authenticator.h: an authenticator of the tests' own: real keys (OpenSSL), real signatures, and a hand on
 * every part of its answer, so that each can be made wrong.
 *
 *     struct authenticator it;  authenticator_open(&it, PASSKEY_ES256);
 *     struct passkey_answer made = authenticator_create(&it, a, &asked);
 *     struct passkey_answer proof = authenticator_get(&it, a, &asked);
 *     authenticator_close(&it);
 */
#pragma once
#include "base/buf.h"
#include "base/must.h"
#include "crypt/passkey.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

/* What the authenticator is told; the zero of each is the right thing. */
struct authenticator {
    EVP_PKEY *key;
    int algorithm;
    uint32_t counter;
    char id[32];
    bool unverified, absent, is_self;         /* flags; attestation */
    const char *type, *origin, *host, *extra; /* said instead of what was asked; more members */
};

static inline void authenticator_open(struct authenticator *it, int algorithm) {
    *it = (struct authenticator){.algorithm = algorithm, .counter = 1};
    it->key = algorithm == PASSKEY_ES256   ? EVP_EC_gen("P-256")
              : algorithm == PASSKEY_EDDSA ? EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")
                                           : EVP_RSA_gen(2048);
    for (size_t i = 0; i < sizeof it->id; i++)
        it->id[i] = (char)((uintptr_t)it->key >> (i % 6 * 8) ^ i);
}

static inline void authenticator_close(struct authenticator *it) { EVP_PKEY_free(it->key); }

static inline void buf_sha256(struct buf *b, struct text t) {
    unsigned char hash[32];
    must(EVP_Digest(t.bytes, t.length, hash, NULL, EVP_sha256(), NULL) == 1);
    buf_add(b, hash, sizeof hash);
}

static inline void cbor_head(struct buf *b, unsigned kind, size_t value) {
    if (value < 24) {
        buf_char(b, (char)(kind << 5 | value));
    } else if (value < 256) {
        buf_char(b, (char)(kind << 5 | 24));
        buf_char(b, (char)value);
    } else {
        buf_char(b, (char)(kind << 5 | 25));
        buf_char(b, (char)(value >> 8));
        buf_char(b, (char)value);
    }
}

static inline void cbor_put(struct buf *b, unsigned kind, struct text t) {
    cbor_head(b, kind, t.length);
    buf_text(b, t);
}

static inline void cbor_number(struct buf *b, int64_t value) {
    if (value < 0)
        cbor_head(b, 1, (size_t)(-1 - value));
    else
        cbor_head(b, 0, (size_t)value);
}

static inline void cbor_key(struct buf *b, int64_t label, struct text bytes) {
    cbor_number(b, label);
    cbor_put(b, 2, bytes);
}

static inline struct text key_part(struct authenticator *it, struct arena *a, const char *name,
                                   size_t bytes) {
    BIGNUM *number = NULL;
    char *room = arena_alloc(a, bytes);
    must(EVP_PKEY_get_bn_param(it->key, name, &number) == 1);
    must(BN_bn2binpad(number, (unsigned char *)room, (int)bytes) == (int)bytes);
    BN_free(number);
    return text_of(room, bytes);
}

/* The key as COSE (RFC 9053). */
static inline void authenticator_key(struct authenticator *it, struct arena *a, struct buf *b) {
    cbor_head(b, 5, it->algorithm == PASSKEY_ES256 ? 5 : 4);
    cbor_number(b, 1);
    cbor_number(b, it->algorithm == PASSKEY_ES256 ? 2 : it->algorithm == PASSKEY_EDDSA ? 1 : 3);
    cbor_number(b, 3);
    cbor_number(b, it->algorithm);
    if (it->algorithm == PASSKEY_RS256) {
        cbor_key(b, -1, key_part(it, a, "n", 256));
        cbor_key(b, -2, key_part(it, a, "e", 3));
        return;
    }
    cbor_number(b, -1);
    cbor_number(b, it->algorithm == PASSKEY_ES256 ? 1 : 6);
    if (it->algorithm == PASSKEY_ES256) {
        cbor_key(b, -2, key_part(it, a, "qx", 32));
        cbor_key(b, -3, key_part(it, a, "qy", 32));
    } else {
        char raw[32];
        size_t length = sizeof raw;
        must(EVP_PKEY_get_raw_public_key(it->key, (unsigned char *)raw, &length) == 1);
        cbor_key(b, -2, text_of(raw, length));
    }
}

static inline struct text authenticator_data(struct authenticator *it, struct arena *a,
                                             const struct passkey_ask *asked, bool is_new) {
    struct buf b;
    static const char maker[16];
    buf_init(&b, a, 4096);
    buf_sha256(&b, it->host ? text_c(it->host) : asked->host);
    buf_char(&b, (char)((it->absent ? 0 : 1) | (it->unverified ? 0 : 4) | (is_new ? 64 : 0)));
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_char(&b, (char)(it->counter >> shift));
    if (is_new) {
        buf_add(&b, maker, sizeof maker);
        buf_char(&b, 0);
        buf_char(&b, sizeof it->id);
        buf_add(&b, it->id, sizeof it->id);
        authenticator_key(it, a, &b);
    }
    return buf_peek(&b);
}

static inline struct text client_data_in(struct authenticator *it, struct arena *a,
                                         const struct passkey_ask *asked, const char *type) {
    struct text origin = it->origin ? text_c(it->origin) : asked->origin;
    return text_format_in(a, "{\"type\":\"%s\",\"challenge\":\"%.*s\",\"origin\":\"%.*s\"%s}",
                          it->type ? it->type : type, TEXT_ARG(asked->challenge), TEXT_ARG(origin),
                          it->extra ? it->extra : ",\"crossOrigin\":false");
}

static inline struct text authenticator_sign(struct authenticator *it, struct arena *a, struct text data,
                                             struct text client_data) {
    struct buf b;
    size_t length = 512;
    char *room = arena_alloc(a, length);
    buf_init(&b, a, 8192);
    buf_text(&b, data);
    buf_sha256(&b, client_data);
    EVP_MD_CTX *sign = EVP_MD_CTX_new();
    must(EVP_DigestSignInit(sign, NULL, it->algorithm == PASSKEY_EDDSA ? NULL : EVP_sha256(), NULL,
                            it->key) == 1);
    must(EVP_DigestSign(sign, (unsigned char *)room, &length, (const unsigned char *)b.bytes, b.length) == 1);
    EVP_MD_CTX_free(sign);
    return text_of(room, length);
}

static inline struct passkey_answer authenticator_create(struct authenticator *it, struct arena *a,
                                                         const struct passkey_ask *asked) {
    struct passkey_answer out = {.client_data = client_data_in(it, a, asked, "webauthn.create")};
    struct text data = authenticator_data(it, a, asked, true);
    struct buf b;
    buf_init(&b, a, 8192);
    cbor_head(&b, 5, 3);
    cbor_put(&b, 3, TEXT("fmt"));
    cbor_put(&b, 3, it->is_self ? TEXT("packed") : TEXT("none"));
    cbor_put(&b, 3, TEXT("attStmt"));
    cbor_head(&b, 5, it->is_self ? 2 : 0);
    if (it->is_self) {
        cbor_put(&b, 3, TEXT("alg"));
        cbor_number(&b, it->algorithm);
        cbor_put(&b, 3, TEXT("sig"));
        cbor_put(&b, 2, authenticator_sign(it, a, data, out.client_data));
    }
    cbor_put(&b, 3, TEXT("authData"));
    cbor_put(&b, 2, data);
    out.attestation = buf_peek(&b);
    return out;
}

/* Counts up, unless the counter is 0: some authenticators have none. */
static inline struct passkey_answer authenticator_get(struct authenticator *it, struct arena *a,
                                                      const struct passkey_ask *asked) {
    struct passkey_answer out = {.client_data = client_data_in(it, a, asked, "webauthn.get")};
    it->counter += it->counter ? 1 : 0;
    out.authenticator_data = authenticator_data(it, a, asked, false);
    out.signature = authenticator_sign(it, a, out.authenticator_data, out.client_data);
    return out;
}
