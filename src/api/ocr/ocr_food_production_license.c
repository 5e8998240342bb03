/* ocr_food_production_license.c: a licence to produce food. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_food_production_license = {
    .path = "/api/ocr/food-production-license",
    .subject = "ocr",
    .title = {"食品生产许可证识别", "A licence to produce food"},
    .says = {"识别食品生产许可证。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: what stands on a licence to produce food. What cannot be rea"
             "d is null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"number", GIVE_TEXT, {"许可证编号", "Number"}},
                   {"name", GIVE_TEXT, {"生产者名称", "Name of the producer"}},
                   {"credit_code", GIVE_TEXT, {"社会信用代码", "Social credit code"}},
                   {"legal_person", GIVE_TEXT, {"法定代表人", "Legal representative"}},
                   {"address", GIVE_TEXT, {"住所", "Address"}},
                   {"place", GIVE_TEXT, {"生产地址", "Where it produces"}},
                   {"category", GIVE_TEXT, {"食品类别", "Kind of food"}},
                   {"authority", GIVE_TEXT, {"发证机关", "Issued by"}},
                   {"issued", GIVE_TEXT, {"签发日期", "Issued"}},
                   {"expires", GIVE_TEXT, {"有效期至", "Valid until"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Ffood-production-license.jpg",
                    "{\"number\":\"SC10000000000000\",\"name\":\"示例食品有限公司\",\"credit_code\":\"911"
                    "10000MA0000000X\",\"legal_person\":\"张三\",\"address\":\"北京市示例路1号\",\"place"
                    "\":\"北京市示例路1号\",\"category\":\"糕点\",\"authority\":\"示例市市场监督管理局\","
                    "\"issued\":\"2022年01月01日\",\"expires\":\"2027年01月01日\"}",
                    SHOW_LIVE}),
};
