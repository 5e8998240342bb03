/* call.c: see call.h. */
#include "call/call.h"

void call_init(struct call *c, struct arena *a, int64_t now_ms, struct random *random) {
    /* The parameter table is large and holds nothing before param_count: it is not cleared. */
    c->arena = a;
    c->now_ms = now_ms;
    c->random = random;
    c->data = NULL;
    c->fetch = NULL;
    c->connectors = NULL;
    c->catalog = NULL;
    c->endpoint = NULL;
    c->request_id = 0;
    c->face = FACE_NEW;
    c->language = LANGUAGE_ZH;
    c->peer = (struct ip){{0}};
    c->caller = (struct caller){.is_known = false};
    c->param_count = 0;
    c->asked = NULL;
    buf_init(&c->ignored, a, 1024);
    buf_init(&c->reply, a, LIMIT_REPLY_BYTES);
    json_init(&c->json, &c->reply);
    c->data_start = c->data_end = 0;
    c->content_type = NULL;
    c->source = (struct source){.is_stale = false};
    c->hint = (struct words){NULL, NULL};
    c->parameter = TEXT("");
    c->retry_after_s = 0;
    c->units = 0;
    c->status = 0;
}

struct err call_failed(struct call *c, enum err_kind kind, const char *zh, const char *en) {
    c->hint = (struct words){zh, en};
    return err_make(kind, en);
}

struct err call_invalid(struct call *c, unsigned ask, const char *zh, const char *en) {
    c->parameter = text_c(c->endpoint->asks[ask].name);
    return call_failed(c, ERR_PARAMETER_INVALID, zh, en);
}

struct err call_nothing(struct call *c, const char *zh, const char *en) {
    return call_failed(c, ERR_NO_RESULT, zh, en);
}
