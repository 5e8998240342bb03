/* proverb_en.c: English proverbs with the Chinese ones that say the same. */
#include "api/life/own_text.h"

enum { ASKED_WORD, ASKED_PAGE, ASKED_PAGE_SIZE };
enum { PROVERB_TEXT, PROVERB_MEANING, PROVERB_CHINESE };

static void reply_proverb(struct call *c, struct text row) {
    reply_object(c, NULL);
    reply_text(c, "content", pack_field(row, PROVERB_TEXT));
    reply_text(c, "meaning", pack_field(row, PROVERB_MEANING));
    reply_text(c, "chinese", pack_field(row, PROVERB_CHINESE));
    reply_end_object(c);
}

/* The rows that hold the word; their places fill `found`. */
static uint32_t search(struct call *c, struct text word, struct range all, uint32_t *found) {
    struct text key, row;
    uint32_t count = 0;
    for (uint32_t i = all.from; i < all.until; i++)
        if (pack_at(data_pack(c->data, DATA_OWN_TEXTS), i, &key, &row) &&
            text_find(text_lower_in(c->arena, row), word) != SIZE_MAX)
            found[count++] = i;
    return count;
}

static struct err proverb_en(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_OWN_TEXTS);
    struct range all = own_range(c, "p");
    struct text key, row, word = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_WORD)));
    uint32_t *found = arena_alloc(c->arena, (all.until - all.from + 1) * sizeof *found);
    uint32_t count = ask_has(c, ASKED_WORD) ? search(c, word, all, found) : 1;
    if (!ask_has(c, ASKED_WORD) && all.until > all.from)
        found[0] = all.from + random_below(c->random, all.until - all.from);
    if (count == 0 || all.until == all.from)
        return call_nothing(c, "没有含这个词的谚语", "no proverb has that word");
    struct paging page = page_of(c, ASKED_PAGE, count);
    reply_object(c, NULL);
    reply_page(c, &page);
    reply_list(c, "list");
    for (uint64_t i = page.from; i < page.until && pack_at(p, found[i], &key, &row); i++)
        reply_proverb(c, row);
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_proverb_en = {
    .path = "/api/proverb/en",
    .subject = "life",
    .title = {"英文谚语", "English proverbs"},
    .says = {"按中英文词查英文谚语，附英文解释与意思相近的中文俗语；不传 word 时随机返回一条。共 "
             "128 条。",
             "English proverbs by a word, English or Chinese, with their meaning and the Chinese "
             "saying nearest to "
             "them; one by chance without a word. 128 in all."},
    .run = proverb_en,
    .asks = ASKS({"word", ASK_TEXT, OPTIONAL, {"词", "A word"}, 1, 30, .aliases = "keyword|q"},
                 ASK_PAGE, ASK_PAGE_SIZE(20, 100)),
    .gives = GIVES(
        GIVES_PAGE, {"list", GIVE_LIST, {"谚语", "Proverbs"}},
        {"list[].content", GIVE_TEXT, {"英文谚语", "The proverb"}},
        {"list[].meaning", GIVE_TEXT, {"英文解释", "What it means"}},
        {"list[].chinese", GIVE_TEXT, {"相近的中文说法", "The Chinese saying nearest to it"}}),
    .shows = SHOWS({"word=horse",
                    "{\"page\":1,\"page_size\":20,\"total\":2,\"pages\":1,\"list\":[{\"content\":"
                    "\"Don't put the cart b"
                    "efore the horse.\",\"meaning\":\"Keep the right "
                    "order.\",\"chinese\":\"不要本末倒置\"},{\"content"
                    "\":\"It is no use shutting the stable door after the horse has "
                    "bolted.\",\"meaning\":\"Too late to"
                    " prevent it now.\",\"chinese\":\"贼走关门，为时已晚\"}]}",
                    SHOW_EXACT},
                   {"word=%E4%B8%89%E6%80%9D",
                    "{\"page\":1,\"page_size\":20,\"total\":1,\"pages\":1,\"list\":[{\"content\":"
                    "\"Look before you leap"
                    ".\",\"meaning\":\"Think first.\",\"chinese\":\"三思而后行\"}]}",
                    SHOW_EXACT},
                   {"",
                    "{\"page\":1,\"page_size\":20,\"total\":1,\"pages\":1,\"list\":[{\"content\":"
                    "\"It is no use shuttin"
                    "g the stable door after the horse has bolted.\",\"meaning\":\"Too late to "
                    "prevent it now.\",\"chin"
                    "ese\":\"贼走关门，为时已晚\"}]}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
