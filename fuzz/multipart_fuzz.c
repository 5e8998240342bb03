/* multipart_fuzz.c: law: every text of a part lies in the body, contents in their order, and there are no
 * more than the limit. The first line of the input is the Content-Type, the rest the body. */
#include "fuzz.h"

#include "codec/multipart.h"

static bool lies_in(struct text part, struct text whole) {
    return part.length == 0 ||
           (part.bytes >= whole.bytes && part.bytes + part.length <= whole.bytes + whole.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct text body = fuzz_text(bytes, size), type = TEXT("");
    struct multipart m;
    struct part part;
    bool more = true;
    text_cut(&body, '\n', &type);
    if (!body.bytes || multipart_open(&m, type, body).kind)
        return 0;
    const char *behind = body.bytes;
    for (unsigned parts = 0; multipart_next(&m, &part, &more).kind == ERR_NONE && more; parts++) {
        must(parts < LIMIT_MULTIPART_PARTS);
        must(lies_in(part.name, body) && lies_in(part.filename, body) && lies_in(part.type, body) &&
             lies_in(part.content, body));
        must(part.content.length == 0 || part.content.bytes >= behind);
        if (part.content.length)
            behind = part.content.bytes + part.content.length;
    }
    return 0;
}
