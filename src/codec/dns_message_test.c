/* dns_message_test.c: every type read once; compression; and bytes that lie. */
#include "test.h"

#include "base/limits.h"
#include "base/random.h"
#include "codec/dns_message.h"

#include <stdlib.h>

/* id, flags, 1 question, n answers, 0, 0; the question example.com A at byte 12 */
#define HEAD(answers) "\x12\x34\x81\x80\x00\x01\x00" answers "\x00\x00\x00\x00" \
                      "\x07" "example\x03" "com\x00\x00\x01\x00\x01"
#define RECORD(type, length) "\xC0\x0C" type "\x00\x01\x00\x00\x0E\x10\x00" length

static struct arena arena;

static struct dns_record one(struct text message) {
    struct dns_answer answer;
    arena_done(&arena);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    want(dns_answer_parse_in(&arena, message, &answer));
    want_int(answer.count, 1);
    want_text(answer.records[0].host, "example.com");
    want_int(answer.records[0].ttl_s, 3600);
    return answer.records[0];
}

TEST(addresses_are_read) {
    struct dns_record r = one(TEXT(HEAD("\x01") RECORD("\x00\x01", "\x04") "\x05\x06\x07\x08"));
    want_text(ip_print_in(&arena, &r.ip), "5.6.7.8");
    r = one(TEXT(HEAD("\x01") RECORD("\x00\x1C", "\x10")
                 "\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01"));
    want_text(ip_print_in(&arena, &r.ip), "2001:db8::1");
}

TEST(names_are_read_through_compression) {
    struct dns_record r = one(TEXT(HEAD("\x01") RECORD("\x00\x0F", "\x07") "\x00\x0A\x02mx\xC0\x0C"));
    want_text(r.target, "mx.example.com");
    want_int(r.numbers[0], 10);
    r = one(TEXT(HEAD("\x01") RECORD("\x00\x02", "\x05") "\x02ns\xC0\x0C"));
    want_text(r.target, "ns.example.com");
    r = one(TEXT(HEAD("\x01") RECORD("\x00\x21", "\x0B") "\x00\x01\x00\x02\x14\x66\x02st\xC0\x0C"));
    want_text(r.target, "st.example.com");
    want_int(r.numbers[2], 5222);
}

TEST(start_of_authority_is_read) {
    struct dns_record r = one(TEXT(HEAD("\x01") RECORD("\x00\x06", "\x1E") "\x02ns\xC0\x0C\x02me\xC0\x0C"
                                   "\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x03\x00\x00\x00\x04"
                                   "\x00\x00\x00\x05"));
    want_text(r.target, "ns.example.com");
    want_text(r.second, "me.example.com");
    want_int(r.numbers[0], 1);
    want_int(r.numbers[4], 5);
}

TEST(texts_are_joined) {
    struct dns_record r = one(TEXT(HEAD("\x01") RECORD("\x00\x10", "\x06") "\x02" "ab\x02" "cd"));
    want_text(r.target, "abcd");
    r = one(TEXT(HEAD("\x01") RECORD("\x01\x01", "\x09") "\x80\x05issueca"));
    want_text(r.second, "issue");
    want_text(r.target, "ca");
    want_int(r.numbers[0], 128);
}

TEST(odd_bytes_in_names_are_escaped) {
    struct dns_record r = one(TEXT(HEAD("\x01") RECORD("\x00\x02", "\x06") "\x04" "a.\x07\\\x00"));
    want_text(r.target, "a\\.\\007\\\\");
}

TEST(other_types_are_left_out) {
    struct dns_answer answer;
    struct text m = TEXT(HEAD("\x01") RECORD("\x00\x2E", "\x02") "\x00\x00");
    want(dns_answer_parse_in(&arena, m, &answer));
    want_int(answer.count, 0);
}

TEST(lies_are_refused) {
    static const struct text rows[] = {
        TEXT(HEAD("\x01")),                                             /* an answer that is not there */
        TEXT(HEAD("\x01") RECORD("\x00\x01", "\x05") "\x05\x06\x07\x08\x09"), /* an address of five bytes */
        TEXT(HEAD("\x01") RECORD("\x00\x01", "\x04") "\x05\x06\x07"),   /* cut */
        TEXT(HEAD("\x01") RECORD("\x00\x02", "\x02") "\xC0\x29"),       /* a name that points to itself */
        TEXT(HEAD("\x01") RECORD("\x00\x02", "\x02") "\xC0\xFF"),       /* forwards */
        TEXT(HEAD("\x01") RECORD("\x00\x10", "\x02") "\x05" "a"),       /* a string longer than its record */
        TEXT("\x12\x34"),
        TEXT(""),
    };
    struct dns_answer answer;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (dns_answer_parse_in(&arena, rows[i], &answer))
            fail_msg("row %zu was taken", i);
}

TEST(any_bytes_are_survived) {
    struct text sound = TEXT(HEAD("\x02") RECORD("\x00\x0F", "\x07") "\x00\x0A\x02mx\xC0\x0C"
                             RECORD("\x00\x10", "\x06") "\x02" "ab\x02" "cd");
    struct dns_answer answer;
    for (unsigned round = 0; round < 20000; round++) {
        struct random chance = random_seeded(round);
        size_t length = sound.length - random_below(&chance, 3);
        char *bytes = malloc(length);
        memcpy(bytes, sound.bytes, length);
        for (unsigned n = 1 + random_below(&chance, 5); n; n--)
            bytes[random_below(&chance, (uint32_t)length)] = (char)random_u64(&chance);
        (void)dns_answer_parse_in(&arena, text_of(bytes, length), &answer);
        free(bytes);
        arena_reset(&arena);
    }
    arena_done(&arena);
}

TEST(reverse_names) {
    struct ip ip;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    want(ip_parse(TEXT("1.2.3.4"), &ip));
    want_text(dns_reverse_name_in(&arena, &ip), "4.3.2.1.in-addr.arpa");
    want(ip_parse(TEXT("2001:db8::1"), &ip));
    want_text(dns_reverse_name_in(&arena, &ip),
              "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
    arena_done(&arena);
}

TESTS(RUN(addresses_are_read), RUN(names_are_read_through_compression), RUN(start_of_authority_is_read),
      RUN(texts_are_joined), RUN(odd_bytes_in_names_are_escaped), RUN(other_types_are_left_out),
      RUN(lies_are_refused), RUN(any_bytes_are_survived), RUN(reverse_names))
