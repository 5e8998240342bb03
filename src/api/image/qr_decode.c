/* qr_decode.c: what the QR codes and barcodes of a picture say. */
#include "api/outside.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/barcode.h"
#include "fetch/http.h"

enum { ASKED_URL, ASKED_IMAGE };
enum { FETCHED_BYTES_MAX = 4 << 20 };

static struct err picture_bytes(struct call *c, struct text *out) {
    struct http_answer answer;
    if (ask_has(c, ASKED_IMAGE)) {
        *out = ask_text(c, ASKED_IMAGE);
        return ok;
    }
    if (!ask_has(c, ASKED_URL)) {
        c->parameter = TEXT("image");
        return call_failed(c, ERR_PARAMETER_MISSING, "缺少图片：请在 image 中上传图片（文件或 base64），或在 url 中传图片网址",
                           "a picture is missing: send it in image (a file or base64), or its address in url");
    }
    try(outside_ready(c));
    struct err e = http_get_in(c->fetch, c->arena, ask_text(c, ASKED_URL), FETCHED_BYTES_MAX, &answer);
    if (e.kind)
        return outside_failed(c, ASKED_URL, e);
    *out = answer.body;
    return ok;
}

static struct err refuse_picture(struct call *c, struct err e) {
    unsigned ask = ask_has(c, ASKED_IMAGE) ? ASKED_IMAGE : ASKED_URL;
    if (e.kind != ERR_PARAMETER_INVALID)
        return e;
    if (e.say == image_say_too_large)
        return call_invalid(c, ask, "图片超过 2500 万像素，请缩小后再试",
                            "the picture has more than 25 million pixels; send a smaller one");
    return call_invalid(c, ask, "不是可读取的 JPEG、PNG、WebP 或 GIF 图片，请转换格式后再试",
                        "not a readable JPEG, PNG, WebP or GIF picture; convert it and try again");
}

static void reply_corner(struct call *c, const char *name, struct corner corner) {
    reply_object(c, name);
    reply_int(c, "x", corner.x);
    reply_int(c, "y", corner.y);
    reply_end_object(c);
}

static void reply_barcode(struct call *c, const struct barcode *b) {
    reply_object(c, NULL);
    reply_text(c, "data", b->data);
    reply_object(c, "pos");
    reply_corner(c, "left_top", b->left_top);
    reply_corner(c, "right_top", b->right_top);
    reply_corner(c, "right_bottom", b->right_bottom);
    reply_corner(c, "left_bottom", b->left_bottom);
    reply_end_object(c);
    reply_c(c, "type_name", b->type);
    reply_end_object(c);
}

static struct err qr_decode(struct call *c) {
    struct text bytes;
    struct image image;
    try(picture_bytes(c, &bytes));
    struct err e = image_read_grey(bytes, &image);
    if (e.kind)
        return refuse_picture(c, e);
    struct barcodes found = barcode_find_in(c->arena, &image);
    image_done(&image);
    if (found.is_too_busy)
        return call_invalid(c, ask_has(c, ASKED_IMAGE) ? ASKED_IMAGE : ASKED_URL,
                            "图片中疑似码的图案过多，请裁剪到码所在的部分", "the picture has too many code-like marks; crop it to the code");
    if (found.count == 0)
        return call_nothing(c, "图片中没有找到二维码或条形码；请使用更清晰、四周留白的图片",
                            "no QR code or barcode was found; use a sharper picture with a white border");
    reply_list(c, NULL);
    for (size_t i = 0; i < found.count; i++)
        reply_barcode(c, &found.list[i]);
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_qr_decode = {
    .path = "/api/qr/decode",
    .subject = "image",
    .title = {"二维码识别", "Read QR codes"},
    .says = {"识别图片中的全部二维码与条形码（QR、EAN、UPC、Code 39/93/128、ITF、Codabar、DataBar 等），返回内容与四角坐标。",
             "Finds every QR code and barcode (EAN, UPC, Code 39/93/128, ITF, Codabar, DataBar …) of a picture "
             "and answers its content and corners."},
    .run = RUN_IN_WORKER(qr_decode),
    .asks = ASKS({"url", ASK_TEXT, OPTIONAL, {"图片网址，http 或 https，最多 4 MiB", "Address of the picture, http or https, 4 MiB at most"}, 1, 2000},
                 {"image", ASK_FILE, OPTIONAL, {"图片：文件或 base64，JPEG、PNG、WebP、GIF；优先于 url",
                                                "The picture: a file or base64, JPEG, PNG, WebP or GIF; goes before url"},
                  .aliases = "img|bin|file"}),
    .gives = GIVES({"[].data", GIVE_TEXT, {"内容", "What it says"}},
                   {"[].pos", GIVE_OBJECT, {"四角在图片中的像素坐标", "Its corners, in pixels of the picture"}},
                   {"[].pos.left_top", GIVE_OBJECT, {"左上角", "Left top"}},
                   {"[].pos.left_top.x", GIVE_INT, {"横坐标", "From the left"}},
                   {"[].pos.left_top.y", GIVE_INT, {"纵坐标", "From the top"}},
                   {"[].pos.right_top", GIVE_OBJECT, {"右上角", "Right top"}},
                   {"[].pos.right_top.x", GIVE_INT, {"横坐标", "From the left"}},
                   {"[].pos.right_top.y", GIVE_INT, {"纵坐标", "From the top"}},
                   {"[].pos.right_bottom", GIVE_OBJECT, {"右下角", "Right bottom"}},
                   {"[].pos.right_bottom.x", GIVE_INT, {"横坐标", "From the left"}},
                   {"[].pos.right_bottom.y", GIVE_INT, {"纵坐标", "From the top"}},
                   {"[].pos.left_bottom", GIVE_OBJECT, {"左下角", "Left bottom"}},
                   {"[].pos.left_bottom.x", GIVE_INT, {"横坐标", "From the left"}},
                   {"[].pos.left_bottom.y", GIVE_INT, {"纵坐标", "From the top"}},
                   {"[].type_name", GIVE_TEXT, {"码制，如 QR-Code、EAN-13", "Kind of code: QR-Code, EAN-13 …"}}),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAADoAAAA6AQAAAADJwHeFAAAAgElEQVR42q3R"
                    "MQpEMQgEUME2kKsItoG5upA2sFcJ2Ab8v8hCTLtr9bqZQYp99CuIhxBOwItHgmhVvjD8BjQD3jQSiPWbtfE2wO6zUW"
                    "afkmCl-sKJaVp7wvq0GAkhXREJQUtxgpiHxQm4FSS8AyeQIcsudGgCnHvECWJpI-E_H3wABNlETLZgkckAAAAASUVO"
                    "RK5CYII",
                    "[{\"data\":\"hello\",\"pos\":{\"left_top\":{\"x\":8,\"y\":8},\"right_top\":{\"x\":50,\"y\":8},"
                    "\"right_bottom\":{\"x\":50,\"y\":50},\"left_bottom\":{\"x\":8,\"y\":50}},\"type_name\":\"QR-Code\"}]",
                    SHOW_EXACT}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 1,
    .keep_s = 0,
    .stands_on = "zbar 0.23 (LGPL-2.1); libvips 8.14 (LGPL-2.1)",
};
