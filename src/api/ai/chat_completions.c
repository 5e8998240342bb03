/* chat_completions.c: chat with a model. */
#include "api/bare.h"
#include "api/connected.h"
#include "codec/json_in.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

enum { ASKED_MODEL, ASKED_MESSAGES };

static bool are_messages(struct call *c) {
    json_t *list, *message;
    size_t i;
    if (json_parse(c->arena, ask_text(c, ASKED_MESSAGES), &list).kind)
        return false;
    bool are = json_is_array(list) && json_array_size(list) > 0;
    json_array_foreach(list, i, message)
        are = are && json_is_string(json_object_get(message, "role"));
    json_decref(list);
    return are;
}

static struct err chat_completions(struct call *c) {
    if (!are_messages(c))
        return call_invalid(c, ASKED_MESSAGES,
                            "messages 请传 JSON 列表，每条有 role 与 content，如 "
                            "[{\"role\":\"user\",\"content\":\"你好\"}]",
                            "send messages as a JSON list, each with role and content: "
                            "[{\"role\":\"user\",\"content\":\"Hello\"}]");
    try(connector_run(c));
    return reply_bare(c);
}

#endif

const struct endpoint endpoint_chat_completions = {
    .path = "/api/chat/completions",
    .subject = "ai",
    .title = {"Chat对话模型", "Chat with a model"},
    .says = {"对话补全，参数与 OpenAI 相同；messages 是消息的 JSON 列表。回复就是模型服务的原样结果，没有"
             "外层信封，OpenAI 的客户端可直接使用。一次答完，不支持流式。对话不留存。",
             "Completes a chat, with the parameters of OpenAI; messages is a JSON list. The body of the r"
             "eply is the model's own, without our envelope, so that clients of OpenAI can read it. The a"
             "nswer comes at once: there is no streaming. Nothing of it is kept."},
    CONNECTED_BY("chat", chat_completions),
    .asks = ASKS({"model", ASK_TEXT, REQUIRED,
                  {"模型名，见 /api/models", "Name of the model, as /api/models lists it"}, 1, 100},
                 {"messages", ASK_TEXT, REQUIRED,
                  {"消息的 JSON 列表，如 [{\"role\":\"user\",\"content\":\"你好\"}]",
                   "JSON list of messages: [{\"role\":\"user\",\"content\":\"Hello\"}]"},
                  2, 200000},
                 {"max_tokens", ASK_INT, OPTIONAL,
                  {"最多生成的词元数", "Tokens to make at most"}, 1, 100000},
                 {"stream", ASK_CHOICE, OPTIONAL,
                  {"只能为 false：不支持流式", "Only false: there is no streaming"},
                  .choices = "false=0=no", .fallback = "false"},
                 {"top_p", ASK_NUMBER, OPTIONAL, {"核采样，0 到 1", "Nucleus of sampling, 0 to 1"}, 0, 1},
                 {"temperature", ASK_NUMBER, OPTIONAL, {"温度，0 到 2", "Temperature, 0 to 2"}, 0, 2},
                 {"presence_penalty", ASK_NUMBER, OPTIONAL,
                  {"话题新鲜度，-2 到 2", "Penalty of presence, -2 to 2"}, -2, 2}),
    .gives = GIVES({"id", GIVE_TEXT, {"编号", "Number of the answer"}},
                   {"object", GIVE_TEXT, {"固定为 chat.completion", "Always chat.completion"}},
                   {"created", GIVE_INT, {"时间，Unix 秒", "Time, Unix seconds"}},
                   {"model", GIVE_TEXT, {"模型", "The model"}},
                   {"choices", GIVE_ANY, {"回答", "The answers"}},
                   {"usage", GIVE_ANY, {"词元用量", "Tokens used"}}),
    .shows = SHOWS({"model=example-model&messages=%5B%7B%22role%22%3A%22user%22%2C%22content%22%3A%22%E4%"
                    "BD%A0%E5%A5%BD%22%7D%5D",
                    "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1717200000,\"model"
                    "\":\"example-model\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    "\"content\":\"你好！\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,"
                    "\"completion_tokens\":3,\"total_tokens\":8}}",
                    SHOW_LIVE}),
    .price_units = 5,
    .limit_ms = 60000,
    .is_personal = true,
};
