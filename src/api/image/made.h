/* made.h: how the picture APIs answer: the picture itself, or an object that holds it as a data: URL.
 *
 * Contract   ASK_FORM is the parameter `format`; GIVES_MADE are the fields that made_reply writes.
 *            made_open takes the call's picture and refuses in words what is none; made_end writes it in
 *            the form that `kind` names (an ASK_KIND: "keep" is that of the input, PNG where that is GIF)
 *            and closes it.
 * Not here   nginx: worker lane only.
 */
#pragma once
#include "api/picture.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/raster.h"

#define ASK_FORM \
    {"format", ASK_CHOICE, OPTIONAL, \
     {"回复形式：json 含 data: 网址，image 直接返回图片", "Form of the answer: json with a data: URL, or the image itself"}, \
     .choices = "json|image", .fallback = "json"}
#define ASK_KIND \
    {"type", ASK_CHOICE, OPTIONAL, {"结果的图片格式；keep 与原图相同（GIF 变为 PNG）", \
                                    "Kind of the picture that comes out; keep: as it came (GIF becomes PNG)"}, \
     .choices = "keep|jpeg=jpg|png|webp", .fallback = "keep"}
#define ASK_QUALITY \
    {"quality", ASK_INT, OPTIONAL, {"JPEG、WebP 的质量", "Quality of JPEG and WebP"}, 1, 100, .fallback = "85"}
#define GIVES_MADE \
    {"image", GIVE_TEXT, {"图片，data: 网址", "The picture as a data: URL"}}, \
    {"type", GIVE_TEXT, {"图片格式：jpeg、png、webp", "Kind of picture: jpeg, png, webp"}}, \
    {"width", GIVE_INT, {"宽，像素", "Width in pixels"}}, {"height", GIVE_INT, {"高，像素", "Height in pixels"}}, \
    {"bytes", GIVE_INT, {"图片字节数", "Bytes of the picture"}}

struct made {
    struct raster raster;
    enum raster_format came_as;
    struct text bytes; /* as they came */
};

[[nodiscard]] struct err made_open(struct call *c, unsigned ask_url, struct made *out);
/* `asks` are the places of type, quality and format, in this order, one behind the other. */
[[nodiscard]] struct err made_end(struct call *c, unsigned ask_url, struct made *m, unsigned ask_kind);

/* A picture of our own. */
struct picture {
    enum raster_format format;
    struct text bytes;
    unsigned width, height;
};
struct err made_reply(struct call *c, unsigned ask_form, const struct picture *p);
/* The fields alone, inside an object that the caller opened. */
void made_fields(struct call *c, const struct picture *p);
