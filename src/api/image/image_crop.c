/* image_crop.c: a part of a picture. */
#include "api/image/made.h"

enum { ASKED_URL, ASKED_IMAGE, ASKED_X, ASKED_Y, ASKED_WIDTH, ASKED_HEIGHT, ASKED_KIND };

static struct err image_crop(struct call *c) {
    struct made m;
    try(made_open(c, ASKED_URL, &m));
    int64_t right = ask_int(c, ASKED_X) + ask_int(c, ASKED_WIDTH),
            end = ask_int(c, ASKED_Y) + ask_int(c, ASKED_HEIGHT);
    unsigned width = m.raster.width, height = m.raster.height;
    if (right > width || end > height) {
        raster_close(&m.raster);
        return call_invalid(c, right > width ? ASKED_WIDTH : ASKED_HEIGHT,
                            text_say_in(c->arena, "裁剪框超出图片，图片为 %u × %u 像素", width, height),
                            text_say_in(c->arena, "the rectangle goes beyond the picture, which has %u x %u pixels", width, height));
    }
    raster_crop(&m.raster, (unsigned)ask_int(c, ASKED_X), (unsigned)ask_int(c, ASKED_Y),
                (unsigned)ask_int(c, ASKED_WIDTH), (unsigned)ask_int(c, ASKED_HEIGHT));
    return made_end(c, ASKED_URL, &m, ASKED_KIND);
}

const struct endpoint endpoint_image_crop = {
    .path = "/api/image/crop",
    .subject = "image",
    .title = {"图片裁剪", "Crop a picture"},
    .says = {"从图片中裁出一块矩形；左上角坐标从 0 起，裁剪框必须在图片之内。",
             "Cuts a rectangle out of a picture; its left top counts from 0, and it must lie inside the picture."},
    .run = RUN_IN_WORKER(image_crop),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE, {"x", ASK_INT, REQUIRED, {"左边距，像素", "Pixels from the left"}, 0, 20000},
                 {"y", ASK_INT, REQUIRED, {"上边距，像素", "Pixels from the top"}, 0, 20000},
                 {"width", ASK_INT, REQUIRED, {"宽，像素", "Width in pixels"}, 1, 20000},
                 {"height", ASK_INT, REQUIRED, {"高，像素", "Height in pixels"}, 1, 20000},
                 ASK_KIND, ASK_QUALITY, ASK_FORM),
    .gives = GIVES(GIVES_MADE),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&x=4&y=2&width=8&height=8", "{\"image\":\"data:image/png;base64,…\",\"type\":\"png\",\"width\":8,\"height\":8,\"bytes\":100}", SHOW_SHAPE},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&x=0&y=0&width=1&height=1&type=webp", "{\"image\":\"data:image/webp;base64,…\",\"type\":\"webp\",\"width\":1,\"height\":1,\"bytes\":88}", SHOW_SHAPE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 2,
    .stands_on = "libvips 8.14 (LGPL-2.1+)",
};
