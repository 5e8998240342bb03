/* ocr_id_card.c: a Chinese identity card. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_id_card = {
    .path = "/api/ocr/id_card",
    .subject = "ocr",
    .title = {"身份证识别", "A Chinese identity card"},
    .says = {"识别居民身份证，正反面自动判断。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: an identity card, either side. What cannot be read is null; "
             "neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"side", GIVE_TEXT, {"面：front 人像面，back 国徽面", "Side: front has the portrait"}},
                   {"name", GIVE_TEXT, {"姓名", "Name"}},
                   {"sex", GIVE_TEXT, {"性别", "Sex"}},
                   {"nation", GIVE_TEXT, {"民族", "Nation"}},
                   {"birth", GIVE_TEXT, {"出生日期", "Born"}},
                   {"address", GIVE_TEXT, {"住址", "Address"}},
                   {"number", GIVE_TEXT, {"公民身份号码", "Number"}},
                   {"authority", GIVE_TEXT, {"签发机关", "Issued by"}},
                   {"valid_from", GIVE_TEXT, {"签发日期", "Valid from"}},
                   {"valid_to", GIVE_TEXT, {"失效日期", "Valid until"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fid_card.jpg",
                    "{\"side\":\"front\",\"name\":\"张三\",\"sex\":\"男\",\"nation\":\"汉\",\"birth\":\"1"
                    "9900101\",\"address\":\"北京市示例路1号\",\"number\":\"110101199001010000\",\"author"
                    "ity\":null,\"valid_from\":null,\"valid_to\":null}",
                    SHOW_LIVE}),
};
