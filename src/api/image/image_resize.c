/* image_resize.c: a picture in another size. */
#include "api/image/made.h"

enum { ASKED_URL, ASKED_IMAGE, ASKED_WIDTH, ASKED_HEIGHT, ASKED_FIT, ASKED_KIND };

static struct err image_resize(struct call *c) {
    struct made m;
    try(made_open(c, ASKED_URL, &m));
    unsigned width = ask_has(c, ASKED_WIDTH) ? (unsigned)ask_int(c, ASKED_WIDTH) : 0;
    unsigned height = ask_has(c, ASKED_HEIGHT) ? (unsigned)ask_int(c, ASKED_HEIGHT) : 0;
    if (width == 0 && height == 0) {
        raster_close(&m.raster);
        return call_invalid(c, ASKED_WIDTH, "width 和 height 至少传一个", "send width, height or both");
    }
    raster_resize(&m.raster, width, height, (enum raster_fit)ask_int(c, ASKED_FIT));
    return made_end(c, ASKED_URL, &m, ASKED_KIND);
}

const struct endpoint endpoint_image_resize = {
    .path = "/api/image/resize",
    .subject = "image",
    .title = {"图片缩放", "Resize a picture"},
    .says = {"按宽高缩放图片：inside 等比放入框内，cover 等比铺满并从中间裁去多余，fill 拉伸到指定大小。只传一边时另一边按比例。",
             "Resizes a picture: inside fits it into the box, cover fills the box and cuts what sticks out around the middle, fill stretches it. With one side alone the other follows."},
    .run = RUN_IN_WORKER(image_resize),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE, {"width", ASK_INT, OPTIONAL, {"宽，像素", "Width in pixels"}, 1, 4000, .aliases = "w"},
                 {"height", ASK_INT, OPTIONAL, {"高，像素", "Height in pixels"}, 1, 4000, .aliases = "h"},
                 {"fit", ASK_CHOICE, OPTIONAL, {"缩放方式", "How it fits"}, .choices = "inside|cover|fill", .fallback = "inside"},
                 ASK_KIND, ASK_QUALITY, ASK_FORM),
    .gives = GIVES(GIVES_MADE),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&width=8", "{\"image\":\"data:image/png;base64,…\",\"type\":\"png\",\"width\":8,\"height\":6,\"bytes\":115}", SHOW_SHAPE},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&width=6&height=6&fit=cover", "{\"image\":\"data:image/png;base64,…\",\"type\":\"png\",\"width\":6,\"height\":6,\"bytes\":109}", SHOW_SHAPE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 2,
    .stands_on = "libvips 8.14 (LGPL-2.1+)",
};
