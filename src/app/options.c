/* options.c: see options.h. */
#include "app/options.h"
#include "base/must.h"

#include <string.h>

static int option_index(const struct option *table, const char *name, size_t length) {
    for (int i = 0; table[i].name; i++)
        if (strlen(table[i].name) == length && memcmp(table[i].name, name, length) == 0)
            return i;
    return -1;
}

static struct err unknown(struct arena *a, const struct option *table, const char *word) {
    const char *known = "";
    for (int i = 0; table[i].name; i++)
        known = text_say_in(a, "%s%s%s", known, i ? ", " : "", table[i].name);
    return err_make(ERR_USAGE, text_say_in(a, "unknown option %s; known here: %s", word, known));
}

static struct err take_option(struct arena *a, struct options *o, int *i, int argc, char **argv) {
    const char *word = argv[*i], *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) : strlen(word);
    int place = option_index(o->table, word, length);
    if (place < 0)
        return unknown(a, o->table, word);
    const struct option *known = &o->table[place];
    const char *value = equals ? equals + 1 : "";
    if (!known->is_flag && !equals) {
        if (*i + 1 >= argc)
            return err_make(ERR_USAGE, text_say_in(a, "%s needs a value: %s", known->name, known->says));
        value = argv[++*i];
    }
    if (o->counts[place] >= (known->may_repeat ? OPTION_REPEATS_MAX : 1))
        return err_make(ERR_USAGE, text_say_in(a, "%s was given too often", known->name));
    o->values[place][o->counts[place]++] = value;
    return ok;
}

struct err options_parse(struct arena *a, const struct option *table, int argc, char **argv,
                         struct options *out) {
    *out = (struct options){.table = table};
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) == 0 && argv[i][2]) {
            try(take_option(a, out, &i, argc, argv));
        } else if (out->word_count == WORDS_MAX) {
            return err_make(ERR_USAGE, "too many words on the command line");
        } else {
            out->words[out->word_count++] = argv[i];
        }
    }
    return ok;
}

static unsigned place_of(const struct options *o, const char *name) {
    int place = option_index(o->table, name, strlen(name));
    must(place >= 0);
    return (unsigned)place;
}

bool options_has(const struct options *o, const char *name) { return o->counts[place_of(o, name)] > 0; }
unsigned options_count(const struct options *o, const char *name) { return o->counts[place_of(o, name)]; }

const char *options_at(const struct options *o, const char *name, unsigned i) {
    return o->values[place_of(o, name)][i];
}

const char *options_value(const struct options *o, const char *name) {
    return options_has(o, name) ? options_at(o, name, 0) : NULL;
}

/* tidy: parameters: low, high and missing are one thing, the range */
struct err options_number(struct arena *a, const struct options *o, const char *name, uint64_t low,
                          uint64_t high, uint64_t missing, uint64_t *out) {
    const char *given = options_value(o, name);
    uint64_t value = missing;
    if (given && (!text_to_u64(text_c(given), &value) || value < low || value > high))
        return err_make(ERR_USAGE,
                        text_say_in(a, "%s must be a whole number from %llu to %llu, not %s", name,
                                    (unsigned long long)low, (unsigned long long)high, given));
    *out = value;
    return ok;
}
