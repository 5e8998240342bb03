/* idcard_upgrade.c: the number of 18 characters that an old one of 15 digits became. */
#include "api/identity/idcard_refusal.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_ID };

static struct err idcard_upgrade_number(struct call *c) {
    struct idcard card;
    struct text old = text_trim(ask_text(c, ASKED_ID));
    enum idcard_fault fault = idcard_parse(old, &card);
    if (fault)
        return idcard_refusal(c, ASKED_ID, fault);
    if (card.length != IDCARD_OLD_LENGTH)
        return call_invalid(c, ASKED_ID, "这个号码已经是 18 位，请传 15 位的旧号码",
                            "this number has 18 characters already; send an old one of 15 digits");
    char *new_number = arena_alloc(c->arena, IDCARD_LENGTH);
    idcard_upgrade(old, new_number);
    reply_object(c, NULL);
    reply_text(c, "id", old);
    reply_text(c, "new_id", text_of(new_number, IDCARD_LENGTH));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_idcard_upgrade = {
    .path = "/api/idcard/upgrade",
    .subject = "identity",
    .title = {"身份证升级", "From 15 digits to 18"},
    .says = {"把 15 位旧身份证号换算成 18 位：补上世纪并计算校验码（GB 11643-1999）。",
             "Turns an old identity number of 15 digits into the one of 18: the century is put in and the check "
             "character computed (GB 11643-1999)."},
    .run = idcard_upgrade_number,
    .asks = ASKS({"id", ASK_TEXT, REQUIRED, {"15 位身份证号", "The number of 15 digits"}, 1, 32, .aliases = "idcard"}),
    .gives = GIVES({"id", GIVE_TEXT, {"旧号码", "The old number"}},
                   {"new_id", GIVE_TEXT, {"18 位号码", "The number of 18 characters"}}),
    .shows = SHOWS({"id=110105491231002", "{\"id\":\"110105491231002\",\"new_id\":\"11010519491231002X\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "GB 11643-1999; ISO 7064:1983 MOD 11-2",
    .many = 1 + ASKED_ID,
};
