/* key_parcel_test.c: what is printed parses to the same; what is cut, longer or odd is refused
 * whole. */
#include "crypt/key_parcel.h"
#include "base/limits.h"
#include "test.h"

static struct text repeat_in(struct arena *a, size_t length) {
    return text_of(arena_alloc(a, length + 1), length);
}

TEST(a_request_goes_and_comes_as_it_was) {
    const struct text parts[] = {TEXT("email"), TEXT(""), TEXT("a@example.com")};
    const struct key_request r = {KEY_HASH,  KEY_FOR_STAFF, KEY_INDEX,    -3,
                                  INT64_MIN, UINT64_MAX,    COUNT(parts), parts};
    struct key_request again;
    struct text bytes;
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    want(key_request_print_in(&a, &r, &bytes));
    want(key_request_parse_in(&a, bytes, &again));
    want(again.verb == r.verb && again.purpose == r.purpose && again.key == r.key);
    want(again.number == r.number && again.row == r.row && again.subject == r.subject);
    want_int(again.count, COUNT(parts));
    for (size_t i = 0; i < COUNT(parts); i++)
        want(text_equal(again.parts[i], parts[i]));
    for (size_t length = 0; length < bytes.length; length++)
        want(!key_request_parse_in(&a, text_part(bytes, 0, length), &again));
    char *longer = arena_alloc(&a, bytes.length + 1);
    memcpy(longer, bytes.bytes, bytes.length);
    want(!key_request_parse_in(&a, text_of(longer, bytes.length + 1), &again));
    arena_done(&a);
}

TEST(the_limits_hold_at_their_end_and_not_beyond) {
    struct arena a;
    struct text bytes;
    struct key_request again;
    arena_init(&a, LIMIT_ARENA_BYTES);
    struct text *parts = arena_alloc(&a, (KEY_PARTS_MAX + 1) * sizeof *parts);
    want(key_request_print_in(
        &a, &(struct key_request){.verb = KEY_UNWRAP, .count = KEY_PARTS_MAX, .parts = parts},
        &bytes));
    want(key_request_parse_in(&a, bytes, &again));
    want(!key_request_print_in(
        &a, &(struct key_request){.verb = KEY_UNWRAP, .count = KEY_PARTS_MAX + 1, .parts = parts},
        &bytes));
    const size_t head = 28 + 2 + 4;
    const struct text most = repeat_in(&a, KEY_PARCEL_BYTES_MAX - head),
                      over = repeat_in(&a, KEY_PARCEL_BYTES_MAX - head + 1);
    want(key_request_print_in(
        &a, &(struct key_request){.verb = KEY_OPEN, .count = 1, .parts = &most}, &bytes));
    want(key_request_parse_in(&a, bytes, &again));
    want(!key_request_print_in(
        &a, &(struct key_request){.verb = KEY_OPEN, .count = 1, .parts = &over}, &bytes));
    arena_done(&a);
}

TEST(what_no_request_is_is_refused) {
    struct arena a;
    struct key_request out;
    struct text bytes;
    arena_init(&a, LIMIT_ARENA_BYTES);
    want(key_request_print_in(&a, &(struct key_request){.verb = KEY_STATUS}, &bytes));
    static const struct {
        unsigned at;
        char byte;
    } rows[] = {
        {0, 0},  {0, 2}, {1, 0}, {1, KEY_VERB_COUNT}, {2, KEY_PURPOSE_COUNT}, {3, KEY_ID_COUNT},
        {28, 1}, {29, 3}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *spoilt = text_c_in(&a, bytes);
        spoilt[rows[i].at] = rows[i].byte;
        want(!key_request_parse_in(&a, text_of(spoilt, bytes.length), &out));
    }
    arena_done(&a);
}

TEST(an_item_goes_and_comes_as_it_was) {
    struct arena a;
    struct key_item out;
    arena_init(&a, LIMIT_ARENA_BYTES);
    struct text bytes = key_item_print_in(&a, &(struct key_item){7, 3, TEXT("wrapped")});
    want(key_item_parse(bytes, &out));
    want(out.subject == 7 && out.epoch == 3 && text_equal(out.wrapped, TEXT("wrapped")));
    want(!key_item_parse(text_part(bytes, 0, 16), &out));
    arena_done(&a);
}

TESTS(RUN(a_request_goes_and_comes_as_it_was), RUN(the_limits_hold_at_their_end_and_not_beyond),
      RUN(what_no_request_is_is_refused), RUN(an_item_goes_and_comes_as_it_was))
