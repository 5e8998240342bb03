/* ai_couplet.c: the second line of a couplet. */
#include "api/connected.h"

const struct endpoint endpoint_ai_couplet = {
    .path = "/api/ai/couplet",
    .subject = "ai",
    .title = {"智能对联生成", "The second line of a couplet"},
    .says = {"用大模型为上联对下联。由模型生成，请自行核对。",
             "A language model writes the second line of a Chinese couplet. It is made by a machine: chec"
             "k it."},
    CONNECTED("chat"),
    .asks = ASKS({"keyword", ASK_TEXT, REQUIRED, {"上联", "The first line"}, 2, 30}),
    .gives = GIVES({"keyword", GIVE_TEXT, {"上联", "The first line"}},
                   {"text", GIVE_TEXT, {"下联", "The second line"}}),
    .shows = SHOWS({"keyword=%E6%98%A5%E9%A3%8E%E9%80%81%E6%9A%96",
                    "{\"keyword\":\"春风送暖\",\"text\":\"瑞雪迎春\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .limit_ms = 60000,
    .is_personal = true,
};
