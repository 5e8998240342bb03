/* tts_voice_type.c: voices. */
#include "api/connected.h"

const struct endpoint endpoint_tts_voice_type = {
    .path = "/api/tts/voice_type",
    .subject = "ai",
    .title = {"音色列表", "Voices"},
    .says = {"tts/pro 可用的音色。",
             "The voices of tts/pro."},
    CONNECTED("tts"),
    .gives = GIVES({"[].voice_type", GIVE_TEXT, {"音色代码", "Its code"}},
                   {"[].name", GIVE_TEXT, {"名称", "Its name"}},
                   {"[].scene", GIVE_TEXT, {"场景", "What it is for"}}),
    .shows = SHOWS({"",
                    "[{\"voice_type\":\"BV001_streaming\",\"name\":\"通用女声\",\"scene\":\"通用\"}]",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 86400,
};
