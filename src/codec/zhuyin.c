/* zhuyin.c: see zhuyin.h. */
#include "codec/zhuyin.h"

struct pair {
    const char *latin, *bopomofo;
};

static const struct pair initials[] = {
    {"zh", "ㄓ"}, {"ch", "ㄔ"}, {"sh", "ㄕ"}, {"b", "ㄅ"}, {"p", "ㄆ"}, {"m", "ㄇ"}, {"f", "ㄈ"},
    {"d", "ㄉ"},  {"t", "ㄊ"},  {"n", "ㄋ"},  {"l", "ㄌ"}, {"g", "ㄍ"}, {"k", "ㄎ"}, {"h", "ㄏ"},
    {"j", "ㄐ"},  {"q", "ㄑ"},  {"x", "ㄒ"},  {"r", "ㄖ"}, {"z", "ㄗ"}, {"c", "ㄘ"}, {"s", "ㄙ"},
};

/* Behind an initial; v is ü. */
static const struct pair finals[] = {
    {"a", "ㄚ"},      {"o", "ㄛ"},     {"e", "ㄜ"},      {"ai", "ㄞ"},    {"ei", "ㄟ"},
    {"ao", "ㄠ"},     {"ou", "ㄡ"},    {"an", "ㄢ"},     {"en", "ㄣ"},    {"ang", "ㄤ"},
    {"eng", "ㄥ"},    {"ong", "ㄨㄥ"}, {"i", "ㄧ"},      {"ia", "ㄧㄚ"},  {"io", "ㄧㄛ"},
    {"ie", "ㄧㄝ"},   {"iao", "ㄧㄠ"}, {"iu", "ㄧㄡ"},   {"ian", "ㄧㄢ"}, {"in", "ㄧㄣ"},
    {"iang", "ㄧㄤ"}, {"ing", "ㄧㄥ"}, {"iong", "ㄩㄥ"}, {"u", "ㄨ"},     {"ua", "ㄨㄚ"},
    {"uo", "ㄨㄛ"},   {"uai", "ㄨㄞ"}, {"ui", "ㄨㄟ"},   {"uan", "ㄨㄢ"}, {"un", "ㄨㄣ"},
    {"uang", "ㄨㄤ"}, {"v", "ㄩ"},     {"ve", "ㄩㄝ"},   {"van", "ㄩㄢ"}, {"vn", "ㄩㄣ"},
};

/* Without an initial, where pinyin spells otherwise. */
static const struct pair whole[] = {
    {"yi", "ㄧ"},     {"ya", "ㄧㄚ"},   {"yo", "ㄧㄛ"},  {"ye", "ㄧㄝ"},   {"yai", "ㄧㄞ"},
    {"yao", "ㄧㄠ"},  {"you", "ㄧㄡ"},  {"yan", "ㄧㄢ"}, {"yin", "ㄧㄣ"},  {"yang", "ㄧㄤ"},
    {"ying", "ㄧㄥ"}, {"yong", "ㄩㄥ"}, {"wu", "ㄨ"},    {"wa", "ㄨㄚ"},   {"wo", "ㄨㄛ"},
    {"wai", "ㄨㄞ"},  {"wei", "ㄨㄟ"},  {"wan", "ㄨㄢ"}, {"wen", "ㄨㄣ"},  {"wang", "ㄨㄤ"},
    {"weng", "ㄨㄥ"}, {"yu", "ㄩ"},     {"yue", "ㄩㄝ"}, {"yuan", "ㄩㄢ"}, {"yun", "ㄩㄣ"},
    {"er", "ㄦ"},     {"m", "ㄇ"},      {"n", "ㄋ"},     {"ng", "ㄫ"},     {"r", "ㄦ"},
    {"zhi", "ㄓ"},    {"chi", "ㄔ"},    {"shi", "ㄕ"},   {"ri", "ㄖ"},     {"zi", "ㄗ"},
    {"ci", "ㄘ"},     {"si", "ㄙ"},
};

#define FIND(table, t) find(table, sizeof(table) / sizeof *(table), t)

static const struct pair *find(const struct pair *table, size_t count, struct text t) {
    for (size_t i = 0; i < count; i++)
        if (text_equal_c(t, table[i].latin))
            return &table[i];
    return NULL;
}

static const struct pair *initial_of(struct text letters) {
    for (size_t i = 0; i < sizeof initials / sizeof *initials; i++)
        if (text_starts(letters, text_c(initials[i].latin)))
            return &initials[i];
    return NULL;
}

/* Behind j, q and x, u is ü. */
static struct text final_of(struct text letters, size_t start, char room[8]) {
    struct text rest = text_from(letters, start);
    bool is_umlaut =
        start == 1 && strchr("jqx", letters.bytes[0]) && rest.length && rest.bytes[0] == 'u';
    if (!is_umlaut || rest.length > 7)
        return rest;
    memcpy(room, rest.bytes, rest.length);
    room[0] = 'v';
    return text_of(room, rest.length);
}

void zhuyin_print(struct buf *b, struct text numbered) {
    static const char *const tones[] = {"", "ˊ", "ˇ", "ˋ", ""};
    char room[8], tone = numbered.length ? numbered.bytes[numbered.length - 1] : 0;
    struct text letters = text_part(numbered, 0, numbered.length - (numbered.length > 0));
    const struct pair *alone = FIND(whole, letters), *initial = alone ? NULL : initial_of(letters),
                      *final = NULL;
    if (!alone)
        final = FIND(finals, final_of(letters, initial ? strlen(initial->latin) : 0, room));
    if (tone < '1' || tone > '5' || (!alone && !final)) {
        buf_text(b, numbered);
        return;
    }
    if (tone == '5')
        buf_c(b, "˙");
    if (alone)
        buf_c(b, alone->bopomofo);
    if (initial)
        buf_c(b, initial->bopomofo);
    if (final)
        buf_c(b, final->bopomofo);
    buf_c(b, tones[tone - '1']);
}
