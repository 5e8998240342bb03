/* qr_decode.c: what the QR codes and barcodes of a picture say. */
#include "api/picture.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/barcode.h"

enum { ASKED_URL, ASKED_IMAGE };

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
    try(picture_bytes(c, ASKED_URL, &bytes));
    struct err e = image_read_grey(bytes, &image);
    if (e.kind)
        return picture_refused(c, ASKED_URL, e);
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
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE),
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
