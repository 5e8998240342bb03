/* models.c: models. */
#include "api/bare.h"
#include "api/connected.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */
static struct err models(struct call *c) {
    try(connector_run(c));
    return reply_bare(c);
}
#endif

const struct endpoint endpoint_models = {
    .path = "/api/models",
    .subject = "ai",
    .title = {"可用模型", "Models"},
    .says = {"可用的对话模型，OpenAI 的格式，没有外层信封。",
             "The models that can be asked, in the form of OpenAI, without our envelope."},
    CONNECTED_BY("chat", models),
    .gives = GIVES({"object", GIVE_TEXT, {"固定为 list", "Always list"}},
                   {"data", GIVE_LIST, {"模型", "The models"}},
                   {"data[].id", GIVE_TEXT, {"模型名", "Its name"}},
                   {"data[].object", GIVE_TEXT, {"固定为 model", "Always model"}},
                   {"data[].created", GIVE_INT, {"时间，Unix 秒", "Time, Unix seconds"}},
                   {"data[].owned_by", GIVE_TEXT, {"提供者", "Who has it"}}),
    .shows = SHOWS({"",
                    "{\"object\":\"list\",\"data\":[{\"id\":\"example-model\",\"object\":\"model\",\"crea"
                    "ted\":1717200000,\"owned_by\":\"example\"}]}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 600,
};
