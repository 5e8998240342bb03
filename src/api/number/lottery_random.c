/* lottery_random.c: numbers for China's two large lotteries. */
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_TYPE, ASKED_COUNT };

struct drum {
    const char *name;
    unsigned balls, drawn;
};

/* The rules of play of the two lotteries. */
static const struct drum ssq[] = {{"red", 33, 6}, {"blue", 16, 1}};
static const struct drum dlt[] = {{"front", 35, 5}, {"back", 12, 2}};

/* A draw without putting back, told in rising order. */
static void reply_drawn(struct call *c, const struct drum *d) {
    unsigned left = d->drawn;
    reply_list(c, d->name);
    for (unsigned ball = 1; ball <= d->balls; ball++) {
        if (random_below(c->random, d->balls - ball + 1) >= left)
            continue;
        reply_int(c, NULL, ball);
        left--;
    }
    reply_end_list(c);
}

static struct err lottery_random(struct call *c) {
    const struct drum *drums = ask_is(c, ASKED_TYPE, "ssq") ? ssq : dlt;
    reply_list(c, NULL);
    for (int64_t i = 0; i < ask_int(c, ASKED_COUNT); i++) {
        reply_object(c, NULL);
        reply_drawn(c, &drums[0]);
        reply_drawn(c, &drums[1]);
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_lottery_random = {
    .path = "/api/lottery/random",
    .subject = "number",
    .title = {"彩票机选", "Lottery numbers at random"},
    .says = {"按双色球（33 选 6 加 16 选 1）或大乐透（35 选 5 加 12 选 "
             "2）的规则均匀随机选号。每注中奖机会相同，随机选号不会提高它。",
             "Picks numbers uniformly by the rules of the lotteries ssq (6 of 33 and 1 of 16) and "
             "dlt (5 of 35 and 2 of 12). Every pick "
             "has the same chance; picking at random does not better it."},
    .run = lottery_random,
    .asks = ASKS({"type",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"ssq 双色球，dlt 大乐透", "ssq or dlt"},
                  .choices = "ssq|dlt",
                  .fallback = "ssq"},
                 {"count",
                  ASK_INT,
                  OPTIONAL,
                  {"注数", "How many picks"},
                  1,
                  100,
                  .fallback = "1",
                  .aliases = "num"}),
    .gives = GIVES({"", GIVE_LIST, {"每注一项", "A pick an entry"}},
                   {"[].red", GIVE_LIST, {"双色球红球", "Red balls of ssq"}},
                   {"[].blue", GIVE_LIST, {"双色球蓝球", "Blue ball of ssq"}},
                   {"[].front", GIVE_LIST, {"大乐透前区", "Front area of dlt"}},
                   {"[].back", GIVE_LIST, {"大乐透后区", "Back area of dlt"}}),
    .shows = SHOWS({"type=ssq", "[{\"red\":[1,2,3,4,5,6],\"blue\":[1]}]", SHOW_SHAPE},
                   {"type=dlt&count=2", "[{\"front\":[1,2,3,4,5],\"back\":[1,2]}]", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "the published rules of the two lotteries; getrandom(2) of Linux",
};
