/* game24.c: four numbers to 24. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/game24.h"

enum { ASKED_NUMBERS, ASKED_TARGET };

static bool read_numbers(struct text t, int out[GAME24_NUMBERS]) {
    struct text one;
    unsigned count = 0;
    while (text_cut(&t, t.length && text_find_char(t, ',') != SIZE_MAX ? ',' : ' ', &one)) {
        uint64_t value;
        if (count == GAME24_NUMBERS || !text_to_u64(text_trim(one), &value) || value < 1 ||
            value > 1000)
            return false;
        out[count++] = (int)value;
    }
    return count == GAME24_NUMBERS;
}

static struct err game24(struct call *c) {
    int numbers[GAME24_NUMBERS];
    struct text expression;
    if (!read_numbers(text_trim(ask_text(c, ASKED_NUMBERS)), numbers))
        return call_invalid(c, ASKED_NUMBERS, "请传四个 1 到 1000 的数，如 3,3,8,8",
                            "send four numbers of 1 to 1000, such as 3,3,8,8");
    bool has = game24_solve(c->arena, numbers, (int)ask_int(c, ASKED_TARGET), &expression);
    reply_object(c, NULL);
    reply_bool(c, "solvable", has);
    if (has)
        reply_text(c, "expression", expression);
    else
        reply_null(c, "expression");
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_game24 = {
    .path = "/api/game24",
    .subject = "life",
    .title = {"24 点", "Game of 24"},
    .says = {"用加减乘除和括号把四个数算成 24（或别的目标），给出一个算式；按分数精确计算。",
             "Makes 24 (or another target) of four numbers with + - * / and brackets; exact, by "
             "fractions."},
    .run = RUN_IN_WORKER(game24),
    .asks = ASKS({"numbers",
                  ASK_TEXT,
                  REQUIRED,
                  {"四个数，用逗号分隔", "Four numbers, parted by commas"},
                  7,
                  30,
                  .aliases = "nums"},
                 {"target", ASK_INT, OPTIONAL, {"目标", "Target"}, 0, 10000, .fallback = "24"}),
    .gives = GIVES({"solvable", GIVE_BOOL, {"是否有解", "Whether it can be done"}},
                   {"expression", GIVE_ANY, {"算式；没有解为 null", "How; null where it can't"}}),
    .shows =
        SHOWS({"numbers=3,3,8,8", "{\"solvable\":true,\"expression\":\"8/(3-(8/3))\"}", SHOW_EXACT},
              {"numbers=1,1,1,1", "{\"solvable\":false,\"expression\":null}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "exhaustive search over fractions",
};
