/* sms_aliyun.c: SendSms of Alibaba Cloud. The parameters stand in the query, the body is empty.
 *
 *     canonical = METHOD \n path \n query \n headers \n header names \n hex SHA-256 of the body
 *     signature = hex HMAC-SHA256 (secret, "ACS3-HMAC-SHA256\n" + hex SHA-256 of canonical) */
#include "base/clock.h"
#include "codec/form.h"
#include "codec/json.h"
#include "codec/json_in.h"
#include "base/must.h"
#include "fetch/sms_inside.h"

enum { QUERY_BYTES_MAX = 8 << 10 };

static const struct sms_meaning meanings[] = {
    {"OK", CARRIED_SENT, "sent"},
    {"isv.BUSINESS_LIMIT_CONTROL", CARRIED_LATER, "number_limit"},
    {"isv.DAY_LIMIT_CONTROL", CARRIED_STOPPED, "account_limit"},
    {"isv.MONTH_LIMIT_CONTROL", CARRIED_STOPPED, "account_limit"},
    {"isv.MOBILE_NUMBER_ILLEGAL", CARRIED_REFUSED, "number_invalid"},
    {"isv.MOBILE_COUNT_OVER_LIMIT", CARRIED_REFUSED, "number_invalid"},
    {"isv.BLACK_KEY_CONTROL_LIMIT", CARRIED_REFUSED, "content_refused"},
    {"isv.SMS_TEMPLATE_ILLEGAL", CARRIED_LATER, "template_missing"},
    {"isv.TEMPLATE_", CARRIED_LATER, "template_missing"},
    {"isv.INVALID_JSON_PARAM", CARRIED_LATER, "template_missing"},
    {"isv.PARAM_", CARRIED_LATER, "template_missing"},
    {"isv.SMS_SIGN", CARRIED_STOPPED, "sign_name_refused"},
    {"isv.AMOUNT_NOT_ENOUGH", CARRIED_STOPPED, "no_balance"},
    {"isv.OUT_OF_SERVICE", CARRIED_STOPPED, "no_balance"},
    {"isv.PRODUCT_UN", CARRIED_STOPPED, "not_subscribed"},
    {"isp.RAM_PERMISSION_DENY", CARRIED_STOPPED, "key_refused"},
    {"SignatureDoesNotMatch", CARRIED_STOPPED, "signature_wrong"},
    {"IncompleteSignature", CARRIED_STOPPED, "signature_wrong"},
    {"SignatureNonceUsed", CARRIED_LATER, "nonce_used"},
    {"InvalidTimeStamp", CARRIED_STOPPED, "clock_wrong"},
    {"InvalidAccessKeyId", CARRIED_STOPPED, "key_refused"},
    {"Forbidden", CARRIED_STOPPED, "key_refused"},
    {"Throttling", CARRIED_STOPPED, "busy"},
    {"isp.", CARRIED_STOPPED, "busy"},
    {"ServiceUnavailable", CARRIED_STOPPED, "busy"},
    {"InternalError", CARRIED_STOPPED, "busy"},
};

static void put(struct buf *b, const char *name, struct text value) {
    if (b->length)
        buf_char(b, '&');
    buf_c(b, name);
    buf_char(b, '=');
    form_encode(b, value);
}

static struct text parameter_in(struct arena *a, const struct sms *sms) {
    struct buf b;
    struct json j;
    buf_init(&b, a, QUERY_BYTES_MAX);
    json_init(&j, &b);
    json_open_object(&j);
    if (sms->parameter.length)
        json_put_text(&j, sms->kind == SMS_NOTICE ? "title" : "code", sms->parameter);
    json_close_object(&j);
    return buf_peek(&b);
}

/* In the order of the names, as it is signed. Numbers of the mainland go without +86. */
static struct text query_in(struct arena *a, const struct sms_settings *settings,
                            const struct sms *sms) {
    struct buf b;
    bool is_mainland = text_starts(sms->to, TEXT("+86"));
    buf_init(&b, a, QUERY_BYTES_MAX);
    put(&b, "OutId", sms->id);
    put(&b, "PhoneNumbers", text_from(sms->to, is_mainland ? 3 : 1));
    put(&b, "SignName", text_c(settings->sign_name));
    put(&b, "TemplateCode", text_c(settings->templates[sms->kind]));
    put(&b, "TemplateParam", parameter_in(a, sms));
    must(!buf_is_over(&b));
    return buf_peek(&b);
}

static void sign(struct arena *a, const struct sms_settings *settings, struct sms_request *r) {
    struct text names = sms_header_names_in(a, r);
    struct text headers = sms_headers_in(a, r), body = sms_sha256_in(a, r->body);
    struct text canonical =
        text_format_in(a, "POST\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s", TEXT_ARG(r->path),
                       TEXT_ARG(r->query), TEXT_ARG(headers), TEXT_ARG(names), TEXT_ARG(body));
    struct text hash = sms_sha256_in(a, canonical);
    struct text to_sign = text_format_in(a, "ACS3-HMAC-SHA256\n%.*s", TEXT_ARG(hash));
    r->authorization = text_format_in(
        a, "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%.*s,Signature=%.*s", settings->key_id,
        TEXT_ARG(names), TEXT_ARG(sms_hmac_hex_in(a, settings->key, to_sign)));
}

/* tidy: parameters: the door of a test beside that of build */
void sms_aliyun_sign(struct arena *a, const struct sms_settings *settings,
                     const struct text action[static 2], struct text nonce, int64_t now_ms,
                     struct sms_request *r) {
    sms_header_put(r, "host", r->host);
    sms_header_put(r, "x-acs-action", action[0]);
    sms_header_put(r, "x-acs-content-sha256", sms_sha256_in(a, r->body));
    sms_header_put(r, "x-acs-date", clock_print_utc_in(a, now_ms));
    sms_header_put(r, "x-acs-signature-nonce", nonce);
    sms_header_put(r, "x-acs-version", action[1]);
    sign(a, settings, r);
}

static void build(struct arena *a, const struct sms_settings *settings, const struct sms *sms,
                  int64_t now_ms, struct sms_request *r) {
    static const struct text action[] = {TEXT("SendSms"), TEXT("2017-05-25")};
    r->query = query_in(a, settings, sms);
    sms_aliyun_sign(a, settings, action, sms->nonce, now_ms, r);
}

static struct carried judge(struct arena *a, unsigned status, struct text body) {
    json_t *answer;
    if (json_parse(a, body, &answer).kind)
        return (struct carried){CARRIED_STOPPED, "answer_malformed", status};
    struct carried what =
        sms_meaning_of(meanings, COUNT(meanings), json_member_text(answer, "Code"), status);
    json_decref(answer);
    return what;
}

const struct sms_provider_door sms_aliyun = {
    .endpoint = "https://dysmsapi.aliyuncs.com",
    .build = build,
    .judge = judge,
};
