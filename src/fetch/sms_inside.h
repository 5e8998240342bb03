/* sms_inside.h: what the providers of short messages share; not for others. */
#pragma once
#include "fetch/sms.h"

enum { SMS_HEADERS_MAX = 10 };

struct sms_header {
    const char *name; /* small letters */
    struct text value;
};

/* What is about to be sent; headers in the order of their names, without Authorization. */
struct sms_request {
    struct text url, host, path, query, body;
    struct sms_header headers[SMS_HEADERS_MAX];
    unsigned header_count;
    struct text authorization; /* empty: none */
};

struct sms_provider_door {
    const char *endpoint; /* the provider's own; NULL: the operator's only */
    void (*build)(struct arena *a, const struct sms_settings *settings, const struct sms *sms,
                  int64_t now_ms, struct sms_request *request);
    struct carried (*judge)(struct arena *a, unsigned status, struct text body);
};

/* The two signatures, of any request: so that the examples of the documentation can be signed in a
 * test. `action` is the action and its version. */
void sms_aliyun_sign(struct arena *a, const struct sms_settings *settings,
                     const struct text action[static 2], struct text nonce, int64_t now_ms,
                     struct sms_request *r);
struct text sms_tencent_sign(struct arena *a, const struct sms_settings *settings,
                             const char *service, int64_t now_ms, const struct sms_request *r);

extern const struct sms_provider_door sms_aliyun, sms_tencent, sms_webhook;

void sms_header_put(struct sms_request *r, const char *name, struct text value);

/* "a:1\nb:2\n" and "a;b": both providers sign these, and both in the order of the names. */
struct text sms_headers_in(struct arena *a, const struct sms_request *r);
struct text sms_header_names_in(struct arena *a, const struct sms_request *r);

struct text sms_sha256_in(struct arena *a, struct text t);                /* hex */
struct text sms_hmac_in(struct arena *a, struct text key, struct text t); /* bytes */
struct text sms_hmac_hex_in(struct arena *a, struct text key, struct text t);

/* What a provider's word means. A row fits the words that begin with its own; the first that fits
 * counts. */
struct sms_meaning {
    const char *word;
    enum carried_fate fate;
    const char *reason;
};
struct carried sms_meaning_of(const struct sms_meaning *rows, size_t count, struct text word,
                              unsigned status);
