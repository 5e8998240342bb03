/* verify_idcard.c: do a name and an identity number belong together? */
#include "api/identity/verify.h"

const struct endpoint endpoint_verfiy_idcard = {
    .path = "/api/verfiy/idcard",
    .subject = "identity",
    .title = {"实名认证查询", "Does a name belong to an identity number?"},
    .says = {"核对姓名与身份证号是否一致。号码不合 GB 11643 的直接拒绝，不计费。所传内容"
             "只交给运营者选定的来源核对，不保存、不记入日志。",
             "Do a name and an identity number belong together? A number that breaks GB 1"
             "1643 is refused at once and costs nothing. What is sent goes to the source "
             "that the operator chose, and is neither kept nor logged."},
    CONNECTED_BY("identity", verify_run),
    .asks = ASKS({"idcard",
                  ASK_TEXT,
                  REQUIRED,
                  {"身份证号，18 位",
                   "Identity number, 18 characters"},
                  15,
                  18},
                 {"name", ASK_TEXT, REQUIRED, {"姓名", "Name"}, 2, 50}),
    .gives = GIVES({"result", GIVE_INT,
                    {"1 一致，2 不一致，3 库中无记录",
                     "1 they agree, 2 they do not, 3 no record"}},
                   {"match", GIVE_BOOL, {"是否一致", "Do they agree?"}},
                   {"message", GIVE_TEXT, {"说明", "The same in words"}}),
    .shows = SHOWS({"idcard=11010519491231002X&name=%E5%BC%A0%E4%B8%89",
                    "{\"result\":1,\"match\":true,\"message\":\"一致\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .is_personal = true,
};

const struct endpoint endpoint_verify_idcard = {
    .path = "/api/verify/idcard",
    .subject = "identity",
    .title = {"实名认证查询", "Does a name belong to an identity number?"},
    .says = {"核对姓名与身份证号是否一致。号码不合 GB 11643 的直接拒绝，不计费。所传内容"
             "只交给运营者选定的来源核对，不保存、不记入日志。 与 /api/verfiy/idcard 相同"
             "。",
             "Do a name and an identity number belong together? A number that breaks GB 1"
             "1643 is refused at once and costs nothing. What is sent goes to the source "
             "that the operator chose, and is neither kept nor logged. The same as /api/v"
             "erfiy/idcard."},
    CONNECTED_BY("identity", verify_run),
    .asks = ASKS({"idcard",
                  ASK_TEXT,
                  REQUIRED,
                  {"身份证号，18 位",
                   "Identity number, 18 characters"},
                  15,
                  18},
                 {"name", ASK_TEXT, REQUIRED, {"姓名", "Name"}, 2, 50}),
    .gives = GIVES({"result", GIVE_INT,
                    {"1 一致，2 不一致，3 库中无记录",
                     "1 they agree, 2 they do not, 3 no record"}},
                   {"match", GIVE_BOOL, {"是否一致", "Do they agree?"}},
                   {"message", GIVE_TEXT, {"说明", "The same in words"}}),
    .shows = SHOWS({"idcard=11010519491231002X&name=%E5%BC%A0%E4%B8%89",
                    "{\"result\":1,\"match\":true,\"message\":\"一致\"}",
                    SHOW_LIVE}),
    .price_units = 5,
    .is_personal = true,
};
