/* made.c: see made.h. */
#include "api/image/made.h"
#include "codec/base64.h"

#ifndef ALAPI_NO_WORKER_LANE

struct err made_open(struct call *c, unsigned ask_url, struct made *out) {
    try(picture_bytes(c, ask_url, &out->bytes));
    struct err e = raster_open(out->bytes, &out->raster);
    if (e.kind)
        return picture_refused(c, ask_url, e);
    (void)raster_format_of(out->bytes, &out->came_as);
    return ok;
}

void made_fields(struct call *c, const struct picture *p) {
    struct text coded = base64_encode_in(c->arena, p->bytes);
    reply_text(c, "image", text_format_in(c->arena, "data:%s;base64,%.*s", raster_format_type(p->format), TEXT_ARG(coded)));
    reply_c(c, "type", raster_format_name(p->format));
    reply_int(c, "width", p->width);
    reply_int(c, "height", p->height);
    reply_int(c, "bytes", (int64_t)p->bytes.length);
}

struct err made_reply(struct call *c, unsigned ask_form, const struct picture *p) {
    if (ask_is(c, ask_form, "image")) {
        reply_body(c, raster_format_type(p->format), p->bytes);
        return ok;
    }
    reply_object(c, NULL);
    made_fields(c, p);
    reply_end_object(c);
    return ok;
}

struct err made_end(struct call *c, unsigned ask_url, struct made *m, unsigned ask_kind) {
    static const enum raster_format kinds[] = {RASTER_FORMATS, RASTER_JPEG, RASTER_PNG, RASTER_WEBP};
    struct picture p = {.format = kinds[ask_int(c, ask_kind)]};
    if (p.format == RASTER_FORMATS)
        p.format = m->came_as == RASTER_GIF ? RASTER_PNG : m->came_as;
    struct err e = raster_write_in(c->arena, &m->raster, p.format,
                                   (unsigned)ask_int(c, ask_kind + 1), &p.bytes);
    p.width = m->raster.width;
    p.height = m->raster.height;
    raster_close(&m->raster);
    return e.kind ? picture_refused(c, ask_url, e) : made_reply(c, ask_kind + 2, &p);
}

#endif
