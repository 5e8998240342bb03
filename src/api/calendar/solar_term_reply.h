/* solar_term_reply.h: the fields of one solar term, which two APIs answer alike. */
#pragma once
#include "call/reply.h"
#include "codec/solar_term.h"
#include "codec/solar_term_lore.h"

#define SOLAR_TERM_STANDS_ON                                                                       \
    "VSOP87 as shortened in lunar-javascript 1.7.7 (MIT); delta-T: Astronomical Almanac, IERS; own texts"

#define SOLAR_TERM_GIVES(at)                                                                       \
    {at "date", GIVE_TEXT, {"节气开始的日期", "The day on which the term begins"}},                \
        {at "name", GIVE_TEXT, {"节气名", "The term's name"}},                                     \
        {at "proverb", GIVE_TEXT, {"谚语", "A proverb"}},                                          \
        {at "xisu", GIVE_TEXT, {"习俗", "Customs"}},                                               \
        {at "desc", GIVE_TEXT, {"简介", "What the term is"}},                                      \
        {at "climate", GIVE_TEXT, {"气候", "Climate"}},                                            \
        {at "time", GIVE_TEXT, {"交节时刻（北京时间，时:分:秒）", "The instant, UTC+8, h:m:s"}},   \
        {at "meaning", GIVE_TEXT, {"名称的含义", "What the name means"}},                          \
        {at "image", GIVE_TEXT, {"图片地址；目前没有图片，恒为空", "A picture; there is none, always empty"}}

/* Inside an object that the caller has opened. */
static inline void solar_term_reply(struct call *c, struct solar_term term) {
    const struct solar_term_lore *lore = solar_term_lore(term.number);
    int64_t ms = solar_term_ms(term), day = clock_china_day(ms);
    int64_t second = ms / 1000 + 8 * 3600 - day * 86400; /* of the day in Shanghai */
    reply_text(c, "date", date_print_in(c->arena, date_from_day(day)));
    reply_c(c, "name", solar_term_name(term.number));
    reply_c(c, "proverb", lore->proverb);
    reply_c(c, "xisu", lore->customs);
    reply_c(c, "desc", lore->summary);
    reply_c(c, "climate", lore->climate);
    reply_text(c, "time", text_format_in(c->arena, "%02d:%02d:%02d", (int)(second / 3600),
                                         (int)(second / 60 % 60), (int)(second % 60)));
    reply_c(c, "meaning", lore->meaning);
    reply_c(c, "image", "");
}
