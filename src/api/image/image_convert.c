/* image_convert.c: a picture as JPEG, PNG or WebP. */
#include "api/image/made.h"

enum { ASKED_URL, ASKED_IMAGE, ASKED_KIND };

static struct err image_convert(struct call *c) {
    struct made m;
    try(made_open(c, ASKED_URL, &m));
    return made_end(c, ASKED_URL, &m, ASKED_KIND);
}

const struct endpoint endpoint_image_convert = {
    .path = "/api/image/convert",
    .subject = "image",
    .title = {"图片格式转换", "Convert a picture"},
    .says = {"在 JPEG、PNG、WebP 之间转换图片，GIF 取第一帧。照片按 EXIF 方向摆正，EXIF、GPS 等附带信息被去掉；JPEG 没有透明，透明处变白。原图最多 4 MiB、2500 万像素。",
             "Converts a picture to JPEG, PNG or WebP; of a GIF the first frame. It is turned as its EXIF says, and EXIF, GPS and the like are removed; what was transparent is white in a JPEG. At most 4 MiB and 25 million pixels."},
    .run = RUN_IN_WORKER(image_convert),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE, ASK_KIND, ASK_QUALITY, ASK_FORM),
    .gives = GIVES(GIVES_MADE),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&type=webp", "{\"image\":\"data:image/webp;base64,…\",\"type\":\"webp\",\"width\":16,\"height\":12,\"bytes\":94}", SHOW_SHAPE},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&type=jpeg&quality=60", "{\"image\":\"data:image/jpeg;base64,…\",\"type\":\"jpeg\",\"width\":16,\"height\":12,\"bytes\":281}", SHOW_SHAPE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 2,
    .stands_on = "libvips 8.14 (LGPL-2.1+)",
};
