/* ocr_taxi_invoice.c: a taxi receipt. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_taxi_invoice = {
    .path = "/api/ocr/taxi-invoice",
    .subject = "ocr",
    .title = {"出租车发票识别", "A taxi receipt"},
    .says = {"识别出租车发票。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: a taxi receipt. What cannot be read is null; neither the pic"
             "ture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"code", GIVE_TEXT, {"发票代码", "Code"}},
                   {"number", GIVE_TEXT, {"发票号码", "Number"}},
                   {"car", GIVE_TEXT, {"车牌号", "Number plate"}},
                   {"date", GIVE_TEXT, {"日期", "Day"}},
                   {"time", GIVE_TEXT, {"上下车时间", "Time"}},
                   {"distance", GIVE_TEXT, {"里程", "Distance"}},
                   {"unit_price", GIVE_TEXT, {"单价", "Price of a kilometre"}},
                   {"fare", GIVE_TEXT, {"金额", "Fare"}},
                   {"total", GIVE_TEXT, {"总金额", "Total"}},
                   {"city", GIVE_TEXT, {"城市", "City"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Ftaxi-invoice.jpg",
                    "{\"code\":\"111000000000\",\"number\":\"00000000\",\"car\":\"京A00000\",\"date\":\"2"
                    "024-06-01\",\"time\":\"08:00-08:30\",\"distance\":\"5.0\",\"unit_price\":\"2.3\",\"f"
                    "are\":\"23.00\",\"total\":\"23.00\",\"city\":null}",
                    SHOW_LIVE}),
};
