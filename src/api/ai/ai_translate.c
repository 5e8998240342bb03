/* ai_translate.c: translate with a language model. */
#include "api/connected.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */
static struct err ai_translate(struct call *c) {
    try(connector_run(c));
    return reply_as(c, 3, "text");
}
#endif

const struct endpoint endpoint_ai_translate = {
    .path = "/api/ai/translate",
    .subject = "ai",
    .title = {"AI大模型文本翻译", "Translate with a language model"},
    .says = {"用大模型翻译文本，最多 5000 字；to 可写语言代码或名称。译文不留存。",
             "Translates a text of 5,000 characters at most with a language model; to is a code or a name"
             " of a language. Nothing of it is kept."},
    CONNECTED_BY("chat", ai_translate),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"要翻译的文本", "The text"}, 1, 5000},
                 {"to", ASK_TEXT, REQUIRED,
                  {"目标语言，如 en、日语", "Into which language: en, Japanese …"}, 1, 30},
                 {"stream", ASK_CHOICE, OPTIONAL,
                  {"只能为 false：不支持流式", "Only false: there is no streaming"},
                  .choices = "false=0=no", .fallback = "false"},
                 ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"text", GIVE_TEXT, {"译文", "The translation"}},
                   {"to", GIVE_TEXT, {"目标语言", "Into which language"}},
                   {"model", GIVE_TEXT, {"模型", "The model"}}),
    .shows = SHOWS({"text=%E4%BD%A0%E5%A5%BD&to=en",
                    "{\"text\":\"Hello\",\"to\":\"en\",\"model\":\"example-model\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .limit_ms = 60000,
    .is_personal = true,
};
