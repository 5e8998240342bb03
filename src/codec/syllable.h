/* syllable.h: one syllable of Hanyu Pinyin, from its spelling with a number to how people write it.
 *
 * Contract   a numbered syllable is small letters, v for ü, and the tone 1..5 (5 is the neutral
 *            one): "lv4". What is not of that form is printed as it is.
 * Source     GB/T 16159-2012 and the Scheme of 1958: the mark stands on a or e, else on the o of
 *            ou, else on the last vowel.
 */
#pragma once
#include "base/buf.h"

enum syllable_style {
    SYLLABLE_PLAIN,  /* lv: letters of a keyboard */
    SYLLABLE_MARKS,  /* lǜ */
    SYLLABLE_NUMBER, /* lv4 */
    SYLLABLE_LETTER, /* l */
};

void syllable_print(struct buf *b, struct text numbered, enum syllable_style style);
