/* ask.c: from a name and some bytes to a checked value.
 *
 * A type is one row of the table `types`: its check and the two sentences that say what it wants. Where
 * a parameter names limits of its own, the sentence is made with them.
 */
#include "call/ask.h"
#include "base/must.h"
#include "codec/base64.h"
#include "codec/form.h"
#include "codec/host.h"
#include "codec/json_in.h"
#include "codec/multipart.h"

#include <string.h>

struct err params_add(struct call *c, struct text name, struct text value, bool is_file) {
    if (c->param_count == LIMIT_PARAMS)
        return call_failed(c, ERR_REQUEST_MALFORMED, "一次调用最多 64 个参数",
                           "one call takes at most 64 parameters");
    c->params[c->param_count++] = (struct param){name, value, is_file};
    return ok;
}

struct err params_from_form(struct call *c, struct text form) {
    struct text rest = form, name, value;
    bool is_escaped = form_is_escaped(form); /* most are not: asked once, not of each piece */
    while (form_next(&rest, &name, &value)) {
        if (is_escaped) {
            try(form_decode_in(c->arena, name, &name));
            try(form_decode_in(c->arena, value, &value));
        }
        try(params_add(c, name, value, false));
    }
    return ok;
}

static struct err doubled_in_json(struct call *c, struct text name) {
    c->parameter = name;
    return call_failed(c, ERR_PARAMETER_DOUBLED,
                       text_say_in(c->arena, "JSON 请求体里的参数重复，只传一次：%.*s", TEXT_ARG(name)),
                       text_say_in(c->arena, "sent more than once in the JSON body: parameter %.*s",
                                   TEXT_ARG(name)));
}

static struct err params_from_json(struct call *c, struct text body) {
    json_t *root = NULL;
    struct err e = json_parse(c->arena, body, &root);
    if (e.kind == ERR_PARAMETER_DOUBLED)
        return doubled_in_json(c, json_doubled_name(e));
    if (e.kind == ERR_REQUEST_MALFORMED)
        return call_failed(c, e.kind, text_say_in(c->arena, "请求体不是有效的 JSON，出错处：第 %llu 字节",
                                                  (unsigned long long)json_fault_byte(e)), e.say);
    try(e);
    if (!json_is_object(root)) {
        json_decref(root);
        return call_failed(c, ERR_REQUEST_MALFORMED, "JSON 请求体必须是一个对象，如 {\"word\":\"你好\"}",
                           "the JSON body must be an object, such as {\"word\":\"hello\"}");
    }
    const char *name;
    json_t *value;
    json_object_foreach(root, name, value) {
        if (!e.kind && !json_is_null(value))
            e = params_add(c, text_copy_in(c->arena, text_c(name)),
                           json_scalar_text_in(c->arena, value), false);
    }
    json_decref(root);
    return e;
}

static struct err params_from_multipart(struct call *c, struct text content_type, struct text body) {
    struct multipart m;
    struct part part;
    bool more;
    try(multipart_open(&m, content_type, body));
    for (;;) {
        try(multipart_next(&m, &part, &more));
        if (!more)
            return ok;
        try(params_add(c, part.name, part.content, part.is_file));
    }
}

static struct text first_byte(struct text body) {
    return text_part(text_trim(body), 0, 1);
}

struct err params_from_body(struct call *c, struct text content_type, struct text body) {
    struct text type = text_trim(text_part(content_type, 0, text_find_char(content_type, ';')));
    type = text_lower_in(c->arena, type);
    if (body.length == 0)
        return ok;
    if (text_starts(type, TEXT("multipart/")))
        return params_from_multipart(c, content_type, body);
    if (text_equal_c(type, "application/json") || text_ends(type, TEXT("+json")))
        return params_from_json(c, body);
    if (text_equal_c(type, "application/x-www-form-urlencoded"))
        return params_from_form(c, body);
    /* Some clients name no type, or text/plain: an object is JSON, everything else a form. */
    if (text_equal_c(first_byte(body), "{"))
        return params_from_json(c, body);
    if (type.length == 0 || text_equal_c(type, "text/plain"))
        return params_from_form(c, body);
    return call_failed(c, ERR_REQUEST_MALFORMED,
                       "请求体请用 JSON、表单或 multipart/form-data，并写明 Content-Type",
                       "send the body as JSON, a form or multipart/form-data and say so in "
                       "Content-Type");
}

struct text params_take_token(struct call *c) {
    struct text found = TEXT("");
    unsigned kept = 0;
    for (unsigned i = 0; i < c->param_count; i++) {
        if (text_equal_c(c->params[i].name, "token"))
            found = c->params[i].value;
        else
            c->params[kept++] = c->params[i];
    }
    c->param_count = kept;
    return found;
}

