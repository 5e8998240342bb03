/* image_color.c: the main colours of a picture. */
#include "api/picture.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/look.h"
#include "codec/raster.h"

#include <math.h>

enum { ASKED_URL, ASKED_IMAGE, ASKED_COUNT, SIDE = 96 };

#ifndef ALAPI_NO_WORKER_LANE
static struct err image_color(struct call *c) {
    struct text bytes;
    struct pixels small;
    struct swatch found[SWATCHES_MAX];
    try(picture_bytes(c, ASKED_URL, &bytes));
    struct err e = raster_small_in(c->arena, bytes, SIDE, &small);
    if (e.kind)
        return picture_refused(c, ASKED_URL, e);
    unsigned count = look_palette_in(c->arena, &small, (unsigned)ask_int(c, ASKED_COUNT), found);
    if (count == 0)
        return call_nothing(c, "图片全部透明，没有颜色", "the picture is all transparent");
    reply_list(c, NULL);
    for (unsigned i = 0; i < count; i++) {
        const unsigned char *rgb = found[i].rgb;
        reply_object(c, NULL);
        reply_text(c, "hex", text_format_in(c->arena, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]));
        reply_int(c, "red", rgb[0]);
        reply_int(c, "green", rgb[1]);
        reply_int(c, "blue", rgb[2]);
        reply_number(c, "percent", round(found[i].share * 1000) / 10);
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}
#endif

const struct endpoint endpoint_image_color = {
    .path = "/api/image/color",
    .subject = "image",
    .title = {"图片主色", "Colours of a picture"},
    .says = {"提取图片的主要颜色与各自占比：缩小后按中位切分归类，透明处不计。",
             "Finds the main colours of a picture and their shares, by median cut on a smaller copy; transparent places do not count."},
    .run = RUN_IN_WORKER(image_color),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE,
                 {"count", ASK_INT, OPTIONAL, {"最多几种颜色", "At most so many colours"}, 1, 16, .fallback = "6"}),
    .gives = GIVES({"[].hex", GIVE_TEXT, {"颜色，#rrggbb", "The colour, #rrggbb"}}, {"[].red", GIVE_INT, {"红", "Red"}},
                   {"[].green", GIVE_INT, {"绿", "Green"}}, {"[].blue", GIVE_INT, {"蓝", "Blue"}},
                   {"[].percent", GIVE_NUMBER, {"占比，百分数", "Its share in percent"}}),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII", "[{\"hex\":\"#dc2828\",\"red\":220,\"green\":40,\"blue\":40,\"percent\":50},{\"hex\":\"#1e5ac8\",\"red\":30,\"green\":90,\"blue\":200,\"percent\":50}]", SHOW_EXACT},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&count=1", "[{\"hex\":\"#7d4178\",\"red\":125,\"green\":65,\"blue\":120,\"percent\":100}]", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 1,
    .stands_on = "libvips 8.14 (LGPL-2.1+); median cut (Heckbert 1982)",
};
