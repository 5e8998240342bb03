/* ocr_driving_license.c: a driving licence. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_driving_license = {
    .path = "/api/ocr/driving-license",
    .subject = "ocr",
    .title = {"驾驶证识别", "A driving licence"},
    .says = {"识别机动车驾驶证正页。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: the main page of a Chinese driving licence. What cannot be r"
             "ead is null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"number", GIVE_TEXT, {"证号", "Number"}},
                   {"name", GIVE_TEXT, {"姓名", "Name"}},
                   {"sex", GIVE_TEXT, {"性别", "Sex"}},
                   {"nationality", GIVE_TEXT, {"国籍", "Nationality"}},
                   {"address", GIVE_TEXT, {"住址", "Address"}},
                   {"birth", GIVE_TEXT, {"出生日期", "Born"}},
                   {"first_issued", GIVE_TEXT, {"初次领证日期", "First issued"}},
                   {"class", GIVE_TEXT, {"准驾车型", "Class"}},
                   {"valid_from", GIVE_TEXT, {"有效期起", "Valid from"}},
                   {"valid_to", GIVE_TEXT, {"有效期至", "Valid until"}},
                   {"authority", GIVE_TEXT, {"发证单位", "Issued by"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fdriving-license.jpg",
                    "{\"number\":\"110000199001010000\",\"name\":\"张三\",\"sex\":\"男\",\"nationality\":"
                    "\"中国\",\"address\":\"北京市示例路1号\",\"birth\":\"19900101\",\"first_issued\":\"2"
                    "0100101\",\"class\":\"C1\",\"valid_from\":\"20200101\",\"valid_to\":\"20300101\",\"a"
                    "uthority\":null}",
                    SHOW_LIVE}),
};
