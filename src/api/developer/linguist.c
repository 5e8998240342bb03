/* linguist.c: programming languages by name, ending, file name or interpreter. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_NAME };
enum { FIRST_EXTENSION = 4 };

static void reply_language(struct call *c, struct text name) {
    struct text value, extension;
    struct text key = text_format_in(c->arena, "=%.*s", TEXT_ARG(text_lower_in(c->arena, name)));
    if (!pack_find(data_pack(c->data, DATA_LINGUIST), key, &value))
        return;
    reply_object(c, NULL);
    reply_text(c, "name", pack_field(value, 0));
    reply_text(c, "type", pack_field(value, 1));
    reply_text(c, "color", pack_field(value, 2));
    reply_text(c, "group", pack_field(value, 3));
    reply_list(c, "extensions");
    for (unsigned i = 0; text_cut(&value, '\t', &extension); i++)
        if (i >= FIRST_EXTENSION)
            reply_text(c, NULL, extension);
    reply_end_list(c);
    reply_end_object(c);
}

static bool reply_all(struct call *c, const char *mark, struct text name) {
    struct text names, one;
    if (!pack_find(data_pack(c->data, DATA_LINGUIST), text_format_in(c->arena, "%s%.*s", mark, TEXT_ARG(name)), &names))
        return false;
    while (text_cut(&names, '\t', &one))
        reply_language(c, one);
    return true;
}

static struct err linguist(struct call *c) {
    struct text name = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_NAME))), value;
    size_t dot = name.length;
    while (dot > 0 && name.bytes[dot - 1] != '.')
        dot--;
    bool is_name = pack_find(data_pack(c->data, DATA_LINGUIST), text_format_in(c->arena, "=%.*s", TEXT_ARG(name)), &value);
    reply_list(c, NULL);
    bool found = is_name;
    if (is_name)
        reply_language(c, name);
    else
        found = reply_all(c, "#", name) || (dot > 0 && reply_all(c, ".", text_from(name, dot))) || reply_all(c, ".", name) ||
                reply_all(c, "@", name);
    reply_end_list(c);
    return found ? ok : call_nothing(c, "没有找到这种语言", "no such language");
}

const struct endpoint endpoint_linguist = {
    .path = "/api/linguist",
    .subject = "developer",
    .title = {"编程语言查询", "Programming languages"},
    .says = {"按语言名、文件名、扩展名或解释器名查编程语言：类型、标识色和扩展名。", "Programming languages by name, file name, ending or interpreter: their type, colour and endings."},
    .run = linguist,
    .asks = ASKS({"name", ASK_TEXT, REQUIRED, {"语言名、文件名、扩展名或解释器", "A language, file name, ending or interpreter"}, 1, 100, .aliases = "q|ext|file|language"}),
    .gives = GIVES({"[].name", GIVE_TEXT, {"语言", "Language"}}, {"[].type", GIVE_TEXT, {"类型：programming、data、markup、prose", "programming, data, markup or prose"}},
                   {"[].color", GIVE_TEXT, {"标识色，没有为空", "Its colour, or empty"}}, {"[].group", GIVE_TEXT, {"所属语言，没有为空", "The language it belongs to, or empty"}},
                   {"[].extensions", GIVE_LIST, {"扩展名", "Its endings"}}),
    .shows = SHOWS({"name=main.go",
                    "[{\"name\":\"Go\",\"type\":\"programming\",\"color\":\"#00ADD8\",\"group\":\"\",\"ex"
                    "tensions\":[\".go\"]}]", SHOW_EXACT}, {"name=Dockerfile",
                    "[{\"name\":\"Dockerfile\",\"type\":\"programming\",\"color\":\"#384d54\",\"group\":\""
                    "\",\"extensions\":[\".dockerfile\",\".containerfile\"]}]", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_LINGUIST),
    .many = 1 + ASKED_NAME,
};
