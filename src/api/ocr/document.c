/* document.c: see document.h. */
#include "api/ocr/document.h"
#include "codec/base64.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

enum { ASKED_INPUT_TYPE, ASKED_INPUT_DATA, URL_BYTES_MAX = 1024 };

static bool is_picture(struct text bytes) {
    static const struct {
        const char *bytes;
        size_t length;
    } starts[] = {{"\xFF\xD8\xFF", 3}, {"\x89PNG\r\n", 6}, {"BM", 2},    {"RIFF", 4},
                  {"GIF8", 4},         {"II*\0", 4},       {"MM\0*", 4}};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts(bytes, text_of(starts[i].bytes, starts[i].length)))
            return true;
    return false;
}

static bool is_address(struct text t) {
    bool has_scheme = text_starts(t, TEXT("https://")) || text_starts(t, TEXT("http://"));
    return has_scheme && t.length <= URL_BYTES_MAX && text_find_char(t, ' ') == SIZE_MAX &&
           text_find_char(t, '\n') == SIZE_MAX;
}

/* "data:image/png;base64,…" is taken too. */
static struct text without_head(struct text t) {
    size_t comma = text_starts(t, TEXT("data:")) ? text_find_char(t, ',') : SIZE_MAX;
    return comma == SIZE_MAX ? t : text_from(t, comma + 1);
}

struct err document_run(struct call *c) {
    struct text data = text_trim(ask_text(c, ASKED_INPUT_DATA)), bytes;
    if (!ask_has(c, ASKED_INPUT_DATA)) {
        c->parameter = TEXT("input_data");
        return call_failed(c, ERR_PARAMETER_MISSING, "缺少图片：请在 input_data 中传图片网址或其 base64",
                           "the picture is missing: send its address or its base64 as input_data");
    }
    if (ask_is(c, ASKED_INPUT_TYPE, "url")) {
        if (!is_address(data))
            return call_invalid(c, ASKED_INPUT_DATA, "input_type 为 url 时，请传 http:// 或 https:// 开头的图片网址，最长 1024 字节",
                                "with input_type url send an address that begins with http:// or https://, "
                                "1024 bytes at most");
        return connector_run_with(c, &(struct named_value){TEXT("picture.url"), data}, 1);
    }
    if (!base64_decode_in(c->arena, without_head(data), &bytes) || !is_picture(bytes))
        return call_invalid(c, ASKED_INPUT_DATA, "input_type 为 base64 时，请传 JPEG、PNG、BMP、WebP、GIF 或 TIFF 图片的 base64",
                            "with input_type base64 send a JPEG, PNG, BMP, WebP, GIF or TIFF picture in base64");
    struct named_value made = {TEXT("picture.base64"), base64_encode_in(c->arena, bytes)};
    return connector_run_with(c, &made, 1);
}

#endif
