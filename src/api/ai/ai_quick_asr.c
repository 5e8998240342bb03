/* ai_quick_asr.c: recognise short speech. */
#include "api/connected.h"
#include "codec/base64.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

enum { ASKED_BASE64, ASKED_URL };

static struct err ai_quick_asr(struct call *c) {
    struct text sound = ask_has(c, ASKED_BASE64) ? ask_text(c, ASKED_BASE64) : TEXT("");
    struct named_value made[] = {{TEXT("sound.base64"), base64_encode_in(c->arena, sound)},
                                 {TEXT("sound.bytes"), text_format_in(c->arena, "%zu", sound.length)}};
    if (sound.length)
        return connector_run_with(c, made, 2);
    if (ask_has(c, ASKED_URL))
        return connector_run(c);
    c->parameter = TEXT("base64");
    return call_failed(c, ERR_PARAMETER_MISSING, "缺少声音：请传 base64 或 url", "a sound is missing: send base64 or url");
}

#endif

const struct endpoint endpoint_ai_quick_asr = {
    .path = "/api/ai/quick_asr",
    .subject = "ai",
    .title = {"短语音识别", "Recognise short speech"},
    .says = {"60 秒以内的语音转文字。传 base64（或文件）；传 url 时由数据来源自行下载，不支持的来源会拒绝"
             "。声音与结果都不留存。",
             "Speech of a minute at most as text. Send base64 (or a file); an address is fetched by the s"
             "ource, where it can. Neither sound nor text is kept."},
    CONNECTED_BY("asr", ai_quick_asr),
    .asks = ASKS({"base64", ASK_FILE, OPTIONAL,
                  {"声音：文件或 base64，16 kHz 单声道，最多 700 KB",
                   "The sound: a file or base64, 16 kHz, mono, 700 KB at most"},
                  0, 716800, .aliases = "audio|file"},
                 {"url", ASK_TEXT, OPTIONAL, {"声音的网址", "Address of the sound"}, 8, 1024},
                 {"lang", ASK_CHOICE, OPTIONAL, {"语言", "Language"}, .choices = "zh|en", .fallback = "zh"},
                 {"format", ASK_CHOICE, OPTIONAL,
                  {"声音的格式", "Form of the sound"}, .choices = "wav|pcm|amr|m4a", .fallback = "wav"}),
    .gives = GIVES({"text", GIVE_TEXT, {"识别出的文字", "The text"}}),
    .shows = SHOWS({"base64=UklGRiQAAABXQVZF",
                    "{\"text\":\"今天天气怎么样\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .limit_ms = 15000,
    .is_personal = true,
};
