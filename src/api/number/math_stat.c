/* math_stat.c: what a list of numbers comes to. */
#include "call/ask.h"
#include "call/reply.h"

#include <math.h>
#include <stdlib.h>

enum { ASKED_NUMBERS };
enum { NUMBERS_MOST = 2000 };

static int by_size(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static bool is_parting(char c) {
    return c == ',' || c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ';' || c == '[' ||
           c == ']';
}

/* False where a piece is no number. */
static bool next_number(struct text *rest, double *out, bool *found) {
    size_t end = 0;
    while (rest->length && is_parting(rest->bytes[0]))
        *rest = text_from(*rest, 1);
    *found = rest->length > 0;
    while (end < rest->length && !is_parting(rest->bytes[end]))
        end++;
    struct text piece = text_part(*rest, 0, end);
    *rest = text_from(*rest, end);
    return !*found || text_to_number(piece, out);
}

/* Between the neighbours, as most programs do it (type 7 of Hyndman and Fan, The American
 * Statistician 50 (1996) 361). */
static double quantile(const double *sorted, size_t count, double share) {
    double at = share * (double)(count - 1);
    size_t low = (size_t)at;
    return low + 1 < count ? sorted[low] + (at - (double)low) * (sorted[low + 1] - sorted[low])
                           : sorted[low];
}

/* The value that comes most often; NAN where none comes twice. */
static double mode_of(const double *sorted, size_t count) {
    size_t best = 1, run = 1;
    double mode = NAN;
    for (size_t i = 1; i < count; i++) {
        run = sorted[i] == sorted[i - 1] ? run + 1 : 1;
        if (run > best) {
            best = run;
            mode = sorted[i];
        }
    }
    return mode;
}

static void reply_figures(struct call *c, const double *sorted, size_t count) {
    double sum = 0, squares = 0, n = (double)count;
    for (size_t i = 0; i < count; i++)
        sum += sorted[i];
    for (size_t i = 0; i < count; i++)
        squares += (sorted[i] - sum / n) * (sorted[i] - sum / n);
    double mode = mode_of(sorted, count);
    reply_object(c, NULL);
    reply_int(c, "count", (int64_t)count);
    reply_number(c, "sum", sum);
    reply_number(c, "mean", sum / n);
    reply_number(c, "min", sorted[0]);
    reply_number(c, "max", sorted[count - 1]);
    reply_number(c, "median", quantile(sorted, count, 0.5));
    reply_number(c, "q1", quantile(sorted, count, 0.25));
    reply_number(c, "q3", quantile(sorted, count, 0.75));
    if (isnan(mode))
        reply_null(c, "mode");
    else
        reply_number(c, "mode", mode);
    reply_number(c, "variance", squares / n);
    reply_number(c, "stddev", sqrt(squares / n));
    if (count > 1)
        reply_number(c, "sample_stddev", sqrt(squares / (n - 1)));
    else
        reply_null(c, "sample_stddev");
    reply_end_object(c);
}

static struct err math_stat(struct call *c) {
    struct text rest = ask_text(c, ASKED_NUMBERS);
    double *numbers = arena_alloc(c->arena, NUMBERS_MOST * sizeof *numbers), value;
    size_t count = 0;
    for (bool found = true; found;) {
        bool is_number = next_number(&rest, &value, &found);
        if (!is_number || (found && (count == NUMBERS_MOST || fabs(value) > 1e100)))
            return call_invalid(c, ASKED_NUMBERS,
                                "请传用逗号、空格或换行分隔的数，最多 2000 个，绝对值不超过 1e100",
                                "send numbers parted by commas, blanks or line ends, 2,000 at "
                                "most, none beyond 1e100");
        if (found)
            numbers[count++] = value;
    }
    if (count == 0)
        return call_invalid(c, ASKED_NUMBERS, "至少传一个数", "send one number at least");
    qsort(numbers, count, sizeof *numbers, by_size);
    reply_figures(c, numbers, count);
    return ok;
}

const struct endpoint endpoint_math_stat = {
    .path = "/api/math/stat",
    .subject = "number",
    .title = {"统计量计算", "Statistics of numbers"},
    .says = {"对一组数求个数、和、均值、最值、中位数、四分位数、众数、方差与标准差（总体与样本）。",
             "Count, sum, mean, extremes, median, quartiles, mode, variance and standard deviation "
             "(of the population and of a sample)."},
    .run = math_stat,
    .asks =
        ASKS({"numbers",
              ASK_TEXT,
              REQUIRED,
              {"数，用逗号、空格或换行分隔", "The numbers, parted by commas, blanks or line ends"},
              1,
              40000,
              .aliases = "data|values|list"}),
    .gives =
        GIVES({"count", GIVE_INT, {"个数", "How many"}}, {"sum", GIVE_NUMBER, {"和", "Sum"}},
              {"mean", GIVE_NUMBER, {"均值", "Mean"}}, {"min", GIVE_NUMBER, {"最小", "Least"}},
              {"max", GIVE_NUMBER, {"最大", "Most"}}, {"median", GIVE_NUMBER, {"中位数", "Median"}},
              {"q1", GIVE_NUMBER, {"下四分位数", "First quartile"}},
              {"q3", GIVE_NUMBER, {"上四分位数", "Third quartile"}},
              {"mode",
               GIVE_NUMBER,
               {"众数；没有重复的值时为 null",
                "The value that comes most often; null where none comes twice"}},
              {"variance", GIVE_NUMBER, {"总体方差", "Variance of the population"}},
              {"stddev", GIVE_NUMBER, {"总体标准差", "Standard deviation of the population"}},
              {"sample_stddev",
               GIVE_NUMBER,
               {"样本标准差；只有一个数时为 null",
                "Standard deviation of a sample; null for one number"}}),
    .shows = SHOWS({"numbers=2,4,4,4,5,5,7,9",
                    "{\"count\":8,\"sum\":40,\"mean\":5,\"min\":2,\"max\":9,\"median\":4.5,\"q1\":"
                    "4,\"q3\":5.5,\"mode\":4,\"variance\":4,"
                    "\"stddev\":2,\"sample_stddev\":2.138089935299395}",
                    SHOW_EXACT},
                   {"numbers=3",
                    "{\"count\":1,\"sum\":3,\"mean\":3,\"min\":3,\"max\":3,\"median\":3,\"q1\":3,"
                    "\"q3\":3,\"mode\":null,\"variance\":0,"
                    "\"stddev\":0,\"sample_stddev\":null}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "the usual definitions; quartiles by type 7 of Hyndman and Fan 1996",
};
