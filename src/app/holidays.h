/* holidays.h: the data set of holidays as domain/ asks it (domain/workday.h).
 *
 * Contract   without the set, or with a damaged one, weekends alone count; doctor says what is missing.
 * Memory     borrowed from the data, which outlives it.
 */
#pragma once
#include "data/data.h"
#include "domain/workday.h"

struct holidays holidays_of(const struct data *data);
