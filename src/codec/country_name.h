/* country_name.h: a country's name and continent from its code, by ICU (CLDR).
 *
 * Contract   a code that is none of ISO 3166-1 gives the empty text.
 * Threads    any.
 */
#pragma once
#include "base/text.h"

struct text country_name_in(struct arena *a, struct text code, bool chinese);
struct text country_continent_in(struct arena *a, struct text code, bool chinese); /* "亚洲" */
