/* verify_telecom2.c: do a name and a phone number belong together? */
#include "api/identity/verify.h"

const struct endpoint endpoint_verify_telecom2 = {
    .path = "/api/verify/telecom2",
    .subject = "identity",
    .title = {"手机姓名二要素实名认证", "Does a name belong to a phone number?"},
    .says = {"核对姓名与手机号的实名登记是否一致。所传内容只交给运营者选定的来源核对，不"
             "保存、不记入日志。",
             "Is a mobile number registered to this name? What is sent goes to the source"
             " that the operator chose, and is neither kept nor logged."},
    CONNECTED_BY("identity", verify_run),
    .asks = ASKS({"name", ASK_TEXT, REQUIRED, {"姓名", "Name"}, 2, 50},
                 {"phone", ASK_TEXT, REQUIRED, {"手机号，11 位", "Mobile number, 11 digits"}, 11, 14}),
    .gives = GIVES({"result", GIVE_INT,
                    {"1 一致，2 不一致，3 库中无记录",
                     "1 they agree, 2 they do not, 3 no record"}},
                   {"match", GIVE_BOOL, {"是否一致", "Do they agree?"}},
                   {"message", GIVE_TEXT, {"说明", "The same in words"}},
                   {"carrier", GIVE_TEXT, {"运营商，来源提供时", "Carrier, where the source says it"}}),
    .shows = SHOWS({"name=%E5%BC%A0%E4%B8%89&phone=13800138000",
                    "{\"result\":1,\"match\":true,\"message\":\"一致\",\"carrier\":\"移动\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .is_personal = true,
};
