/* ocr_health_cert.c: a health certificate. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_health_cert = {
    .path = "/api/ocr/health-cert",
    .subject = "ocr",
    .title = {"健康证识别", "A health certificate"},
    .says = {"识别从业人员健康证明。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: what stands on a certificate of health for work. What cannot"
             " be read is null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"number", GIVE_TEXT, {"编号", "Number"}},
                   {"name", GIVE_TEXT, {"姓名", "Name"}},
                   {"sex", GIVE_TEXT, {"性别", "Sex"}},
                   {"age", GIVE_TEXT, {"年龄", "Age"}},
                   {"id_number", GIVE_TEXT, {"身份证号", "Number of the identity card"}},
                   {"category", GIVE_TEXT, {"从业类别", "Kind of work"}},
                   {"issued", GIVE_TEXT, {"发证日期", "Issued"}},
                   {"expires", GIVE_TEXT, {"有效期至", "Valid until"}},
                   {"authority", GIVE_TEXT, {"发证机构", "Issued by"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fhealth-cert.jpg",
                    "{\"number\":\"J0000000\",\"name\":\"张三\",\"sex\":\"男\",\"age\":\"30\",\"id_number"
                    "\":null,\"category\":\"公共场所\",\"issued\":\"2024-01-01\",\"expires\":\"2025-01-01"
                    "\",\"authority\":\"示例体检中心\"}",
                    SHOW_LIVE}),
};
