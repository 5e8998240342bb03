/* numeral_cn.h: numbers in Chinese: 一万零五, 壹万零伍圆整, and back.
 *
 * Contract   a number is decimal digits with an optional sign and fraction, at most 16 digits
 * before the point and 8 behind it. Words go up to 9,999 万亿. Parsing takes 零〇一二两三 … 九 十
 * 百 千 万 亿 (and 壹 …), 负, 点, in the usual places; false for anything else. Source     the
 * usual rules: one 零 for any run of empty places inside the number; GB/T 15835; for amounts the
 * rules of the People's Bank (整 behind 元 and 角, 零 between 元 and 分).
 */
#pragma once
#include "base/buf.h"

enum numeral_style { NUMERAL_PLAIN, NUMERAL_FORMAL, NUMERAL_MONEY };

bool numeral_cn_print(struct buf *b, struct text number, enum numeral_style style);
bool numeral_cn_parse_in(struct arena *a, struct text words, struct text *number_out);
