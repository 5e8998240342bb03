/* terms.c: see terms.h. */
#include "data/terms.h"
#include "data/segment.h"

#include <math.h>
#include <stdlib.h>

enum { RANK_ROUNDS = 30 };
#define DAMPING 0.85

static bool is_stopword(const struct term_packs *p, struct arena *a, struct text word) {
    struct text unused;
    return pack_find(p->stopwords, text_format_in(a, "zh\t%.*s", TEXT_ARG(word)), &unused) ||
           pack_find(p->stopwords, text_format_in(a, "en\t%.*s", TEXT_ARG(text_lower_in(a, word))), &unused);
}

static bool has_letter(struct text word) {
    for (size_t i = 0; i < word.length; i++) {
        unsigned char c = (unsigned char)word.bytes[i];
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0xE3) /* CJK begins at U+3000 */
            return true;
    }
    return false;
}

static bool is_telling(const struct term_packs *p, struct arena *a, struct text word) {
    return text_runes(word) >= 2 && has_letter(word) && !is_stopword(p, a, word);
}

static double idf_of(const struct pack *idf, struct text word) {
    struct text value;
    double found = 0;
    if (pack_find(idf, word, &value) || pack_find(idf, TEXT("\x02"), &value))
        text_to_number(value, &found);
    return found;
}

/* ---- counting: a table of open addressing ---- */

struct counter {
    struct term *slots;
    size_t room, used;
};

static struct counter counter_in(struct arena *a, size_t most) {
    size_t room = 16;
    while (room < most * 2)
        room *= 2;
    return (struct counter){arena_alloc(a, room * sizeof(struct term)), room, 0};
}

/* Latin letters count the same in either case; the first form stays. */
static struct term *counter_at(struct counter *n, struct text word) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < word.length; i++) {
        char x = word.bytes[i];
        hash = (hash ^ (unsigned char)(x >= 'A' && x <= 'Z' ? x + 32 : x)) * 16777619u;
    }
    size_t at = hash & (n->room - 1);
    while (n->slots[at].count && !text_equal_nocase(n->slots[at].word, word))
        at = (at + 1) & (n->room - 1);
    if (n->slots[at].count++ == 0) {
        n->slots[at].word = word;
        n->used++;
    }
    return &n->slots[at];
}

/* Ties in the order of bytes, so that the same text has the same answer. */
static int by_weight(const void *left, const void *right) {
    const struct term *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight < b->weight ? 1 : -1;
    return text_compare(a->word, b->word);
}

static struct terms sorted_in(struct arena *a, const struct counter *n) {
    struct terms out = {arena_alloc(a, (n->used + 1) * sizeof(struct term)), 0};
    for (size_t i = 0; i < n->room; i++)
        if (n->slots[i].count)
            out.list[out.count++] = n->slots[i];
    qsort(out.list, out.count, sizeof *out.list, by_weight);
    return out;
}

struct terms terms_words_in(struct arena *a, const struct term_packs *packs, struct text t) {
    struct segments s = segment_in(a, packs->words, t, SEGMENT_PRECISE);
    struct counter n = counter_in(a, s.count);
    size_t total = 0;
    for (size_t i = 0; i < s.count; i++)
        if (is_telling(packs, a, s.pieces[i])) {
            counter_at(&n, s.pieces[i]);
            total++;
        }
    for (size_t i = 0; i < n.room; i++)
        if (n.slots[i].count)
            n.slots[i].weight = n.slots[i].count * idf_of(packs->idf, n.slots[i].word) / (double)total;
    return sorted_in(a, &n);
}

static bool joins_with_blank(struct text left) {
    return left.length && (unsigned char)left.bytes[left.length - 1] < 0x80;
}

