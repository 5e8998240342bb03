/* zhihu_day.c: see zhihu_day.h. */
#include "api/news/zhihu_day.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

struct err zhihu_day_run(struct call *c) {
    struct date first = {.year = 2013, .month = 5, .day = 19};
    int64_t day = date_to_day(ask_date(c, 0));
    if (day < date_to_day(first) || day > clock_china_day(c->now_ms))
        return call_invalid(c, 0, "日期请在 2013-05-19 到今天之间", "send a day from 2013-05-19 to today");
    struct date next = date_from_day(day + 1);
    struct text digits = text_format_in(c->arena, "%04d%02d%02d", (int)next.year, (int)next.month, (int)next.day);
    return connector_run_with(c, &(struct named_value){TEXT("day.next"), digits}, 1);
}

#endif
