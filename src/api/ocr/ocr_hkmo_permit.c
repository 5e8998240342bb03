/* ocr_hkmo_permit.c: a mainland travel permit for Hong Kong and Macao residents. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_hkmo_permit = {
    .path = "/api/ocr/hkmo-permit",
    .subject = "ocr",
    .title = {"港澳居民来往内地通行证识别", "A mainland travel permit for Hong Kong and Macao residents"},
    .says = {"识别港澳居民来往内地通行证（回乡证）正面。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: the front of a mainland travel permit for residents of Hong "
             "Kong and Macao. What cannot be read is null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"number", GIVE_TEXT, {"证件号码", "Number"}},
                   {"name", GIVE_TEXT, {"姓名", "Name"}},
                   {"name_en", GIVE_TEXT, {"姓名拼音", "Name in letters"}},
                   {"sex", GIVE_TEXT, {"性别", "Sex"}},
                   {"birth", GIVE_TEXT, {"出生日期", "Born"}},
                   {"validity", GIVE_TEXT, {"有效期限", "Valid"}},
                   {"authority", GIVE_TEXT, {"签发机关", "Issued by"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fhkmo-permit.jpg",
                    "{\"number\":\"H00000000\",\"name\":\"张三\",\"name_en\":\"ZHANG, SAN\",\"sex\":\"男"
                    "\",\"birth\":\"1990.01.01\",\"validity\":\"2020.01.01-2030.01.01\",\"authority\":nul"
                    "l}",
                    SHOW_LIVE}),
};
