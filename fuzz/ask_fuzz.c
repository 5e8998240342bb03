/* ask_fuzz.c: law: a parameter list of any kind is taken, or refused by name with a hint in both languages;
 * what is taken keeps the limits of its type. The first line is the Content-Type; empty, it is a query. */
#include "fuzz.h"

#include "call/ask.h"

#include <string.h>

static const struct endpoint everything = {
    .path = "/api/x",
    .asks = ASKS({"text", ASK_TEXT, OPTIONAL, {"", ""}, 1, 20}, {"int", ASK_INT, OPTIONAL, {"", ""}, -3, 5},
                 {"number", ASK_NUMBER, OPTIONAL, {"", ""}, 0, 1.5}, {"bool", ASK_BOOL, OPTIONAL, {"", ""}},
                 {"date", ASK_DATE, OPTIONAL, {"", ""}},
                 {"choice", ASK_CHOICE, OPTIONAL, {"", ""}, .choices = "json|text=txt|svg"},
                 {"file", ASK_FILE, OPTIONAL, {"", ""}, 0, 100, .aliases = "image|img"},
                 {"ip", ASK_IP, OPTIONAL, {"", ""}}, {"domain", ASK_DOMAIN, OPTIONAL, {"", ""}}),
};
enum { WORD, INT, NUMBER, BOOL, DATE, CHOICE, BYTES, IP, DOMAIN_NAME };

static struct err read_all(struct call *c, struct text type, struct text body) {
    if (type.length)
        try(params_from_body(c, type, body));
    else
        try(params_from_form(c, body));
    params_take_token(c);
    return ask_check(c);
}

static void keeps_limits(const struct call *c) {
    must(!ask_has(c, WORD) || (text_is_utf8(ask_text(c, WORD)) && text_runes(ask_text(c, WORD)) <= 20));
    must(!ask_has(c, INT) || (ask_int(c, INT) >= -3 && ask_int(c, INT) <= 5));
    must(!ask_has(c, NUMBER) || (ask_number(c, NUMBER) >= 0 && ask_number(c, NUMBER) <= 1.5));
    must(!ask_has(c, DATE) || date_is_real(ask_date(c, DATE)));
    must(!ask_has(c, CHOICE) || ask_is(c, CHOICE, "json") || ask_is(c, CHOICE, "text") ||
         ask_is(c, CHOICE, "svg"));
    must(!ask_has(c, BYTES) || (ask_text(c, BYTES).length > 0 && ask_text(c, BYTES).length <= 100));
    must(!ask_has(c, DOMAIN_NAME) || text_find_char(ask_text(c, DOMAIN_NAME), '.') != SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static struct call call;
    struct random chance = random_seeded(1);
    struct text body = fuzz_text(bytes, size), type = TEXT("");
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    call_init(&call, &a, 0, &chance);
    call.endpoint = &everything;
    text_cut(&body, '\n', &type);
    struct err e = read_all(&call, type, body);
    must(call.param_count <= LIMIT_PARAMS);
    if (e.kind == ERR_NONE)
        keeps_limits(&call);
    else
        must(e.kind == ERR_REQUEST_MALFORMED || e.kind == ERR_PARAMETER_INVALID ||
             e.kind == ERR_PARAMETER_DOUBLED);
    if (e.kind == ERR_PARAMETER_INVALID)
        must(call.hint.zh && call.hint.en && call.parameter.length && text_is_utf8(text_c(call.hint.zh)));
    struct text ignored = buf_peek(&call.ignored);
    for (size_t i = 0; i < ignored.length; i++) /* it becomes a header */
        must(ignored.bytes[i] >= ' ' && ignored.bytes[i] < 0x7F);
    arena_done(&a);
    return 0;
}
