/* moment_test.c: moments, civil times and zones there and back. */
#include "test.h"

#include "codec/moment.h"

TEST(written_moments) {
    static const struct {
        const char *given;
        struct date date;
        int hour;
    } rows[] = {
        {"2024-12-12", {2024, 12, 12}, NO_HOUR}, {"2024-12-12 13:00:00", {2024, 12, 12}, 13},
        {" 2024/2/9 ", {2024, 2, 9}, NO_HOUR},   {"2024-12-12T23:59:59", {2024, 12, 12}, 23},
        {"20241212 0:0", {2024, 12, 12}, 0},     {"2024-12-12  7", {2024, 12, 12}, 7},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct moment m;
        want(moment_parse(text_c(rows[i].given), &m));
        want_int(m.day, date_to_day(rows[i].date));
        want_int(m.hour, rows[i].hour);
    }
}

TEST(what_is_no_moment) {
    static const char *const rows[] = {"",
                                       "T",
                                       "2024-02-30",
                                       "2024-12-12 24:00",
                                       "2024-12-12 12:60",
                                       "2024-12-12 12:00:60",
                                       "2024-12-12 1:2:3:4",
                                       "2024-12-12 noon",
                                       "2024-12-12T",
                                       "2024-12-12 -1:00",
                                       "12:00"};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct moment m;
        if (moment_parse(text_c(rows[i]), &m))
            fail_msg("\"%s\" was taken", rows[i]);
    }
}

TEST(unix_time) {
    static const struct {
        int64_t second;
        struct date date;
        int hour;
    } rows[] = {
        {1717214400, {2024, 6, 1}, 12},    {0, {1970, 1, 1}, 8},
        {-28800, {1970, 1, 1}, 0},         {-28801, {1969, 12, 31}, 23},
        {-2206425600, {1900, 1, 31}, 0},   {-2206425601, {1900, 1, 30}, 23},
        {4133951999, {2100, 12, 31}, 23},  {4133952000, {2101, 1, 1}, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct moment m = moment_from_unix(rows[i].second);
        want_int(m.day, date_to_day(rows[i].date));
        want_int(m.hour, rows[i].hour);
    }
}

TEST(signs) {
    want_text(text_c(moment_sign((struct date){2024, 1, 19})), "摩羯");
    want_text(text_c(moment_sign((struct date){2024, 1, 20})), "水瓶");
    want_text(text_c(moment_sign((struct date){2024, 12, 22})), "摩羯");
    want_text(text_c(moment_sign((struct date){2024, 12, 21})), "射手");
}

TESTS(RUN(written_moments), RUN(what_is_no_moment), RUN(unix_time), RUN(signs))
