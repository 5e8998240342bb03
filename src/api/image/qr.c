/* qr.c: a text as a QR code. Reading one is /api/qr/decode. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base64.h"
#include "codec/qr_code.h"

enum { ASKED_CONTENT, ASKED_SIZE, ASKED_LEVEL, ASKED_MARGIN, ASKED_FORMAT };

static struct err refuse_length(struct call *c, enum qr_level level) {
    unsigned most = qr_code_bytes_max(level);
    return call_invalid(
        c, ASKED_CONTENT,
        text_say_in(c->arena, "内容太长：这个纠错级别最多 %u 字节（一个汉字 3 字节）；请缩短内容，或用 level=L（%u 字节）",
                    most, qr_code_bytes_max(QR_LOW)),
        text_say_in(c->arena,
                    "content is too long: at most %u bytes at this level; shorten it or take "
                    "level=L (%u)",
                    most, qr_code_bytes_max(QR_LOW)));
}

static struct err refuse_size(struct call *c, unsigned least) {
    return call_invalid(c, ASKED_SIZE,
                        text_say_in(c->arena, "size 太小：这个内容的二维码至少需要 %u 像素", least),
                        text_say_in(c->arena,
                                    "size is too small: the code of this content takes at least "
                                    "%u pixels",
                                    least));
}

static struct err qr(struct call *c) {
    enum qr_level level = (enum qr_level)ask_int(c, ASKED_LEVEL);
    unsigned pixels = (unsigned)ask_int(c, ASKED_SIZE), margin = (unsigned)ask_int(c, ASKED_MARGIN);
    struct qr_code code;
    struct text png;
    if (!qr_code_in(c->arena, ask_text(c, ASKED_CONTENT), level, &code))
        return refuse_length(c, level);
    if (ask_is(c, ASKED_FORMAT, "svg")) {
        reply_body(c, "image/svg+xml", qr_code_svg_in(c->arena, &code, pixels, margin));
        return ok;
    }
    if (!qr_code_png_in(c->arena, &code, pixels, margin, &png))
        return refuse_size(c, code.side + 2 * margin);
    if (ask_is(c, ASKED_FORMAT, "image")) {
        reply_body(c, "image/png", png);
        return ok;
    }
    struct text coded = base64_encode_in(c->arena, png);
    reply_object(c, NULL);
    reply_text(c, "image", text_format_in(c->arena, "data:image/png;base64,%.*s", TEXT_ARG(coded)));
    reply_int(c, "size", pixels);
    reply_int(c, "modules", code.side);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_qr = {
    .path = "/api/qr",
    .subject = "image",
    .title = {"二维码生成", "Make a QR code"},
    .says = {"把文本或网址变成二维码。默认回复 data: 网址形式的 PNG；format=image 直接返回 PNG，format=svg 返回 SVG。",
             "Turns a text or an address into a QR code. The answer holds a PNG as a data: URL; "
             "format=image gives "
             "the PNG itself, format=svg an SVG."},
    .run = qr,
    .asks = ASKS({"content", ASK_TEXT, REQUIRED,
                  {"二维码的内容；按 UTF-8 计最多 1273（L）、997（M）、715（Q）、535（H）字节",
                   "What the code says; at most 1273 (L), 997 (M), 715 (Q) or 535 (H) bytes of "
                   "UTF-8"}, 1, 1273, .aliases = "text|data"},
                 {"size", ASK_INT, OPTIONAL, {"图片边长，像素", "Side of the picture, in pixels"}, 50,
                  1000, .fallback = "300"},
                 {"level", ASK_CHOICE, OPTIONAL,
                  {"纠错级别：L 7%，M 15%，Q 25%，H 30%",
                   "How much may be damaged: L 7%, M 15%, Q 25%, H 30%"},
                  .choices = "L|M|Q|H", .fallback = "M"},
                 {"margin", ASK_INT, OPTIONAL, {"四周留白，模块数", "White around it, in modules"}, 0, 20,
                  .fallback = "4"},
                 {"format", ASK_CHOICE, OPTIONAL, {"回复形式", "Form of the answer"},
                  .choices = "json|image=png|svg", .fallback = "json"}),
    .gives = GIVES({"image", GIVE_TEXT, {"PNG 图片，data: 网址", "The PNG as a data: URL"}},
                   {"size", GIVE_INT, {"图片边长，像素", "Side of the picture, in pixels"}},
                   {"modules", GIVE_INT,
                    {"二维码边长，模块数（21 到 117）", "Side of the code, in modules (21 to 117)"}}),
    .shows = SHOWS({"content=https%3A%2F%2Fexample.com%2F&size=100", "{\"image\":\""
         "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAGQAAABkAQAAAABYmaj5AAAA9klEQVQ4T9"
         "XTu43EIBAG4LEIyG4bQHIbZLQEDRhvA1xLZLSBRAOQOUA3h2FfCeDwbkTgL0D+ZwDAz4I/rAggKdMWlp"
         "kS5g1AufIxk2VSkORAXZA+QF/TRvMlYZaC6XeyruIZmal3t12dZdnymNlIyeWby+rILctAPxAMJwbCfS"
         "7/xdGI1t9Iya5GlD+ElmWgCF6CX+xzEn2hQ0PD3WLNMlKkTHLcqa9ZRkIbjAiRkzbBgSIFdZAI6/dMpR"
         "KudU1Uz7asucp90efZrm2CI5Xbih7gsW8i5zfBbhckAXdO6nSHKu+Phh1eybo6+zvK+wuvbnv6rP+iX9"
         "pIw9bCuACQAAAAAElFTkSuQmCC"
         "\",\"size\":100,\"modules\":25}", SHOW_EXACT},
                   {"content=%E4%BD%A0%E5%A5%BD&size=50&margin=1&level=H", "{\"image\":\""
         "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAADIAAAAyAQAAAAA2RLUcAAAAjElEQVQYV3"
         "XQQQoFIQgGYMEDzFUEt4FXD9oGXUVoG/gqi5qB1+aDSH8TzA/8U0EE8FiNitRL5EJ8S/KW+aURrvqpAr"
         "P3d3umrHw3YIzPseacwphjKxhs3C+VW2E5NqDU6tFMdeRuFajE8X7Z50rZ53QxQJj/3Ar24kuiZ8yxNZ"
         "Ey+7h9b6Qzx/3u9+MPgELd0WMOy7gAAAAASUVORK5CYII="
         "\",\"size\":50,\"modules\":21}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "ISO/IEC 18004; libqrencode 4.1 (LGPL-2.1+), libpng 1.6 (libpng-2.0)",
};
