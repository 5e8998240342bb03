/* almanac.h: what the old almanac says of a day, as far as it follows from the day alone: taboos of
 * 彭祖, directions of the gods, the place of the foetal god, the lunar mansion.
 *
 * Contract   any day; all strings are static. What is good and bad to do needs large tables and stands
 *            in the data set "almanac".
 * Source     the tables of lunar-javascript 1.7.7 (MIT); 福神 by its second school, which is its default.
 */
#pragma once
#include "base/clock.h"

struct mansion {
    const char *name, *luck, *animal; /* "角" "吉" "蛟" */
    const char *palace, *beast;       /* "东" "青龙" */
    const char *song;
};

struct direction {
    const char *trigram, *name; /* "艮" "东北" */
};

struct almanac {
    const char *taboo_of_stem, *taboo_of_branch;
    struct direction wealth, fortune, joy; /* 财神 福神 喜神 */
    const char *foetus;                    /* 胎神 */
    const struct mansion *mansion;
};

struct almanac almanac_of_day(int64_t day);
