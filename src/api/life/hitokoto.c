/* hitokoto.c: a sentence, of verse, thought, letters or proverb. */
#include "call/format.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { ASKED_TYPE, ASKED_FORMAT };

static struct err hitokoto(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_SAYINGS);
    struct text key, value, type = ask_has(c, ASKED_TYPE) ? ask_text(c, ASKED_TYPE) : TEXT("");
    if (!range_draw(p, range_of(p, type), c->random, &key, &value))
        return call_nothing(c, "没有句子", "there are no sentences");
    uint64_t number = 0;
    text_to_u64(text_from(key, 1), &number);
    reply_object(c, NULL);
    reply_int(c, "id", (int64_t)number);
    reply_int(c, "user_id", 0);
    reply_text(c, "hitokoto", pack_field(value, 0));
    reply_text(c, "type", text_part(key, 0, 1));
    reply_text(c, "from", pack_field(value, 1));
    reply_text(c, "creator", pack_field(value, 2));
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "hitokoto");
}

const struct endpoint endpoint_hitokoto = {
    .path = "/api/hitokoto",
    .subject = "life",
    .title = {"一言", "A sentence"},
    .says =
        {"随机返回一句古人的话，注明出处与作者，近四千句：d 文学（幽梦影）、i 诗词、k "
         "哲学（论语、孟子、大学、中庸）、l 谚语（增广贤文）。其他类型没有来源清楚的数据，不提供。",
         "A sentence by chance with its work and author, of nearly 4,000 in the public domain: d "
         "letters, i verse, k philosophy (Analects, Mencius …), l proverbs. The other kinds have "
         "no source with a clear licence."},
    .run = hitokoto,
    .asks = ASKS({"type", ASK_CHOICE, OPTIONAL, {"类型", "Kind"}, .choices = "d|i|k|l"},
                 ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"id", GIVE_INT, {"在该类型中的编号", "Number within its kind"}},
                   {"user_id", GIVE_INT, {"提交者；恒为 0", "Who sent it; always 0"}},
                   {"hitokoto", GIVE_TEXT, {"句子", "The sentence"}},
                   {"type", GIVE_TEXT, {"类型", "Kind"}}, {"from", GIVE_TEXT, {"出处", "The work"}},
                   {"creator", GIVE_TEXT, {"作者", "Author"}}),
    .shows = SHOWS({"",
                    "{\"id\":60,\"user_id\":0,\"hitokoto\":\"遥知兄弟登高处，遍插茱萸少一人。\","
                    "\"type\":\"i\",\"from\""
                    ":\"九月九日忆山东兄弟\",\"creator\":\"王维\"}",
                    SHOW_EXACT},
                   {"type=k",
                    "{\"id\":366,\"user_id\":0,\"hitokoto\":"
                    "\"于不可已而已者，无所不已；于所厚者薄，无所不薄也。其进锐者"
                    "，其退速。\",\"type\":\"k\",\"from\":\"孟子·尽心上\",\"creator\":\"孟子\"}",
                    SHOW_EXACT},
                   {"type=l",
                    "{\"id\":426,\"user_id\":0,\"hitokoto\":\"清酒红人脸，财帛动人心！\",\"type\":"
                    "\"l\",\"from\":\"增广"
                    "贤文·下集\",\"creator\":\"佚名\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_SAYINGS),
};
