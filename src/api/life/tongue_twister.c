/* tongue_twister.c: what is hard to say fast. */
#include "api/life/own_text.h"

enum { ASKED_KIND, ASKED_FORMAT };

static struct err tongue_twister(struct call *c) {
    struct text row;
    if (!own_draw_kind(c, "u", ASKED_KIND, &row))
        return call_nothing(c, "没有绕口令", "there are no tongue twisters");
    reply_object(c, NULL);
    reply_text(c, "language", pack_field(row, 0));
    reply_text(c, "content", pack_field(row, 1));
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_tongue_twister = {
    .path = "/api/tongue_twister",
    .subject = "life",
    .title = {"绕口令", "Tongue twisters"},
    .says = {"随机返回一条中文或英文绕口令，三十余条，为民间流传。",
             "A tongue twister by chance, Chinese or English; "
             "some thirty, of folk tradition."},
    .run = tongue_twister,
    .asks = ASKS({"language",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"语言，默认中文", "Its language, Chinese if missing"},
                  .choices = "zh|en",
                  .fallback = "zh"},
                 ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"language", GIVE_TEXT, {"语言", "Language"}},
                   {"content", GIVE_TEXT, {"绕口令", "The text"}}),
    .shows = SHOWS(
        {"",
         "{\"language\":\"zh\",\"content\":\"山前有个严圆眼，山后有个严眼圆，二人山前来比眼。\"}",
         SHOW_EXACT},
        {"language=en",
         "{\"language\":\"en\",\"content\":\"Six sick hicks nick six slick bricks with picks and "
         "sticks.\"}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
