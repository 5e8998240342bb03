/* zhihu_day.h: Zhihu Daily of a day: the source asks for the day after it.
 *
 * Contract   zhihu_day_run takes the day of the first parameter, which must be there, and hands the
 *            connector {day.next}, eight digits.
 */
#pragma once
#include "api/connected.h"

extern const struct endpoint endpoint_zhihu_get;

[[nodiscard]] struct err zhihu_day_run(struct call *c);
