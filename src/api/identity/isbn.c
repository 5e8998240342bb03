/* isbn.c: a book's number: its check digit, both its forms, and its parts. */
#include "api/identity/plain.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/check_digit.h"
#include "data/data.h"

enum { ASKED_ISBN };

struct parts {
    struct text group, publisher, agency;
};

/* The length that the ranges "00-09 100-499 …" give to the piece at the front of `digits`; 0 where
 * none holds it. */
static size_t piece_length(struct text ranges, struct text digits) {
    struct text range;
    while (text_cut(&ranges, ' ', &range)) {
        size_t hyphen = text_find_char(range, '-');
        struct text first = text_part(range, 0, hyphen), last = text_from(range, hyphen + 1);
        struct text piece = text_part(digits, 0, first.length);
        if (piece.length == first.length && text_compare(piece, first) >= 0 &&
            text_compare(piece, last) <= 0)
            return first.length;
    }
    return 0;
}

/* The parts of the 13 digits; empty where the ranges know none. */
static struct parts parts_of(struct call *c, struct text isbn) {
    const struct pack *p = data_pack(c->data, DATA_STDNUM);
    struct parts parts = {.group = TEXT("")};
    struct text value, rest = text_part(isbn, 3, 9),
                       key = text_format_in(c->arena, "isbn %.*s", 3, isbn.bytes);
    size_t length = pack_find(p, key, &value) ? piece_length(pack_field(value, 1), rest) : 0;
    parts.group = text_part(rest, 0, length);
    rest = text_from(rest, length);
    key = text_format_in(c->arena, "isbn %.*s-%.*s", 3, isbn.bytes, TEXT_ARG(parts.group));
    if (!length || !pack_find(p, key, &value))
        return parts;
    parts.agency = pack_field(value, 0);
    parts.publisher = text_part(rest, 0, piece_length(pack_field(value, 1), rest));
    return parts;
}

/* 13 digits from 10 characters. */
static struct text thirteen_in(struct arena *a, struct text ten) {
    char room[13] = "978";
    for (unsigned i = 0; i < 9; i++)
        room[3 + i] = ten.bytes[i];
    room[12] = check_gs1_digit(text_of(room, 12));
    return text_copy_in(a, text_of(room, sizeof room));
}

static struct text hyphenated_in(struct call *c, struct text isbn, const struct parts *parts) {
    size_t head = parts->group.length + parts->publisher.length;
    if (!parts->publisher.length)
        return isbn;
    return text_format_in(c->arena, "%.*s-%.*s-%.*s-%.*s-%c", 3, isbn.bytes, TEXT_ARG(parts->group),
                          TEXT_ARG(parts->publisher), (int)(9 - head), isbn.bytes + 3 + head,
                          isbn.bytes[12]);
}

static void answer(struct call *c, struct text isbn, bool is_valid) {
    struct parts parts = parts_of(c, isbn);
    reply_object(c, NULL);
    reply_bool(c, "valid", is_valid);
    reply_text(c, "isbn13", isbn);
    if (text_starts(isbn, TEXT("978")))
        reply_text(c, "isbn10",
                   text_format_in(c->arena, "%.*s%c", 9, isbn.bytes + 3,
                                  check_isbn10_digit(text_part(isbn, 3, 9))));
    else
        reply_null(c, "isbn10");
    reply_text(c, "hyphenated", hyphenated_in(c, isbn, &parts));
    reply_text(c, "group", parts.group);
    reply_text(c, "agency", parts.agency);
    reply_text(c, "publisher", parts.publisher);
    reply_end_object(c);
}

static struct err isbn(struct call *c) {
    struct text number = plain_in(c->arena, ask_text(c, ASKED_ISBN));
    bool is_ten = number.length == 10,
         is_thirteen = number.length == 13 &&
                       (text_starts(number, TEXT("978")) || text_starts(number, TEXT("979")));
    for (size_t i = 0; i < number.length; i++) {
        bool is_digit = number.bytes[i] >= '0' && number.bytes[i] <= '9';
        is_ten &= is_digit || (i == 9 && number.bytes[i] == 'X');
        is_thirteen &= is_digit;
    }
    if (!is_ten && !is_thirteen)
        return call_invalid(
            c, ASKED_ISBN, "ISBN 是 13 位数字（978 或 979 开头），或 10 位（末位可为 X）",
            "an ISBN has 13 digits that begin with 978 or 979, or 10 (the last may be X)");
    if (is_ten)
        answer(c, thirteen_in(c->arena, number), check_isbn10(number));
    else
        answer(c, number, check_gs1(number));
    return ok;
}

const struct endpoint endpoint_isbn = {
    .path = "/api/isbn",
    .subject = "identity",
    .title = {"ISBN 校验与拆分", "ISBN"},
    .says = {"校验 10 位或 13 位 ISBN，互相转换，按国际 ISBN "
             "机构的号段加上连字符并读出组区与出版者号。不含书名；号段为 2022 年 11 月版。",
             "Checks an ISBN of 10 or 13 digits, turns one into the other, puts the hyphens by the "
             "ranges of the International ISBN Agency (November "
             "2022) and reads group and publisher. No titles stand behind it."},
    .run = isbn,
    .asks = ASKS({"isbn",
                  ASK_TEXT,
                  REQUIRED,
                  {"ISBN，可含连字符", "The ISBN, with hyphens if you like"},
                  1,
                  40,
                  .aliases = "number|code"}),
    .gives = GIVES(
        {"valid", GIVE_BOOL, {"校验位是否正确", "Is the check digit right?"}},
        {"isbn13", GIVE_TEXT, {"13 位形式", "The form of 13 digits"}},
        {"isbn10",
         GIVE_TEXT,
         {"10 位形式；979 开头的没有，为 null", "The form of 10; null for 979, which have none"}},
        {"hyphenated",
         GIVE_TEXT,
         {"加连字符的形式；号段未知时不加",
          "With hyphens; without where the ranges do not know it"}},
        {"group", GIVE_TEXT, {"组区号", "Group"}},
        {"agency", GIVE_TEXT, {"组区（英文，按号段表）", "Whose group it is"}},
        {"publisher", GIVE_TEXT, {"出版者号；未知为空", "Publisher's number; empty if not known"}}),
    .shows = SHOWS({"isbn=9787020002207",
                    "{\"valid\":true,\"isbn13\":\"9787020002207\",\"isbn10\":\"702000220X\","
                    "\"hyphenated\":\"978-7-02-000220-7\",\"group\":\"7\","
                    "\"agency\":\"China, People's Republic\",\"publisher\":\"02\"}",
                    SHOW_EXACT},
                   {"isbn=0-306-40615-3",
                    "{\"valid\":false,\"isbn13\":\"9780306406157\",\"isbn10\":\"0306406152\","
                    "\"hyphenated\":\"978-0-306-40615-7\",\"group\":\"0\","
                    "\"agency\":\"English language\",\"publisher\":\"306\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_STDNUM),
    .stands_on = "ISO 2108",
    .many = 1 + ASKED_ISBN,
};