/* Is `name` one of "a|b|c"? */
static bool one_of(const char *names, struct text name) {
    struct text rest = text_c(names), piece;
    while (text_cut(&rest, '|', &piece))
        if (text_equal(piece, name))
            return true;
    return false;
}

static int ask_index(const struct endpoint *e, struct text name) {
    for (int i = 0; e->asks && e->asks[i].name; i++) {
        if (text_equal_c(name, e->asks[i].name))
            return i;
        if (e->asks[i].aliases && one_of(e->asks[i].aliases, name))
            return i;
    }
    return -1;
}

struct param *ask_sent(struct call *c, unsigned i) {
    for (unsigned at = 0; at < c->param_count; at++)
        if (ask_index(c->endpoint, c->params[at].name) == (int)i && c->params[at].value.length)
            return &c->params[at];
    return NULL;
}

/* ---- the types: each check turns text into a value or says no ---- */

typedef bool check_function(struct call *c, const struct ask *ask, struct asked *value);

static bool in_range(const struct ask *ask, double value) {
    return (ask->low == 0 && ask->high == 0) || (value >= ask->low && value <= ask->high);
}

static bool check_text(struct call *c, const struct ask *ask, struct asked *value) {
    (void)c;
    double most = ask->high > 0 ? ask->high : LIMIT_TEXT_CHARS;
    if (!text_is_utf8(value->text) || text_has_control(value->text))
        return false;
    double runes = (double)text_runes(value->text);
    return runes >= ask->low && runes <= most;
}

static bool check_int(struct call *c, const struct ask *ask, struct asked *value) {
    (void)c;
    value->text = text_trim(value->text);
    if (!text_to_i64(value->text, &value->whole))
        return false;
    value->number = (double)value->whole;
    return in_range(ask, value->number);
}

static bool check_number(struct call *c, const struct ask *ask, struct asked *value) {
    (void)c;
    value->text = text_trim(value->text);
    return text_to_number(value->text, &value->number) && in_range(ask, value->number);
}

static bool check_bool(struct call *c, const struct ask *ask, struct asked *value) {
    (void)ask;
    struct text t = text_lower_in(c->arena, text_trim(value->text));
    bool yes = one_of("1|true|yes|on", t);
    value->whole = yes;
    return yes || one_of("0|false|no|off", t);
}

static bool check_date(struct call *c, const struct ask *ask, struct asked *value) {
    (void)c;
    (void)ask;
    return date_parse(text_trim(value->text), &value->date);
}

/* "text=txt|json": each piece is a value with its aliases; the first name is the canonical one. */
static bool check_choice(struct call *c, const struct ask *ask, struct asked *value) {
    struct text given = text_lower_in(c->arena, text_trim(value->text));
    struct text rest = text_c(ask->choices), piece, names, name;
    for (int64_t place = 0; text_cut(&rest, '|', &piece); place++) {
        names = piece;
        while (text_cut(&names, '=', &name)) {
            if (!text_equal_nocase(name, given))
                continue;
            value->text = text_part(piece, 0, text_find_char(piece, '='));
            value->whole = place;
            return true;
        }
    }
    return false;
}

static bool check_file(struct call *c, const struct ask *ask, struct asked *value) {
    size_t most = ask->high > 0 ? (size_t)ask->high : LIMIT_BODY_BYTES;
    struct text bytes = value->text;
    if (!value->whole) { /* no multipart file: base64, maybe behind "data:image/png;base64," */
        size_t comma = text_starts(bytes, TEXT("data:")) ? text_find_char(bytes, ',') : SIZE_MAX;
        if (comma != SIZE_MAX)
            bytes = text_from(bytes, comma + 1);
        if (!base64_decode_in(c->arena, bytes, &bytes))
            return false;
    }
    value->text = bytes;
    return bytes.length > 0 && bytes.length <= most;
}

static bool check_ip(struct call *c, const struct ask *ask, struct asked *value) {
    (void)c;
    (void)ask;
    value->text = text_trim(value->text);
    return ip_parse(value->text, &value->ip);
}

static bool check_domain(struct call *c, const struct ask *ask, struct asked *value) {
    (void)ask;
    return host_normalize_in(c->arena, text_trim(value->text), &value->text);
}

static const struct {
    check_function *check;
    struct words wants;
} types[] = {
    [ASK_TEXT] = {check_text, {"UTF-8 文本", "UTF-8 text"}},
    [ASK_INT] = {check_int, {"整数", "a whole number"}},
    [ASK_NUMBER] = {check_number, {"数字", "a number"}},
    [ASK_BOOL] = {check_bool, {"1 或 0", "1 or 0"}},
    [ASK_DATE] = {check_date, {"日期，如 2024-02-29", "a date such as 2024-02-29"}},
    [ASK_CHOICE] = {check_choice, {"可选值之一", "one of its values"}},
    [ASK_FILE] = {check_file, {"上传的文件或其 base64", "an uploaded file or its base64"}},
    [ASK_IP] = {check_ip, {"IP 地址，如 8.8.8.8", "an IP address such as 8.8.8.8"}},
    [ASK_DOMAIN] = {check_domain, {"域名，如 example.com", "a domain such as example.com"}},
};

