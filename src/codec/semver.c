/* semver.c: see semver.h. A range becomes bounds: at least `low`, below `high`. */
#include "codec/semver.h"

enum { DIGITS_MAX = 15 };

static bool read_number(struct text t, uint64_t *out) {
    return t.length > 0 && t.length <= DIGITS_MAX && (t.length == 1 || t.bytes[0] != '0') &&
            text_to_u64(t, out);
}

static bool is_digits(struct text t) {
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] < '0' || t.bytes[i] > '9')
            return false;
    return t.length > 0;
}

/* Identifiers of letters, digits and hyphens, parted by dots; numbers without leading zeros where that
 * counts. */
static bool are_identifiers(struct text t, bool is_pre) {
    struct text rest = t, piece;
    if (t.length == 0 || t.bytes[t.length - 1] == '.')
        return false;
    while (text_cut(&rest, '.', &piece)) {
        for (size_t i = 0; i < piece.length; i++) {
            char c = piece.bytes[i], small = (char)(c | 0x20);
            if (!((c >= '0' && c <= '9') || (small >= 'a' && small <= 'z') || c == '-'))
                return false;
        }
        if (piece.length == 0 || (is_pre && is_digits(piece) && piece.length > 1 && piece.bytes[0] == '0'))
            return false;
    }
    return true;
}

static struct text skip_mark(struct text t) {
    t = text_trim(t);
    while (t.length && (t.bytes[0] == 'v' || t.bytes[0] == 'V' || t.bytes[0] == '='))
        t = text_from(t, 1);
    return t;
}

static bool is_wild(struct text t) { return text_equal_c(t, "x") || text_equal_c(t, "X") || text_equal_c(t, "*"); }

/* As semver_parse, with fewer numbers or x: `count_out` is how many there are. */
static bool parse_partial(struct text t, struct semver *out, unsigned *count_out) {
    struct semver v = {.pre = {NULL, 0}};
    t = skip_mark(t);
    size_t plus = text_find_char(t, '+');
    v.build = text_from(t, plus == SIZE_MAX ? t.length : plus + 1);
    struct text rest = text_part(t, 0, plus), number;
    size_t dash = text_find_char(rest, '-');
    v.pre = text_from(rest, dash == SIZE_MAX ? rest.length : dash + 1);
    if ((plus != SIZE_MAX && !are_identifiers(v.build, false)) || (dash != SIZE_MAX &&
                                                                   !are_identifiers(v.pre, true)))
        return false;
    rest = text_part(rest, 0, dash);
    unsigned count = 0, places = 0;
    bool wild = false;
    if (rest.length && rest.bytes[rest.length - 1] == '.')
        return false;
    while (text_cut(&rest, '.', &number)) {
        if (++places > 3)
            return false;
        wild |= is_wild(number);
        if (!wild && !read_number(number, &v.numbers[count++]))
            return false;
    }
    *count_out = count;
    *out = v;
    return places > 0 && (count == 3 || v.pre.length == 0);
}

bool semver_parse(struct text t, struct semver *out) {
    unsigned count;
    return parse_partial(t, out, &count) && count == 3;
}

static int compare_piece(struct text a, struct text b) {
    bool a_is_number = is_digits(a), b_is_number = is_digits(b);
    if (a_is_number != b_is_number)
        return a_is_number ? -1 : 1;
    if (a_is_number && a.length != b.length)
        return a.length < b.length ? -1 : 1;
    int order = text_compare(a, b);
    return order < 0 ? -1 : order > 0;
}

static int compare_pre(struct text a, struct text b) {
    struct text left, right;
    if (a.length == 0 || b.length == 0)
        return (a.length == 0) - (b.length == 0);
    for (;;) {
        bool has_left = text_cut(&a, '.', &left), has_right = text_cut(&b, '.', &right);
        if (!has_left || !has_right)
            return has_left - has_right;
        int order = compare_piece(left, right);
        if (order)
            return order;
    }
}

static int compare_numbers(const struct semver *a, const struct semver *b) {
    for (int i = 0; i < 3; i++)
        if (a->numbers[i] != b->numbers[i])
            return a->numbers[i] < b->numbers[i] ? -1 : 1;
    return 0;
}

int semver_compare(const struct semver *a, const struct semver *b) {
    int order = compare_numbers(a, b);
    return order ? order : compare_pre(a->pre, b->pre);
}

/* ---- ranges ---- */

struct bounds {
    struct semver low, high; /* low <= v < high; `at_high` where high itself fits */
    bool has_high, at_high, above_low;
    bool names_pre; /* a bound has a pre-release of v's own three numbers */
};

static void bump(struct semver *v, unsigned place) {
    v->numbers[place]++;
    for (unsigned i = place + 1; i < 3; i++)
        v->numbers[i] = 0;
    v->pre = TEXT("0"); /* below every release of that number */
}

