/* mingyan.c: a quotation by chance, of a kind if wanted. */
#include "api/life/own_text.h"

enum { ASKED_FORMAT, ASKED_TYPE };
enum { QUOTE_KIND, QUOTE_SENTENCE, QUOTE_AUTHOR, QUOTE_WORK };

/* The number of the kind in the list: "3 修身 28". */
static struct text number_of(struct call *c, struct text kind) {
    struct text list, row, number, name;
    if (pack_find(data_pack(c->data, DATA_OWN_TEXTS), TEXT("=m"), &list))
        while (text_cut(&list, '\t', &row))
            if (text_cut(&row, ' ', &number) && text_cut(&row, ' ', &name) &&
                text_equal(name, kind))
                return number;
    return TEXT("");
}

static struct err mingyan(struct call *c) {
    struct text kind = {0}, value = {0};
    if (ask_has(c, ASKED_TYPE) && !own_kind(c, "=m", text_trim(ask_text(c, ASKED_TYPE)), &kind))
        return call_invalid(c, ASKED_TYPE, "没有这个类型，类型见 /api/mingyan/type",
                            "no such kind; /api/mingyan/type has them");
    uint32_t count = own_of_kind(c, "m", kind, UINT32_MAX, &value);
    if (count == 0)
        return call_nothing(c, "没有名言", "there are no quotations");
    own_of_kind(c, "m", kind, random_below(c->random, count), &value);
    reply_object(c, NULL);
    reply_text(c, "content", pack_field(value, QUOTE_SENTENCE));
    reply_text(c, "author", pack_field(value, QUOTE_AUTHOR));
    reply_text(c, "typeid", number_of(c, pack_field(value, QUOTE_KIND)));
    reply_text(c, "work", pack_field(value, QUOTE_WORK));
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_mingyan = {
    .path = "/api/mingyan",
    .subject = "life",
    .title = {"名人名言", "Quotations"},
    .says = {"随机返回一句名言，注明作者与出处；作者均已去世七十年以上，外国作者为本站译文。",
             "A quotation with its author and work; all authors died more than seventy years ago. "
             "In Chinese; foreign ones in our translation."},
    .run = mingyan,
    .asks = ASKS(ASK_FORMAT(FORMS_TEXT), {"typeid",
                                          ASK_TEXT,
                                          OPTIONAL,
                                          {"类型的序号或名称", "Number or name of the kind"},
                                          1,
                                          10,
                                          .aliases = "type"}),
    .gives = GIVES({"content", GIVE_TEXT, {"名言", "The quotation"}},
                   {"author", GIVE_TEXT, {"作者", "Author"}},
                   {"typeid", GIVE_TEXT, {"类型序号", "Number of its kind"}},
                   {"work", GIVE_TEXT, {"出处", "The work"}}),
    .shows = SHOWS({"",
                    "{\"content\":\"两情若是久长时，又岂在朝朝暮暮。\",\"author\":\"秦观\","
                    "\"typeid\":\"7\",\"work\":\""
                    "鹊桥仙\"}",
                    SHOW_EXACT},
                   {"typeid=%E5%AD%A6%E4%B9%A0",
                    "{\"content\":\"知之为知之，不知为不知，是知也。\",\"author\":\"孔子\","
                    "\"typeid\":\"2\",\"work\":\""
                    "论语·为政\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
