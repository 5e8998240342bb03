/* bilibili_cover.c: the cover of a Bilibili video. */
#include "api/connected.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

enum { ASKED_C, ASKED_FORMAT, BV_LENGTH = 12, AV_DIGITS_MAX = 19 };

static size_t run_of(struct text t, const char *letters) {
    size_t n = 0;
    while (n < t.length && t.bytes[n] && strchr(letters, t.bytes[n]))
        n++;
    return n;
}

/* What stands behind the first BV1 or av of a number or an address. */
static bool find_video(struct text t, struct named_value *out) {
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    size_t bv = text_find(t, TEXT("BV1")), av = text_find(t, TEXT("av"));
    if (bv != SIZE_MAX && run_of(text_from(t, bv), letters) == BV_LENGTH) {
        *out = (struct named_value){TEXT("video.bvid"), text_part(t, bv, BV_LENGTH)};
        return true;
    }
    struct text digits = av == SIZE_MAX ? t : text_from(t, av + 2);
    size_t length = run_of(digits, "0123456789");
    *out = (struct named_value){TEXT("video.aid"), text_part(digits, 0, length)};
    return length > 0 && length <= AV_DIGITS_MAX && (av != SIZE_MAX || length == t.length);
}

static struct err bilibili_cover(struct call *c) {
    struct named_value video;
    if (!find_video(text_trim(ask_text(c, ASKED_C)), &video))
        return call_invalid(c, ASKED_C, "c 请传 BV 号（如 BV1xx411c7mD）、av 号（如 av170001）或含它的视频网址",
                            "send c as a BV number (BV1xx411c7mD), an av number (av170001) or the address of the "
                            "video that holds one");
    try(connector_run_with(c, &video, 1));
    return reply_as(c, ASKED_FORMAT, "cover");
}

#endif

const struct endpoint endpoint_bilibili_cover = {
    .path = "/api/bilibili/cover",
    .subject = "media",
    .title = {"哔哩哔哩封面获取", "The cover of a Bilibili video"},
    .says = {"视频的标题、简介与封面。",
             "The title, description and cover of a video."},
    CONNECTED_BY("video", bilibili_cover),
    .asks = ASKS({"c", ASK_TEXT, REQUIRED,
                  {"BV 号、av 号或视频网址", "BV or av number, or the video's address"}, 3, 300},
                 ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"title", GIVE_TEXT, {"标题", "Title"}},
                   {"desc", GIVE_TEXT, {"简介", "Description"}},
                   {"cover", GIVE_TEXT, {"封面", "Its cover"}}),
    .shows = SHOWS({"c=BV1xx411c7mD",
                    "{\"title\":\"示例视频\",\"desc\":\"示例简介\",\"cover\":\"https://example.com/cover."
                    "jpg\"}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 3600,
};
