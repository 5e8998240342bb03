/* json_ask.c: see json_ask.h. */
#include "api/json_ask.h"
#include "call/ask.h"
#include "call/reply.h"

struct err json_ask(struct call *c, unsigned ask, json_t **out) {
    struct err e = json_parse(c->arena, ask_text(c, ask), out);
    if (!e.kind)
        return ok;
    struct text say = text_c(e.say), name = text_c(c->endpoint->asks[ask].name);
    size_t colon = text_find(say, TEXT(": "));
    say = text_from(say, colon == SIZE_MAX ? 0 : colon + 2);
    return call_invalid(c, ask, text_say_in(c->arena, "%.*s 不是合法的 JSON：%.*s", TEXT_ARG(name), TEXT_ARG(say)),
                        text_say_in(c->arena, "%.*s is not JSON: %.*s", TEXT_ARG(name), TEXT_ARG(say)));
}

void reply_json(struct call *c, const char *name, const json_t *value) {
    struct text printed = json_value_text_in(c->arena, value);
    if (name)
        json_name(&c->json, name);
    json_raw(&c->json, printed);
}
