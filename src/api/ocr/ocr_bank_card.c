/* ocr_bank_card.c: a bank card. */
#include "api/ocr/document.h"

const struct endpoint endpoint_ocr_bank_card = {
    .path = "/api/ocr/bank-card",
    .subject = "ocr",
    .title = {"银行卡识别", "A bank card"},
    .says = {"识别银行卡卡号、有效期、发卡行与卡类型。识别不到的字段为 null；图片与结果都不留存。",
             "Reads a picture of a document: number, validity, bank and kind of a bank card. What cannot "
             "be read is null; neither the picture nor the answer is kept."},
    DOCUMENT,
    .asks = ASKS(ASKS_DOCUMENT(OPTIONAL)),
    .gives = GIVES({"number", GIVE_TEXT, {"卡号", "Number of the card"}},
                   {"valid_date", GIVE_TEXT, {"有效期", "Valid until"}},
                   {"bank", GIVE_TEXT, {"发卡行", "The bank"}},
                   {"type", GIVE_TEXT, {"卡类型：借记卡、贷记卡等", "Kind of card"}},
                   {"holder", GIVE_TEXT, {"持卡人", "Its holder"}}),
    .shows = SHOWS({"input_type=url&input_data=https%3A%2F%2Fexample.com%2Fbank-card.jpg",
                    "{\"number\":\"6225000000000000\",\"valid_date\":\"07/30\",\"bank\":\"示例银行\",\"ty"
                    "pe\":\"借记卡\",\"holder\":null}",
                    SHOW_LIVE}),
};
