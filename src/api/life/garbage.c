/* garbage.c: which bin a thing goes into. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { ASKED_NAME };
enum { FOUND_MAX = 20, KIND_EXPLAIN = 0, KIND_CONTAIN, KIND_TIP };

/* A thing stands under "!" and its name, its value is its kind, 0 to 3; a kind under "=" and its number. */
static void put_row(struct call *c, struct text name, struct text kind) {
    struct text about = TEXT("");
    pack_find(data_pack(c->data, DATA_GARBAGE), text_format_in(c->arena, "=%.*s", TEXT_ARG(kind)), &about);
    reply_object(c, NULL);
    reply_text(c, "name", name);
    reply_int(c, "type", kind.bytes[0] - '0');
    reply_text(c, "explain", pack_field(about, KIND_EXPLAIN));
    reply_text(c, "contain", pack_field(about, KIND_CONTAIN));
    reply_text(c, "tip", pack_field(about, KIND_TIP));
    reply_end_object(c);
}

/* A name in the other, either way round: 废电池 and 电池 tell of each other. */
static bool is_like(struct text a, struct text b) {
    return text_find(a, b) != SIZE_MAX || text_find(b, a) != SIZE_MAX;
}

static struct err garbage(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_GARBAGE);
    struct text asked = text_trim(ask_text(c, ASKED_NAME)), key, kind;
    struct range all = range_of(p, TEXT("!"));
    unsigned found = 0;
    reply_list(c, NULL);
    if (pack_find(p, text_format_in(c->arena, "!%.*s", TEXT_ARG(asked)), &kind)) {
        put_row(c, asked, kind);
        found++;
    }
    for (uint32_t i = all.from; i < all.until && found < FOUND_MAX; i++) {
        if (!pack_at(p, i, &key, &kind))
            continue;
        struct text name = text_from(key, 1);
        if (text_equal(name, asked) || !is_like(name, asked))
            continue;
        put_row(c, name, kind);
        found++;
    }
    reply_end_list(c);
    return found ? ok
                 : call_nothing(c, "没有收录这种物品，请换个说法，如 塑料瓶",
                                "this thing is not listed; try another word, in Chinese, such as 塑料瓶");
}

const struct endpoint endpoint_garbage = {
    .path = "/api/garbage",
    .subject = "life",
    .title = {"垃圾分类", "Which bin it goes into"},
    .says = {"按国标 GB/T 19095-2019 的四类（可回收物、有害、厨余、其他）查询生活垃圾的类别，收录四百余种常见物品，本站整理；名称相近的一并返回，最多 20 条。"
             "各地规定略有出入，以当地为准。",
             "Which of the four kinds of GB/T 19095-2019 (recyclable, hazardous, kitchen, residual) a thing of the "
             "household is, by its Chinese name: some four hundred things, listed by us, with those of a similar name, "
             "20 at most. Towns differ in detail; theirs is the last word."},
    .run = garbage,
    .asks = ASKS({"name", ASK_TEXT, REQUIRED, {"物品名称", "The thing, in Chinese"}, 1, 30, .aliases = "word|keyword"}),
    .gives = GIVES({"[].name", GIVE_TEXT, {"物品", "The thing"}},
                   {"[].type", GIVE_INT,
                    {"0 可回收物，1 有害垃圾，2 厨余（湿）垃圾，3 其他（干）垃圾",
                     "0 recyclable, 1 hazardous, 2 kitchen (wet), 3 residual (dry)"}},
                   {"[].explain", GIVE_TEXT, {"这一类是什么", "What this kind is"}},
                   {"[].contain", GIVE_TEXT, {"这一类包括什么", "What belongs to it"}},
                   {"[].tip", GIVE_TEXT, {"投放要求", "How to hand it in"}}),
    .shows = SHOWS({"name=%E6%A6%B4%E8%8E%B2",
                    "[{\"name\":\"榴莲壳\",\"type\":3,\"explain\":\"其他垃圾（干垃圾）：前三类以外的"
                    "生活废弃物\",\"contain\":\"受污染不可回收的纸张与塑料、大骨贝壳、烟蒂灰土、陶瓷"
                    "等\",\"tip\":\"沥干水分后投放；难以辨别类别的投入其他垃圾\"},{\"name\":\"榴莲核"
                    "\",\"type\":3,\"explain\":\"其他垃圾（干垃圾）：前三类以外的生活废弃物\",\"conta"
                    "in\":\"受污染不可回收的纸张与塑料、大骨贝壳、烟蒂灰土、陶瓷等\",\"tip\":\"沥干水"
                    "分后投放；难以辨别类别的投入其他垃圾\"}]",
                    SHOW_EXACT},
                   {"name=%E5%A1%91%E6%96%99%E7%93%B6",
                    "[{\"name\":\"塑料瓶\",\"type\":0,\"explain\":\"可回收物：适宜回收、可循环利用的"
                    "生活废弃物\",\"contain\":\"废纸、废塑料、废金属、废玻璃、废旧织物等\",\"tip\":\""
                    "轻投轻放；清空内容物、保持清洁干燥；纸类压平，立体包装压扁，尖锐物包好\"},{\"nam"
                    "e\":\"酱油塑料瓶\",\"type\":0,\"explain\":\"可回收物：适宜回收、可循环利用的生活"
                    "废弃物\",\"contain\":\"废纸、废塑料、废金属、废玻璃、废旧织物等\",\"tip\":\"轻投"
                    "轻放；清空内容物、保持清洁干燥；纸类压平，立体包装压扁，尖锐物包好\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_GARBAGE),
};
