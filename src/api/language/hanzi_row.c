/* hanzi_row.c: see hanzi_row.h. */
#include "api/language/hanzi_row.h"
#include "call/reply.h"
#include "codec/syllable.h"

enum {
    LEVEL_ONE = 3500,
    LEVEL_TWO = 6500
}; /* last places of the levels of 通用规范汉字表 (2013) */

bool hanzi_find(struct call *c, struct text character, struct hanzi *out) {
    const struct pack *p = data_pack(c->data, DATA_HANZI);
    struct text value, number, radical = {0};
    if (!pack_find(p, character, &value) || (unsigned char)character.bytes[0] < 0xc0)
        return false;
    out->character = character;
    pack_fields(value, out->fields, HANZI_FIELDS);
    number = out->fields[HANZI_RADICAL];
    while (number.length && number.bytes[number.length - 1] == '\'')
        number.length--;
    pack_find(p, text_format_in(c->arena, "R%.*s", TEXT_ARG(number)), &radical);
    out->radical = radical;
    return true;
}

struct err hanzi_asked(struct call *c, unsigned ask, struct hanzi *out) {
    struct text word = text_trim(ask_text(c, ask)), rest = word;
    bool is_one = text_rune(&rest) >= 0x80 && rest.length == 0;
    if (!is_one)
        return call_invalid(c, ask, "请传一个汉字，如 学",
                            "send one Chinese character, such as 学");
    if (!hanzi_find(c, word, out))
        return call_nothing(c, "没有收录这个字，请检查是否为汉字",
                            "the character is not known; is it a Chinese one?");
    return ok;
}

void hanzi_reply_characters(struct call *c, const char *name, struct text characters) {
    reply_list(c, name);
    for (struct text rest = characters; rest.length;) {
        size_t left = rest.length;
        const char *start = rest.bytes;
        if (text_rune(&rest) < 0)
            break;
        reply_text(c, NULL, text_of(start, left - rest.length));
    }
    reply_end_list(c);
}

static struct text marked_in(struct call *c, struct text numbered) {
    struct buf b;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    syllable_print(&b, numbered, SYLLABLE_MARKS);
    return buf_peek(&b);
}

void hanzi_reply_readings(struct call *c, const char *name, struct text numbered) {
    struct text one;
    reply_list(c, name);
    while (text_cut(&numbered, ' ', &one))
        reply_text(c, NULL, marked_in(c, one));
    reply_end_list(c);
}

void hanzi_reply_words(struct call *c, const char *name, struct text words) {
    struct text one;
    reply_list(c, name);
    while (text_cut(&words, ' ', &one))
        if (one.length)
            reply_text(c, NULL, one);
    reply_end_list(c);
}

struct text hanzi_readings_in(struct call *c, struct text numbered) {
    struct text one;
    struct buf b;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    while (text_cut(&numbered, ' ', &one)) {
        if (b.length)
            buf_char(&b, ' ');
        syllable_print(&b, one, SYLLABLE_MARKS);
    }
    return buf_peek(&b);
}

int64_t hanzi_number(struct text digits) {
    int64_t value = 0;
    return text_to_i64(digits, &value) ? value : 0;
}

int64_t hanzi_level(const struct hanzi *h) {
    int64_t place = hanzi_number(h->fields[HANZI_PLACE]);
    return place == 0 ? 0 : place <= LEVEL_ONE ? 1 : place <= LEVEL_TWO ? 2 : 3;
}
