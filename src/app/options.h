/* options.h: a command line cut into words and options.
 *
 * Contract   `--name value` and `--name=value` anywhere; a table says which names a command knows. What
 *            is not in the table is ERR_USAGE with a sentence that lists what is.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum { OPTIONS_MAX = 32, OPTION_REPEATS_MAX = 64, WORDS_MAX = 96 };

struct option {
    const char *name; /* "--plan" */
    bool is_flag;     /* takes no value */
    bool may_repeat;
    const char *says;
};

struct options {
    const struct option *table;
    const char *words[WORDS_MAX];
    unsigned word_count;
    const char *values[OPTIONS_MAX][OPTION_REPEATS_MAX];
    unsigned counts[OPTIONS_MAX];
};

/* `table` ends with an empty entry; --home is known to every command. */
[[nodiscard]] struct err options_parse(struct arena *a, const struct option *table, int argc, char **argv,
                                       struct options *out);

bool options_has(const struct options *o, const char *name);
const char *options_value(const struct options *o, const char *name); /* NULL where it was not given */
unsigned options_count(const struct options *o, const char *name);
const char *options_at(const struct options *o, const char *name, unsigned i);

/* A whole number in low..high, or `missing` where the option was not given. */
[[nodiscard]] struct err options_number(struct arena *a, const struct options *o, const char *name,
                                        uint64_t low, uint64_t high, uint64_t missing, uint64_t *out);
