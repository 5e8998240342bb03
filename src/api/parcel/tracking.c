/* tracking.c: where a parcel is, in the older form. */
#include "api/parcel/parcel.h"

const struct endpoint endpoint_tracking = {
    .path = "/api/tracking",
    .subject = "parcel",
    .title = {"快递查询", "Where a parcel is, in brief"},
    .says = {"查询快递的物流轨迹：单号、公司、状态与各条轨迹，最近的在前。",
             "The way of a parcel: number, carrier, state and what happened, latest first"
             "."},
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
    .gives = GIVES({"status", GIVE_INT, {"状态代码，依来源", "State, as the source numbers it"}},
                   {"status_text", GIVE_TEXT, {"状态说明", "State in words"}},
                   {"number", GIVE_TEXT, {"单号", "Number"}},
                   {"msg", GIVE_TEXT, {"来源的说明", "What the source says"}},
                   {"exp_name", GIVE_TEXT, {"快递公司名称", "Name of the carrier"}},
                   {"info", GIVE_LIST, {"轨迹，最近的在前", "The way, latest first"}},
                   {"info[].time", GIVE_TEXT, {"时间", "Time"}},
                   {"info[].content", GIVE_TEXT, {"内容", "What happened"}}),
    .shows = SHOWS({"number=YT0000000000000&com=yuantong",
                    "{\"status\":3,\"status_text\":\"已签收\",\"number\":\"YT0000000000000\",\"msg\":"
                    "\"ok\",\"exp_name\":\"圆通速递\",\"info\":[{\"time\":\"2024-06-01 12:00:00\",\"c"
                    "ontent\":\"【上海市】已签收\"}]}",
                    SHOW_LIVE}),
    .price_units = 3,
    .is_personal = true,
};
