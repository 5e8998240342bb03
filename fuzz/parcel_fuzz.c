/* parcel_fuzz.c: law: an ask that is taken prints to the same bytes; an answer is taken or refused. */
#include "fuzz.h"

#include "gate/parcel.h"

static const struct endpoint everything = {.path = "/api/x"};
static const struct endpoint *const catalog[] = {&everything, NULL};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static struct call call;
    struct text t = fuzz_text(bytes, size);
    struct random chance = random_seeded(1);
    struct arena a;
    arena_init(&a, LIMIT_ARENA_BYTES);
    call_init(&call, &a, 0, &chance);
    if (parcel_ask_open(&call, t, catalog).kind == ERR_NONE)
        must(text_equal(parcel_ask_in(&a, &call), t));
    call.endpoint = &everything;
    struct err e = parcel_answer_open(&call, t);
    must(e.kind < ERR_COUNT && (e.kind != ERR_NONE || call.status == 200));
    arena_done(&a);
    return 0;
}
