/* region_row.h: how a division of China is told, by the data set "gb2260": code to name and 1 where it is
 * abolished. */
#pragma once
#include "call/ask.h"
#include "call/paging.h"
#include "call/reply.h"
#include "data/data.h"

static inline bool region_is_current(struct text value) { return !text_equal_c(pack_field(value, 1), "1"); }

/* 2 for a province, 4 for a city, 6 for a county. */
static inline unsigned region_digits(struct text code) {
    if (text_ends(code, TEXT("0000")))
        return 2;
    return text_ends(code, TEXT("00")) ? 4 : 6;
}

/* A line of the list that only heads others: what lies right below a municipality or a city. */
static inline bool region_is_heading(struct text name) {
    return text_equal_c(name, "市辖区") || text_equal_c(name, "县");
}

/* The name of the division that the first `digits` of the code name; empty where the code is shorter. */
static inline struct text region_name(struct call *c, struct text code, unsigned digits) {
    static const char zeros[] = "0000";
    struct text value;
    if (code.length != 6 || region_digits(code) < digits)
        return TEXT("");
    struct text above = text_format_in(c->arena, "%.*s%.*s", (int)digits, code.bytes, 6 - (int)digits, zeros);
    return pack_find(data_pack(c->data, DATA_GB2260), above, &value) ? pack_field(value, 0) : TEXT("");
}

/* The members of the object that is open; an empty code is the country. */
static inline void region_reply_names(struct call *c, struct text code, struct text value) {
    static const char *const levels[] = {"country", "province", "city", "county"};
    unsigned level = code.length ? region_digits(code) / 2 : 0;
    reply_text(c, "code", code);
    reply_text(c, "name", code.length ? pack_field(value, 0) : TEXT("中国"));
    reply_c(c, "level", levels[level]);
    reply_text(c, "province", region_name(c, code, 2));
    struct text city = region_name(c, code, 4);
    if (text_ends(city, TEXT("直辖县级行政区划")))
        city = TEXT("");
    reply_text(c, "city", region_is_heading(city) ? region_name(c, code, 2) : city);
    reply_text(c, "county", region_name(c, code, 6));
    reply_bool(c, "current", region_is_current(value));
}

#define REGION_GIVES(at) \
    {at "code", GIVE_TEXT, {"行政区划代码；全国为空", "The code; empty for the country"}}, \
    {at "name", GIVE_TEXT, {"名称", "Name"}}, \
    {at "level", GIVE_TEXT, {"country 全国、province 省级、city 地级、county 县级", \
                             "country, province, city or county"}}, \
    {at "province", GIVE_TEXT, {"所在省级区划", "Its province"}}, \
    {at "city", GIVE_TEXT, {"所在地级区划，直辖市写市名，没有时为空", \
                             "Its city; a municipality is its own; empty where there is none"}}, \
    {at "county", GIVE_TEXT, {"县级区划，没有时为空", "The county; empty where there is none"}}, \
    {at "current", GIVE_BOOL, {"是否现行；false 为已撤销的代码", "Whether it is in force; false for abolished codes"}}
