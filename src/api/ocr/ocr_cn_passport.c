/* ocr_cn_passport.c: a Chinese passport. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_cn_passport = {
    .path = "/api/ocr/cn-passport",
    .subject = "ocr",
    .title = {"中国护照识别", "A Chinese passport"},
    .says = {"识别中国护照资料页。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: the data page of a Chinese passport. What cannot be read is "
             "null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"number", GIVE_TEXT, {"护照号码", "Number"}},
                   {"name", GIVE_TEXT, {"姓名", "Name"}},
                   {"name_en", GIVE_TEXT, {"姓名拼音", "Name in letters"}},
                   {"sex", GIVE_TEXT, {"性别", "Sex"}},
                   {"birth", GIVE_TEXT, {"出生日期", "Born"}},
                   {"birth_place", GIVE_TEXT, {"出生地点", "Born where"}},
                   {"country", GIVE_TEXT, {"国家码", "Code of the country"}},
                   {"issued", GIVE_TEXT, {"签发日期", "Issued"}},
                   {"expires", GIVE_TEXT, {"有效期至", "Valid until"}},
                   {"place", GIVE_TEXT, {"签发地点", "Issued where"}},
                   {"mrz", GIVE_TEXT, {"机读码，两行", "The two lines for machines"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fcn-passport.jpg",
                    "{\"number\":\"E00000000\",\"name\":\"张三\",\"name_en\":\"ZHANG, SAN\",\"sex\":\"男/"
                    "M\",\"birth\":\"19900101\",\"birth_place\":\"北京/BEIJING\",\"country\":\"CHN\",\"is"
                    "sued\":\"20200101\",\"expires\":\"20300101\",\"place\":\"北京/BEIJING\",\"mrz\":null"
                    "}",
                    SHOW_LIVE}),
};
