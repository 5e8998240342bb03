/* image_info.c: size, format and what stands beside the pixels. */
#include "api/picture.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/exif.h"
#include "codec/raster.h"

#include <math.h>

enum { ASKED_URL, ASKED_IMAGE };

#ifndef ALAPI_NO_WORKER_LANE
static void reply_exif(struct call *c, const struct exif *x) {
    reply_object(c, "exif");
    for (size_t i = 0; i < x->count; i++)
        reply_text(c, x->fields[i].name, x->fields[i].value);
    if (x->has_place) {
        reply_number(c, "latitude", x->latitude);
        reply_number(c, "longitude", x->longitude);
    }
    reply_end_object(c);
}

static struct err image_info(struct call *c) {
    struct text bytes;
    struct raster_facts f;
    try(picture_bytes(c, ASKED_URL, &bytes));
    struct err e = raster_facts(bytes, &f);
    if (e.kind)
        return picture_refused(c, ASKED_URL, e);
    struct exif exif = exif_in(c->arena, bytes);
    reply_object(c, NULL);
    reply_c(c, "type", raster_format_name(f.format));
    reply_c(c, "mime", raster_format_type(f.format));
    reply_int(c, "width", f.width);
    reply_int(c, "height", f.height);
    reply_int(c, "bytes", (int64_t)bytes.length);
    reply_int(c, "frames", f.frames);
    reply_int(c, "bits", f.bits_a_band);
    reply_bool(c, "has_alpha", f.has_alpha);
    reply_int(c, "orientation", f.orientation);
    if (f.dpi > 0)
        reply_number(c, "dpi", round(f.dpi));
    else
        reply_null(c, "dpi");
    reply_exif(c, &exif);
    reply_end_object(c);
    return ok;
}
#endif

const struct endpoint endpoint_image_info = {
    .path = "/api/image/info",
    .subject = "image",
    .title = {"图片信息", "Look at a picture"},
    .says = {"读取图片的格式、尺寸、帧数、透明、方向、分辨率，以及常用 EXIF（相机、镜头、时间、曝光、GPS 坐标）。只读文件头，不解码；图片不被保存。",
             "Reads format, size, frames, transparency, orientation and resolution of a picture, and its usual EXIF (camera, lens, time, exposure, GPS). Only the header is read; the picture is not kept."},
    .run = RUN_IN_WORKER(image_info),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE),
    .gives = GIVES({"type", GIVE_TEXT, {"格式：jpeg、png、webp、gif", "Kind: jpeg, png, webp, gif"}},
                   {"mime", GIVE_TEXT, {"媒体类型", "Media type"}},
                   {"width", GIVE_INT, {"宽，像素（未按方向旋转）", "Width in pixels, as stored"}},
                   {"height", GIVE_INT, {"高，像素", "Height in pixels"}}, {"bytes", GIVE_INT, {"字节数", "Bytes"}},
                   {"frames", GIVE_INT, {"帧数", "Frames"}}, {"bits", GIVE_INT, {"每通道位数", "Bits a band"}},
                   {"has_alpha", GIVE_BOOL, {"是否有透明通道", "Whether it has transparency"}},
                   {"orientation", GIVE_INT, {"EXIF 方向，1 到 8", "EXIF orientation, 1 to 8"}},
                   {"dpi", GIVE_NUMBER, {"每英寸像素；没有写明为 null", "Pixels an inch; null where it is not named"}},
                   {"exif", GIVE_OBJECT, {"EXIF：有哪些列哪些", "EXIF: the fields that are there"}}),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII", "{\"type\":\"png\",\"mime\":\"image/png\",\"width\":16,\"height\":12,\"bytes\":83,\"frames\":1,\"bits\":8,\"has_alpha\":false,\"orientation\":1,\"dpi\":null,\"exif\":{}}", SHOW_EXACT},
                   {"image=R0lGODlhAQABAIAAAAAAAP___yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "{\"type\":\"gif\",\"mime\":\"image/gif\",\"width\":1,\"height\":1,\"bytes\":42,\"frames\":1,\"bits\":8,\"has_alpha\":true,\"orientation\":1,\"dpi\":null,\"exif\":{}}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 1,
    .stands_on = "libvips 8.14 (LGPL-2.1+); libexif 0.6.24 (LGPL-2.1+); CIPA DC-008 (Exif 2.32)",
};
