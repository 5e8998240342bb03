/* segment.c: see segment.h.
 *
 * The text is cut into runs of characters that words are made of, and the rest. In a run every word
 * of the dictionary is an edge from its first character to behind its last; because the dictionary
 * holds the beginnings of its words too (with count 0), the edges from a place are found by longer
 * and longer look-ups that end at the first miss. From the end backwards, best[i] is the largest
 * sum of log probabilities from i to the end, so one pass gives the likeliest path:
 *
 *     中 国 科 学 院          中国 科学 科学院 学院 中国科学院 and the single characters are edges
 *     '----------->          log p(中国科学院) > log p(中国) + log p(科学院) > …
 *
 * Single characters that are left side by side on that path may be a word that the dictionary does
 * not know: the Viterbi walk labels each as begin, middle, end of a word or a word alone. Where two
 * choices are equally likely, the same one is taken as in the original: the longer word, and the
 * state whose letter comes last.
 */
#include "data/segment.h"
#include "base/must.h"

#include <math.h>
#include <string.h>

enum { STATE_BEGIN, STATE_MIDDLE, STATE_END, STATE_ALONE, STATES };

/* jieba/finalseg/prob_start.py and prob_trans.py. */
static const double never = -3.14e100;
static const double start_log[STATES] = {-0.26268660809250016, -3.14e100, -3.14e100,
                                         -1.4652633398537678};

/* The two states that may come before each; the first one wins a tie. */
static const struct {
    int from;
    double log;
} before[STATES][2] = {
    [STATE_BEGIN] = {{STATE_ALONE, -0.7211965654669841}, {STATE_END, -0.5897149736854513}},
    [STATE_MIDDLE] = {{STATE_MIDDLE, -1.2603623820268226}, {STATE_BEGIN, -0.916290731874155}},
    [STATE_END] = {{STATE_MIDDLE, -0.33344856811948514}, {STATE_BEGIN, -0.510825623765990}},
    [STATE_ALONE] = {{STATE_ALONE, -0.6658631448798212}, {STATE_END, -0.8085250474669937}},
};

struct cutter {
    struct arena *arena;
    const struct pack *words;
    struct text t;
    size_t runes;
    int32_t *rune;  /* code points */
    uint32_t *at;   /* byte each begins at; one more for the end */
    double *best;   /* of the path from here to the run's end */
    uint32_t *next; /* where that path's first word ends */
    double log_total;
    struct segments out;
};

static struct text slice(const struct cutter *k, size_t first, size_t end) {
    return text_of(k->t.bytes + k->at[first], k->at[end] - k->at[first]);
}

static void add(struct cutter *k, struct text piece) {
    struct segments *s = &k->out;
    if (s->count == s->room) {
        size_t room = s->room ? s->room * 2 : 64;
        s->pieces =
            arena_grow(k->arena, s->pieces, s->room * sizeof *s->pieces, room * sizeof *s->pieces);
        s->room = room;
    }
    s->pieces[s->count++] = piece;
}

static void add_slice(struct cutter *k, size_t first, size_t end) {
    if (end > first)
        add(k, slice(k, first, end));
}

