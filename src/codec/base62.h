/* base62.h: digits, capitals, small letters (0-9A-Za-z), most significant first, fixed width. */
#pragma once
#include "base/text.h"

void base62_print(char *out, size_t width, uint64_t value); /* the low digits of value */
bool base62_parse(struct text t, uint64_t *out);            /* at most 10 digits */
bool base62_is(struct text t);
char base62_digit(unsigned value); /* 0..61 */
