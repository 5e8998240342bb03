/* sudoku.c: a sudoku to solve. */
#include "api/life/sudoku_reply.h"

enum { ASKED_LEVEL };

static unsigned clues_of(struct call *c) {
    return ask_is(c, ASKED_LEVEL, "easy") ? 40 : ask_is(c, ASKED_LEVEL, "medium") ? 33 : 26;
}

static struct err sudoku(struct call *c) {
    struct sudoku puzzle, answer;
    unsigned given = 0;
    sudoku_make(c->random, clues_of(c), &puzzle, &answer);
    for (unsigned i = 0; i < SUDOKU_CELLS; i++)
        given += puzzle.cells[i] != 0;
    reply_object(c, NULL);
    reply_text(c, "level", ask_text(c, ASKED_LEVEL));
    reply_int(c, "clues", given);
    sudoku_reply(c, "puzzle", &puzzle);
    sudoku_reply(c, "answer", &answer);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_sudoku = {
    .path = "/api/sudoku",
    .subject = "life",
    .title = {"数独题目", "A sudoku"},
    .says = {"随机出一道九宫数独，只有一个解，附答案。难度按给出的数字个数：easy 约 40，medium 约 "
             "33，hard 约 26。",
             "A sudoku by chance with exactly one answer, which is given too. The level is how "
             "many numbers are "
             "given: easy about 40, medium 33, hard 26."},
    .run = RUN_IN_WORKER(sudoku),
    .asks = ASKS({"level",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"难度", "Level"},
                  .choices = "easy|medium|hard",
                  .aliases = "difficulty",
                  .fallback = "medium"}),
    .gives = GIVES(
        {"level", GIVE_TEXT, {"难度", "Level"}},
        {"clues", GIVE_INT, {"给出的数字个数", "Numbers given"}},
        {"puzzle", GIVE_TEXT, {"题目，按行 81 个数字，0 为空", "81 digits by rows, 0 is empty"}},
        {"answer", GIVE_TEXT, {"答案", "The answer"}}),
    .shows = SHOWS({"level=easy",
                    "{\"level\":\"easy\",\"clues\":40,\"puzzle\":"
                    "\"3001002001204080938692007100400010020017040050023801"
                    "00218900400090517308035800000\",\"answer\":"
                    "\"35417928612746859386925371454369187298172463567238514"
                    "9218936457496517328735842961\"}",
                    SHOW_EXACT},
                   {"level=hard",
                    "{\"level\":\"hard\",\"clues\":26,\"puzzle\":"
                    "\"3001000001200080930602007100400000020007040050023001"
                    "00008900400000017000035000000\",\"answer\":"
                    "\"35417928612746859386925371454369187298172463567238514"
                    "9218936457496517328735842961\"}",
                    SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 2,
    .stands_on = "search with one answer, our own",
};
