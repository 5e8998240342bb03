/* phonecheck.c: are phone numbers in use? */
#include "api/identity/verify.h"

const struct endpoint endpoint_phonecheck = {
    .path = "/api/phonecheck",
    .subject = "identity",
    .title = {"空号检测", "Are phone numbers in use?"},
    .says = {"检测手机号是实号、空号还是停机等，一次最多 50 个，以逗号分隔。所传内容只交"
             "给运营者选定的来源核对，不保存、不记入日志。",
             "Are mobile numbers in use, vacant or stopped? Up to 50 at once, parted by c"
             "ommas. What is sent goes to the source that the operator chose, and is neit"
             "her kept nor logged."},
    CONNECTED_BY("identity", verify_mobiles_run),
    .asks = ASKS({"mobiles",
                  ASK_TEXT,
                  REQUIRED,
                  {"手机号，多个以逗号分隔，最多 50 个",
                   "Mobile numbers, parted by commas, 50 at most"},
                  11,
                  800}),
    .gives = GIVES({"[].mobile", GIVE_TEXT, {"手机号", "Number"}},
                   {"[].status", GIVE_INT,
                    {"0 空号，1 实号，2 停机，3 库无，4 沉默号，5 风险号",
                     "0 vacant, 1 in use, 2 stopped, 3 unknown, 4 silent, 5 of risk"}},
                   {"[].status_desc", GIVE_TEXT, {"状态说明", "The same in words"}},
                   {"[].area", GIVE_TEXT, {"归属地", "Place"}},
                   {"[].carrier", GIVE_TEXT, {"运营商", "Carrier"}},
                   {"[].last_time", GIVE_TEXT, {"检测时间", "When it was checked"}}),
    .shows = SHOWS({"mobiles=13800138000",
                    "[{\"mobile\":\"13800138000\",\"status\":1,\"status_desc\":\"实号\",\"area\":\"北"
                    "京-北京\",\"carrier\":\"中国移动\",\"last_time\":\"2024-06-01 12:00:00\"}]",
                    SHOW_LIVE}),
    .price_units = 5,
    .is_personal = true,
};
