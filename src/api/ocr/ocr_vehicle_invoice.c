/* ocr_vehicle_invoice.c: an invoice of a vehicle. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_vehicle_invoice = {
    .path = "/api/ocr/vehicle-invoice",
    .subject = "ocr",
    .title = {"机动车发票识别", "An invoice of a vehicle"},
    .says = {"识别机动车销售统一发票。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: an invoice of the sale of a vehicle. What cannot be read is "
             "null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"code", GIVE_TEXT, {"发票代码", "Code"}},
                   {"number", GIVE_TEXT, {"发票号码", "Number"}},
                   {"date", GIVE_TEXT, {"开票日期", "Day"}},
                   {"buyer", GIVE_TEXT, {"购买方", "Buyer"}},
                   {"buyer_number", GIVE_TEXT, {"购买方证件号", "Buyer's number"}},
                   {"seller", GIVE_TEXT, {"销货单位", "Seller"}},
                   {"seller_tax_number", GIVE_TEXT, {"纳税人识别号", "Seller's tax number"}},
                   {"vehicle_type", GIVE_TEXT, {"车辆类型", "Kind of vehicle"}},
                   {"model", GIVE_TEXT, {"厂牌型号", "Make and model"}},
                   {"origin", GIVE_TEXT, {"产地", "Made in"}},
                   {"certificate", GIVE_TEXT, {"合格证号", "Certificate"}},
                   {"engine", GIVE_TEXT, {"发动机号码", "Number of the engine"}},
                   {"vin", GIVE_TEXT, {"车架号", "VIN"}},
                   {"price", GIVE_TEXT, {"不含税价", "Price without tax"}},
                   {"tax_rate", GIVE_TEXT, {"税率", "Rate of tax"}},
                   {"tax", GIVE_TEXT, {"税额", "Tax"}},
                   {"total", GIVE_TEXT, {"价税合计", "Total"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fvehicle-invoice.jpg",
                    "{\"code\":\"111000000000\",\"number\":\"00000000\",\"date\":\"2024-06-01\",\"buyer\""
                    ":\"张三\",\"buyer_number\":null,\"seller\":\"示例汽车有限公司\",\"seller_tax_number"
                    "\":null,\"vehicle_type\":\"小型轿车\",\"model\":\"示例牌X1\",\"origin\":\"中国\",\"c"
                    "ertificate\":null,\"engine\":\"E0000\",\"vin\":\"LSVAA00000A000000\",\"price\":\"100"
                    "000.00\",\"tax_rate\":\"13%\",\"tax\":\"13000.00\",\"total\":\"113000.00\"}",
                    SHOW_LIVE}),
};
