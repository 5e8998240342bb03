/* data.h: all reference data of the installation, opened once, read by anybody.
 *
 * Contract   a set that is missing or damaged is closed with its reason; everything else works. An API
 *            reads only the sets that it names in `needs`: the corridor refuses the call before its
 *            charge where one of them is unavailable.
 * Threads    open and close from one thread; reads from any.
 */
#pragma once
#include "data/pack.h"

enum data_set {
    DATA_NONE,
#define DATA(name, file, stale_days, what) DATA_##name,
#include "data/sets.def"
#undef DATA
    DATA_COUNT
};
_Static_assert(DATA_COUNT <= 256, "a set is named by a byte");

struct data;

/* What an answer says of where it comes from; read once, when the set is opened. */
struct data_source {
    struct text name, as_of;
    int64_t stale_from_day; /* of China, since 1970 */
};

struct data *data_open(const char *folder);
void data_close(struct data *d);

const struct pack *data_pack(const struct data *d, enum data_set set); /* must be available */
bool data_is_available(const struct data *d, const uint8_t *needs); /* sets; ends with DATA_NONE */
const char *data_fault(const struct data *d, enum data_set set); /* NULL where there is none */
const char *data_file(enum data_set set);                        /* "ip" */
const char *data_what(enum data_set set);
struct data_source data_source(const struct data *d, enum data_set set); /* empty where it is missing */
bool data_is_stale(const struct data *d, enum data_set set, int64_t now_ms);
