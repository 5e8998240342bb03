/* ocr_business_license.c: a business licence. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_business_license = {
    .path = "/api/ocr/business-license",
    .subject = "ocr",
    .title = {"营业执照识别", "A business licence"},
    .says = {"识别营业执照上的名称、统一社会信用代码、法人等。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: what stands on a business licence. What cannot be read is nu"
             "ll; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"name", GIVE_TEXT, {"名称", "Name"}},
                   {"credit_code", GIVE_TEXT, {"统一社会信用代码", "Unified social credit code"}},
                   {"type", GIVE_TEXT, {"类型", "Kind of company"}},
                   {"legal_person", GIVE_TEXT, {"法定代表人", "Legal representative"}},
                   {"capital", GIVE_TEXT, {"注册资本", "Registered capital"}},
                   {"founded", GIVE_TEXT, {"成立日期", "Founded"}},
                   {"term", GIVE_TEXT, {"营业期限", "Valid until"}},
                   {"address", GIVE_TEXT, {"住所", "Address"}},
                   {"scope", GIVE_TEXT, {"经营范围", "What it may do"}},
                   {"authority", GIVE_TEXT, {"登记机关", "Registered by"}},
                   {"approved", GIVE_TEXT, {"核准日期", "Day of approval"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fbusiness-license.jpg",
                    "{\"name\":\"示例有限公司\",\"credit_code\":\"91110000MA0000000X\",\"type\":\"有限责"
                    "任公司\",\"legal_person\":\"张三\",\"capital\":\"壹佰万元整\",\"founded\":\"2020年01"
                    "月01日\",\"term\":\"长期\",\"address\":\"北京市示例路1号\",\"scope\":\"技术服务\",\""
                    "authority\":null,\"approved\":null}",
                    SHOW_LIVE}),
};
