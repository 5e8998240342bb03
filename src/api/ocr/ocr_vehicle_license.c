/* ocr_vehicle_license.c: a vehicle licence. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_vehicle_license = {
    .path = "/api/ocr/vehicle-license",
    .subject = "ocr",
    .title = {"行驶证识别", "A vehicle licence"},
    .says = {"识别机动车行驶证正页。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: the main page of a Chinese vehicle licence. What cannot be r"
             "ead is null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"plate", GIVE_TEXT, {"号牌号码", "Number plate"}},
                   {"type", GIVE_TEXT, {"车辆类型", "Kind of vehicle"}},
                   {"owner", GIVE_TEXT, {"所有人", "Owner"}},
                   {"address", GIVE_TEXT, {"住址", "Address"}},
                   {"use", GIVE_TEXT, {"使用性质", "Use"}},
                   {"model", GIVE_TEXT, {"品牌型号", "Make and model"}},
                   {"vin", GIVE_TEXT, {"车辆识别代号", "VIN"}},
                   {"engine", GIVE_TEXT, {"发动机号码", "Number of the engine"}},
                   {"registered", GIVE_TEXT, {"注册日期", "Registered"}},
                   {"issued", GIVE_TEXT, {"发证日期", "Issued"}},
                   {"authority", GIVE_TEXT, {"发证单位", "Issued by"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fvehicle-license.jpg",
                    "{\"plate\":\"京A00000\",\"type\":\"小型轿车\",\"owner\":\"张三\",\"address\":\"北京"
                    "市示例路1号\",\"use\":\"非营运\",\"model\":\"示例牌X1\",\"vin\":\"LSVAA00000A000000"
                    "\",\"engine\":\"E0000\",\"registered\":\"20200101\",\"issued\":\"20200101\",\"author"
                    "ity\":null}",
                    SHOW_LIVE}),
};
