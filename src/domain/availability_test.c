/* availability_test.c: outages cost exactly what they last; nobody's look is never "up"; clocks may jump. */
#include "domain/availability.h"
#include "domain/claims.h"
#include "test.h"

enum { NOW = 180000000, SLOTS = AVAILABILITY_S / SLOT_S };

static struct availability *full(enum service_state state) {
    struct availability *a = availability_new();
    for (int64_t s = NOW - SLOTS; s < NOW; s++)
        availability_put(a, s, state);
    return a;
}

static void put_some(struct availability *a, int64_t from, unsigned count,
                     enum service_state state) {
    for (unsigned i = 0; i < count; i++)
        availability_put(a, from + i, state);
}

TEST(row_X5__an_outage_of_50_s_costs_exactly_50_s) {
    struct availability *a = full(SERVICE_OPERATIONAL);
    struct availability_sum before = availability_sum(a, NOW);
    want_int(before.up_s, 2592000);
    want_int(before.left_s, 43 * 60 + 12);
    want_int(before.up_ppm, 1000000);
    put_some(a, NOW - 1000, 5, SERVICE_DOWN);
    struct availability_sum after = availability_sum(a, NOW);
    want_int(before.up_s - after.up_s, 50);
    want_int(after.down_s, 50);
    want_int(after.left_s, 43 * 60 + 12 - 50);
    want_int(after.unknown_s, 0);
    want_int(after.up_ppm, 999980); /* 1 - 50 / 2,592,000 = 0.99998071, down */
    want_int(availability_sum(a, NOW + SLOTS - 1000).down_s, 50);
    want_int(availability_sum(a, NOW + SLOTS - 995).down_s, 0); /* thirty days later it is over */
    availability_free(a);
}

TEST(row_X5__the_figure_is_never_rounded_up) {
    static const struct {
        unsigned down;
        const char *says;
        bool is_reached;
    } rows[] = {{0, "100.00%", true},
                {1, "99.99%", true},
                {259, "99.90%", true},   /* 43 min 10 s */
                {260, "99.89%", false}}; /* 43 min 20 s */
    struct arena arena;
    arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct availability *a = full(SERVICE_OPERATIONAL);
        put_some(a, NOW - 5000, rows[i].down, SERVICE_DOWN);
        struct availability_sum sum = availability_sum(a, NOW);
        want_text(claim_percent_in(&arena, sum.up_ppm), rows[i].says);
        want_int(sum.up_ppm >= 999000, rows[i].is_reached);
        want_int(sum.left_s >= 0, rows[i].is_reached);
        availability_free(a);
    }
    arena_done(&arena);
}

TEST(row_X5__who_did_not_look_has_seen_nothing_up) {
    struct availability *a = availability_new();
    want_int(availability_sum(a, NOW).unknown_s, 2592000);
    want_int(availability_sum(a, NOW).known_ppm, -1);
    put_some(a, NOW - 100, 90, SERVICE_OPERATIONAL);
    put_some(a, NOW - 10, 10, SERVICE_DEGRADED);
    struct availability_sum sum = availability_sum(a, NOW);
    want_int(sum.up_s, 1000);
    want_int(sum.unknown_s, 2592000 - 1000);
    want_int(sum.known_ppm, 1000000);
    want_int(sum.up_ppm, 385); /* of thirty days: nothing to boast of */
    availability_free(a);
}

TEST(row_X5__a_clock_that_jumps_makes_nothing_good) {
    struct availability *a = full(SERVICE_OPERATIONAL);
    put_some(a, NOW - 100, 5, SERVICE_DOWN);
    put_some(a, NOW - 100, 100, SERVICE_OPERATIONAL); /* the clock was set back by 1000 s */
    want_int(availability_sum(a, NOW).down_s, 50);
    put_some(a, NOW + 360, 10, SERVICE_OPERATIONAL); /* and forward by an hour */
    struct availability_sum sum = availability_sum(a, NOW + 370);
    want_int(sum.down_s, 50);
    want_int(sum.unknown_s, 3600);
    put_some(a, NOW + 4 * SLOTS, 3, SERVICE_OPERATIONAL); /* by four months, by mistake */
    sum = availability_sum(a, NOW);
    want_int(sum.unknown_s, 130); /* three slots and those of before: lost, not up */
    want_int(sum.down_s, 50);
    availability_free(a);
}

TEST(states_have_names) {
    for (int i = 0; i <= SERVICE_OPERATIONAL; i++) {
        enum service_state found;
        want(service_state_parse(text_c(service_state_name((enum service_state)i)), &found));
        want_int(found, i);
    }
    enum service_state none;
    want(!service_state_parse(TEXT("ok"), &none));
    want_int(service_state_worse(SERVICE_UNKNOWN, SERVICE_DEGRADED), SERVICE_DEGRADED);
    want_int(service_state_worse(SERVICE_OPERATIONAL, SERVICE_DOWN), SERVICE_DOWN);
}

TESTS(RUN(row_X5__an_outage_of_50_s_costs_exactly_50_s),
      RUN(row_X5__the_figure_is_never_rounded_up),
      RUN(row_X5__who_did_not_look_has_seen_nothing_up),
      RUN(row_X5__a_clock_that_jumps_makes_nothing_good), RUN(states_have_names))
