/* availability.c: see availability.h. Each cell holds the slot's number with its state, so a jump of the
 * clock needs no clearing: a cell of another time does not fit the number that is asked for. */
#include "domain/availability.h"
#include "base/must.h"

#include <stdlib.h>

enum { SLOTS = AVAILABILITY_S / SLOT_S };
static const int64_t million = 1000000;

struct availability {
    uint64_t cells[SLOTS]; /* slot * 4 + state */
};

static const struct {
    const char *name, *says[2];
} states[] = {
    [SERVICE_UNKNOWN] = {"unknown", {"未知", "Unknown"}},
    [SERVICE_DOWN] = {"down", {"中断", "Down"}},
    [SERVICE_DEGRADED] = {"degraded", {"降级", "Degraded"}},
    [SERVICE_OPERATIONAL] = {"operational", {"正常", "Operational"}},
};

const char *service_state_name(enum service_state state) {
    return states[state].name;
}

const char *service_state_says(enum service_state state, bool is_english) {
    return states[state].says[is_english];
}

bool service_state_parse(struct text name, enum service_state *out) {
    for (size_t i = 0; i < COUNT(states); i++)
        if (text_equal_c(name, states[i].name)) {
            *out = (enum service_state)i;
            return true;
        }
    return false;
}

enum service_state service_state_worse(enum service_state a, enum service_state b) {
    if (a == SERVICE_UNKNOWN || b == SERVICE_UNKNOWN)
        return a == SERVICE_UNKNOWN ? b : a;
    return a < b ? a : b;
}

struct availability *availability_new(void) {
    struct availability *a = calloc(1, sizeof *a);
    must(a != NULL);
    return a;
}

void availability_free(struct availability *a) {
    free(a);
}

void availability_put(struct availability *a, int64_t slot, enum service_state state) {
    must(slot > 0);
    uint64_t *cell = &a->cells[slot % SLOTS];
    if (*cell / 4 == (uint64_t)slot)
        state = service_state_worse(state, (enum service_state)(*cell % 4));
    *cell = (uint64_t)slot * 4 + state;
}

struct availability_sum availability_sum(const struct availability *a, int64_t slot) {
    int64_t counts[4] = {0};
    for (int64_t s = slot - SLOTS; s < slot; s++) {
        uint64_t cell = s > 0 ? a->cells[s % SLOTS] : 0;
        counts[cell / 4 == (uint64_t)s ? cell % 4 : SERVICE_UNKNOWN]++;
    }
    int64_t up = counts[SERVICE_OPERATIONAL] + counts[SERVICE_DEGRADED],
            down = counts[SERVICE_DOWN];
    return (struct availability_sum){
        .up_s = up * SLOT_S,
        .down_s = down * SLOT_S,
        .unknown_s = counts[SERVICE_UNKNOWN] * SLOT_S,
        .left_s = AVAILABILITY_BUDGET_S - down * SLOT_S,
        .up_ppm = up * million / SLOTS,
        .known_ppm = up + down ? up * million / (up + down) : -1,
    };
}
