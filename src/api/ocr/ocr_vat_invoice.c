/* ocr_vat_invoice.c: a VAT invoice. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_vat_invoice = {
    .path = "/api/ocr/vat-invoice",
    .subject = "ocr",
    .title = {"增值税发票识别", "A VAT invoice"},
    .says = {"识别增值税专用、普通、电子发票。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: a Chinese VAT invoice. What cannot be read is null; neither "
             "the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(REQUIRED)),
    .gives = GIVES({"type", GIVE_TEXT, {"发票种类", "Kind"}},
                   {"code", GIVE_TEXT, {"发票代码", "Code"}},
                   {"number", GIVE_TEXT, {"发票号码", "Number"}},
                   {"date", GIVE_TEXT, {"开票日期", "Day"}},
                   {"check_code", GIVE_TEXT, {"校验码", "Check code"}},
                   {"buyer", GIVE_TEXT, {"购买方名称", "Buyer"}},
                   {"buyer_tax_number", GIVE_TEXT, {"购买方税号", "Buyer's tax number"}},
                   {"seller", GIVE_TEXT, {"销售方名称", "Seller"}},
                   {"seller_tax_number", GIVE_TEXT, {"销售方税号", "Seller's tax number"}},
                   {"amount", GIVE_TEXT, {"金额合计", "Amount"}},
                   {"tax", GIVE_TEXT, {"税额合计", "Tax"}},
                   {"total", GIVE_TEXT, {"价税合计", "Total"}},
                   {"total_words", GIVE_TEXT, {"价税合计大写", "Total in words"}},
                   {"payee", GIVE_TEXT, {"收款人", "Payee"}},
                   {"checker", GIVE_TEXT, {"复核", "Checked by"}},
                   {"drawer", GIVE_TEXT, {"开票人", "Drawn by"}},
                   {"remarks", GIVE_TEXT, {"备注", "Remarks"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fvat-invoice.jpg",
                    "{\"type\":\"电子普通发票\",\"code\":\"011000000000\",\"number\":\"00000000\",\"date"
                    "\":\"2024年06月01日\",\"check_code\":null,\"buyer\":\"示例有限公司\",\"buyer_tax_num"
                    "ber\":\"91110000MA0000000X\",\"seller\":\"示例商店\",\"seller_tax_number\":\"9111000"
                    "0MA0000001X\",\"amount\":\"100.00\",\"tax\":\"6.00\",\"total\":\"106.00\",\"total_wo"
                    "rds\":\"壹佰零陆圆整\",\"payee\":null,\"checker\":null,\"drawer\":null,\"remarks\":n"
                    "ull}",
                    SHOW_LIVE}),
};
