/* zhuyin.h: a syllable of pinyin in bopomofo (注音符号).
 *
 * Contract   a numbered syllable as syllable.h has it ("lv4"); what is not of that form is printed
 * as it is. Source     the Scheme of 1958 against the bopomofo of 1918, ISO 7098: initials and
 * finals one to one.
 */
#pragma once
#include "base/buf.h"

void zhuyin_print(struct buf *b, struct text numbered);
