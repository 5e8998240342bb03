/* bible.c: verses of the King James Version. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { ASKED_BOOK, ASKED_CHAPTER, ASKED_VERSE, ASKED_UNTIL };
enum { BOOK_ENGLISH, BOOK_CHINESE, BOOK_CHAPTERS, KEY_VERSE = 5 };

static struct text without_blanks_in(struct arena *a, struct text t) {
    struct buf b;
    buf_init(&b, a, t.length + 1);
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] != ' ')
            buf_char(&b, t.bytes[i]);
    return buf_peek(&b);
}

static struct err bible(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_BIBLE);
    struct text name =
                    without_blanks_in(c->arena, text_lower_in(c->arena, ask_text(c, ASKED_BOOK))),
                id, book, key, value;
    if (!pack_find(p, text_format_in(c->arena, "?%.*s", TEXT_ARG(name)), &id) ||
        !pack_find(p, text_format_in(c->arena, "=%.*s", TEXT_ARG(id)), &book))
        return call_invalid(c, ASKED_BOOK, "没有这一卷，请写 Genesis、Gen 或 创世记",
                            "no such book; write Genesis, Gen or 创世记");
    struct range all = range_of(
        p, text_format_in(c->arena, "%.*s%03d", TEXT_ARG(id), (int)ask_int(c, ASKED_CHAPTER)));
    int64_t first = ask_has(c, ASKED_VERSE) ? ask_int(c, ASKED_VERSE) : 1;
    int64_t last = ask_has(c, ASKED_UNTIL)   ? ask_int(c, ASKED_UNTIL)
                   : ask_has(c, ASKED_VERSE) ? first
                                             : INT64_MAX,
            found = 0;
    reply_object(c, NULL);
    reply_text(c, "book", pack_field(book, BOOK_ENGLISH));
    reply_text(c, "book_zh", pack_field(book, BOOK_CHINESE));
    reply_int(c, "chapter", ask_int(c, ASKED_CHAPTER));
    reply_list(c, "verses");
    for (uint32_t i = all.from; i < all.until; i++) {
        int64_t verse = 0;
        if (!pack_at(p, i, &key, &value) || !text_to_i64(text_from(key, KEY_VERSE), &verse) ||
            verse < first || verse > last)
            continue;
        reply_object(c, NULL);
        reply_int(c, "verse", verse);
        reply_text(c, "text", value);
        reply_end_object(c);
        found++;
    }
    reply_end_list(c);
    reply_end_object(c);
    return found ? ok : call_nothing(c, "没有这一章或这一节", "there is no such chapter or verse");
}

const struct endpoint endpoint_bible = {
    .path = "/api/bible",
    .subject = "life",
    .title = {"圣经（英文钦定本）", "Bible, King James Version"},
    .says = {"查《圣经》钦定本（公有领域）的一章或其中几节，六十六卷，书名可用英文、缩写或中文。",
             "A chapter or some verses of the King James Version (public domain), 66 books; the "
             "book by its English name, abbreviation or Chinese name."},
    .run = bible,
    .asks = ASKS({"book", ASK_TEXT, REQUIRED, {"书卷", "Book"}, 1, 30},
                 {"chapter", ASK_INT, OPTIONAL, {"章", "Chapter"}, 1, 150, .fallback = "1"},
                 {"verse",
                  ASK_INT,
                  OPTIONAL,
                  {"节；不传为整章", "Verse; the whole chapter if missing"},
                  1,
                  200},
                 {"until", ASK_INT, OPTIONAL, {"到第几节", "Last verse"}, 1, 200}),
    .gives =
        GIVES({"book", GIVE_TEXT, {"书卷英文名", "Book"}},
              {"book_zh", GIVE_TEXT, {"书卷中文名", "Its Chinese name"}},
              {"chapter", GIVE_INT, {"章", "Chapter"}}, {"verses", GIVE_LIST, {"各节", "Verses"}},
              {"verses[].verse", GIVE_INT, {"节", "Verse"}},
              {"verses[].text", GIVE_TEXT, {"英文经文", "Its text"}}),
    .shows = SHOWS({"book=Genesis&chapter=1&verse=1&until=3",
                    "{\"book\":\"Genesis\",\"book_zh\":\"创世记\",\"chapter\":1,\"verses\":[{"
                    "\"verse\":1,\"text\":\"In "
                    "the beginning God created the heaven and the "
                    "earth.\"},{\"verse\":2,\"text\":\"And the earth was w"
                    "ithout form, and void; and darkness was upon the face of the deep. And the "
                    "Spirit of God moved upo"
                    "n the face of the waters.\"},{\"verse\":3,\"text\":\"And God said, Let there "
                    "be light: and there w"
                    "as light.\"}]}",
                    SHOW_EXACT},
                   {"book=%E7%BA%A6%E7%BF%B0%E7%A6%8F%E9%9F%B3&chapter=3&verse=16",
                    "{\"book\":\"John\",\"book_zh\":\"约翰福音\",\"chapter\":3,\"verses\":[{"
                    "\"verse\":16,\"text\":\"For"
                    " God so loved the world, that he gave his only begotten Son, that whosoever "
                    "believeth in him shoul"
                    "d not perish, but have everlasting life.\"}]}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_BIBLE),
};
