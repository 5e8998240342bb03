/* ocr_food_business_license.c: a licence to sell food. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_food_business_license = {
    .path = "/api/ocr/food-business-license",
    .subject = "ocr",
    .title = {"食品经营许可证识别", "A licence to sell food"},
    .says = {"识别食品经营许可证。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: what stands on a licence to sell food. What cannot be read i"
             "s null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"number", GIVE_TEXT, {"许可证编号", "Number"}},
                   {"name", GIVE_TEXT, {"经营者名称", "Name of the business"}},
                   {"credit_code", GIVE_TEXT, {"社会信用代码", "Social credit code"}},
                   {"legal_person", GIVE_TEXT, {"法定代表人", "Legal representative"}},
                   {"address", GIVE_TEXT, {"住所", "Address"}},
                   {"place", GIVE_TEXT, {"经营场所", "Where it sells"}},
                   {"kind", GIVE_TEXT, {"主体业态", "Kind of business"}},
                   {"items", GIVE_TEXT, {"经营项目", "What it sells"}},
                   {"authority", GIVE_TEXT, {"发证机关", "Issued by"}},
                   {"issued", GIVE_TEXT, {"签发日期", "Issued"}},
                   {"expires", GIVE_TEXT, {"有效期至", "Valid until"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Ffood-business-license.jpg",
                    "{\"number\":\"JY10000000000000\",\"name\":\"示例食品店\",\"credit_code\":\"91110000M"
                    "A0000000X\",\"legal_person\":\"张三\",\"address\":\"北京市示例路1号\",\"place\":\"北"
                    "京市示例路1号\",\"kind\":\"食品销售经营者\",\"items\":\"预包装食品销售\",\"authority"
                    "\":\"示例市市场监督管理局\",\"issued\":\"2022年01月01日\",\"expires\":\"2027年01月01"
                    "日\"}",
                    SHOW_LIVE}),
};
