/* picture.c: see picture.h. */
#include "api/picture.h"
#include "api/outside.h"
#include "call/ask.h"
#include "codec/image.h"
#include "fetch/http.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no fetch/ */

struct err picture_bytes(struct call *c, unsigned ask_url, struct text *out) {
    struct http_answer answer;
    if (ask_has(c, ask_url + 1)) {
        *out = ask_text(c, ask_url + 1);
        return ok;
    }
    if (!ask_has(c, ask_url)) {
        c->parameter = TEXT("image");
        return call_failed(c, ERR_PARAMETER_MISSING, "缺少图片：请在 image 中上传图片（文件或 base64），或在 url 中传图片网址",
                           "a picture is missing: send it in image (a file or base64), or its address in url");
    }
    try(outside_ready(c));
    struct err e = http_get_in(c->fetch, c->arena, ask_text(c, ask_url), PICTURE_BYTES_MAX, &answer);
    if (e.kind)
        return outside_failed(c, ask_url, e);
    *out = answer.body;
    return ok;
}

struct err picture_refused(struct call *c, unsigned ask_url, struct err e) {
    unsigned ask = ask_has(c, ask_url + 1) ? ask_url + 1 : ask_url;
    if (e.kind != ERR_PARAMETER_INVALID)
        return e;
    if (e.say == image_say_too_large)
        return call_invalid(c, ask, "图片超过 2500 万像素，请缩小后再试",
                            "the picture has more than 25 million pixels; send a smaller one");
    return call_invalid(c, ask, "不是可读取的 JPEG、PNG、WebP 或 GIF 图片，请转换格式后再试",
                        "not a readable JPEG, PNG, WebP or GIF picture; convert it and try again");
}

#endif
