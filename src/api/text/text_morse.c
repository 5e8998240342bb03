/* text_morse.c: Morse code (ITU-R M.1677-1). */
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_TEXT, ASKED_ACTION };

static const struct { char letter; const char *code; } table[] = {
    {'A', ".-"}, {'B', "-..."}, {'C', "-.-."}, {'D', "-.."}, {'E', "."}, {'F', "..-."}, {'G', "--."}, {'H', "...."}, {'I', ".."},
    {'J', ".---"}, {'K', "-.-"}, {'L', ".-.."}, {'M', "--"}, {'N', "-."}, {'O', "---"}, {'P', ".--."}, {'Q', "--.-"}, {'R', ".-."},
    {'S', "..."}, {'T', "-"}, {'U', "..-"}, {'V', "...-"}, {'W', ".--"}, {'X', "-..-"}, {'Y', "-.--"}, {'Z', "--.."}, {'0', "-----"},
    {'1', ".----"}, {'2', "..---"}, {'3', "...--"}, {'4', "....-"}, {'5', "....."}, {'6', "-...."}, {'7', "--..."}, {'8', "---.."},
    {'9', "----."}, {'.', ".-.-.-"}, {',', "--..--"}, {':', "---..."}, {'?', "..--.."}, {'\'', ".----."}, {'-', "-....-"},
    {'/', "-..-."}, {'(', "-.--."}, {')', "-.--.-"}, {'"', ".-..-."}, {'=', "-...-"}, {'+', ".-.-."}, {'@', ".--.-."},
};

static const char *code_of(char letter) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].letter == letter || (letter >= 'a' && letter <= 'z' && table[i].letter == letter - 32))
            return table[i].code;
    return NULL;
}

static bool encode(struct text t, struct buf *out) {
    bool gap = false;
    for (size_t i = 0; i < t.length; i++) {
        const char *code = code_of(t.bytes[i]);
        if (t.bytes[i] == ' ' || t.bytes[i] == '\n' || t.bytes[i] == '\t') {
            gap = out->length > 0;
            continue;
        }
        if (!code)
            return false;
        buf_c(out, gap ? " / " : out->length ? " " : "");
        buf_c(out, code);
        gap = false;
    }
    return true;
}

static bool put_letter(struct text code, struct buf *out) {
    if (text_equal_c(code, "/") || text_equal_c(code, "|")) {
        buf_char(out, ' ');
        return true;
    }
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (text_equal_c(code, table[i].code)) {
            buf_char(out, table[i].letter);
            return true;
        }
    return code.length == 0;
}

static bool decode(struct text t, struct buf *out) {
    struct text code;
    while (text_cut(&t, ' ', &code))
        if (!put_letter(code, out))
            return false;
    return true;
}

static struct err text_morse(struct call *c) {
    struct buf b;
    bool back = ask_is(c, ASKED_ACTION, "decode");
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    if (!(back ? decode : encode)(text_trim(ask_text(c, ASKED_TEXT)), &b))
        return call_invalid(c, ASKED_TEXT, back ? "请传以空格隔开的 . 和 -，单词之间用 /" : "摩斯电码只有字母、数字和 . , : ? ' - / ( ) \" = + @；中文请先转成拼音",
                            back ? "send . and - parted by blanks, with / between words" : "Morse has letters, digits and . , : ? ' - / ( ) \" = + @ only");
    reply_object(c, NULL);
    reply_text(c, "result", buf_peek(&b));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_text_morse = {
    .path = "/api/text/morse",
    .subject = "text",
    .title = {"摩斯电码", "Morse code"},
    .says = {"拉丁字母、数字和标点与国际摩斯电码互转。", "Latin letters, digits and punctuation to international Morse code and back."},
    .run = text_morse,
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本或电码", "A text or code"}, 1, 2000, .aliases = "content"},
                 {"action", ASK_CHOICE, OPTIONAL, {"编码或解码", "Encode or decode"}, .choices = "encode|decode", .fallback = "encode", .aliases = "mode"}),
    .gives = GIVES({"result", GIVE_TEXT, {"结果", "The result"}}),
    .shows = SHOWS({"text=SOS help", "{\"result\":\"... --- ... / .... . .-.. .--.\"}", SHOW_EXACT}, {"text=... --- ...&action=decode", "{\"result\":\"SOS\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "ITU-R M.1677-1",
};
