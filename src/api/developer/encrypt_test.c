/* encrypt_test.c: what one type makes, its twin takes back; and each refusal has its name. */
#include "test.h"

#include "api/catalog.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "codec/json_in.h"
#include "gate/perform.h"

static struct call call;

static struct err ask(struct arena *a, const char *type, struct text content, const char *secret) {
    static struct random chance;
    chance = random_seeded(content.length);
    call_init(&call, a, 0, &chance);
    call.endpoint = api_by_path("encrypt");
    try(params_add(&call, TEXT("type"), text_c(type), false));
    try(params_add(&call, TEXT("content"), content, false));
    if (secret)
        try(params_add(&call, TEXT("secret"), text_c(secret), false));
    return perform(&call);
}

static struct text result_in(struct arena *a, const char *type, struct text content) {
    json_t *data;
    want_ok(ask(a, type, content, "k"));
    want_ok(json_parse(a, envelope_data(&call), &data));
    struct text result = text_copy_in(a, json_member_text(data, "encrypt"));
    json_decref(data);
    return result;
}

/* Law: decode(encode(x)) = x. */
TEST(twins_undo_each_other) {
    static const char *const twins[][2] = {{"base64_encode", "base64_decode"},
                                           {"url_encode", "url_decode"},
                                           {"hex_encode", "hex_decode"},
                                           {"aes_encrypt", "aes_decrypt"}};
    struct arena a;
    unsigned state = 11;
    arena_init(&a, LIMIT_ARENA_BYTES);
    for (int round = 0; round < 60; round++) {
        struct buf b;
        char room[4];
        buf_init(&b, &a, 4096);
        for (int i = 0; i <= round; i++) {
            state = state * 1103515245 + 12345;
            buf_text(&b, text_rune_print(room, 0x20 + (int32_t)(state >> 8) % (i % 3 ? 0x5E : 0xD700)));
        }
        if (text_has_control(buf_peek(&b)))
            continue;
        struct text plain = text_copy_in(&a, buf_peek(&b));
        for (size_t i = 0; i < COUNT(twins); i++) {
            struct text back = result_in(&a, twins[i][1], result_in(&a, twins[i][0], plain));
            if (!text_equal(back, plain))
                fail_msg("%s of %s gave %.*s", twins[i][1], twins[i][0], TEXT_ARG(back));
        }
        arena_reset(&a);
    }
    arena_done(&a);
}

TEST(refusals_have_their_names) {
    static const struct {
        const char *type, *content, *secret, *parameter;
        enum err_kind kind;
    } rows[] = {
        {"hmac_md5", "a", NULL, "secret", ERR_PARAMETER_MISSING},
        {"aes_encrypt", "a", "", "secret", ERR_PARAMETER_MISSING},
        {"sha3", "a", NULL, "type", ERR_PARAMETER_INVALID},
        {"md5", "", NULL, "content", ERR_PARAMETER_MISSING},
        {"base64_decode", "a", NULL, "content", ERR_PARAMETER_INVALID},
        {"base64_decode", "/w==", NULL, "content", ERR_PARAMETER_INVALID},
        {"hex_decode", "abc", NULL, "content", ERR_PARAMETER_INVALID},
        {"hex_decode", "00", NULL, "content", ERR_PARAMETER_INVALID},
        {"url_decode", "%zz", NULL, "content", ERR_PARAMETER_INVALID},
        {"url_decode", "%ff", NULL, "content", ERR_PARAMETER_INVALID},
        {"aes_decrypt", "AAAA", "k", "content", ERR_PARAMETER_INVALID},
    };
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want_err(ask(&a, rows[i].type, text_c(rows[i].content), rows[i].secret), rows[i].kind);
        want_text(call.parameter, rows[i].parameter);
        want(call.hint.zh && call.hint.en);
    }
    arena_done(&a);
}

TEST(the_length_has_its_limit) {
    static char content[10002];
    struct arena a;
    memset(content, 'a', sizeof content);
    arena_init(&a, LIMIT_ARENA_BYTES);
    want_ok(ask(&a, "md5", text_of(content, 10000), NULL));
    want_err(ask(&a, "md5", text_of(content, 10001), NULL), ERR_PARAMETER_INVALID);
    arena_done(&a);
}

TESTS(RUN(twins_undo_each_other), RUN(refusals_have_their_names), RUN(the_length_has_its_limit))
