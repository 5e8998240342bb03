/* censor.c: see censor.h. */
#include "data/censor.h"
#include "base/buf.h"
#include "codec/chinese.h"
#include "codec/unicode_text.h"

#include <unicode/uchar.h>

enum { WORD_BYTES_MAX = 60, WORD_RUNES_MAX = 20 };

/* One character that counts, and where it came from. */
struct plain {
    size_t byte, rune, bytes;  /* in the text */
    size_t at, length;         /* in the plain text */
    bool is_latin, after_gap;  /* after_gap: something was left out before it */
};

struct plains {
    struct plain *list;
    size_t count;
    struct buf text;
};

static bool counts(int32_t rune) {
    return u_isalnum(rune);
}

static bool is_latin(int32_t rune) {
    return rune < 0x250 && u_isalpha(rune);
}

/* The form of one character by which it is compared; mostly one character again. */
static struct text plain_form_in(struct arena *a, struct text rune) {
    bool is_ascii = rune.length == 1;
    struct text t = is_ascii ? rune : unicode_normalize_in(a, rune, UNICODE_NFKC);
    return is_ascii ? text_lower_in(a, t) : unicode_case_in(a, t, UNICODE_LOWER);
}

/* `simple` is the same text in simplified Chinese, character for character where it has as many. */
static void make_plain(struct arena *a, struct text t, struct text simple, struct plains *out) {
    bool gap = true;
    size_t byte = 0, rune = 0;
    while (byte < t.length) {
        struct text rest = text_from(t, byte), after = simple;
        text_rune(&rest);
        text_rune(&after);
        size_t bytes = t.length - byte - rest.length;
        struct text form = plain_form_in(a, text_part(simple, 0, simple.length - after.length)), probe = form;
        int32_t first = text_rune(&probe);
        if (first >= 0 && counts(first)) {
            out->list[out->count++] = (struct plain){byte, rune, bytes, out->text.length, form.length,
                                                     is_latin(first), gap};
            buf_text(&out->text, form);
            gap = false;
        } else {
            gap = true;
        }
        simple = after;
        byte += bytes;
        rune++;
    }
}

/* A Latin word must not go on with letters at either end. */
static bool stands_alone(const struct plains *p, size_t from, size_t until) {
    const struct plain *first = &p->list[from], *last = &p->list[until - 1];
    bool starts = !first->is_latin || from == 0 || first->after_gap || !p->list[from - 1].is_latin;
    bool ends = !last->is_latin || until == p->count || p->list[until].after_gap || !p->list[until].is_latin;
    return starts && ends;
}

/* The end (a place in the list) of the longest word that begins at `from`; 0 where there is none. */
static size_t longest(const struct pack *pack, const struct plains *p, size_t from, struct text *value_out) {
    size_t best = 0;
    struct text all = buf_peek(&p->text), value;
    for (size_t until = from + 1; until <= p->count && until <= from + WORD_RUNES_MAX; until++) {
        size_t start = p->list[from].at, end = p->list[until - 1].at + p->list[until - 1].length;
        if (end - start > WORD_BYTES_MAX)
            break;
        if (until - from >= 2 && pack_find(pack, text_part(all, start, end - start), &value) &&
            stands_alone(p, from, until)) {
            best = until;
            *value_out = value;
        }
    }
    return best;
}

struct err censor_find_in(struct arena *a, const struct pack *pack, struct text t, struct censor_hits *out) {
    struct plains p = {.list = arena_alloc(a, (text_runes(t) + 1) * sizeof *p.list)};
    struct text simple, value;
    out->count = 0;
    buf_init(&p.text, a, t.length * 20 + 64);
    try(chinese_convert_in(a, TEXT("t2s"), t, &simple));
    make_plain(a, t, text_runes(simple) == text_runes(t) ? simple : t, &p);
    for (size_t i = 0; i < p.count && out->count < CENSOR_HITS_MAX; i++) {
        size_t until = longest(pack, &p, i, &value);
        if (until == 0)
            continue;
        const struct plain *first = &p.list[i], *last = &p.list[until - 1];
        out->list[out->count++] = (struct censor_hit){
            pack_field(value, 0), pack_field(value, 1), pack_field(value, 2),
            text_part(t, first->byte, last->byte + last->bytes - first->byte), first->rune,
                    last->rune + 1 - first->rune};
        i = until - 1;
    }
    return ok;
}