static const char *range_say(struct call *c, const struct ask *ask, bool zh) {
    double high = ask->high;
    if (ask->type == ASK_TEXT)
        return text_say_in(c->arena, zh ? "（%.0f 到 %.0f 个字符，不含控制字符）"
                                        : " of %.0f to %.0f characters, without control characters",
                           ask->low > 0 ? ask->low : 1, high > 0 ? high : LIMIT_TEXT_CHARS);
    if (ask->type == ASK_FILE)
        return text_say_in(c->arena, zh ? "（最多 %.0f 字节）" : " of at most %.0f bytes",
                           high > 0 ? high : LIMIT_BODY_BYTES);
    if (ask->type == ASK_CHOICE)
        return text_say_in(c->arena, zh ? "：%s" : ": %s", ask->choices);
    if ((ask->type == ASK_INT || ask->type == ASK_NUMBER) && (ask->low != 0 || high != 0))
        return text_say_in(c->arena, zh ? "（%.15g 到 %.15g）" : " from %.15g to %.15g", ask->low, high);
    return "";
}

static struct err refuse(struct call *c, const struct ask *ask, enum err_kind kind, const char *zh,
                         const char *en) {
    c->parameter = text_c(ask->name);
    const char *say_zh = text_say_in(c->arena, "%s %s：请传%s%s", zh, ask->name,
                                     types[ask->type].wants.zh, range_say(c, ask, true));
    const char *say_en = text_say_in(c->arena, "%s %s: send %s%s", en, ask->name,
                                     types[ask->type].wants.en, range_say(c, ask, false));
    return call_failed(c, kind, say_zh, say_en);
}

static struct err check_one(struct call *c, const struct ask *ask, struct asked *value) {
    bool is_binary = ask->type == ASK_FILE && value->whole;
    if (!is_binary && (text_has_nul(value->text) || !text_is_utf8(value->text)))
        return refuse(c, ask, ERR_PARAMETER_INVALID, "参数不是合法的 UTF-8 文本：", "not UTF-8 text: parameter");
    if (!types[ask->type].check(c, ask, value))
        return refuse(c, ask, ERR_PARAMETER_INVALID, "参数无效：", "invalid parameter");
    value->is_set = true;
    return ok;
}

static struct err gather(struct call *c, struct asked *asked) {
    const struct endpoint *e = c->endpoint;
    bool seen[LIMIT_PARAMS] = {false};
    for (unsigned i = 0; i < c->param_count; i++) {
        const struct param *p = &c->params[i];
        int place = ask_index(e, p->name);
        if (place < 0) {
            bool plain = p->name.length > 0 && p->name.length <= LIMIT_PARAM_NAME_BYTES;
            for (size_t k = 0; plain && k < p->name.length; k++)
                plain = p->name.bytes[k] > ' ' && p->name.bytes[k] < 0x7F && p->name.bytes[k] != ',';
            if (c->ignored.length)
                buf_c(&c->ignored, ", ");
            buf_text(&c->ignored, plain ? p->name : TEXT("?"));
            continue;
        }
        if (p->value.length == 0) /* counts as not sent */
            continue;
        if (seen[place])
            return refuse(c, &e->asks[place], ERR_PARAMETER_DOUBLED, "参数重复，只传一次：",
                          "sent more than once: parameter");
        seen[place] = true;
        asked[place].text = p->value;
        asked[place].whole = p->is_file;
    }
    return ok;
}

struct err ask_check(struct call *c) {
    const struct endpoint *e = c->endpoint;
    unsigned count = 0;
    while (e->asks && e->asks[count].name)
        count++;
    must(count < LIMIT_PARAMS);
    struct asked *asked = arena_alloc(c->arena, sizeof *asked * (count + 1));
    try(gather(c, asked));
    for (unsigned i = 0; i < count; i++) {
        const struct ask *ask = &e->asks[i];
        if (asked[i].text.length == 0 && ask->fallback)
            asked[i].text = text_c(ask->fallback);
        if (asked[i].text.length > 0)
            try(check_one(c, ask, &asked[i]));
        else if (ask->need == REQUIRED)
            return refuse(c, ask, ERR_PARAMETER_MISSING, "缺少参数", "missing parameter");
    }
    c->asked = asked;
    return ok;
}
