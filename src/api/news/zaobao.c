/* zaobao.c: the morning paper. */
#include "api/connected.h"
#include "call/reply.h"
#include "codec/json_in.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

enum { ASKED_FORMAT, TEXT_BYTES_MAX = 64 << 10 };

/* The list within the data as lines. */
static struct err zaobao_text(struct call *c) {
    json_t *data = NULL, *line;
    struct buf out;
    size_t i;
    try(json_parse(c->arena, text_from(buf_peek(&c->reply), c->data_start), &data));
    buf_init(&out, c->arena, TEXT_BYTES_MAX);
    json_array_foreach(json_object_get(data, "news"), i, line) {
        buf_text(&out, json_scalar_text_in(c->arena, line));
        buf_char(&out, '\n');
    }
    json_decref(data);
    reply_body(c, "text/plain; charset=utf-8", buf_peek(&out));
    return ok;
}

static struct err zaobao(struct call *c) {
    try(connector_run(c));
    return ask_is(c, ASKED_FORMAT, "text") ? zaobao_text(c) : ok;
}

#endif

const struct endpoint endpoint_zaobao = {
    .path = "/api/zaobao",
    .subject = "news",
    .title = {"每日早报", "The morning paper"},
    .says = {"每天 60 秒读懂世界：当天要闻若干条与一句话，另有长图与头图。",
             "A day's news in a minute: some lines, a saying, and pictures of them."},
    CONNECTED_BY("news", zaobao),
    .asks = ASKS({"format", ASK_CHOICE, REQUIRED,
                  {"回复形式：json，text 要闻各一行",
                   "Form of the answer: json, or text with a line for each"},
                  .choices = "json|text=txt=plain"}),
    .gives = GIVES({"date", GIVE_TEXT, {"日期", "Day"}},
                   {"news", GIVE_LIST, {"要闻", "The news"}},
                   {"weiyu", GIVE_TEXT, {"一句话", "A saying"}},
                   {"image", GIVE_TEXT, {"长图", "All of it as a picture"}},
                   {"head_image", GIVE_TEXT, {"头图", "Its head picture"}}),
    .shows = SHOWS({"format=json",
                    "{\"date\":\"2024-06-01\",\"news\":[\"示例要闻一\",\"示例要闻二\"],\"weiyu\":\"日拱一"
                    "卒，功不唐捐\",\"image\":\"https://example.com/60s.png\",\"head_image\":null}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 600,
};
