/* sms_tencent.c: SendSms of Tencent Cloud. The parameters stand in a JSON body.
 *
 *     canonical = POST \n / \n \n headers \n header names \n hex SHA-256 of the body
 *     to sign   = TC3-HMAC-SHA256 \n seconds \n day/service/tc3_request \n hex SHA-256 of canonical
 *     key       = HMAC (HMAC (HMAC ("TC3" + secret, day), service), "tc3_request") */
#include "base/clock.h"
#include "base/must.h"
#include "codec/json.h"
#include "codec/json_in.h"
#include "fetch/sms_inside.h"

enum { BODY_BYTES_MAX = 8 << 10 };

static const struct sms_meaning meanings[] = {
    {"Ok", CARRIED_SENT, "sent"},
    {"LimitExceeded.PhoneNumber", CARRIED_LATER, "number_limit"},
    {"LimitExceeded.DeliveryFrequencyLimit", CARRIED_LATER, "number_limit"},
    {"LimitExceeded", CARRIED_STOPPED, "account_limit"},
    {"RequestLimitExceeded", CARRIED_STOPPED, "busy"},
    {"InvalidParameterValue.IncorrectPhoneNumber", CARRIED_REFUSED, "number_invalid"},
    {"InvalidParameterValue.TemplateParameter", CARRIED_LATER, "template_missing"},
    {"InvalidParameterValue.SignName", CARRIED_STOPPED, "sign_name_refused"},
    {"UnsupportedOperation.UnsupportedRegion", CARRIED_REFUSED, "number_invalid"},
    {"FailedOperation.PhoneNumberInBlacklist", CARRIED_REFUSED, "recipient_refused"},
    {"FailedOperation.ContainSensitiveWord", CARRIED_REFUSED, "content_refused"},
    {"FailedOperation.Template", CARRIED_LATER, "template_missing"},
    {"FailedOperation.MissingTemplate", CARRIED_LATER, "template_missing"},
    {"FailedOperation.Signature", CARRIED_STOPPED, "sign_name_refused"},
    {"FailedOperation.MissingSignature", CARRIED_STOPPED, "sign_name_refused"},
    {"FailedOperation.InsufficientBalanceInSmsPackage", CARRIED_STOPPED, "no_balance"},
    {"AuthFailure.Signature", CARRIED_STOPPED, "signature_wrong"},
    {"AuthFailure", CARRIED_STOPPED, "key_refused"},
    {"UnauthorizedOperation", CARRIED_STOPPED, "key_refused"},
    {"InternalError", CARRIED_STOPPED, "busy"},
};

static void put_list(struct json *j, const char *name, struct text item) {
    json_name(j, name);
    json_open_list(j);
    if (item.length)
        json_text(j, item);
    json_close_list(j);
}

static struct text body_in(struct arena *a, const struct sms_settings *settings,
                           const struct sms *sms) {
    struct buf b;
    struct json j;
    buf_init(&b, a, BODY_BYTES_MAX);
    json_init(&j, &b);
    json_open_object(&j);
    put_list(&j, "PhoneNumberSet", sms->to);
    json_put_c(&j, "SmsSdkAppId", settings->app);
    json_put_c(&j, "SignName", settings->sign_name);
    json_put_c(&j, "TemplateId", settings->templates[sms->kind]);
    put_list(&j, "TemplateParamSet", sms->parameter);
    json_put_text(&j, "SessionContext", sms->id);
    json_close_object(&j);
    must(!buf_is_over(&b));
    return buf_peek(&b);
}

struct text sms_tencent_sign(struct arena *a, const struct sms_settings *settings,
                             const char *service, int64_t now_ms, const struct sms_request *r) {
    long long seconds = now_ms / 1000;
    struct text day = date_print_in(a, date_from_day(now_ms / 86400000));
    struct text names = sms_header_names_in(a, r);
    struct text canonical =
        text_format_in(a, "POST\n/\n\n%.*s\n%.*s\n%.*s", TEXT_ARG(sms_headers_in(a, r)),
                       TEXT_ARG(names), TEXT_ARG(sms_sha256_in(a, r->body)));
    struct text scope = text_format_in(a, "%.*s/%s/tc3_request", TEXT_ARG(day), service);
    struct text to_sign = text_format_in(a, "TC3-HMAC-SHA256\n%lld\n%.*s\n%.*s", seconds,
                                         TEXT_ARG(scope), TEXT_ARG(sms_sha256_in(a, canonical)));
    struct text key = sms_hmac_in(a, text_format_in(a, "TC3%.*s", TEXT_ARG(settings->key)), day);
    key = sms_hmac_in(a, sms_hmac_in(a, key, text_c(service)), TEXT("tc3_request"));
    return text_format_in(a,
                          "TC3-HMAC-SHA256 Credential=%s/%.*s, SignedHeaders=%.*s, Signature=%.*s",
                          settings->key_id, TEXT_ARG(scope), TEXT_ARG(names),
                          TEXT_ARG(sms_hmac_hex_in(a, key, to_sign)));
}

/* Content type, host and action are signed; what stands behind them goes along. */
static void build(struct arena *a, const struct sms_settings *settings, const struct sms *sms,
                  int64_t now_ms, struct sms_request *r) {
    r->body = body_in(a, settings, sms);
    sms_header_put(r, "content-type", TEXT("application/json; charset=utf-8"));
    sms_header_put(r, "host", r->host);
    sms_header_put(r, "x-tc-action", TEXT("sendsms")); /* signed in small letters */
    r->authorization = sms_tencent_sign(a, settings, "sms", now_ms, r);
    r->headers[r->header_count - 1].value = TEXT("SendSms");
    sms_header_put(r, "x-tc-version", TEXT("2021-01-11"));
    sms_header_put(r, "x-tc-timestamp", text_format_in(a, "%lld", (long long)(now_ms / 1000)));
    sms_header_put(r, "x-tc-region", text_c(settings->region));
}

/* {"Response":{"Error":{"Code"}}} where the request was refused, else {"SendStatusSet":[{"Code"}]}.
 */
static struct carried judge(struct arena *a, unsigned status, struct text body) {
    json_t *answer;
    if (json_parse(a, body, &answer).kind)
        return (struct carried){CARRIED_STOPPED, "answer_malformed", status};
    const json_t *response = json_object_get(answer, "Response");
    const json_t *error = json_object_get(response, "Error");
    const json_t *first = json_array_get(json_object_get(response, "SendStatusSet"), 0);
    struct carried what = sms_meaning_of(meanings, COUNT(meanings),
                                         json_member_text(error ? error : first, "Code"), status);
    json_decref(answer);
    return what;
}

const struct sms_provider_door sms_tencent = {
    .endpoint = "https://sms.tencentcloudapi.com",
    .build = build,
    .judge = judge,
};
