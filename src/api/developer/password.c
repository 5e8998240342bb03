/* password.c: passwords by chance. */
#include "call/ask.h"
#include "call/reply.h"

#include <math.h>

enum { ASKED_LENGTH, ASKED_COUNT, ASKED_UPPER, ASKED_LOWER, ASKED_DIGITS, ASKED_SYMBOLS, ASKED_CLEAR };
enum { SETS = 4 };

static const char *const sets[][2] = { /* all of them, and those that nobody mistakes for others */
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDEFGHJKLMNPQRSTUVWXYZ"}, {"abcdefghijklmnopqrstuvwxyz", "abcdefghijkmnopqrstuvwxyz"},
    {"0123456789", "23456789"}, {"!#$%&()*+,-./:;<=>?@[]^_{|}~", "!#$%&()*+-/:;<=>?@[]^_{}~"}};

static struct text alphabet_in(struct call *c, unsigned *kinds_out) {
    struct buf b;
    buf_init(&b, c->arena, 128);
    for (unsigned i = 0; i < SETS; i++)
        if (ask_bool(c, ASKED_UPPER + i)) {
            buf_c(&b, sets[i][ask_bool(c, ASKED_CLEAR)]);
            ++*kinds_out;
        }
    return buf_peek(&b);
}

static bool has_each(struct call *c, struct text password) {
    for (unsigned i = 0; i < SETS; i++) {
        bool has = !ask_bool(c, ASKED_UPPER + i);
        for (size_t k = 0; k < password.length && !has; k++)
            has = text_find_char(text_c(sets[i][0]), password.bytes[k]) != SIZE_MAX;
        if (!has)
            return false;
    }
    return true;
}

/* Drawn anew until each kind is in it, so that all that are left are equally likely. Few tries are enough:
 * of eight characters of four kinds, one in three passes. */
static struct text draw_in(struct call *c, struct text alphabet, size_t length) {
    char *bytes = arena_alloc(c->arena, length + 1);
    do
        for (size_t i = 0; i < length; i++)
            bytes[i] = alphabet.bytes[random_below(c->random, (uint32_t)alphabet.length)];
    while (!has_each(c, text_of(bytes, length)));
    return text_of(bytes, length);
}

static struct err password(struct call *c) {
    unsigned kinds = 0;
    struct text alphabet = alphabet_in(c, &kinds);
    size_t length = (size_t)ask_int(c, ASKED_LENGTH);
    if (kinds == 0)
        return call_invalid(c, ASKED_LOWER, "upper、lower、digits、symbols 至少要有一种", "at least one of upper, lower, digits and symbols must be on");
    reply_object(c, NULL);
    reply_list(c, "passwords");
    for (int64_t i = 0; i < ask_int(c, ASKED_COUNT); i++)
        reply_text(c, NULL, draw_in(c, alphabet, length));
    reply_end_list(c);
    reply_int(c, "length", (int64_t)length);
    reply_int(c, "bits", (int64_t)((double)length * log2((double)alphabet.length)));
    reply_end_object(c);
    return ok;
}

#define KIND(name, zh, en, on) {name, ASK_BOOL, OPTIONAL, {zh, en}, .fallback = on}
const struct endpoint endpoint_password = {
    .path = "/api/password",
    .subject = "developer",
    .title = {"随机密码生成", "Make passwords"},
    .says = {"用系统的密码学随机数生成密码，所选的每类字符至少出现一次。回复不会被保存；最重要的密码仍应在自己的设备上生成。",
             "Makes passwords from the system's cryptographic chance; each kind chosen is in them at least once. Answers are not kept; the "
             "passwords that matter most are still best made on your own device."},
    .run = password,
    .asks = ASKS({"length", ASK_INT, OPTIONAL, {"长度", "Length"}, 8, 128, .fallback = "16", .aliases = "len"},
                 {"count", ASK_INT, OPTIONAL, {"个数", "How many"}, 1, 50, .fallback = "1", .aliases = "num"},
                 KIND("upper", "大写字母", "Capitals", "1"), KIND("lower", "小写字母", "Small letters", "1"), KIND("digits", "数字", "Digits", "1"),
                 KIND("symbols", "符号", "Symbols", "1"), KIND("clear", "去掉易混的 0O1lI", "Leave out 0O1lI and their like", "0")),
    .gives = GIVES({"passwords", GIVE_LIST, {"密码", "The passwords"}}, {"length", GIVE_INT, {"长度", "Length"}},
                   {"bits", GIVE_INT, {"熵，比特", "Entropy in bits"}}),
    .shows = SHOWS({"", "{\"passwords\":[\"F>e%V)tDAK|+/[;7\"],\"length\":16,\"bits\":103}", SHOW_EXACT}, {"length=12&count=2&symbols=0&clear=1", "{\"passwords\":[\"XbEWbJhN2WUv\",\"J4JopqhySewQ\"],\"length\":12,\"bits\":69}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "getrandom(2)",
};