static bool fits_bounds(const struct semver *v, const struct bounds *b) {
    int low = semver_compare(v, &b->low), high = b->has_high ? semver_compare(v, &b->high) : -1;
    return (low > 0 || (low == 0 && !b->above_low)) && (high < 0 || (high == 0 && b->at_high));
}

/* ^1.2.3: up to the next change of the leftmost number that is not zero. */
static void caret(struct bounds *b, unsigned count) {
    unsigned place = b->low.numbers[0] || count < 2 ? 0 : b->low.numbers[1] || count < 3 ? 1 : 2;
    b->high = b->low;
    b->has_high = true;
    bump(&b->high, place);
}

static void exact(struct bounds *b, unsigned count) {
    b->high = b->low;
    b->has_high = count > 0;
    b->at_high = count == 3;
    if (count && count < 3)
        bump(&b->high, count - 1);
}

static void below(struct bounds *b, unsigned count, bool or_equal) {
    struct semver v = b->low;
    b->low = (struct semver){.pre = TEXT("0")};
    b->high = v;
    b->has_high = count > 0 || !or_equal;
    b->at_high = or_equal && count == 3;
    if (or_equal && count && count < 3)
        bump(&b->high, count - 1);
    else if (!or_equal && count < 3)
        b->high.pre = TEXT("0");
}

static void above(struct bounds *b, unsigned count) {
    b->above_low = count == 3;
    if (count && count < 3)
        bump(&b->low, count - 1);
    else if (count == 0)
        b->low.numbers[0] = UINT64_MAX; /* nothing is above everything */
}

static bool read_comparator(struct text t, struct bounds *out) {
    static const char *const marks[] = {">=", "<=", ">", "<", "^", "~>", "~", ""};
    size_t mark = 0;
    unsigned count;
    while (!text_starts(t, text_c(marks[mark])))
        mark++;
    *out = (struct bounds){.has_high = false};
    if (!parse_partial(text_from(t, strlen(marks[mark])), &out->low, &count))
        return false;
    out->names_pre = out->low.pre.length > 0;
    switch (mark) {
    case 0:
        break;
    case 1:
    case 3:
        below(out, count, mark == 1);
        break;
    case 2:
        above(out, count);
        break;
    case 4:
        if (count)
            caret(out, count);
        break;
    case 5:
    case 6:
        out->high = out->low;
        out->has_high = count > 0;
        if (count)
            bump(&out->high, count > 1 ? 1 : 0);
        break;
    default:
        exact(out, count);
    }
    return true;
}

static bool same_numbers_named(const struct semver *v, const struct bounds *b) {
    return b->names_pre && (compare_numbers(v, &b->low) == 0 || (b->has_high && compare_numbers(v,
            &b->high) == 0));
}

/* Takes the next comparator off `rest`: a sign may stand apart from its number. */
static bool next_comparator(struct text *rest, struct text *out) {
    *rest = text_trim(*rest);
    size_t at = 0;
    while (at < rest->length && text_find_char(TEXT("<>=^~ "), rest->bytes[at]) != SIZE_MAX)
        at++;
    while (at < rest->length && rest->bytes[at] != ' ')
        at++;
    *out = text_part(*rest, 0, at);
    *rest = text_from(*rest, at);
    return out->length > 0;
}

static enum semver_fit fits_all(const struct semver *v, struct text set) {
    struct text piece, rest = set;
    struct bounds b, upper;
    size_t hyphen = text_find(set, TEXT(" - "));
    bool fits = true, pre_is_named = false;
    if (hyphen != SIZE_MAX) {
        unsigned count;
        if (!read_comparator(text_trim(text_part(set, 0, hyphen)), &b) ||
            !parse_partial(text_from(set, hyphen + 3), &upper.low, &count))
            return SEMVER_BAD_RANGE;
        upper = (struct bounds){.low = upper.low, .names_pre = upper.low.pre.length > 0};
        below(&upper, count, true);
        b.has_high = false;
        fits = fits_bounds(v, &b) && fits_bounds(v, &upper);
        pre_is_named = same_numbers_named(v, &b) || same_numbers_named(v, &upper);
        rest = TEXT("");
    }
    while (next_comparator(&rest, &piece)) {
        if (!read_comparator(piece, &b))
            return SEMVER_BAD_RANGE;
        fits = fits && fits_bounds(v, &b);
        pre_is_named |= same_numbers_named(v, &b);
    }
    return fits && (v->pre.length == 0 || pre_is_named) ? SEMVER_YES : SEMVER_NO;
}

enum semver_fit semver_fits(const struct semver *v, struct text range) {
    enum semver_fit found = SEMVER_NO;
    for (;;) {
        size_t bar = text_find(range, TEXT("||"));
        enum semver_fit fit = fits_all(v, text_trim(text_part(range, 0, bar)));
        if (fit == SEMVER_BAD_RANGE)
            return fit;
        if (fit == SEMVER_YES)
            found = fit;
        if (bar == SIZE_MAX)
            return found;
        range = text_from(range, bar + 2);
    }
}
