/* image_rotate.c: a picture turned by quarters or mirrored. */
#include "api/image/made.h"

enum { ASKED_URL, ASKED_IMAGE, ASKED_DEGREES, ASKED_FLIP, ASKED_KIND };

static struct err image_rotate(struct call *c) {
    struct made m;
    try(made_open(c, ASKED_URL, &m));
    if (ask_int(c, ASKED_DEGREES))
        raster_turn(&m.raster, (unsigned)ask_int(c, ASKED_DEGREES));
    if (ask_int(c, ASKED_FLIP))
        raster_flip(&m.raster, ask_is(c, ASKED_FLIP, "horizontal"));
    return made_end(c, ASKED_URL, &m, ASKED_KIND);
}

const struct endpoint endpoint_image_rotate = {
    .path = "/api/image/rotate",
    .subject = "image",
    .title = {"图片旋转翻转", "Turn or flip a picture"},
    .says = {"把图片顺时针旋转 90、180、270 度，或左右、上下翻转；先旋转后翻转。",
             "Turns a picture clockwise by 90, 180 or 270 degrees and mirrors it left to right or top to bottom; first the turn, then the mirror."},
    .run = RUN_IN_WORKER(image_rotate),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE, {"degrees", ASK_CHOICE, OPTIONAL, {"顺时针角度", "Degrees, clockwise"}, .choices = "0|90|180|270", .fallback = "0"},
                 {"flip", ASK_CHOICE, OPTIONAL, {"翻转：horizontal 左右，vertical 上下", "Mirror: horizontal swaps left and right"}, .choices = "none|horizontal|vertical", .fallback = "none"},
                 ASK_KIND, ASK_QUALITY, ASK_FORM),
    .gives = GIVES(GIVES_MADE),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&degrees=90", "{\"image\":\"data:image/png;base64,…\",\"type\":\"png\",\"width\":12,\"height\":16,\"bytes\":104}", SHOW_SHAPE},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&flip=horizontal", "{\"image\":\"data:image/png;base64,…\",\"type\":\"png\",\"width\":16,\"height\":12,\"bytes\":104}", SHOW_SHAPE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 2,
    .stands_on = "libvips 8.14 (LGPL-2.1+)",
};
