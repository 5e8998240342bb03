/* window.h: the units that a token has used this day and this month, as one 16-byte word.
 *
 * Both windows change by one compare-and-swap, so a call takes from both or from neither. The word also
 * names who changed it last (slot and the number of its change). With that a change that was cut off by
 * SIGKILL can be judged afterwards: it took place if the word still bears its name, or if the next writer
 * noted that name before it wrote over it (a recoverable compare-and-swap; Attiya, Ben-Baruch, Hendler,
 * "Nesting-Safe Recoverable Linearizability", PODC 2018).
 *
 *     low   day used 32 | month used, low 32
 *     high  month used, high 4 | day 16 | month 12 | owner 5 | change 27
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct window {
    uint64_t day_used, month_used; /* at most WINDOW_DAY_MAX, WINDOW_MONTH_MAX */
    uint16_t day, month;           /* since 1970 */
    uint8_t owner;                 /* slot + 1; 0 = nobody yet */
    uint32_t change;
};

#define WINDOW_DAY_MAX    ((1ull << 32) - 1)
#define WINDOW_MONTH_MAX  ((1ull << 36) - 1)
#define WINDOW_CHANGE_MAX ((1u << 27) - 1)

typedef unsigned __int128 window_word;

window_word window_pack(const struct window *w);
struct window window_unpack(window_word word);

/* The same windows at another time: a window that has passed is empty. Where they are one day ahead they
 * stay: at midnight one process's clock is some milliseconds behind another's, and what had been used would
 * be forgotten twice. Further ahead they come from a clock that has been set back: they begin anew. */
struct window window_at(struct window w, uint16_t day, uint16_t month);
