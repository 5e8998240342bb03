/* riddle_type.c: the kinds of riddles. */
#include "api/life/own_text.h"

static struct err riddle_type(struct call *c) {
    struct text list, row, number, name;
    if (!pack_find(data_pack(c->data, DATA_OWN_TEXTS), TEXT("=r"), &list))
        return call_nothing(c, "没有类型", "there are no kinds");
    reply_list(c, NULL);
    while (text_cut(&list, '\t', &row))
        if (text_cut(&row, ' ', &number) && text_cut(&row, ' ', &name)) {
            reply_object(c, NULL);
            reply_text(c, "type", number);
            reply_text(c, "name", name);
            reply_text(c, "desc",
                       text_format_in(c->arena, "%.*s，共 %.*s 则", TEXT_ARG(name), TEXT_ARG(row)));
            reply_end_object(c);
        }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_riddle_type = {
    .path = "/api/riddle/type",
    .subject = "life",
    .title = {"谜语类型", "Kinds of riddles"},
    .says = {"返回 /api/riddle 的 type 可用的值。",
             "The values that type of /api/riddle may have."},
    .run = riddle_type,
    .asks = ASKS({0}),
    .gives =
        GIVES({"[].type", GIVE_TEXT, {"类型", "Kind"}}, {"[].name", GIVE_TEXT, {"名称", "Name"}},
              {"[].desc", GIVE_TEXT, {"说明", "What it is"}}),
    .shows =
        SHOWS({"",
               "[{\"type\":\"1\",\"name\":\"字谜\",\"desc\":\"字谜，共 31 "
               "则\"},{\"type\":\"2\",\"name\":\"动物\","
               "\"desc\":\"动物，共 21 则\"},{\"type\":\"3\",\"name\":\"植物\",\"desc\":\"植物，共 "
               "16 则\"},{\"typ"
               "e\":\"4\",\"name\":\"自然\",\"desc\":\"自然，共 10 "
               "则\"},{\"type\":\"5\",\"name\":\"物品\",\"desc"
               "\":\"物品，共 16 "
               "则\"},{\"type\":\"6\",\"name\":\"脑筋急转弯\",\"desc\":\"脑筋急转弯，共 10 则\"}]",
               SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
