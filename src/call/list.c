/* list.c: see list.h. */
#include "call/list.h"
#include "call/ask.h"
#include "call/refusal.h"
#include "call/reply.h"
#include "codec/json_in.h"

static const char *const parts[] = {",", "，", "、", "\n"};

static struct text ask_value(struct call *c) {
    if (!c->endpoint->many)
        return TEXT("");
    struct param *p = ask_sent(c, c->endpoint->many - 1u);
    return p && !p->is_file ? text_trim(p->value) : TEXT("");
}

/* Cuts the first value off `rest`, at whichever of `parts` comes first. */
static bool next_value(struct text *rest, struct text *out) {
    size_t at = rest->length, skip = 0;
    if (rest->length == 0)
        return false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t found = text_find(*rest, text_c(parts[i]));
        if (found < at) {
            at = found;
            skip = text_c(parts[i]).length;
        }
    }
    *out = text_trim(text_part(*rest, 0, at));
    *rest = text_from(*rest, at + skip);
    return true;
}

static struct text next_filled(struct text *rest) {
    struct text value = TEXT("");
    while (value.length == 0 && next_value(rest, &value))
        continue;
    return value;
}

static bool is_json_list(struct text value) {
    return value.length > 1 && value.bytes[0] == '[' && value.bytes[value.length - 1] == ']';
}

static unsigned put_json_values(struct call *c, struct text value, struct text *values) {
    json_t *root = NULL;
    unsigned count = 0;
    if (json_parse(c->arena, value, &root).kind)
        return 0;
    for (size_t i = 0; i < json_array_size(root) && count <= LIMIT_LIST; i++)
        values[count++] = json_scalar_text_in(c->arena, json_array_get(root, i));
    json_decref(root);
    return count;
}

/* At most one more than the limit, which tells that there are too many. */
static unsigned put_values(struct text value, struct text *values) {
    unsigned count = 0;
    struct text piece = next_filled(&value);
    for (; piece.length && count <= LIMIT_LIST; piece = next_filled(&value))
        values[count++] = piece;
    return count;
}

struct err list_take_in(struct call *c, struct list *out) {
    struct text value = ask_value(c);
    *out = (struct list){.is_list = false, .count = 1};
    if (value.length == 0)
        return ok;
    out->values = arena_alloc(c->arena, sizeof *out->values * (LIMIT_LIST + 1));
    bool is_json = is_json_list(value);
    out->count = is_json ? put_json_values(c, value, out->values) : put_values(value, out->values);
    out->is_list = is_json ? out->count > 0 : out->count > 1;
    if (out->count > LIMIT_LIST)
        return call_invalid(c, c->endpoint->many - 1u, "一次最多查 100 个值，请分几次调用",
                            "one call takes at most 100 values; ask in several calls");
    return ok;
}

unsigned list_length(struct call *c) {
    struct list list;
    if (!c->endpoint->many)
        return 1;
    if (list_take_in(c, &list).kind || !list.is_list)
        return 1; /* too many are refused when the call is performed */
    return list.count;
}

/* What the API answers for one value, as JSON; in a reply of its own, to throw half an answer away. */
static struct err run_one_in(struct call *c, struct text value, struct text *out) {
    struct buf reply = c->reply;
    struct json json = c->json;
    struct param *param = ask_sent(c, c->endpoint->many - 1u);
    struct text whole = param->value;
    param->value = value;
    buf_init(&c->reply, c->arena, LIMIT_REPLY_BYTES);
    json_init(&c->json, &c->reply);
    struct err e = ask_check(c);
    if (!e.kind)
        e = c->endpoint->run(c);
    *out = buf_peek(&c->reply);
    param->value = whole;
    c->reply = reply;
    c->json = json;
    return e;
}

static void put_refusal(struct call *c, struct err e) {
    struct words hint = c->hint.zh ? c->hint : refusal_of(e.kind)->hint;
    reply_null(c, "data");
    reply_c(c, "error", err_name(e.kind));
    reply_c(c, "hint", c->language == LANGUAGE_EN ? hint.en : hint.zh);
}

/* Faults of the program or of its sources end the whole call. */
static bool is_of_the_value(struct err e) {
    return e.kind == ERR_PARAMETER_INVALID || e.kind == ERR_NO_RESULT;
}

struct err list_run(struct call *c, const struct list *list) {
    struct err first = ok;
    struct words first_hint = {NULL, NULL};
    unsigned answered = 0;
    reply_list(c, NULL);
    for (unsigned i = 0; i < list->count; i++) {
        struct text data;
        c->hint = (struct words){NULL, NULL};
        struct err e = run_one_in(c, list->values[i], &data);
        if (e.kind && !is_of_the_value(e))
            return e;
        if (c->content_type)
            return call_invalid(c, c->endpoint->many - 1u, "一次查多个值时回复只能是 JSON，请去掉 format",
                                "several values are answered as JSON only; leave format out");
        reply_object(c, NULL);
        reply_text(c, "asked", list->values[i]);
        if (e.kind) {
            put_refusal(c, e);
            first_hint = first.kind ? first_hint : c->hint;
            first = first.kind ? first : e;
        } else {
            json_name(&c->json, "data");
            json_raw(&c->json, data);
            answered++;
        }
        reply_end_object(c);
    }
    reply_end_list(c);
    c->hint = answered ? (struct words){NULL, NULL} : first_hint;
    c->parameter = answered ? TEXT("") : c->parameter;
    return answered ? ok : first;
}
