/* fanyi.c: translate a text. */
#include "api/connected.h"

const struct endpoint endpoint_fanyi = {
    .path = "/api/fanyi",
    .subject = "ai",
    .title = {"文本翻译", "Translate a text"},
    .says = {"机器翻译，最多 2000 字；from 不传则自动判断。译文不留存。语言代码依数据来源，常用 zh、en、j"
             "p 或 ja、kor 或 ko。",
             "Machine translation of 2,000 characters at most; without from the language is found out. No"
             "thing of it is kept. Codes are the source's: zh, en …"},
    CONNECTED("translate"),
    .asks = ASKS({"q", ASK_TEXT, REQUIRED, {"要翻译的文本", "The text"}, 1, 2000},
                 {"from", ASK_TEXT, OPTIONAL,
                  {"源语言，默认自动判断", "Language of the text; auto finds out"},
                  2, 10, .fallback = "auto"},
                 {"to", ASK_TEXT, OPTIONAL, {"目标语言", "Into which language"}, 2, 10, .fallback = "en"}),
    .gives = GIVES({"src", GIVE_TEXT, {"原文", "The text"}},
                   {"dst", GIVE_TEXT, {"译文", "Its translation"}},
                   {"from", GIVE_TEXT, {"源语言", "Language of the text"}},
                   {"to", GIVE_TEXT, {"目标语言", "Language of the translation"}}),
    .shows = SHOWS({"q=%E4%BD%A0%E5%A5%BD&to=en",
                    "{\"src\":\"你好\",\"dst\":\"Hello\",\"from\":\"zh\",\"to\":\"en\"}",
                    SHOW_LIVE}),
    .price_units = 2,
    .is_personal = true,
};