/* Two telling words side by side; blanks may stand between them, nothing else may. */
struct terms terms_phrases_in(struct arena *a, const struct term_packs *packs, struct text t) {
    struct segments s = segment_in(a, packs->words, t, SEGMENT_PRECISE);
    struct counter n = counter_in(a, s.count);
    struct text last = TEXT("");
    for (size_t i = 0; i < s.count; i++) {
        struct text word = s.pieces[i];
        if (segment_is_blank(word) && text_find_char(word, '\n') == SIZE_MAX)
            continue;
        bool telling = is_telling(packs, a, word);
        if (telling && last.length && !text_equal_nocase(last, word)) {
            struct term *pair = counter_at(&n, text_format_in(a, "%.*s%s%.*s", TEXT_ARG(last), joins_with_blank(last) ? " " : "",
                                                              TEXT_ARG(word)));
            pair->weight = pair->count * (idf_of(packs->idf, last) + idf_of(packs->idf, word));
        }
        last = telling ? word : TEXT("");
    }
    return sorted_in(a, &n);
}

/* ---- sentences ---- */

struct sentence {
    struct text text;
    struct text *words; /* each once */
    size_t count;
};

static bool ends_sentence(int32_t rune, struct text rest) {
    if (rune == '.')
        return rest.length == 0 || rest.bytes[0] == ' ' || rest.bytes[0] == '\n';
    return rune == 0x3002 || rune == 0xFF01 || rune == 0xFF1F || rune == '!' || rune == '?' || rune == '\n' ||
           rune == 0xFF1B || rune == 0x2026;
}

static void read_words(struct arena *a, const struct term_packs *packs, struct sentence *s) {
    struct segments pieces = segment_in(a, packs->words, s->text, SEGMENT_PRECISE);
    struct counter seen = counter_in(a, pieces.count);
    s->words = arena_alloc(a, (pieces.count + 1) * sizeof *s->words);
    for (size_t i = 0; i < pieces.count; i++)
        if (is_telling(packs, a, pieces.pieces[i]) && counter_at(&seen, pieces.pieces[i])->count == 1)
            s->words[s->count++] = pieces.pieces[i];
}

static size_t cut_sentences(struct text t, struct sentence *out) {
    struct text rest = t, whole = t;
    size_t count = 0;
    while (rest.length && count < TERM_SENTENCES_MAX) {
        int32_t rune = text_rune(&rest);
        if (!ends_sentence(rune, rest) && rest.length)
            continue;
        struct text piece = text_trim(text_part(whole, 0, whole.length - rest.length));
        if (text_runes(piece) > 1)
            out[count++].text = piece;
        whole = rest;
    }
    return count;
}

static double likeness(const struct sentence *a, const struct sentence *b) {
    size_t shared = 0;
    if (a->count < 2 || b->count < 2)
        return 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            shared += text_equal_nocase(a->words[i], b->words[k]);
    return (double)shared / (log((double)a->count) + log((double)b->count));
}

static void rank(struct arena *a, const struct sentence *s, size_t count, struct term *out) {
    double *like = arena_alloc(a, count * count * sizeof *like), *sum = arena_alloc(a, count * sizeof *sum);
    double *now = arena_alloc(a, count * sizeof *now);
    for (size_t i = 0; i < count; i++) {
        out[i] = (struct term){s[i].text, 1, 1};
        for (size_t k = 0; k < i; k++) {
            like[i * count + k] = like[k * count + i] = likeness(&s[i], &s[k]);
            sum[i] += like[i * count + k];
            sum[k] += like[i * count + k];
        }
    }
    for (int round = 0; round < RANK_ROUNDS; round++) {
        for (size_t i = 0; i < count; i++) {
            now[i] = 1 - DAMPING;
            for (size_t k = 0; k < count; k++)
                if (sum[k] > 0)
                    now[i] += DAMPING * like[i * count + k] / sum[k] * out[k].weight;
        }
        for (size_t i = 0; i < count; i++)
            out[i].weight = now[i];
    }
}

struct terms terms_sentences_in(struct arena *a, const struct term_packs *packs, struct text t) {
    struct sentence *s = arena_alloc(a, TERM_SENTENCES_MAX * sizeof *s);
    size_t count = cut_sentences(t, s);
    struct terms out = {arena_alloc(a, (count + 1) * sizeof(struct term)), count};
    for (size_t i = 0; i < count; i++)
        read_words(a, packs, &s[i]);
    rank(a, s, count, out.list);
    qsort(out.list, out.count, sizeof *out.list, by_weight);
    return out;
}
