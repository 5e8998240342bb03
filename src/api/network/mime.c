/* mime.c: the media type of a file's name, and the endings of a media type. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_NAME };
enum { FIRST_EXTENSION = 3 };

static void reply_type(struct call *c, struct text type) {
    struct text value = TEXT(""), extension;
    bool known = pack_find(data_pack(c->data, DATA_MIME), type, &value);
    struct text charset = pack_field(value, 0), compressible = pack_field(value, 1),
            source = pack_field(value, 2);
    reply_object(c, NULL);
    reply_text(c, "type", type);
    reply_text(c, "charset", charset);
    if (compressible.length)
        reply_bool(c, "compressible", text_equal_c(compressible, "1"));
    else
        reply_null(c, "compressible");
    reply_text(c, "source", source);
    reply_list(c, "extensions");
    for (unsigned i = 0; known && text_cut(&value, '\t', &extension); i++)
        if (i >= FIRST_EXTENSION)
            reply_text(c, NULL, extension);
    reply_end_list(c);
    reply_end_object(c);
}

static struct err by_type(struct call *c, struct text type) {
    struct text value;
    if (!pack_find(data_pack(c->data, DATA_MIME), type, &value))
        return call_nothing(c, "没有登记这个媒体类型", "this media type is not known");
    reply_list(c, NULL);
    reply_type(c, type);
    reply_end_list(c);
    return ok;
}

static struct err mime(struct call *c) {
    struct text name = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_NAME))), value, type;
    bool is_type = text_find_char(name, '/') != SIZE_MAX && !text_starts(name, TEXT("/"));
    if (is_type && text_find_char(text_from(name, text_find_char(name, '/')), '.') == SIZE_MAX)
        return by_type(c, text_trim(text_part(name, 0, text_find_char(name, ';'))));
    if (is_type && pack_find(data_pack(c->data, DATA_MIME), name, &value))
        return by_type(c, name);
    size_t dot = name.length;
    while (dot > 0 && name.bytes[dot - 1] != '.')
        dot--;
    struct text key = text_format_in(c->arena, ".%.*s", TEXT_ARG(text_from(name, dot)));
    if (!pack_find(data_pack(c->data, DATA_MIME), key, &value))
        return call_nothing(c, "没有这个扩展名的媒体类型", "no media type is known for this ending");
    reply_list(c, NULL);
    while (text_cut(&value, '\t', &type))
        reply_type(c, type);
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_mime = {
    .path = "/api/mime",
    .subject = "network",
    .title = {"MIME 类型查询", "Media types"},
    .says = {"按文件名或扩展名查媒体类型（首选的在前），或按媒体类型查扩展名。",
             "The media types of a file's name or ending, the preferred one first; or the endings of a media type."},
    .run = mime,
    .asks = ASKS({"name", ASK_TEXT, REQUIRED, {"文件名、扩展名或媒体类型", "A file's name, an ending or a media type"}, 1, 200,
                  .aliases = "ext|type|file|q"}),
    .gives = GIVES({"[].type", GIVE_TEXT, {"媒体类型", "Media type"}}, {"[].charset", GIVE_TEXT, {"默认字符集，没有为空", "Its usual charset, or empty"}},
                   {"[].compressible", GIVE_BOOL, {"是否值得压缩，未知为 null", "Is it worth compressing; null if not known"}},
                   {"[].source", GIVE_TEXT, {"登记来源", "Who lists it"}}, {"[].extensions", GIVE_LIST, {"扩展名", "Its endings"}}),
    .shows = SHOWS({"name=photo.PNG",
                    "[{\"type\":\"image/png\",\"charset\":\"\",\"compressible\":false,\"source\":\"iana\""
                    ",\"extensions\":[\"png\"]}]", SHOW_EXACT}, {"name=text/html",
                    "[{\"type\":\"text/html\",\"charset\":\"\",\"compressible\":true,\"source\":\"iana\","
                    "\"extensions\":[\"html\",\"htm\",\"shtml\"]}]", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_MIME),
    .many = 1 + ASKED_NAME,
};
