/* ocr_tw_permit.c: a mainland travel permit for Taiwan residents. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_tw_permit = {
    .path = "/api/ocr/tw-permit",
    .subject = "ocr",
    .title = {"台湾居民来往大陆通行证识别", "A mainland travel permit for Taiwan residents"},
    .says = {"识别台湾居民来往大陆通行证（台胞证）正面。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: the front of a mainland travel permit for residents of Taiwa"
             "n. What cannot be read is null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"number", GIVE_TEXT, {"证件号码", "Number"}},
                   {"name", GIVE_TEXT, {"姓名", "Name"}},
                   {"name_en", GIVE_TEXT, {"姓名拼音", "Name in letters"}},
                   {"sex", GIVE_TEXT, {"性别", "Sex"}},
                   {"birth", GIVE_TEXT, {"出生日期", "Born"}},
                   {"validity", GIVE_TEXT, {"有效期限", "Valid"}},
                   {"place", GIVE_TEXT, {"签发地点", "Issued where"}},
                   {"authority", GIVE_TEXT, {"签发机关", "Issued by"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Ftw-permit.jpg",
                    "{\"number\":\"00000000\",\"name\":\"张三\",\"name_en\":\"ZHANG, SAN\",\"sex\":\"男\""
                    ",\"birth\":\"1990.01.01\",\"validity\":\"2020.01.01-2025.01.01\",\"place\":null,\"au"
                    "thority\":null}",
                    SHOW_LIVE}),
};
