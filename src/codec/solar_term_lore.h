/* solar_term_lore.h: what people say and do at each of the 24 solar terms, in Chinese.
 *
 * Source     written for this house; the proverbs are folk sayings.
 */
#pragma once

struct solar_term_lore {
    const char *proverb; /* 谚语 */
    const char *customs; /* 习俗 */
    const char *summary; /* what the term is */
    const char *climate; /* 气候 */
    const char *meaning; /* of its name */
};

const struct solar_term_lore *solar_term_lore(unsigned number); /* 0 = 小寒 .. 23 = 冬至 */
