/* image_similar.c: two pictures compared by what they show. */
#include "api/picture.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/look.h"
#include "codec/raster.h"

#include <math.h>

enum { ASKED_URL, ASKED_IMAGE, ASKED_OTHER, HASH_BITS = 64 };

#ifndef ALAPI_NO_WORKER_LANE
struct hashes {
    uint64_t d, p;
};

static struct err hash(struct call *c, struct text bytes, struct hashes *out) {
    struct pixels small;
    try(raster_small_in(c->arena, bytes, LOOK_SIDE_MAX, &small));
    *out = (struct hashes){look_dhash(&small), look_phash(&small)};
    return ok;
}

static void reply_hash(struct call *c, const char *name, uint64_t value) {
    reply_text(c, name, text_format_in(c->arena, "%016llx", (unsigned long long)value));
}

static struct err image_similar(struct call *c) {
    struct text bytes;
    struct hashes one, two;
    bool has_other = ask_has(c, ASKED_OTHER);
    try(picture_bytes(c, ASKED_URL, &bytes));
    struct err e = hash(c, bytes, &one);
    if (e.kind)
        return picture_refused(c, ASKED_URL, e);
    if (has_other && hash(c, ask_text(c, ASKED_OTHER), &two).kind)
        return call_invalid(c, ASKED_OTHER, "第二张不是可读取的 JPEG、PNG、WebP 或 GIF 图片",
                            "the second is no readable JPEG, PNG, WebP or GIF picture");
    reply_object(c, NULL);
    reply_hash(c, "dhash", one.d);
    reply_hash(c, "phash", one.p);
    if (has_other) {
        int far = __builtin_popcountll(one.d ^ two.d) + __builtin_popcountll(one.p ^ two.p);
        reply_hash(c, "other_dhash", two.d);
        reply_hash(c, "other_phash", two.p);
        reply_int(c, "distance", far);
        reply_number(c, "percent", round(1000.0 * (2 * HASH_BITS - far) / (2 * HASH_BITS)) / 10);
    }
    reply_end_object(c);
    return ok;
}
#endif

const struct endpoint endpoint_image_similar = {
    .path = "/api/image/similar",
    .subject = "image",
    .title = {"图片相似度", "How alike pictures are"},
    .says = {"比较两张图片的相似度（dHash 与 pHash 的汉明距离），缩放、压缩、轻微调色后的同一张图仍然相近；裁剪、旋转后的不算。只传一张时返回它的两种哈希，便于自己存下比较。",
             "Compares two pictures by the Hamming distance of dHash and pHash: the same picture resized, compressed or slightly tinted stays near; cropped or turned it does not. With one picture alone its hashes are answered, to be kept and compared."},
    .run = RUN_IN_WORKER(image_similar),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE,
                 {"other", ASK_FILE, OPTIONAL, {"第二张图片：文件或 base64", "The second picture: a file or base64"}, .high = 2 << 20}),
    .gives = GIVES({"dhash", GIVE_TEXT, {"差异哈希，16 位十六进制", "Difference hash, 16 hex digits"}},
                   {"phash", GIVE_TEXT, {"感知哈希，16 位十六进制", "Perceptual hash, 16 hex digits"}},
                   {"other_dhash", GIVE_TEXT, {"第二张的差异哈希", "Difference hash of the second"}},
                   {"other_phash", GIVE_TEXT, {"第二张的感知哈希", "Perceptual hash of the second"}},
                   {"distance", GIVE_INT, {"两种哈希不同的位数之和，0 到 128；20 以内通常是同一张图", "Bits that differ in both, 0 to 128; within 20 it is mostly the same picture"}},
                   {"percent", GIVE_NUMBER, {"相同位数的百分比；无关的图片约为 50", "Bits alike in percent; unrelated pictures have about 50"}}),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&other=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6OBFcnFXcKKGEY1jGrArgEATtrvQZp_6OcAAAAASUVORK5CYII", "{\"dhash\":\"0000000000000000\",\"phash\":\"c400000000000000\",\"other_dhash\":\"0000000000000000\",\"other_phash\":\"c400000000000000\",\"distance\":0,\"percent\":100}", SHOW_EXACT},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII", "{\"dhash\":\"0000000000000000\",\"phash\":\"c400000000000000\"}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 2,
    .stands_on = "libvips 8.14 (LGPL-2.1+); dHash, pHash (public algorithms)",
};
