/* greeting.c: words for a festival. */
#include "api/life/own_text.h"

enum { ASKED_KIND, ASKED_FORMAT };
enum { GREETING_KIND, GREETING_TEXT };

static struct err greeting(struct call *c) {
    struct text row;
    if (!own_draw_kind(c, "b", ASKED_KIND, &row))
        return call_nothing(c, "没有祝福语", "there are no greetings");
    reply_object(c, NULL);
    reply_text(c, "festival", pack_field(row, GREETING_KIND));
    reply_text(c, "content", pack_field(row, GREETING_TEXT));
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_greeting = {
    .path = "/api/greeting",
    .subject = "life",
    .title = {"节日祝福语", "Greetings for festivals"},
    .says =
        {"随机返回一句节日或喜事的祝福语，可指定节日，也有早安、晚安。均为本站原创，可自由使用。",
         "A greeting in Chinese for a festival or a happy event, also for good morning and good "
         "night; written "
         "for this service, free to use."},
    .run = greeting,
    .asks = ASKS({"festival",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"节日或喜事", "Festival or event"},
                  .choices = "元旦|除夕|春节|元宵节=元宵|妇女节|清明=清明节|劳动节|青年节|母亲节|"
                             "儿童节|父亲节|端午节=端午|"
                             "七夕|教师节|中秋节=中秋|国庆节=国庆|重阳节=重阳|腊八节=腊八|小年|"
                             "圣诞节=圣诞|生日|结婚|"
                             "升学|乔迁|开业|早安|晚安",
                  .aliases = "kind|type"},
                 ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"festival", GIVE_TEXT, {"节日或喜事", "Festival or event"}},
                   {"content", GIVE_TEXT, {"祝福语", "The greeting"}}),
    .shows =
        SHOWS({"festival=%E4%B8%AD%E7%A7%8B",
               "{\"festival\":\"中秋节\",\"content\":\"月饼分你一半，团圆留你一份。中秋快乐！\"}",
               SHOW_EXACT},
              {"",
               "{\"festival\":\"腊八节\",\"content\":"
               "\"一碗腊八粥，暖过一个冬。腊八节快乐，年就要到了！\"}",
               SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
