/* sudoku_solve.c: the answer of a sudoku. */
#include "api/life/sudoku_reply.h"

enum { ASKED_PUZZLE };

/* Digits with 0, . or - for empty; blanks, line ends and | between are passed over. */
static bool read_grid(struct text t, struct sudoku *out) {
    unsigned count = 0;
    for (size_t i = 0; i < t.length; i++) {
        char k = t.bytes[i];
        bool is_empty = k == '.' || k == '-' || k == '_' || k == '*';
        if (k == ' ' || k == '\n' || k == '\r' || k == '\t' || k == '|' || k == ',')
            continue;
        if (count == SUDOKU_CELLS || (!is_empty && (k < '0' || k > '9')))
            return false;
        out->cells[count++] = (uint8_t)(is_empty ? 0 : k - '0');
    }
    return count == SUDOKU_CELLS;
}

static struct err solve(struct call *c) {
    struct sudoku puzzle, answer;
    if (!read_grid(ask_text(c, ASKED_PUZZLE), &puzzle))
        return call_invalid(c, ASKED_PUZZLE, "请传 81 个数字（按行，空格写 0 或 .）",
                            "send 81 digits by rows, 0 or . for an empty cell");
    int count = sudoku_solve(&puzzle, &answer);
    if (count == SUDOKU_TOO_HARD)
        return call_invalid(c, ASKED_PUZZLE, "这道题搜索过久，请检查是否抄错",
                            "the search took too long; is a number wrong?");
    reply_object(c, NULL);
    reply_bool(c, "is_valid", sudoku_is_consistent(&puzzle));
    reply_int(c, "answers", count);
    if (count)
        sudoku_reply(c, "answer", &answer);
    else
        reply_null(c, "answer");
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_sudoku_solve = {
    .path = "/api/sudoku/solve",
    .subject = "life",
    .title = {"数独求解", "Solve a sudoku"},
    .says = {"求解九宫数独，并说明有没有解、是否只有一个解（answers 为 2 "
             "表示不止一个，返回其中之一）。",
             "Solves a sudoku and says whether it has no answer, one, or more (answers is 2; one "
             "of them is given)."},
    .run = RUN_IN_WORKER(solve),
    .asks = ASKS({"puzzle",
                  ASK_TEXT,
                  REQUIRED,
                  {"题目，按行 81 个数字，空格写 0 或 .", "81 digits by rows, 0 or . is empty"},
                  81,
                  200,
                  .aliases = "grid|sudoku"}),
    .gives = GIVES(
        {"is_valid",
         GIVE_BOOL,
         {"题目本身有无冲突，true 为没有", "Whether no number stands twice"}},
        {"answers", GIVE_INT, {"解的个数：0、1，2 表示不止一个", "How many: 0, 1, or 2 for more"}},
        {"answer", GIVE_ANY, {"解；无解为 null", "An answer; null where there is none"}}),
    .shows = SHOWS(
        {"puzzle=530070000600195000098000060800060003400803001700020006060000280000419005000080079",
         "{\"is_valid\":true,\"answers\":1,\"answer\":"
         "\"5346789126721953481983425678597614234268537917139248"
         "56961537284287419635345286179\"}",
         SHOW_EXACT},
        {"puzzle=550070000600195000098000060800060003400803001700020006060000280000419005000080079",
         "{\"is_valid\":false,\"answers\":0,\"answer\":null}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 2,
    .keep_s = 86400,
    .stands_on = "search over candidates, our own",
};
