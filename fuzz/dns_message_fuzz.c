/* dns_message_fuzz.c: law: an answer that is taken has records of known types with printable names. */
#include "fuzz.h"

#include "codec/dns_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct dns_answer answer;
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    if (size <= UINT16_MAX && dns_answer_parse_in(&a, fuzz_text(bytes, size), &answer))
        for (size_t i = 0; i < answer.count; i++) {
            must(dns_type_name(answer.records[i].type) != NULL);
            must(text_is_utf8(answer.records[i].host) && !text_has_control(answer.records[i].host));
        }
    arena_done(&a);
    return 0;
}
