/* quote_en.c: a sentence of English literature. */
#include "api/life/own_text.h"

enum { ASKED_KIND, ASKED_FORMAT };
enum { QUOTE_KIND, QUOTE_TEXT, QUOTE_AUTHOR, QUOTE_WORK };

static struct err quote_en(struct call *c) {
    struct text row;
    if (!own_draw_kind(c, "e", ASKED_KIND, &row))
        return call_nothing(c, "没有名句", "there are no quotations");
    reply_object(c, NULL);
    reply_text(c, "kind", pack_field(row, QUOTE_KIND));
    reply_text(c, "content", pack_field(row, QUOTE_TEXT));
    reply_text(c, "author", pack_field(row, QUOTE_AUTHOR));
    reply_text(c, "work", pack_field(row, QUOTE_WORK));
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_quote_en = {
    .path = "/api/quote/en",
    .subject = "life",
    .title = {"英文名句", "English quotations"},
    .says = {"随机返回一句英文名句及其作者、出处，可选类别。作者均已去世一百年以上，出处写到作品。",
             "A sentence of English literature with its author and the work that it stands in; a "
             "kind may be chosen. "
             "All of authors dead for more than a hundred years."},
    .run = quote_en,
    .asks = ASKS({"kind",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"类别", "Kind"},
                  .choices = "wisdom|love|life|courage|kindness|reading|nature",
                  .aliases = "type"},
                 ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES(
        {"kind", GIVE_TEXT, {"类别", "Kind"}}, {"content", GIVE_TEXT, {"名句", "The sentence"}},
        {"author", GIVE_TEXT, {"作者", "Author"}}, {"work", GIVE_TEXT, {"出处", "Work"}}),
    .shows = SHOWS(
        {"kind=reading",
         "{\"kind\":\"reading\",\"content\":\"I declare after all there is no enjoyment like "
         "reading!\",\"au"
         "thor\":\"Jane Austen\",\"work\":\"Pride and Prejudice\"}",
         SHOW_EXACT},
        {"",
         "{\"kind\":\"life\",\"content\":\"Always do right. This will gratify some people and "
         "astonish the r"
         "est.\",\"author\":\"Mark Twain\",\"work\":\"Note to the Young People's Society, 1901\"}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
