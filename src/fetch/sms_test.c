/* sms_test.c: the signatures against the examples that the providers publish, and what their
 * answers mean. */
#include "test.h"

#include "base/limits.h"
#include "fetch/sms_inside.h"
#include "stand_in_tls.h"

#include <stdlib.h>
#include <unistd.h>

static struct arena arena;

static int begin(void **state) {
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

/* The fixed example of "V3 request body and signature": RunInstances of 2023-10-26. */
TEST(the_signature_of_aliyun_is_that_of_its_example) {
    struct sms_settings settings = {.key_id = "YourAccessKeyId",
                                    .key = TEXT("YourAccessKeySecret")};
    static const struct text action[] = {TEXT("RunInstances"), TEXT("2014-05-26")};
    struct sms_request r = {
        .host = TEXT("ecs.cn-shanghai.aliyuncs.com"),
        .path = TEXT("/"),
        .query = TEXT(
            "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai")};
    sms_aliyun_sign(&arena, &settings, action, TEXT("3156853299f313e23d1673dc12e1703d"),
                    1698315752000, &r);
    want_text(r.authorization,
              "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
              "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature="
              "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
}

/* Both published forms of the example of "Signature v3": two headers, and three. */
TEST(the_signature_of_tencent_is_that_of_its_examples) {
    struct sms_settings older = {.key_id = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
                                 .key = TEXT("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE")};
    struct sms_settings newer = {.key_id = "AKID********************************",
                                 .key = TEXT("********************************")};
    struct sms_request r = {
        .body = TEXT("{\"Limit\": 1, \"Filters\": [{\"Values\": "
                     "[\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}")};
    sms_header_put(&r, "content-type", TEXT("application/json; charset=utf-8"));
    sms_header_put(&r, "host", TEXT("cvm.tencentcloudapi.com"));
    want_text(sms_tencent_sign(&arena, &older, "cvm", 1551113065000, &r),
              "TC3-HMAC-SHA256 "
              "Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
              "SignedHeaders=content-type;host, "
              "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
    sms_header_put(&r, "x-tc-action", TEXT("describeinstances"));
    want_text(sms_tencent_sign(&arena, &newer, "cvm", 1551113065000, &r),
              "TC3-HMAC-SHA256 "
              "Credential=AKID********************************/2019-02-25/cvm/tc3_request, "
              "SignedHeaders=content-type;host;x-tc-action, "
              "Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f");
}

static const struct sms_settings any = {.key_id = "id",
                                        .key = {"key", 3},
                                        .sign_name = "签 名",
                                        .app = "1400006666",
                                        .region = "ap-guangzhou",
                                        .templates = {"SMS_3", "SMS_1", "", "", ""}};

static struct sms_request built(const struct sms_provider_door *door, enum sms_kind kind) {
    struct sms sms = {kind,           TEXT("+8613800138000"),
                      TEXT("123456"), TEXT("您的验证码是 123456"),
                      TEXT("id-7"),   TEXT("n0nce")};
    struct sms_request r = {.host = TEXT("h"), .path = TEXT("/")};
    door->build(&arena, &any, &sms, 1700000000000, &r);
    return r;
}

TEST(requests_have_the_documented_form) {
    want_text(
        built(&sms_aliyun, SMS_CODE).query,
        "OutId=id-7&PhoneNumbers=13800138000&SignName=%E7%AD%BE%20%E5%90%8D&TemplateCode=SMS_1"
        "&TemplateParam=%7B%22code%22%3A%22123456%22%7D");
    struct sms_request r = built(&sms_tencent, SMS_NOTICE);
    want_text(
        r.body,
        "{\"PhoneNumberSet\":[\"+8613800138000\"],\"SmsSdkAppId\":\"1400006666\",\"SignName\":"
        "\"签 "
        "名\",\"TemplateId\":\"SMS_3\",\"TemplateParamSet\":[\"123456\"],\"SessionContext\":\"id-"
        "7\"}");
    want_text(r.headers[2].value, "SendSms");
    want_text(built(&sms_webhook, SMS_CODE).body,
              "{\"id\":\"id-7\",\"kind\":\"code\",\"to\":\"+8613800138000\","
              "\"code\":\"123456\",\"text\":\"您的验证码是 123456\"}");
}

TEST(the_answers_of_the_providers_are_understood) {
    static const struct {
        const struct sms_provider_door *door;
        unsigned status;
        const char *body;
        enum carried_fate fate;
        const char *reason;
    } rows[] = {
        {&sms_aliyun, 200, "{\"Code\":\"OK\",\"Message\":\"OK\",\"BizId\":\"9^0\"}", CARRIED_SENT,
         "sent"},
        {&sms_aliyun, 200, "{\"Code\":\"isv.BUSINESS_LIMIT_CONTROL\"}", CARRIED_LATER,
         "number_limit"},
        {&sms_aliyun, 200, "{\"Code\":\"isv.MOBILE_NUMBER_ILLEGAL\"}", CARRIED_REFUSED,
         "number_invalid"},
        {&sms_aliyun, 200, "{\"Code\":\"isv.SMS_TEMPLATE_ILLEGAL\"}", CARRIED_LATER,
         "template_missing"},
        {&sms_aliyun, 200, "{\"Code\":\"isv.SMS_SIGNATURE_ILLEGAL\"}", CARRIED_STOPPED,
         "sign_name_refused"},
        {&sms_aliyun, 400, "{\"Code\":\"SignatureDoesNotMatch\"}", CARRIED_STOPPED,
         "signature_wrong"},
        {&sms_aliyun, 404, "{\"Code\":\"InvalidAccessKeyId.NotFound\"}", CARRIED_STOPPED,
         "key_refused"},
        {&sms_aliyun, 200, "{\"Code\":\"isv.SOMETHING_NEW\"}", CARRIED_LATER, "answer_unknown"},
        {&sms_aliyun, 500, "{\"Code\":\"OK\"}", CARRIED_LATER, "answer_unknown"},
        {&sms_aliyun, 200, "{\"Code\":\"OKAY\"}", CARRIED_LATER, "answer_unknown"},
        {&sms_aliyun, 200, "<html>", CARRIED_STOPPED, "answer_malformed"},
        {&sms_tencent, 200, "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"Ok\"}]}}", CARRIED_SENT,
         "sent"},
        {&sms_tencent, 200,
         "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"LimitExceeded.PhoneNumberDailyLimit\"}]}}",
         CARRIED_LATER, "number_limit"},
        {&sms_tencent, 200,
         "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"InvalidParameterValue."
         "IncorrectPhoneNumber\"}]}}",
         CARRIED_REFUSED, "number_invalid"},
        {&sms_tencent, 200,
         "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"FailedOperation."
         "TemplateIncorrectOrUnapproved\"}]}}",
         CARRIED_LATER, "template_missing"},
        {&sms_tencent, 200,
         "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureFailure\"}}}", CARRIED_STOPPED,
         "signature_wrong"},
        {&sms_tencent, 200,
         "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SecretIdNotFound\"}}}", CARRIED_STOPPED,
         "key_refused"},
        {&sms_tencent, 200, "{\"Response\":{\"SendStatusSet\":[]}}", CARRIED_LATER,
         "answer_unknown"},
        {&sms_tencent, 200, "[]", CARRIED_LATER, "answer_unknown"},
        {&sms_webhook, 204, "", CARRIED_SENT, "sent"},
        {&sms_webhook, 422, "", CARRIED_REFUSED, "number_invalid"},
        {&sms_webhook, 429, "", CARRIED_LATER, "number_limit"},
        {&sms_webhook, 401, "", CARRIED_STOPPED, "signature_wrong"},
        {&sms_webhook, 302, "", CARRIED_STOPPED, "server_refuses"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct carried c = rows[i].door->judge(&arena, rows[i].status, text_c(rows[i].body));
        assert_string_equal(c.reason, rows[i].reason);
        want_int(c.fate, rows[i].fate);
    }
}

TEST(an_endpoint_is_https_or_this_machine) {
    static const char *const fit[] = {"https://dysmsapi.aliyuncs.com", "http://127.0.0.1:8000/send",
                                      "http://localhost", "https://10.0.0.1:8443/a"};
    static const char *const unfit[] = {"http://sms.example.com",
                                        "ftp://127.0.0.1",
                                        "",
                                        "127.0.0.1",
                                        "https://u:p@h",
                                        "https://h/?a=b",
                                        "http://127.0.0.1.example.com"};
    for (size_t i = 0; i < COUNT(fit); i++)
        want(sms_endpoint_fits(&arena, text_c(fit[i])));
    for (size_t i = 0; i < COUNT(unfit); i++)
        want(!sms_endpoint_fits(&arena, text_c(unfit[i])));
}

static struct carried send_to(struct stand_in_tls *server, struct sms_settings settings,
                              const char *scheme, enum sms_kind kind) {
    char authorities[] = "/tmp/alapi_sms_test_XXXXXX";
    struct fetch_settings outside = {.authorities = authorities};
    struct sms sms = {kind,     TEXT("+8613800138000"), TEXT("123456"), TEXT("text"), TEXT("id"),
                      TEXT("n")};
    struct fetch *f;
    stand_in_tls_open(server);
    close(mkstemp(authorities));
    stand_in_tls_write(server, authorities);
    settings.endpoint = text_say_in(&arena, "%s://127.0.0.1:%u", scheme, server->port);
    want_ok(fetch_open(&outside, &f));
    struct carried c = sms_send(f, &arena, &settings, &sms, 1700000000000);
    fetch_close(f);
    stand_in_tls_close(server);
    unlink(authorities);
    return c;
}

TEST(fault_37_a_provider_may_be_slow_wrong_or_endless) {
    static char endless[256 << 10];
    struct sms_settings settings = any;
    settings.provider = SMS_ALIYUN;
    settings.time_ms = 5000;
    struct stand_in_tls good = {
        .answer = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"Code\":\"OK\"}"};
    want_int(send_to(&good, settings, "https", SMS_CODE).fate, CARRIED_SENT);
    assert_string_equal(send_to(&good, settings, "https", SMS_KNOWN).reason, "template_missing");
    struct stand_in_tls plain = {.is_plain = true, .answer = good.answer};
    assert_string_equal(send_to(&plain, settings, "https", SMS_CODE).reason, "tls");
    want_int(send_to(&plain, settings, "http", SMS_CODE).fate, CARRIED_SENT);
    memset(endless, 'x', sizeof endless - 1);
    memcpy(endless, "HTTP/1.1 200 OK\r\n\r\n", 19);
    struct stand_in_tls large = {.is_plain = true, .answer = endless};
    assert_string_equal(send_to(&large, settings, "http", SMS_CODE).reason, "reply_endless");
    struct stand_in_tls silent = {.is_plain = true, .is_silent = true};
    settings.time_ms = 200;
    assert_string_equal(send_to(&silent, settings, "http", SMS_CODE).reason, "timeout");
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(the_signature_of_aliyun_is_that_of_its_example),
                                       RUN(the_signature_of_tencent_is_that_of_its_examples),
                                       RUN(requests_have_the_documented_form),
                                       RUN(the_answers_of_the_providers_are_understood),
                                       RUN(an_endpoint_is_https_or_this_machine),
                                       RUN(fault_37_a_provider_may_be_slow_wrong_or_endless)};
    return cmocka_run_group_tests(tests, begin, end);
}
