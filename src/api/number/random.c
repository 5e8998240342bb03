/* random.c: numbers that nobody can foresee. */
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_MIN, ASKED_MAX, ASKED_COUNT, ASKED_UNIQUE };
enum { COUNT_MOST = 1000 };

/* Uniform in [low, low + span]: values past the last whole multiple are thrown away. */
static int64_t draw(struct random *r, int64_t low, uint64_t span) {
    if (span == UINT64_MAX)
        return (int64_t)random_u64(r);
    uint64_t bound = span + 1, most = UINT64_MAX - UINT64_MAX % bound, value;
    do
        value = random_u64(r);
    while (value >= most);
    return (int64_t)((uint64_t)low + value % bound);
}

static bool is_among(const int64_t *values, unsigned count, int64_t value) {
    for (unsigned i = 0; i < count; i++)
        if (values[i] == value)
            return true;
    return false;
}

static struct err random_numbers(struct call *c) {
    int64_t low = ask_int(c, ASKED_MIN), high = ask_int(c, ASKED_MAX), values[COUNT_MOST];
    unsigned count = (unsigned)ask_int(c, ASKED_COUNT), done = 0;
    bool is_unique = ask_bool(c, ASKED_UNIQUE);
    if (high < low)
        return call_invalid(c, ASKED_MAX, "max 不能小于 min", "max must not be less than min");
    uint64_t span = (uint64_t)high - (uint64_t)low;
    if (is_unique && span / 2 < count &&
        span + 1 < 2ull * count) /* else the draws would go on for long */
        return call_invalid(c, ASKED_COUNT, "不重复时范围内的整数至少要有个数的两倍",
                            "without repeats the range must hold at least twice as many numbers");
    while (done < count) {
        int64_t value = draw(c->random, low, span);
        if (!is_unique || !is_among(values, done, value))
            values[done++] = value;
    }
    reply_list(c, NULL);
    for (unsigned i = 0; i < count; i++)
        reply_int(c, NULL, values[i]);
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_random = {
    .path = "/api/random",
    .subject = "number",
    .title = {"随机整数", "Random numbers"},
    .says = {"由操作系统的密码学随机源产生、在闭区间内均匀分布的整数，可要求不重复。",
             "Whole numbers, uniform between min and max (both included), from the system's "
             "cryptographic source; without repeats if wanted."},
    .run = random_numbers,
    .asks =
        ASKS({"min", ASK_INT, OPTIONAL, {"最小值", "Least"}, -9e15, 9e15, .fallback = "1"},
             {"max", ASK_INT, OPTIONAL, {"最大值", "Most"}, -9e15, 9e15, .fallback = "100"},
             {"count",
              ASK_INT,
              OPTIONAL,
              {"个数", "How many"},
              1,
              COUNT_MOST,
              .fallback = "1",
              .aliases = "num|n"},
             {"unique", ASK_BOOL, OPTIONAL, {"1 为不重复", "1: no number twice"}, .fallback = "0"}),
    .gives =
        GIVES({"", GIVE_LIST, {"随机数", "The numbers"}}, {"[]", GIVE_INT, {"整数", "A number"}}),
    .shows = SHOWS({"min=1&max=6&count=3", "[1,2,3]", SHOW_SHAPE}, {"", "[42]", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "getrandom(2) of Linux",
};
