/* image_ascii.c: a picture drawn with letters. */
#include "api/picture.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/look.h"
#include "codec/raster.h"

enum { ASKED_URL, ASKED_IMAGE, ASKED_WIDTH, ASKED_LIGHT, ASKED_FORMAT };

#ifndef ALAPI_NO_WORKER_LANE
static struct err image_ascii(struct call *c) {
    struct text bytes;
    struct pixels small;
    unsigned lines = 0, width = (unsigned)ask_int(c, ASKED_WIDTH);
    try(picture_bytes(c, ASKED_URL, &bytes));
    struct err e = raster_small_in(c->arena, bytes, LOOK_SIDE_MAX, &small);
    if (e.kind)
        return picture_refused(c, ASKED_URL, e);
    struct text drawn = look_letters_in(c->arena, &small, width, ask_bool(c, ASKED_LIGHT), &lines);
    if (ask_is(c, ASKED_FORMAT, "text")) {
        reply_body(c, "text/plain; charset=utf-8", drawn);
        return ok;
    }
    reply_object(c, NULL);
    reply_text(c, "text", drawn);
    reply_int(c, "width", width);
    reply_int(c, "lines", lines);
    reply_end_object(c);
    return ok;
}
#endif

const struct endpoint endpoint_image_ascii = {
    .path = "/api/image/ascii",
    .subject = "image",
    .title = {"图片转字符画", "A picture in letters"},
    .says = {"把图片变成字符画。默认按深色背景用字符（亮处字密），light=1 适合浅色背景。format=text 直接返回文本。",
             "Draws a picture with letters, for a dark ground (bright places are dense); light=1 is for a light ground. format=text gives the text itself."},
    .run = RUN_IN_WORKER(image_ascii),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE,
                 {"width", ASK_INT, OPTIONAL, {"每行字符数", "Letters a line"}, 4, 200, .fallback = "80"},
                 {"light", ASK_BOOL, OPTIONAL, {"浅色背景", "For a light ground"}, .fallback = "0"},
                 {"format", ASK_CHOICE, OPTIONAL, {"回复形式", "Form of the answer"}, .choices = "json|text=txt", .fallback = "json"}),
    .gives = GIVES({"text", GIVE_TEXT, {"字符画，以换行分行", "The drawing, its lines parted by line ends"}},
                   {"width", GIVE_INT, {"每行字符数", "Letters a line"}}, {"lines", GIVE_INT, {"行数", "Lines"}}),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&width=8", "{\"text\":\"--------\\n--------\\n--------\\n\",\"width\":8,\"lines\":3}", SHOW_EXACT},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&width=4&light=1", "{\"text\":\"****\\n****\\n\",\"width\":4,\"lines\":2}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 1,
    .stands_on = "libvips 8.14 (LGPL-2.1+)",
};
