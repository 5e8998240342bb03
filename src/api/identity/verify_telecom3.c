/* verify_telecom3.c: do a name, an identity number and a phone number belong together? */
#include "api/identity/verify.h"

const struct endpoint endpoint_verify_telecom3 = {
    .path = "/api/verify/telecom3",
    .subject = "identity",
    .title = {"手机三要素实名认证", "Do name, identity and phone number belong together?"},
    .says = {"核对姓名、身份证号与手机号的实名登记是否一致。所传内容只交给运营者选定的来"
             "源核对，不保存、不记入日志。",
             "Is a mobile number registered to this name and identity number? What is sen"
             "t goes to the source that the operator chose, and is neither kept nor logge"
             "d."},
    CONNECTED_BY("identity", verify_run),
    .asks = ASKS({"name", ASK_TEXT, REQUIRED, {"姓名", "Name"}, 2, 50},
                 {"idcard",
                  ASK_TEXT,
                  REQUIRED,
                  {"身份证号，18 位",
                   "Identity number, 18 characters"},
                  15,
                  18},
                 {"phone", ASK_TEXT, REQUIRED, {"手机号，11 位", "Mobile number, 11 digits"}, 11, 14}),
    .gives = GIVES({"result", GIVE_INT,
                    {"1 一致，2 不一致，3 库中无记录",
                     "1 they agree, 2 they do not, 3 no record"}},
                   {"match", GIVE_BOOL, {"是否一致", "Do they agree?"}},
                   {"message", GIVE_TEXT, {"说明", "The same in words"}},
                   {"carrier", GIVE_TEXT, {"运营商，来源提供时", "Carrier, where the source says it"}}),
    .shows = SHOWS({"name=%E5%BC%A0%E4%B8%89&idcard=11010519491231002X&phone=13800138000",
                    "{\"result\":1,\"match\":true,\"message\":\"一致\",\"carrier\":\"移动\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .is_personal = true,
};
