/* password_generate.c: passwords that nobody chose. */
#include "call/ask.h"
#include "call/reply.h"

#include <math.h>
#include <string.h>

enum { ASKED_LENGTH, ASKED_COUNT, ASKED_UPPER, ASKED_DIGITS, ASKED_SYMBOLS, ASKED_CLEAR };
enum { LENGTH_MOST = 128, ALPHABET_MOST = 100 };

/* What may be taken for something else when it is read aloud or copied by hand. */
static const char confusing[] = "0O1lI|`'\"";

struct sets {
    const char *of[4];
    unsigned count;
};

static struct sets sets_of(const struct call *c) {
    struct sets s = {.of = {"abcdefghijklmnopqrstuvwxyz"}, .count = 1};
    if (ask_bool(c, ASKED_UPPER))
        s.of[s.count++] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (ask_bool(c, ASKED_DIGITS))
        s.of[s.count++] = "0123456789";
    if (ask_bool(c, ASKED_SYMBOLS))
        s.of[s.count++] = "!#$%&()*+,-./:;<=>?@[]^_{}~";
    return s;
}

/* All characters of the sets, and in which set each is. */
static unsigned alphabet_of(const struct call *c, const struct sets *s, char *alphabet,
                            unsigned char *set_of) {
    unsigned count = 0;
    for (unsigned i = 0; i < s->count; i++)
        for (const char *ch = s->of[i]; *ch; ch++) {
            if (ask_bool(c, ASKED_CLEAR) && strchr(confusing, *ch))
                continue;
            set_of[count] = (unsigned char)i;
            alphabet[count++] = *ch;
        }
    return count;
}

/* Drawn whole until every set is in it: so each password that has them all is equally likely. */
static struct text generate_in(struct call *c, const struct sets *s, unsigned length) {
    char alphabet[ALPHABET_MOST], *room = arena_alloc(c->arena, length);
    unsigned char set_of[ALPHABET_MOST];
    unsigned count = alphabet_of(c, s, alphabet, set_of), seen;
    do {
        seen = 0;
        for (unsigned i = 0; i < length; i++) {
            unsigned at = random_below(c->random, count);
            room[i] = alphabet[at];
            seen |= 1u << set_of[at];
        }
    } while (seen != (1u << s->count) - 1);
    return text_of(room, length);
}

static struct err password_generate(struct call *c) {
    struct sets s = sets_of(c);
    char alphabet[ALPHABET_MOST];
    unsigned char set_of[ALPHABET_MOST];
    unsigned length = (unsigned)ask_int(c, ASKED_LENGTH);
    reply_object(c, NULL);
    reply_list(c, "passwords");
    for (int64_t i = 0; i < ask_int(c, ASKED_COUNT); i++)
        reply_text(c, NULL, generate_in(c, &s, length));
    reply_end_list(c);
    reply_number(c, "entropy_bits", floor(length * log2(alphabet_of(c, &s, alphabet, set_of))));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_password_generate = {
    .path = "/api/password/generate",
    .subject = "identity",
    .title = {"随机密码生成", "Make passwords"},
    .says = {"由操作系统的密码学随机源产生密码，每种所选字符至少一个；可去掉容易看错的字符。密码不"
             "被保存。",
             "Passwords from the system's cryptographic source, with at least one character of "
             "each chosen kind; without those that are easily "
             "misread if wanted. They are not kept."},
    .run = password_generate,
    .asks =
        ASKS({"length", ASK_INT, OPTIONAL, {"长度", "Length"}, 8, LENGTH_MOST, .fallback = "16"},
             {"count",
              ASK_INT,
              OPTIONAL,
              {"个数", "How many"},
              1,
              50,
              .fallback = "1",
              .aliases = "num|n"},
             {"upper", ASK_BOOL, OPTIONAL, {"含大写字母", "With capitals"}, .fallback = "1"},
             {"digits",
              ASK_BOOL,
              OPTIONAL,
              {"含数字", "With digits"},
              .fallback = "1",
              .aliases = "numbers"},
             {"symbols", ASK_BOOL, OPTIONAL, {"含符号", "With symbols"}, .fallback = "0"},
             {"clear",
              ASK_BOOL,
              OPTIONAL,
              {"去掉容易看错的字符（0O1lI）", "Without characters that are easily misread (0O1lI)"},
              .fallback = "0"}),
    .gives = GIVES(
        {"passwords", GIVE_LIST, {"密码", "The passwords"}},
        {"passwords[]", GIVE_TEXT, {"密码", "A password"}},
        {"entropy_bits", GIVE_NUMBER, {"熵，比特，向下取整", "Entropy in bits, rounded down"}}),
    .shows = SHOWS(
        {"length=16", "{\"passwords\":[\"aB3dEfGh1jKlMn0p\"],\"entropy_bits\":95}", SHOW_SHAPE},
        {"length=20&symbols=1&clear=1&count=2",
         "{\"passwords\":[\"x\",\"y\"],\"entropy_bits\":127}", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "getrandom(2) of Linux",
};
