/* hanzi_row.h: one character as the data set "hanzi" knows it, for the APIs of characters. */
#pragma once
#include "call/ask.h"
#include "data/data.h"

enum hanzi_field {
    HANZI_PINYIN,
    HANZI_RADICAL,
    HANZI_REST,
    HANZI_STROKES,
    HANZI_CANTONESE,
    HANZI_MEANING,
    HANZI_CANGJIE,
    HANZI_CORNERS,
    HANZI_SIMPLIFIED,
    HANZI_TRADITIONAL,
    HANZI_OTHER,
    HANZI_PLACE,
    HANZI_WUBI,
    HANZI_ORDER,
    HANZI_GB,
    HANZI_TELEGRAPH,
    HANZI_ON,
    HANZI_KUN,
    HANZI_KOREAN,
    HANZI_VIETNAMESE,
    HANZI_FIELDS,
};

struct hanzi {
    struct text character, fields[HANZI_FIELDS];
    struct text radical; /* 氵水: the forms of its radical */
};

/* The first character of the parameter; refuses what is none. */
[[nodiscard]] struct err hanzi_asked(struct call *c, unsigned ask, struct hanzi *out);
bool hanzi_find(struct call *c, struct text character, struct hanzi *out);

/* A member with a list of characters or of readings with marks. */
void hanzi_reply_characters(struct call *c, const char *name, struct text characters);
void hanzi_reply_readings(struct call *c, const char *name, struct text numbered);
void hanzi_reply_words(struct call *c, const char *name, struct text words); /* parted by blanks */
struct text hanzi_readings_in(struct call *c, struct text numbered);         /* "lǜ lù" */
int64_t hanzi_number(struct text digits);   /* 0 where it is none */
int64_t hanzi_level(const struct hanzi *h); /* 1, 2, 3 of the table of 2013; 0 outside */

#define HANZI_ASK                                                                                  \
    {                                                                                              \
        "word", ASK_TEXT, REQUIRED,                                                                \
            {"汉字；一次可以查多个，用逗号分隔", "The character; several are parted by commas"},   \
            1, 8, .aliases = "char|character|hanzi|keyword"                                        \
    }