static bool is_letter_or_digit(int32_t r) {
    return (r >= '0' && r <= '9') || (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z');
}

static bool is_han(int32_t r) {
    return r >= 0x4E00 && r <= 0x9FD5;
}

static bool is_of_words(int32_t r) {
    return is_han(r) || is_letter_or_digit(r) || (r > 0 && r < 128 && strchr("+#&._%-", r));
}

/* What Python's \s takes. */
static bool is_space(int32_t r) {
    return (r >= 9 && r <= 13) || (r >= 0x1C && r <= 0x20) || r == 0x85 || r == 0xA0 ||
           r == 0x1680 || (r >= 0x2000 && r <= 0x200A) || r == 0x2028 || r == 0x2029 ||
           r == 0x202F || r == 0x205F || r == 0x3000;
}

/* False where nothing begins like this; 0 where only longer words do. */
static bool find_count(const struct pack *words, struct text piece, uint64_t *count_out) {
    struct text value;
    return pack_find(words, piece, &value) && text_to_u64(pack_field(value, 0), count_out);
}

static bool is_word(const struct pack *words, struct text piece) {
    uint64_t count;
    return find_count(words, piece, &count) && count > 0;
}

/* The ends of the words that begin at `first`, the shortest first; the character alone where there
 * is none. */
static size_t ends_of(const struct cutter *k, size_t first, size_t end, uint32_t *ends,
                      uint64_t *counts, size_t most) {
    size_t found = 0;
    uint64_t count;
    for (size_t i = first + 1;
         i <= end && found < most && find_count(k->words, slice(k, first, i), &count); i++)
        if (count > 0) {
            ends[found] = (uint32_t)i;
            counts[found++] = count;
        }
    if (found == 0) {
        ends[0] = (uint32_t)first + 1;
        counts[0] = 1;
        found = 1;
    }
    return found;
}

enum { ENDS_MAX = 24 }; /* the longest word of the dictionary has 16 characters */

static void find_path(struct cutter *k, size_t first, size_t end) {
    uint32_t ends[ENDS_MAX];
    uint64_t counts[ENDS_MAX];
    k->best[end] = 0;
    for (size_t i = end; i-- > first;) {
        size_t found = ends_of(k, i, end, ends, counts, ENDS_MAX);
        for (size_t n = 0; n < found; n++) {
            double score = log((double)counts[n]) - k->log_total + k->best[ends[n]];
            if (n == 0 || score >= k->best[i]) {
                k->best[i] = score;
                k->next[i] = ends[n];
            }
        }
    }
}

/* ---- unknown words ---- */

static void emission_of(const struct cutter *k, size_t i, double log_out[static STATES]) {
    char key[8] = "\x01";
    struct text piece = slice(k, i, i + 1), value;
    memcpy(key + 1, piece.bytes, piece.length);
    if (pack_find(k->words, text_of(key, piece.length + 1), &value) &&
        value.length == sizeof(double) * STATES)
        memcpy(log_out, value.bytes, value.length); /* little-endian, as the pack */
    else
        for (int state = 0; state < STATES; state++)
            log_out[state] = never;
}

/* state_out[i - first] of each character of [first, end). */
static void label(const struct cutter *k, size_t first, size_t end, unsigned char *state_out) {
    size_t count = end - first;
    unsigned char(*came_from)[STATES] = arena_alloc(k->arena, count * sizeof *came_from);
    double now[STATES], last[STATES], emission[STATES];
    emission_of(k, first, emission);
    for (int state = 0; state < STATES; state++)
        now[state] = start_log[state] + emission[state];
    for (size_t i = 1; i < count; i++) {
        memcpy(last, now, sizeof last);
        emission_of(k, first + i, emission);
        for (int state = 0; state < STATES; state++) {
            double one = last[before[state][0].from] + before[state][0].log + emission[state];
            double other = last[before[state][1].from] + before[state][1].log + emission[state];
            now[state] = one >= other ? one : other;
            came_from[i][state] = (unsigned char)before[state][one >= other ? 0 : 1].from;
        }
    }
    int state = now[STATE_ALONE] >= now[STATE_END] ? STATE_ALONE : STATE_END;
    for (size_t i = count; i-- > 0;) {
        state_out[i] = (unsigned char)state;
        state = i ? came_from[i][state] : state;
    }
}

static void guess_han(struct cutter *k, size_t first, size_t end) {
    unsigned char *state = arena_alloc(k->arena, end - first);
    size_t begin = first, done = first;
    label(k, first, end, state);
    for (size_t i = first; i < end; i++) {
        if (state[i - first] == STATE_BEGIN)
            begin = i;
        if (state[i - first] != STATE_END && state[i - first] != STATE_ALONE)
            continue;
        add_slice(k, state[i - first] == STATE_END ? begin : i, i + 1);
        done = i + 1;
    }
    add_slice(k, done, end);
}

/* The end of a Latin word or number that begins at `first`: letters and digits, then maybe a
 * decimal part, then maybe %. */
static size_t latin_end(const struct cutter *k, size_t first, size_t end) {
    size_t i = first;
    while (i < end && is_letter_or_digit(k->rune[i]))
        i++;
    if (i == first)
        return first;
    size_t part = i + 1;
    while (part < end && k->rune[i] == '.' && k->rune[part] >= '0' && k->rune[part] <= '9')
        part++;
    if (part > i + 1)
        i = part;
    return i < end && k->rune[i] == '%' ? i + 1 : i;
}

static void guess_latin(struct cutter *k, size_t first, size_t end) {
    size_t done = first;
    for (size_t i = first; i < end;) {
        size_t word_end = latin_end(k, i, end);
        if (word_end == i) {
            i++;
            continue;
        }
        add_slice(k, done, i);
        add_slice(k, i, word_end);
        done = i = word_end;
    }
    add_slice(k, done, end);
}

/* Characters that the path left alone, side by side. */
static void cut_lone(struct cutter *k, size_t first, size_t end) {
    if (end - first <= 1 || is_word(k->words, slice(k, first, end))) {
        for (size_t i = first; i < end; i++)
            add_slice(k, i, i + 1);
        return;
    }
    for (size_t i = first, run; i < end; i = run) {
        for (run = i + 1; run < end && is_han(k->rune[run]) == is_han(k->rune[i]);)
            run++;
        if (is_han(k->rune[i]))
            guess_han(k, i, run);
        else
            guess_latin(k, i, run);
    }
}

/* ---- the modes ---- */

static void cut_precise(struct cutter *k, size_t first, size_t end) {
    size_t lone = first;
    find_path(k, first, end);
    for (size_t i = first; i < end; i = k->next[i]) {
        if (k->next[i] == i + 1)
            continue;
        cut_lone(k, lone, i);
        add_slice(k, i, k->next[i]);
        lone = k->next[i];
    }
    cut_lone(k, lone, end);
}

static void cut_known(struct cutter *k, size_t first, size_t end) {
    size_t latin = first;
    find_path(k, first, end);
    for (size_t i = first; i < end; i = k->next[i]) {
        if (k->next[i] == i + 1 && is_letter_or_digit(k->rune[i]))
            continue;
        add_slice(k, latin, i);
        add_slice(k, i, k->next[i]);
        latin = k->next[i];
    }
    add_slice(k, latin, end);
}

static void cut_full(struct cutter *k, size_t first, size_t end) {
    uint32_t ends[ENDS_MAX];
    uint64_t counts[ENDS_MAX];
    size_t covered = first; /* words so far reach to here */
    size_t latin = end, latin_end_at = end;
    bool in_latin = false;
    for (size_t i = first; i < end; i++) {
        size_t found = ends_of(k, i, end, ends, counts, ENDS_MAX);
        if (in_latin && !is_letter_or_digit(k->rune[i])) {
            in_latin = false;
            add_slice(k, latin, latin_end_at);
        }
        if (found == 1 && i >= covered) {
            if (is_letter_or_digit(k->rune[i])) {
                latin = in_latin ? latin : i;
                latin_end_at = ends[0];
                in_latin = true;
            }
            if (!in_latin)
                add_slice(k, i, ends[0]);
            covered = ends[0];
            continue;
        }
        for (size_t n = 0; n < found; n++)
            if (ends[n] > i + 1) {
                add_slice(k, i, ends[n]);
                covered = ends[n];
            }
    }
    if (in_latin)
        add_slice(k, latin, latin_end_at);
}

/* What is not of words: blanks alone (CR LF together), the rest by characters, or whole in FULL. */
static void cut_rest(struct cutter *k, size_t first, size_t end, bool is_full) {
    size_t done = first;
    for (size_t i = first; i < end;) {
        bool is_line_end = k->rune[i] == '\r' && i + 1 < end && k->rune[i + 1] == '\n';
        size_t next = i + 1 + is_line_end;
        if (!is_full || is_space(k->rune[i])) {
            add_slice(k, done, i);
            add_slice(k, i, next);
            done = next;
        }
        i = next;
    }
    add_slice(k, done, end);
}

static void cut_run(struct cutter *k, size_t first, size_t end, enum segment_mode mode) {
    if (!is_of_words(k->rune[first]))
        cut_rest(k, first, end, mode == SEGMENT_FULL);
    else if (mode == SEGMENT_FULL)
        cut_full(k, first, end);
    else if (mode == SEGMENT_KNOWN)
        cut_known(k, first, end);
    else
        cut_precise(k, first, end);
}

static void add_inner_words(struct cutter *k, struct text word, size_t runes_of_inner) {
    struct text rest = word;
    for (size_t left = text_runes(word); left >= runes_of_inner; left--) {
        struct text behind = rest;
        for (size_t i = 0; i < runes_of_inner; i++)
            text_rune(&behind);
        size_t length = behind.length ? (size_t)(behind.bytes - rest.bytes) : rest.length;
        struct text inner = text_part(rest, 0, length);
        if (is_word(k->words, inner))
            add(k, inner);
        text_rune(&rest);
    }
}

static void refine_for_search(struct cutter *k) {
    struct segments whole = k->out;
    k->out = (struct segments){NULL, 0, 0};
    for (size_t i = 0; i < whole.count; i++) {
        size_t runes = text_runes(whole.pieces[i]);
        if (runes > 2)
            add_inner_words(k, whole.pieces[i], 2);
        if (runes > 3)
            add_inner_words(k, whole.pieces[i], 3);
        add(k, whole.pieces[i]);
    }
}

static void read_runes(struct cutter *k, struct text t) {
    size_t count = text_runes(t);
    struct text rest = t;
    k->rune = arena_alloc(k->arena, (count + 1) * sizeof *k->rune);
    k->at = arena_alloc(k->arena, (count + 1) * sizeof *k->at);
    k->best = arena_alloc(k->arena, (count + 1) * sizeof *k->best);
    k->next = arena_alloc(k->arena, (count + 1) * sizeof *k->next);
    for (size_t i = 0; i < count && rest.length; i++) {
        k->at[i] = (uint32_t)(t.length - rest.length);
        k->rune[i] = text_rune(&rest);
        k->at[++k->runes] = (uint32_t)(t.length - rest.length);
    }
}

struct segments segment_in(struct arena *a, const struct pack *words, struct text t,
                           enum segment_mode mode) {
    struct cutter k = {.arena = a, .words = words, .t = t};
    struct text value;
    uint64_t total = 1;
    if (pack_find(words, TEXT("\x02"), &value) && text_to_u64(value, &total))
        k.log_total = log((double)total);
    read_runes(&k, t);
    for (size_t i = 0, run; i < k.runes; i = run) {
        for (run = i + 1; run < k.runes && is_of_words(k.rune[run]) == is_of_words(k.rune[i]);)
            run++;
        cut_run(&k, i, run, mode);
    }
    if (mode == SEGMENT_SEARCH)
        refine_for_search(&k);
    return k.out;
}

struct text segment_tag(const struct pack *words, struct text piece) {
    struct text value;
    bool has_letter = false, has_digit = false;
    if (pack_find(words, piece, &value) && pack_field(value, 1).length)
        return pack_field(value, 1);
    for (size_t i = 0; i < piece.length; i++) {
        char c = piece.bytes[i];
        bool is_digit = c >= '0' && c <= '9';
        if (!is_letter_or_digit((unsigned char)c) && c != '.' && c != '%')
            return TEXT("x");
        has_digit |= is_digit;
        has_letter |= !is_digit && is_letter_or_digit((unsigned char)c);
    }
    return has_letter ? TEXT("eng") : has_digit ? TEXT("m") : TEXT("x");
}

bool segment_is_blank(struct text piece) {
    struct text rest = piece;
    while (rest.length) {
        int32_t rune = text_rune(&rest);
        if (!is_space(rune))
            return false;
    }
    return true;
}
