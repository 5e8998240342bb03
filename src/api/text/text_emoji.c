/* text_emoji.c: emoji by their names, and names by emoji. */
#include "call/ask.h"
#include "call/paging.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_WORD, ASKED_PAGE };
enum { EMOJI, ZH, EN, GROUP, VERSION, HEXCODE, TAGS_ZH, TAGS_EN, SKINS, FIELDS };

static void reply_pieces(struct call *c, const char *name, struct text pieces) {
    struct text piece;
    reply_list(c, name);
    while (pieces.length && text_cut(&pieces, '|', &piece))
        reply_text(c, NULL, piece);
    reply_end_list(c);
}

static void reply_emoji(struct call *c, struct text value) {
    bool zh = c->language == LANGUAGE_ZH;
    struct text f[FIELDS];
    pack_fields(value, f, FIELDS);
    reply_object(c, NULL);
    reply_text(c, "emoji", f[EMOJI]);
    reply_text(c, "name", f[zh ? ZH : EN]);
    reply_text(c, "name_en", f[EN]);
    reply_text(c, "group", f[GROUP]);
    reply_text(c, "version", f[VERSION]);
    reply_text(c, "hexcode", f[HEXCODE]);
    reply_pieces(c, "tags", f[zh ? TAGS_ZH : TAGS_EN]);
    reply_pieces(c, "skins", f[SKINS]);
    reply_end_object(c);
}

/* U+FE0F asks for the coloured form and is left out of the index. */
static struct text plain_in(struct arena *a, struct text t) {
    struct buf b;
    size_t at;
    buf_init(&b, a, t.length + 1);
    while ((at = text_find(t, TEXT("\xEF\xB8\x8F"))) != SIZE_MAX) {
        buf_text(&b, text_part(t, 0, at));
        t = text_from(t, at + 3);
    }
    buf_text(&b, t);
    return buf_peek(&b);
}

static bool fits(struct text value, struct text word) {
    struct text f[FIELDS];
    pack_fields(value, f, FIELDS);
    return text_find(f[ZH], word) != SIZE_MAX || text_find(f[EN], word) != SIZE_MAX ||
            text_find(f[TAGS_ZH], word) != SIZE_MAX ||
           text_find(f[TAGS_EN], word) != SIZE_MAX;
}

/* Places of what fits, in Unicode's order; the names' own keys come before those that begin with "=". */
static uint32_t search(struct call *c, const struct pack *p, struct text word, uint32_t *places) {
    struct text key, value, order;
    uint32_t count = 0;
    if (pack_find(p, text_format_in(c->arena, "=%.*s", TEXT_ARG(plain_in(c->arena, word))), &order)) {
        places[0] = pack_seek(p, order);
        return 1;
    }
    for (uint32_t i = 0; pack_at(p, i, &key, &value) && key.bytes[0] != '='; i++)
        if (fits(value, word))
            places[count++] = i;
    return count;
}

static struct err text_emoji(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_EMOJI);
    struct text key, value, word = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_WORD)));
    uint32_t *places = arena_alloc(c->arena, (pack_count(p) + 1) * sizeof *places), count = search(c, p,
            word, places);
    if (count == 0)
        return call_nothing(c, "没有找到这样的表情，换个词试试", "no such emoji; try another word");
    struct paging page = page_of(c, ASKED_PAGE, count);
    reply_object(c, NULL);
    reply_page(c, &page);
    reply_list(c, "list");
    for (uint64_t i = page.from; i < page.until && pack_at(p, places[i], &key, &value); i++)
        reply_emoji(c, value);
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_text_emoji = {
    .path = "/api/text/emoji",
    .subject = "text",
    .title = {"Emoji 查询", "Look up emoji"},
    .says = {"用中文或英文词查 emoji，或查一个 emoji 的中英文名称、标签、分组和肤色变体。",
             "Finds emoji by a Chinese or English word, or the names, tags, group and skin tones of an emoji."},
    .run = RUN_IN_WORKER(text_emoji),
    .asks = ASKS({"word", ASK_TEXT, REQUIRED, {"词或 emoji", "A word or an emoji"}, 1, 50, .aliases = "q|keyword|emoji|text"},
                 ASK_PAGE, ASK_PAGE_SIZE(20, 100)),
    .gives = GIVES(GIVES_PAGE, {"list", GIVE_LIST, {"结果", "What fits"}}, {"list[].emoji", GIVE_TEXT, {"表情", "The emoji"}},
                   {"list[].name", GIVE_TEXT, {"名称，按 lang", "Its name, by language"}}, {"list[].name_en", GIVE_TEXT, {"英文名", "English name"}},
                   {"list[].group", GIVE_TEXT, {"分组", "Group"}}, {"list[].version", GIVE_TEXT, {"Emoji 版本", "Version of Emoji"}},
                   {"list[].hexcode", GIVE_TEXT, {"码点", "Code points"}}, {"list[].tags", GIVE_LIST, {"标签", "Tags"}},
                   {"list[].skins", GIVE_LIST, {"肤色变体", "Skin tones"}}),
    .shows = SHOWS({"word=苹果&page_size=2",
                    "{\"page\":1,\"page_size\":2,\"total\":3,\"pages\":2,\"list\":[{\"emoji\":\"🍎\",\"na"
                    "me\":\"红苹果\",\"name_en\":\"red apple\",\"group\":\"food-drink\",\"version\":\"0.6\","
                    "\"hexcode\":\"1F34E\",\"tags\":[\"健康\",\"水果\",\"熟\",\"红\",\"苹果\",\"食物\"],\"skins\":["
                    "]},{\"emoji\":\"🍏\",\"name\":\"青苹果\",\"name_en\":\"green apple\",\"group\":\"food-d"
                    "rink\",\"version\":\"0.6\",\"hexcode\":\"1F34F\",\"tags\":[\"水果\",\"苹果\",\"青\"],\"sk"
                    "ins\":[]}]}", SHOW_EXACT}, {"word=👍",
                    "{\"page\":1,\"page_size\":20,\"total\":1,\"pages\":1,\"list\":[{\"emoji\":\"👍️\",\""
                    "name\":\"拇指向上\",\"name_en\":\"thumbs up\",\"group\":\"people-body\",\"version\":\"0."
                    "6\",\"hexcode\":\"1F44D\",\"tags\":[\"同意\",\"好\",\"手\",\"拇指\",\"真棒\",\"赞\",\"赞成\",\""
                    "顶一下\"],\"skins\":[\"👍🏻\",\"👍🏼\",\"👍🏽\",\"👍🏾\",\"👍🏿\"]}]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_EMOJI),
};
