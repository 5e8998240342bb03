/* image_compress.c: the same picture in fewer bytes. */
#include "api/image/made.h"

enum {
    ASKED_URL,
    ASKED_IMAGE,
    ASKED_MAX_KB,
    ASKED_TYPE,
    ASKED_QUALITY,
    ASKED_FORM,
    QUALITY_LEAST = 10,
    QUALITY_STEP = 15
};

static struct err image_compress(struct call *c) {
    struct made m;
    struct picture p = {.format = ask_int(c, ASKED_TYPE) ? RASTER_JPEG : RASTER_WEBP};
    int64_t quality = ask_int(c, ASKED_QUALITY),
            most = ask_has(c, ASKED_MAX_KB) ? ask_int(c, ASKED_MAX_KB) * 1024 : 0;
    try(made_open(c, ASKED_URL, &m));
    struct err e = raster_write_in(c->arena, &m.raster, p.format, (unsigned)quality, &p.bytes);
    while (most && quality > QUALITY_LEAST && (e.kind || (int64_t)p.bytes.length > most)) {
        quality = quality - QUALITY_STEP > QUALITY_LEAST ? quality - QUALITY_STEP : QUALITY_LEAST;
        e = raster_write_in(c->arena, &m.raster, p.format, (unsigned)quality, &p.bytes);
    }
    p.width = m.raster.width;
    p.height = m.raster.height;
    raster_close(&m.raster);
    if (e.kind)
        return picture_refused(c, ASKED_URL, e);
    if (most && (int64_t)p.bytes.length > most)
        return call_invalid(c, ASKED_MAX_KB,
                            text_say_in(c->arena, "即使质量降到 %d 也有 %zu KiB，请先缩小尺寸", QUALITY_LEAST, p.bytes.length / 1024 + 1),
                            text_say_in(c->arena, "even at quality %d it has %zu KiB; resize it first", QUALITY_LEAST,
                                        p.bytes.length / 1024 + 1));
    if (ask_is(c, ASKED_FORM, "image"))
        return made_reply(c, ASKED_FORM, &p);
    reply_object(c, NULL);
    made_fields(c, &p);
    reply_int(c, "bytes_before", (int64_t)m.bytes.length);
    reply_int(c, "quality", quality);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_image_compress = {
    .path = "/api/image/compress",
    .subject = "image",
    .title = {"图片压缩", "Compress a picture"},
    .says = {"把图片压缩到更少的字节：去掉附带信息，按质量重新编码；传 max_kb 时逐步降低质量，直到不超过这个大小，仍超过则说明达不到。GIF、PNG 请选 webp 或 jpeg 才能大幅变小。",
             "Makes a picture smaller: what stands beside the pixels is removed and it is written anew. With max_kb the quality is lowered until it fits; where it does not fit at all, that is said. PNG and GIF only shrink much as webp or jpeg."},
    .run = RUN_IN_WORKER(image_compress),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE,
                 {"max_kb", ASK_INT, OPTIONAL, {"最大 KiB 数", "At most so many KiB"}, 1, 5000},
                 {"type", ASK_CHOICE, OPTIONAL, {"结果的图片格式", "Kind of the picture that comes out"}, .choices = "webp|jpeg=jpg", .fallback = "webp"},
                 {"quality", ASK_INT, OPTIONAL, {"质量，有 max_kb 时为最高质量", "Quality; with max_kb the highest"}, 10, 100, .fallback = "75"}, ASK_FORM),
    .gives = GIVES(GIVES_MADE, {"bytes_before", GIVE_INT, {"原图字节数", "Bytes of the picture that came"}},
                   {"quality", GIVE_INT, {"所用质量", "The quality that was taken"}}),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII", "{\"image\":\"data:image/webp;base64,…\",\"type\":\"webp\",\"width\":16,\"height\":12,\"bytes\":90,\"bytes_before\":83,\"quality\":75}", SHOW_SHAPE},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&type=jpeg&max_kb=2", "{\"image\":\"data:image/jpeg;base64,…\",\"type\":\"jpeg\",\"width\":16,\"height\":12,\"bytes\":281,\"bytes_before\":83,\"quality\":75}", SHOW_SHAPE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 2,
    .stands_on = "libvips 8.14 (LGPL-2.1+)",
};
