/* image_blurhash.c: a picture as some twenty letters. */
#include "api/picture.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/look.h"
#include "codec/raster.h"

enum { ASKED_URL, ASKED_IMAGE, ASKED_X, ASKED_Y, SIDE = 64 };

#ifndef ALAPI_NO_WORKER_LANE
static struct err image_blurhash(struct call *c) {
    struct text bytes;
    struct pixels small;
    struct raster_facts f;
    try(picture_bytes(c, ASKED_URL, &bytes));
    struct err e = raster_facts(bytes, &f);
    if (!e.kind)
        e = raster_small_in(c->arena, bytes, SIDE, &small);
    if (e.kind)
        return picture_refused(c, ASKED_URL, e);
    reply_object(c, NULL);
    reply_text(c, "blurhash", look_blurhash_in(c->arena, &small, (unsigned)ask_int(c, ASKED_X), (unsigned)ask_int(c, ASKED_Y)));
    reply_int(c, "width", f.width);
    reply_int(c, "height", f.height);
    reply_end_object(c);
    return ok;
}
#endif

const struct endpoint endpoint_image_blurhash = {
    .path = "/api/image/blurhash",
    .subject = "image",
    .title = {"BlurHash", "BlurHash"},
    .says = {"计算图片的 BlurHash：二三十个字符表示的模糊缩略图，供网页与应用在图片加载前显示。",
             "Computes the BlurHash of a picture: some twenty letters that pages and apps show as a blurred picture until the real one is there."},
    .run = RUN_IN_WORKER(image_blurhash),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE,
                 {"x", ASK_INT, OPTIONAL, {"横向分量数", "Components across"}, 1, 9, .fallback = "4"},
                 {"y", ASK_INT, OPTIONAL, {"纵向分量数", "Components down"}, 1, 9, .fallback = "3"}),
    .gives = GIVES({"blurhash", GIVE_TEXT, {"BlurHash", "The BlurHash"}}, {"width", GIVE_INT, {"原图宽", "Width of the picture"}},
                   {"height", GIVE_INT, {"原图高", "Height of the picture"}}),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII", "{\"blurhash\":\"L}IxL^{vwbOasqs9jsbHfQfQfQfQ\",\"width\":16,\"height\":12}", SHOW_EXACT},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&x=1&y=1", "{\"blurhash\":\"00IxL^\",\"width\":16,\"height\":12}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 1,
    .stands_on = "libvips 8.14 (LGPL-2.1+); BlurHash (woltapp, public algorithm)",
};
