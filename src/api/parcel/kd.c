/* kd.c: where a parcel is. */
#include "api/parcel/parcel.h"

const struct endpoint endpoint_kd = {
    .path = "/api/kd",
    .subject = "parcel",
    .title = {"快递查询", "Where a parcel is"},
    .says = {"查询快递的物流轨迹，最近的在前。不传 com 时由来源按单号识别；顺丰、中通需要"
             "手机号后四位。",
             "The way of a parcel, latest first. The source guesses the carrier where com"
             " is missing; SF and ZTO want the last four digits of a phone number."},
    CONNECTED_BY("parcel", parcel_run),
    .asks = ASKS({"number", ASK_TEXT, REQUIRED, {"快递单号", "Number of the parcel"}, 4, 40},
                 {"com",
                  ASK_TEXT,
                  OPTIONAL,
                  {"快递公司代码或名称，见 /api/kd/com；不传由来源识别",
                   "Code or name of the carrier as in /api/kd/com; the source guesses without it"},
                  1,
                  30},
                 {"phone",
                  ASK_TEXT,
                  OPTIONAL,
                  {"收件人或寄件人手机号，或其后四位；顺丰与中通需要",
                   "Phone number of either side or its last four digits; SF and ZTO want it"},
                  4,
                  20}),
    .gives = GIVES({"nu", GIVE_TEXT, {"单号", "Number"}},
                   {"com", GIVE_TEXT, {"快递公司代码", "Code of the carrier"}},
                   {"com_text", GIVE_TEXT, {"快递公司名称", "Its name"}},
                   {"state", GIVE_TEXT, {"状态代码，依来源", "State, as the source numbers it"}},
                   {"status", GIVE_TEXT, {"状态", "State in one word"}},
                   {"status_desc", GIVE_TEXT, {"状态说明", "The same in words"}},
                   {"info", GIVE_LIST, {"轨迹，最近的在前", "The way, latest first"}},
                   {"info[].time", GIVE_TEXT, {"时间", "Time"}},
                   {"info[].content", GIVE_TEXT, {"内容", "What happened"}},
                   {"info[].status", GIVE_TEXT, {"状态", "State in one word"}},
                   {"info[].status_desc", GIVE_TEXT, {"状态说明", "The same in words"}}),
    .shows = SHOWS({"number=YT0000000000000&com=yuantong",
                    "{\"nu\":\"YT0000000000000\",\"com\":\"yuantong\",\"com_text\":\"圆通速递\",\"sta"
                    "te\":\"3\",\"status\":\"signed\",\"status_desc\":\"已签收\",\"info\":[{\"time\":"
                    "\"2024-06-01 12:00:00\",\"content\":\"【上海市】已签收\",\"status\":\"signed\","
                    "\"status_desc\":\"签收\"}]}",
                    SHOW_LIVE}),
    .price_units = 3,
    .is_personal = true,
};
