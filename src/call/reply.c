/* reply.c: the JSON writer with the call's names. */
#include "call/reply.h"

static struct json *at(struct call *c, const char *name) {
    if (name)
        json_name(&c->json, name);
    return &c->json;
}

void reply_object(struct call *c, const char *name) { json_open_object(at(c, name)); }
void reply_list(struct call *c, const char *name) { json_open_list(at(c, name)); }
void reply_end_object(struct call *c) { json_close_object(&c->json); }
void reply_end_list(struct call *c) { json_close_list(&c->json); }
void reply_int(struct call *c, const char *name, int64_t value) { json_i64(at(c, name), value); }
void reply_number(struct call *c, const char *name, double value) { json_number(at(c, name), value); }
void reply_bool(struct call *c, const char *name, bool value) { json_bool(at(c, name), value); }
void reply_null(struct call *c, const char *name) { json_none(at(c, name)); }

void reply_c(struct call *c, const char *name, const char *value) {
    if (value)
        reply_text(c, name, text_c(value));
    else
        reply_null(c, name);
}

void reply_body(struct call *c, const char *content_type, struct text body) {
    c->content_type = content_type;
    c->reply.length = 0;
    buf_text(&c->reply, body);
}

void reply_source(struct call *c, struct source source) {
    c->source = source;
}
