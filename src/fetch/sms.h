/* sms.h: one short message by one of three providers, each signed as its provider documents.
 *
 *     aliyun    SendSms 2017-05-25, signature V3 (ACS3-HMAC-SHA256)
 *     tencent   SendSms 2021-01-11, signature v3 (TC3-HMAC-SHA256)
 *     webhook   POST of {"id","kind","to","code","text"} to a program of the operator's, with
 *               X-Alapi-Timestamp: <Unix seconds> and X-Alapi-Signature: v1=<hex HMAC-SHA256 of
 *               "<seconds>.<body>">; its 2xx: taken; 422: this number never; 429: this number
 * later; all else: nobody now
 *
 * Contract   the providers in China send templates that they approved, never free text; so a
 * message has a kind, each kind a template, and the template one parameter at most (`code`; the
 * `title` of SMS_NOTICE). An answer is read up to SMS_ANSWER_BYTES_MAX. What the provider's answer
 *            means stands in one table for each (sms_aliyun.c, sms_tencent.c). A template that is
 * missing holds up its own kind only (LATER); a wrong key or signature stops all (STOPPED). Trust
 * the endpoint is the operator's setting and may be private; https, its certificate verified, or
 *            http to this machine alone (sms_endpoint_fits).
 * Threads    any.
 * Sources    help.aliyun.com "V3 request body and signature", "SendSms";
 * cloud.tencent.com/document/api "Signature v3", 382/55981 "SendSms"; the error codes of both.
 */
#pragma once
#include "base/carried.h"
#include "fetch/fetch.h"

enum { SMS_TIME_MS = 15000, SMS_ANSWER_BYTES_MAX = 64 << 10 };

enum sms_provider { SMS_NONE, SMS_ALIYUN, SMS_TENCENT, SMS_WEBHOOK };

/* News that the person reads elsewhere; a code; word that the number has an account already; a code
 * for a child's guardian; a code that lets one into an organisation. */
enum sms_kind { SMS_NOTICE, SMS_CODE, SMS_KNOWN, SMS_GUARDIAN, SMS_INVITATION, SMS_KINDS };

struct sms_settings {
    enum sms_provider provider;
    const char *endpoint; /* "https://host" or, for a webhook, its URL; empty: the provider's own */
    const char *key_id;   /* AccessKeyId, SecretId; not of a webhook */
    struct text key;      /* AccessKeySecret, SecretKey, the webhook's key */
    const char *sign_name;
    const char *app, *region;         /* Tencent's SmsSdkAppId and region */
    const char *templates[SMS_KINDS]; /* empty: messages of this kind cannot go */
    unsigned time_ms;                 /* 0: SMS_TIME_MS */
};

struct sms {
    enum sms_kind kind;
    struct text to;        /* E.164 */
    struct text parameter; /* of the template; empty: it has none */
    struct text text;      /* the whole message in words: for the webhook */
    struct text id;        /* the same at each try of one message */
    struct text nonce;     /* another at each try */
};

struct carried sms_send(struct fetch *f, struct arena *a, const struct sms_settings *settings,
                        const struct sms *sms, int64_t now_ms);

bool sms_provider_parse(struct text name,
                        enum sms_provider *out);          /* "none" "aliyun" "tencent" "webhook" */
bool sms_endpoint_fits(struct arena *a, struct text url); /* may a message go there? */
const char *sms_kind_name(enum sms_kind kind);            /* "notice" "code" "known" … */
bool sms_kind_parse(struct text name, enum sms_kind *out);
