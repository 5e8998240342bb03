/* image_filter.c: a picture in grey, sepia, blurred … */
#include "api/image/made.h"

enum { ASKED_URL, ASKED_IMAGE, ASKED_FILTER, ASKED_STRENGTH, ASKED_KIND };

#ifndef ALAPI_NO_WORKER_LANE
/* In the order of the choices. */
static void apply(struct raster *r, int64_t filter, unsigned strength) {
    switch (filter) {
    case 0: raster_grey(r); break;
    case 1: raster_sepia(r); break;
    case 2: raster_invert(r); break;
    case 3: raster_blur(r, strength / 2.0); break;
    case 4: raster_sharpen(r); break;
    case 5: raster_mosaic(r, strength + 1); break;
    case 6: raster_light(r, 1, strength * 4); break;
    case 7: raster_light(r, 1, strength * -4.0); break;
    default: raster_light(r, 1 + strength / 25.0, -128 * (strength / 25.0));
    }
}

static struct err image_filter(struct call *c) {
    struct made m;
    try(made_open(c, ASKED_URL, &m));
    apply(&m.raster, ask_int(c, ASKED_FILTER), (unsigned)ask_int(c, ASKED_STRENGTH));
    return made_end(c, ASKED_URL, &m, ASKED_KIND);
}
#endif

const struct endpoint endpoint_image_filter = {
    .path = "/api/image/filter",
    .subject = "image",
    .title = {"图片滤镜", "Picture filters"},
    .says = {"给图片加滤镜：grey 灰度，sepia 怀旧，invert 反色，blur 模糊，sharpen 锐化，mosaic 马赛克，bright 提亮，dark 压暗，contrast 增强对比。strength 对 blur、mosaic、bright、dark、contrast 有效。",
             "Applies a filter: grey, sepia, invert, blur, sharpen, mosaic, bright, dark or contrast. strength counts for blur, mosaic, bright, dark and contrast."},
    .run = RUN_IN_WORKER(image_filter),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE, {"filter", ASK_CHOICE, REQUIRED, {"滤镜", "The filter"}, .choices = "grey=gray|sepia|invert|blur|sharpen|mosaic|bright|dark|contrast"},
                 {"strength", ASK_INT, OPTIONAL, {"强度", "How strong"}, 1, 50, .fallback = "10"},
                 ASK_KIND, ASK_QUALITY, ASK_FORM),
    .gives = GIVES(GIVES_MADE),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&filter=grey", "{\"image\":\"data:image/png;base64,…\",\"type\":\"png\",\"width\":16,\"height\":12,\"bytes\":99}", SHOW_SHAPE},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&filter=mosaic&strength=4", "{\"image\":\"data:image/png;base64,…\",\"type\":\"png\",\"width\":16,\"height\":12,\"bytes\":112}", SHOW_SHAPE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 2,
    .stands_on = "libvips 8.14 (LGPL-2.1+)",
};
