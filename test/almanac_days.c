/* almanac_days.c: prints what we say of every day and of every solar term, for almanac.test.mjs.
 *
 *     almanac_days build/data/almanac.pack
 *
 * Lines, fields parted by tabs: "day", date, then the fields in the order of print_day; "term", year, number,
 * seconds since 1970, delta-T in seconds. */
#include "base/must.h"
#include "codec/almanac.h"
#include "codec/ganzhi.h"
#include "codec/lunar.h"
#include "codec/moment.h"
#include "codec/solar_term.h"
#include "codec/sun.h"
#include "data/pack.h"

#include <inttypes.h>
#include <stdio.h>

static void print_day(const struct pack *pack, struct arena *a, int64_t day) {
    struct lunar l;
    struct text lists;
    struct date d = date_from_day(day);
    struct almanac al = almanac_of_day(day);
    struct solar_term term = solar_term_of_day(day);
    unsigned month = ganzhi_of_month(day), pillar = ganzhi_of_day(day);
    must(lunar_from_day(day, &l));
    must(pack_find(pack, text_format_in(a, "%s%s", ganzhi_branch(month), ganzhi_name(pillar)), &lists));
    printf("day\t%04d-%02u-%02u\t%d %d %u", d.year, d.month, d.day, l.year,
           l.is_leap ? -(int)l.month : (int)l.month, l.day);
    printf("\t%s\t%s\t%s\t%s\t%s", ganzhi_name(ganzhi_of_year(l.year)), ganzhi_name(month),
           ganzhi_name(pillar), ganzhi_name(ganzhi_of_hour(day, 0)), ganzhi_name(ganzhi_of_hour(day, 23)));
    printf("\t%s\t%s%s\t%s", ganzhi_animal(ganzhi_of_year(l.year)), l.is_leap ? "闰" : "",
           lunar_month_name(l.month), lunar_day_name(l.day));
    printf("\t%s\t%s\t%s", solar_term_day(term) == day ? solar_term_name(term.number) : "",
           solar_term_pentad(day), moment_sign(d));
    printf("\t%s\t%s\t%s%s\t%s%s\t%s%s\t%s", al.taboo_of_stem, al.taboo_of_branch, al.wealth.trigram,
           al.wealth.name, al.fortune.trigram, al.fortune.name, al.joy.trigram, al.joy.name, al.foetus);
    printf("\t%s\t%s\t%s\t%s\t%s\t%s", al.mansion->name, al.mansion->luck, al.mansion->animal,
           al.mansion->palace, al.mansion->beast, al.mansion->song);
    printf("\t%.*s\n", TEXT_ARG(lists));
}

static void print_terms(void) {
    for (int year = SOLAR_TERM_YEAR_MIN; year <= SOLAR_TERM_YEAR_MAX; year++)
        for (unsigned i = 0; i < SOLAR_TERMS; i++) {
            int64_t second = solar_term_ms((struct solar_term){year, i}) / 1000;
            printf("term\t%d\t%u\t%" PRId64 "\t%.3f\n", year, i, second,
                   sun_delta_t_s(1970 + (double)second / 86400 / 365.2425));
        }
}

int main(int argc, char **argv) {
    struct arena a;
    struct pack *pack;
    arena_init(&a, 1 << 20);
    struct err e = argc == 2 ? pack_open(&a, argv[1], &pack) : err_make(ERR_USAGE, "almanac_days PACK");
    if (e.kind) {
        fprintf(stderr, "almanac_days: %s\n", e.say);
        return 1;
    }
    int64_t last = date_to_day((struct date){2100, 12, 31});
    for (int64_t day = date_to_day((struct date){1900, 1, 31}); day <= last; day++) {
        arena_reset(&a);
        print_day(pack, &a, day);
    }
    print_terms();
    pack_close(pack);
    arena_done(&a);
    return 0;
}
