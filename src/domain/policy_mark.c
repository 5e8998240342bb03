/* policy_mark.c: see policy_mark.h. */
#include "domain/policy_mark.h"
#include "base/buf.h"

enum { SENTENCE_BYTES_MAX = 16 << 10 };

static bool is_small(char c) { return c >= 'a' && c <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return is_small(c) || (c >= 'A' && c <= 'Z') || is_digit(c); }

/* "/name" that does not go on a word; ends before what a path of ours has not. */
static size_t page_length(struct text t, char before) {
    size_t end = 1;
    if (t.length < 2 || t.bytes[0] != '/' || !is_small(t.bytes[1]) || is_letter(before) || before == '/')
        return 0;
    while (end < t.length && (is_letter(t.bytes[end]) || memchr("/._-", t.bytes[end], 4)))
        end++;
    while (t.bytes[end - 1] == '.')
        end--;
    return end;
}

/* The piece that begins with `open` and ends with `close`; its whole length, 0 where it is none. */
static size_t marked(struct text t, struct text open, struct text close, struct text *inside) {
    if (!text_starts(t, open))
        return 0;
    size_t end = text_find(text_from(t, open.length), close);
    if (end == SIZE_MAX || end == 0)
        return 0;
    *inside = text_part(t, open.length, end);
    return open.length + end + close.length;
}

static size_t mark_at(struct text t, char before, struct policy_piece *out) {
    static const struct {
        struct text open, close;
        enum policy_piece_kind kind;
    } marks[] = {
        {{"**", 2}, {"**", 2}, PIECE_SENSITIVE},
        {{"{{", 2}, {"}}", 2}, PIECE_WORD},
        {{"^[", 2}, {"]", 1}, PIECE_LAW},
    };
    size_t length;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        out->kind = marks[i].kind;
        if ((length = marked(t, marks[i].open, marks[i].close, &out->text)) > 0)
            return length;
    }
    length = page_length(t, before);
    *out = (struct policy_piece){PIECE_PAGE, text_part(t, 0, length)};
    return length;
}

bool policy_piece_next(struct text *rest, struct policy_piece *out) {
    struct text all = *rest;
    if (all.length == 0)
        return false;
    for (size_t at = 0; at < all.length; at++) {
        size_t length = mark_at(text_from(all, at), at ? all.bytes[at - 1] : ' ', out);
        if (length == 0)
            continue;
        if (at == 0) {
            *rest = text_from(all, length);
            return true;
        }
        *rest = text_from(all, at);
        *out = (struct policy_piece){PIECE_PLAIN, text_part(all, 0, at)};
        return true;
    }
    *out = (struct policy_piece){PIECE_PLAIN, all};
    *rest = TEXT("");
    return true;
}

struct text policy_word(const struct policy_words *words, struct text name, unsigned language) {
    if (text_equal_c(name, "operator_name"))
        return words->name;
    if (text_equal_c(name, "operator_code"))
        return words->code;
    if (text_equal_c(name, "operator_address"))
        return words->address;
    if (text_equal_c(name, "operator_contact"))
        return words->contact;
    if (text_equal_c(name, "operator_court"))
        return words->court[language];
    return TEXT("");
}

struct text policy_plain_in(struct arena *a, struct text say, const struct policy_words *words,
                            unsigned language) {
    struct policy_piece piece;
    struct buf out;
    buf_init(&out, a, SENTENCE_BYTES_MAX);
    while (policy_piece_next(&say, &piece)) {
        if (piece.kind == PIECE_WORD)
            buf_text(&out, policy_word(words, piece.text, language));
        else if (piece.kind != PIECE_LAW)
            buf_text(&out, piece.text);
    }
    return text_trim(buf_peek(&out));
}
