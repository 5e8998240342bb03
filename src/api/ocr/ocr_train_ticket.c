/* ocr_train_ticket.c: a train ticket. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_train_ticket = {
    .path = "/api/ocr/train-ticket",
    .subject = "ocr",
    .title = {"火车票识别", "A train ticket"},
    .says = {"识别火车票（纸质车票）。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: a paper train ticket. What cannot be read is null; neither t"
             "he picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"number", GIVE_TEXT, {"车票号", "Number"}},
                   {"train", GIVE_TEXT, {"车次", "Train"}},
                   {"from", GIVE_TEXT, {"始发站", "From"}},
                   {"to", GIVE_TEXT, {"到达站", "To"}},
                   {"date", GIVE_TEXT, {"乘车日期", "Day"}},
                   {"time", GIVE_TEXT, {"开车时间", "Time"}},
                   {"seat", GIVE_TEXT, {"座位号", "Seat"}},
                   {"class", GIVE_TEXT, {"席别", "Class"}},
                   {"price", GIVE_TEXT, {"票价", "Price"}},
                   {"name", GIVE_TEXT, {"乘客姓名", "Name"}},
                   {"id_number", GIVE_TEXT, {"身份证号", "Number of the identity card"}},
                   {"serial", GIVE_TEXT, {"序列号", "Serial number"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Ftrain-ticket.jpg",
                    "{\"number\":\"A000000\",\"train\":\"G1\",\"from\":\"北京南站\",\"to\":\"上海站\",\"d"
                    "ate\":\"2024年06月01日\",\"time\":\"09:00\",\"seat\":\"01车01A号\",\"class\":\"二等"
                    "座\",\"price\":\"￥553.0元\",\"name\":\"张三\",\"id_number\":null,\"serial\":null}",
                    SHOW_LIVE}),
};
