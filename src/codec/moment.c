/* moment.c: see moment.h. */
#include "codec/moment.h"
#include "base/must.h"

enum { DAY_S = 86400, CHINA_S = 8 * 3600 };

struct moment moment_from_unix(int64_t second) {
    int64_t local = second + CHINA_S, day = local / DAY_S;
    day -= local % DAY_S < 0;
    return (struct moment){day, (int)((local - day * DAY_S) / 3600)};
}

/* "13", "13:05", "13:05:59" */
static bool parse_hour(struct text t, int *hour_out) {
    static const uint64_t most[] = {23, 59, 59};
    struct text piece;
    for (size_t i = 0; text_cut(&t, ':', &piece); i++) {
        uint64_t value;
        if (i == COUNT(most) || piece.length > 2 || !text_to_u64(piece, &value) || value > most[i])
            return false;
        if (i == 0)
            *hour_out = (int)value;
    }
    return true;
}

bool moment_parse(struct text t, struct moment *out) {
    struct date date;
    struct moment found = {.hour = NO_HOUR};
    t = text_trim(t);
    size_t gap = text_find_char(t, ' ');
    if (gap == SIZE_MAX)
        gap = text_find_char(t, 'T');
    if (gap != SIZE_MAX && !parse_hour(text_trim(text_from(t, gap + 1)), &found.hour))
        return false;
    if (gap != SIZE_MAX && found.hour == NO_HOUR)
        return false;
    if (!date_parse(text_part(t, 0, gap), &date))
        return false;
    found.day = date_to_day(date);
    *out = found;
    return true;
}

const char *moment_sign(struct date d) {
    static const char *const names[] = {"摩羯", "水瓶", "双鱼", "白羊", "金牛", "双子",
                                        "巨蟹", "狮子", "处女", "天秤", "天蝎", "射手"};
    static const unsigned char first_days[] = {20, 19, 21, 20, 21, 22, 23, 23, 23, 24, 23, 22};
    return names[(d.month - (d.day < first_days[d.month - 1])) % COUNT(names)];
}
