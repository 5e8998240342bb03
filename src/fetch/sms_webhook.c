/* sms_webhook.c: a program of the operator's own that knows how to send. The time is signed with
 * the body, so that a copied request is of no use later; the id is the same at each try, so that it
 * can tell. */
#include "base/must.h"
#include "codec/json.h"
#include "fetch/sms_inside.h"

enum { BODY_BYTES_MAX = 8 << 10 };

static struct text body_in(struct arena *a, const struct sms *sms) {
    struct buf b;
    struct json j;
    buf_init(&b, a, BODY_BYTES_MAX);
    json_init(&j, &b);
    json_open_object(&j);
    json_put_text(&j, "id", sms->id);
    json_put_c(&j, "kind", sms_kind_name(sms->kind));
    json_put_text(&j, "to", sms->to);
    if (sms->parameter.length)
        json_put_text(&j, sms->kind == SMS_NOTICE ? "title" : "code", sms->parameter);
    json_put_text(&j, "text", sms->text);
    json_close_object(&j);
    must(!buf_is_over(&b));
    return buf_peek(&b);
}

static void build(struct arena *a, const struct sms_settings *settings, const struct sms *sms,
                  int64_t now_ms, struct sms_request *r) {
    r->body = body_in(a, sms);
    struct text seconds = text_format_in(a, "%lld", (long long)(now_ms / 1000));
    struct text to_sign = text_format_in(a, "%.*s.%.*s", TEXT_ARG(seconds), TEXT_ARG(r->body));
    struct text signature = sms_hmac_hex_in(a, settings->key, to_sign);
    sms_header_put(r, "content-type", TEXT("application/json; charset=utf-8"));
    sms_header_put(r, "host", r->host);
    sms_header_put(r, "x-alapi-signature", text_format_in(a, "v1=%.*s", TEXT_ARG(signature)));
    sms_header_put(r, "x-alapi-timestamp", seconds);
}

static struct carried judge(struct arena *a, unsigned status, struct text body) {
    (void)a, (void)body;
    if (status >= 200 && status < 300)
        return (struct carried){CARRIED_SENT, "sent", status};
    if (status == 422)
        return (struct carried){CARRIED_REFUSED, "number_invalid", status};
    if (status == 429)
        return (struct carried){CARRIED_LATER, "number_limit", status};
    return (struct carried){CARRIED_STOPPED,
                            status == 401 || status == 403 ? "signature_wrong" : "server_refuses",
                            status};
}

const struct sms_provider_door sms_webhook = {.build = build, .judge = judge};
