/* syllable.c: see syllable.h. */
#include "codec/syllable.h"

#include <string.h>

static const char vowels[] = "aeiouv";
static const char *const marked[sizeof vowels - 1][5] = {
    {"ā", "á", "ǎ", "à", "a"}, {"ē", "é", "ě", "è", "e"}, {"ī", "í", "ǐ", "ì", "i"},
    {"ō", "ó", "ǒ", "ò", "o"}, {"ū", "ú", "ǔ", "ù", "u"}, {"ǖ", "ǘ", "ǚ", "ǜ", "ü"},
};

/* The letter that carries the mark; for a syllable without vowels (ng, m) none: its length. */
static size_t mark_place(struct text letters) {
    size_t last = letters.length;
    for (size_t i = 0; i < letters.length; i++) {
        char c = letters.bytes[i];
        bool is_ou = c == 'o' && i + 1 < letters.length && letters.bytes[i + 1] == 'u';
        if (c == 'a' || c == 'e' || is_ou)
            return i;
        if (c && strchr(vowels, c))
            last = i;
    }
    return last;
}

static void print_marked(struct buf *b, struct text letters, unsigned tone) {
    size_t place = mark_place(letters);
    for (size_t i = 0; i < letters.length; i++) {
        const char *vowel = letters.bytes[i] ? strchr(vowels, letters.bytes[i]) : NULL;
        if (vowel)
            buf_c(b, marked[vowel - vowels][i == place ? tone - 1 : 4]);
        else
            buf_char(b, letters.bytes[i]);
    }
}

void syllable_print(struct buf *b, struct text numbered, enum syllable_style style) {
    char last = numbered.length ? numbered.bytes[numbered.length - 1] : 0;
    if (last < '1' || last > '5') {
        buf_text(b, numbered);
        return;
    }
    struct text letters = text_part(numbered, 0, numbered.length - 1);
    if (style == SYLLABLE_MARKS)
        print_marked(b, letters, (unsigned)(last - '0'));
    else if (style == SYLLABLE_LETTER)
        buf_text(b, text_part(letters, 0, 1));
    else
        buf_text(b, style == SYLLABLE_NUMBER ? numbered : letters);
}
