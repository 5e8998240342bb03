/* text_unicode.c: what each character of a text is. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/unicode_text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { ASKED_TEXT };
enum { NAME_BYTES = 128, RUNES_MAX = 100 };

static const char *value_name(UProperty property, int32_t value) {
    const char *name = u_getPropertyValueName(property, value, U_LONG_PROPERTY_NAME);
    return name ? name : "";
}

static void reply_rune(struct call *c, int32_t rune) {
    char name[NAME_BYTES] = "", room[4];
    UErrorCode status = U_ZERO_ERROR;
    struct text utf8 = text_rune_print(room, rune);
    u_charName(rune, U_EXTENDED_CHAR_NAME, name, NAME_BYTES, &status);
    reply_object(c, NULL);
    reply_text(c, "char", utf8);
    reply_text(c, "code", text_format_in(c->arena, "U+%04X", (unsigned)rune));
    reply_int(c, "decimal", rune);
    reply_c(c, "name", name);
    reply_c(c, "category", value_name(UCHAR_GENERAL_CATEGORY, u_charType(rune)));
    reply_c(c, "script", value_name(UCHAR_SCRIPT, uscript_getScript(rune, &status)));
    reply_c(c, "block", value_name(UCHAR_BLOCK, (int32_t)ublock_getCode(rune)));
    reply_c(c, "width", value_name(UCHAR_EAST_ASIAN_WIDTH, u_getIntPropertyValue(rune, UCHAR_EAST_ASIAN_WIDTH)));
    reply_c(c, "direction", value_name(UCHAR_BIDI_CLASS, u_charDirection(rune)));
    reply_bool(c, "is_emoji", u_hasBinaryProperty(rune, UCHAR_EMOJI_PRESENTATION));
    reply_c(c, "html", text_say_in(c->arena, "&#x%X;", (unsigned)rune));
    struct buf b;
    buf_init(&b, c->arena, 16);
    for (size_t i = 0; i < utf8.length; i++)
        buf_format(&b, i ? " %02X" : "%02X", (unsigned char)utf8.bytes[i]);
    reply_text(c, "utf8", buf_peek(&b));
    reply_end_object(c);
}

/* "U+4F60", or the text itself. */
static bool read_code(struct text t, int32_t *out) {
    uint32_t code = 0;
    if (t.length < 3 || t.length > 8 || (!text_starts(t, TEXT("U+")) && !text_starts(t, TEXT("u+"))))
        return false;
    for (size_t i = 2; i < t.length; i++) {
        size_t digit = text_find_char(TEXT("0123456789ABCDEFabcdef"), t.bytes[i]);
        if (digit == SIZE_MAX)
            return false;
        code = code * 16 + (uint32_t)(digit > 15 ? digit - 6 : digit);
    }
    *out = (int32_t)code;
    return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

static struct err text_unicode(struct call *c) {
    struct text rest = ask_text(c, ASKED_TEXT);
    int32_t code;
    reply_list(c, NULL);
    if (read_code(text_trim(rest), &code)) {
        reply_rune(c, code);
        rest = TEXT("");
    }
    for (int i = 0; rest.length && i < RUNES_MAX; i++)
        reply_rune(c, text_rune(&rest));
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_text_unicode = {
    .path = "/api/text/unicode",
    .subject = "text",
    .title = {"Unicode 字符信息", "What a character is"},
    .says = {"逐个列出字符的码点、Unicode 名称、类别、文字、区块、宽度、书写方向、HTML 实体和 UTF-8 字节。也可传 U+4F60 这样的码点。",
             "Code point, Unicode name, category, script, block, width, direction, HTML entity and UTF-8 bytes of each character. "
             "A code point such as U+4F60 will do."},
    .run = text_unicode,
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本或码点，最多 100 个字符", "The text or a code point, 100 characters at most"}, 1, 100,
                  .aliases = "char|content"}),
    .gives = GIVES({"[].char", GIVE_TEXT, {"字符", "The character"}}, {"[].code", GIVE_TEXT, {"码点", "Code point"}},
                   {"[].decimal", GIVE_INT, {"码点的十进制", "Code point, decimal"}}, {"[].name", GIVE_TEXT, {"Unicode 名称", "Unicode name"}},
                   {"[].category", GIVE_TEXT, {"类别", "Category"}}, {"[].script", GIVE_TEXT, {"文字", "Script"}},
                   {"[].block", GIVE_TEXT, {"区块", "Block"}}, {"[].width", GIVE_TEXT, {"东亚宽度", "East Asian width"}},
                   {"[].direction", GIVE_TEXT, {"书写方向", "Direction"}}, {"[].is_emoji", GIVE_BOOL, {"默认显示为表情", "Is it shown as an emoji"}},
                   {"[].html", GIVE_TEXT, {"HTML 实体", "HTML entity"}}, {"[].utf8", GIVE_TEXT, {"UTF-8 字节", "Bytes of UTF-8"}}),
    .shows = SHOWS({"text=你",
                    "[{\"char\":\"你\",\"code\":\"U+4F60\",\"decimal\":20320,\"name\":\"CJK UNIFIED IDEOGR"
                    "APH-4F60\",\"category\":\"Other_Letter\",\"script\":\"Han\",\"block\":\"CJK_Unified_"
                    "Ideographs\",\"width\":\"Wide\",\"direction\":\"Left_To_Right\",\"is_emoji\":false,\""
                    "html\":\"&#x4F60;\",\"utf8\":\"E4 BD A0\"}]", SHOW_EXACT}, {"text=U%2B1F600",
                    "[{\"char\":\"😀\",\"code\":\"U+1F600\",\"decimal\":128512,\"name\":\"GRINNING FACE\""
                    ",\"category\":\"Other_Symbol\",\"script\":\"Common\",\"block\":\"Emoticons\",\"width"
                    "\":\"Wide\",\"direction\":\"Other_Neutral\",\"is_emoji\":true,\"html\":\"&#x1F600;\""
                    ",\"utf8\":\"F0 9F 98 80\"}]", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "Unicode Character Database 15; ICU 72 (Unicode-3.0)",
};
