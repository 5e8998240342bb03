/* image_round.c: a picture with round corners. */
#include "api/image/made.h"

#include <math.h>

enum { ASKED_URL, ASKED_IMAGE, ASKED_RADIUS, ASKED_KIND };

#ifndef ALAPI_NO_WORKER_LANE
enum { SIDE_MAX = 4000 };

/* How much of the pixel lies inside the corner's circle, by its distance from the centre. */
static unsigned char inside(double x, double y, double radius) {
    double over = hypot(x, y) - radius + .5;
    return over <= 0 ? 255 : over >= 1 ? 0 : (unsigned char)(255 * (1 - over));
}

static void round_off(struct call *c, struct raster *r, double radius) {
    if (r->width > SIDE_MAX || r->height > SIDE_MAX) /* the mask has a byte a pixel */
        raster_resize(r, SIDE_MAX, SIDE_MAX, RASTER_INSIDE);
    if (r->is_failed)
        return;
    double width = r->width, height = r->height, most = fmin(width, height) / 2;
    unsigned char *mask = arena_alloc(c->arena, (size_t)r->width * r->height);
    radius = radius == 0 || radius > most ? most : radius;
    for (unsigned y = 0; y < r->height; y++)
        for (unsigned x = 0; x < r->width; x++) {
            double dx = fmax(radius - (x + .5), (x + .5) - (width - radius));
            double dy = fmax(radius - (y + .5), (y + .5) - (height - radius));
            mask[(size_t)y * r->width + x] = dx > 0 && dy > 0 ? inside(dx, dy, radius) : 255;
        }
    raster_mask(r, mask);
}

static struct err image_round(struct call *c) {
    struct made m;
    try(made_open(c, ASKED_URL, &m));
    round_off(c, &m.raster, (double)ask_int(c, ASKED_RADIUS));
    return made_end(c, ASKED_URL, &m, ASKED_KIND);
}
#endif

const struct endpoint endpoint_image_round = {
    .path = "/api/image/round",
    .subject = "image",
    .title = {"圆角图片", "Round corners"},
    .says = {"给图片加圆角；radius=0 取短边的一半，正方形图片就成为圆形头像。结果带透明，请用 PNG 或 WebP。",
             "Rounds the corners of a picture; radius=0 takes half of its shorter side, which makes a circle of a square. The corners are transparent: take PNG or WebP."},
    .run = RUN_IN_WORKER(image_round),
    .asks = ASKS(ASK_PICTURE_URL, ASK_PICTURE, {"radius", ASK_INT, OPTIONAL, {"圆角半径，像素；0 为短边的一半", "Radius in pixels; 0: half of the shorter side"}, 0, 4000, .fallback = "0"},
                 ASK_KIND, ASK_QUALITY, ASK_FORM),
    .gives = GIVES(GIVES_MADE),
    .shows = SHOWS({"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&type=png", "{\"image\":\"data:image/png;base64,…\",\"type\":\"png\",\"width\":16,\"height\":12,\"bytes\":182}", SHOW_SHAPE},
                   {"image=iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAGklEQVR42mO4o6GBFclFncCKGEY1jGrArgEAvqLogRaT89UAAAAASUVORK5CYII&radius=3&type=webp", "{\"image\":\"data:image/webp;base64,…\",\"type\":\"webp\",\"width\":16,\"height\":12,\"bytes\":140}", SHOW_SHAPE}),
    .lane = LANE_WORKER,
    .asks_outside = true,
    .price_units = 2,
    .stands_on = "libvips 8.14 (LGPL-2.1+)",
};
