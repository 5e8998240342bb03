/* birthday.h: what people read out of a birthday: age, star sign, animal of the Chinese year.
 *
 * Contract   dates are real (date_is_real). The Chinese year begins at its New Year's day, not on the
 *            first of January; before 1900 and after 2100 the civil year stands in for it.
 * Source     New Year's days 1900 to 2100: lunar-javascript 1.7.7 (MIT), compared with ICU's Chinese
 *            calendar, which differs in 1954, 2027 and 2030; there the table has the days of the almanac.
 */
#pragma once
#include "base/clock.h"

int birthday_age(struct date born, struct date today); /* full years; negative for one not yet born */
const char *birthday_star_sign(struct date born);       /* "水瓶座" */
const char *birthday_animal(struct date born);          /* branch and animal: "卯兔" */
