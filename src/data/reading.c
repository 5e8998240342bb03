/* reading.c: see reading.h. */
#include "data/reading.h"
#include "data/segment.h"

enum { WORDS_JOINED_MAX = 6, ENTRY_BYTES_MAX = 60 }; /* 20 characters: the longest entry has 19 */

struct reader {
    const struct pack *pinyin;
    struct segments words;
    struct readings out;
};

static void add(struct reader *r, struct text piece, struct text syllable) {
    struct reading *last = r->out.count ? &r->out.marks[r->out.count - 1] : NULL;
    if (!syllable.length && last && !last->syllable.length)
        last->piece.length += piece.length; /* goes on with a run */
    else
        r->out.marks[r->out.count++] = (struct reading){piece, syllable};
}

static struct text first_character(struct text t) {
    struct text rest = t;
    bool is_good = text_rune(&rest) >= 0;
    return text_part(t, 0, is_good ? t.length - rest.length : 1);
}

/* The pack's syllables are as many as the characters; should they not be, the rest is left unread.
 * */
static void add_entry(struct reader *r, struct text entry, struct text spelled) {
    struct text syllable;
    while (entry.length) {
        struct text character = first_character(entry);
        if (!text_cut(&spelled, ' ', &syllable))
            syllable = TEXT("");
        add(r, character, syllable);
        entry = text_from(entry, character.length);
    }
}

/* The longest entry at the begin of `t`, shortened by a character at a time; one unread character
 * at least. */
static size_t read_longest(struct reader *r, struct text t) {
    struct text entry = text_part(t, 0, ENTRY_BYTES_MAX), spelled;
    for (; entry.length; entry.length--) {
        bool is_between =
            entry.length < t.length && ((unsigned char)t.bytes[entry.length] & 0xC0) == 0x80;
        if (!is_between && pack_find(r->pinyin, entry, &spelled)) {
            add_entry(r, entry, spelled);
            return entry.length;
        }
    }
    struct text character = first_character(t);
    add(r, character, TEXT(""));
    return character.length;
}

/* Reads the word at `place`, and those that make one entry with it; how many words that were. */
static size_t read_words(struct reader *r, size_t place) {
    struct text joined = r->words.pieces[place], spelled;
    size_t most =
        r->words.count - place < WORDS_JOINED_MAX ? r->words.count - place : WORDS_JOINED_MAX;
    for (size_t i = 1; i < most; i++)
        joined.length += r->words.pieces[place + i].length;
    for (size_t count = most; count > 0; joined.length -= r->words.pieces[place + --count].length)
        if (joined.length <= ENTRY_BYTES_MAX && pack_find(r->pinyin, joined, &spelled)) {
            add_entry(r, joined, spelled);
            return count;
        }
    for (struct text rest = r->words.pieces[place]; rest.length;)
        rest = text_from(rest, read_longest(r, rest));
    return 1;
}

struct readings reading_in(struct arena *a, const struct pack *words, const struct pack *pinyin,
                           struct text t) {
    struct reader r = {.pinyin = pinyin, .words = segment_in(a, words, t, SEGMENT_KNOWN)};
    r.out.marks = arena_alloc(a, (t.length + 1) * sizeof *r.out.marks);
    for (size_t i = 0; i < r.words.count;)
        i += read_words(&r, i);
    return r.out;
}
