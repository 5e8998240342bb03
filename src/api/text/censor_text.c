/* censor_text.c: words in a text that a public place should not show. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/censor.h"
#include "data/data.h"

enum { ASKED_TEXT };

static struct text kind_name(struct call *c, struct text kind) {
    struct text names = TEXT("");
    (void)pack_find(data_pack(c->data, DATA_CENSOR), text_format_in(c->arena, "=%.*s", TEXT_ARG(kind)), &names);
    return pack_field(names, c->language == LANGUAGE_ZH ? 0 : 1);
}

static void reply_hit(struct call *c, const struct censor_hit *h) {
    reply_object(c, NULL);
    reply_text(c, "word", h->word);
    reply_text(c, "text", h->found);
    reply_text(c, "kind", h->kind);
    reply_text(c, "kind_name", kind_name(c, h->kind));
    reply_text(c, "verdict", h->verdict);
    reply_int(c, "start", (int64_t)h->start);
    reply_int(c, "length", (int64_t)h->length);
    reply_end_object(c);
}

/* A star for each character of a hit, the marks inside it too. */
static struct text masked_in(struct call *c, struct text t, const struct censor_hits *hits) {
    struct buf b;
    buf_init(&b, c->arena, t.length + 1);
    for (size_t i = 0; i < hits->count; i++) {
        size_t start = (size_t)(hits->list[i].found.bytes - t.bytes);
        static const char stars[] = "********************";
        buf_text(&b, text_part(t, 0, start));
        for (size_t left = hits->list[i].length; left > 0;) {
            size_t part = left < sizeof stars - 1 ? left : sizeof stars - 1;
            buf_add(&b, stars, part);
            left -= part;
        }
        t = text_from(t, start + hits->list[i].found.length);
    }
    buf_text(&b, t);
    return buf_peek(&b);
}

static struct err censor_text(struct call *c) {
    static const char *const names[] = {"pass", "review", "block"};
    static const struct words conclusions[] = {{"合规", "pass"}, {"疑似", "review"}, {"不合规", "block"}};
    struct censor_hits *hits = arena_alloc(c->arena, sizeof *hits);
    struct text t = ask_text(c, ASKED_TEXT);
    unsigned worst = 0;
    try(censor_find_in(c->arena, data_pack(c->data, DATA_CENSOR), t, hits));
    for (size_t i = 0; i < hits->count; i++)
        worst = text_equal_c(hits->list[i].verdict, "block") ? 2 : worst ? worst : 1;
    reply_object(c, NULL);
    reply_c(c, "conclusion", c->language == LANGUAGE_ZH ? conclusions[worst].zh : conclusions[worst].en);
    reply_c(c, "suggestion", names[worst]);
    reply_int(c, "count", (int64_t)hits->count);
    reply_list(c, "hits");
    for (size_t i = 0; i < hits->count; i++)
        reply_hit(c, &hits->list[i]);
    reply_end_list(c);
    reply_text(c, "masked", masked_in(c, t, hits));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_censor_text = {
    .path = "/api/censor/text",
    .subject = "text",
    .title = {"文本审核", "Look for unfit words"},
    .says = {"按自有词表找出赌博、色情、毒品、枪支、诈骗、暴力、自伤、辱骂、广告类词语，给出位置、结论与打码文本。能识破全角、繁体、夹空格和符号的写法。"
             "只看词语，不懂语境，会漏也会误；请作为人工审核的辅助。最多列出 200 处。",
             "Finds words of gambling, pornography, drugs, weapons, fraud, violence, self-harm, abuse and advertising by a list of our own, "
             "with places, a verdict and the text with stars. Full-width and traditional forms, blanks and marks between are seen "
             "through. It looks at words, not at sense: use it beside people. 200 places at most."},
    .run = RUN_IN_WORKER(censor_text),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本", "The text"}, 1, 20000, .aliases = "content"}),
    .gives = GIVES({"conclusion", GIVE_TEXT, {"结论：合规、疑似或不合规", "Verdict in words"}},
                   {"suggestion", GIVE_TEXT, {"pass、review 或 block", "pass, review or block"}},
                   {"count", GIVE_INT, {"命中数", "Hits"}}, {"hits", GIVE_LIST, {"命中", "The hits"}},
                   {"hits[].word", GIVE_TEXT, {"词表中的词", "The word of the list"}}, {"hits[].text", GIVE_TEXT, {"原文", "As it stands in the text"}},
                   {"hits[].kind", GIVE_TEXT, {"类别", "Kind"}}, {"hits[].kind_name", GIVE_TEXT, {"类别名称", "Name of the kind"}},
                   {"hits[].verdict", GIVE_TEXT, {"review 或 block", "review or block"}},
                   {"hits[].start", GIVE_INT, {"起始位置（字符，从 0 起）", "Where it begins, in characters from 0"}},
                   {"hits[].length", GIVE_INT, {"字符数", "Characters"}},
                   {"masked", GIVE_TEXT, {"命中处换成星号的文本", "The text with stars for the hits"}}),
    .shows = SHOWS({"text=兼 职 刷*單，日赚千元，加ＶＸ详聊",
                    "{\"conclusion\":\"不合规\",\"suggestion\":\"block\",\"count\":3,\"hits\":[{\"word\":\"兼"
                    "职刷单\",\"text\":\"兼 职 刷*單\",\"kind\":\"fraud\",\"kind_name\":\"诈骗与违法交易\",\"verdict\":"
                    "\"block\",\"start\":0,\"length\":7},{\"word\":\"日赚千元\",\"text\":\"日赚千元\",\"kind\":\""
                    "ad\",\"kind_name\":\"广告导流\",\"verdict\":\"review\",\"start\":8,\"length\":4},{\"word"
                    "\":\"加vx\",\"text\":\"加ＶＸ\",\"kind\":\"ad\",\"kind_name\":\"广告导流\",\"verdict\":\"rev"
                    "iew\",\"start\":13,\"length\":3}],\"masked\":\"*******，****，***详聊\"}", SHOW_EXACT}, {"text=今天天气真好，我们去公园吧",
                    "{\"conclusion\":\"合规\",\"suggestion\":\"pass\",\"count\":0,\"hits\":[],\"masked\":\""
                    "今天天气真好，我们去公园吧\"}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 2,
    .keep_s = 3600,
    .needs = NEEDS(DATA_CENSOR),
    .stands_on = "our own list; ICU 72 (Unicode-3.0), OpenCC 1.1 (Apache-2.0)",
};
