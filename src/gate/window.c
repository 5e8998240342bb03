/* window.c: see window.h. */
#include "gate/window.h"
#include "base/must.h"

window_word window_pack(const struct window *w) {
    must(w->day_used <= WINDOW_DAY_MAX && w->month_used <= WINDOW_MONTH_MAX);
    must(w->month < 1u << 12 && w->owner < 1u << 5 && w->change <= WINDOW_CHANGE_MAX);
    uint64_t low = w->day_used | w->month_used << 32;
    uint64_t high = w->month_used >> 32 | (uint64_t)w->day << 4 | (uint64_t)w->month << 20 |
                    (uint64_t)w->owner << 32 | (uint64_t)w->change << 37;
    return (window_word)high << 64 | low;
}

struct window window_unpack(window_word word) {
    uint64_t low = (uint64_t)word, high = (uint64_t)(word >> 64);
    return (struct window){
        .day_used = low & WINDOW_DAY_MAX,
        .month_used = low >> 32 | (high & 0xF) << 32,
        .day = (uint16_t)(high >> 4),
        .month = high >> 20 & 0xFFF,
        .owner = high >> 32 & 0x1F,
        .change = (uint32_t)(high >> 37),
    };
}

struct window window_at(struct window w, uint16_t day, uint16_t month) {
    if (w.day == day + 1 && (w.month == month || w.month == month + 1))
        return w;
    if (w.month != month)
        w.month_used = 0;
    if (w.day != day)
        w.day_used = 0;
    w.day = day;
    w.month = month;
    return w;
}
