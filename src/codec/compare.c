/* compare.c: see compare.h. */
#include "codec/compare.h"

#include <math.h>
#include <stdlib.h>

struct runes runes_in(struct arena *a, struct text t) {
    struct runes r = {arena_alloc(a, (t.length + 1) * sizeof *r.list), 0};
    while (t.length) {
        int32_t rune = text_rune(&t);
        if (rune < 0)
            break;
        r.list[r.count++] = rune;
    }
    return r;
}

size_t compare_levenshtein(struct arena *a, struct runes x, struct runes y) {
    size_t *row = arena_alloc(a, (y.count + 1) * sizeof *row);
    for (size_t k = 0; k <= y.count; k++)
        row[k] = k;
    for (size_t i = 1; i <= x.count; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= y.count; k++) {
            size_t best = corner + (x.list[i - 1] != y.list[k - 1]);
            corner = row[k];
            best = row[k] + 1 < best ? row[k] + 1 : best;
            row[k] = row[k - 1] + 1 < best ? row[k - 1] + 1 : best;
        }
    }
    return row[y.count];
}

/* Marks the runes of both that match within `reach`; returns how many. */
static size_t match(struct runes x, struct runes y, size_t reach, bool *in_x, bool *in_y) {
    size_t found = 0;
    for (size_t i = 0; i < x.count; i++) {
        size_t from = i > reach ? i - reach : 0, until = i + reach + 1 < y.count ? i + reach + 1 : y.count;
        for (size_t k = from; k < until && !in_x[i]; k++)
            if (!in_y[k] && x.list[i] == y.list[k]) {
                in_x[i] = in_y[k] = true;
                found++;
            }
    }
    return found;
}

double compare_jaro_winkler(struct arena *a, struct runes x, struct runes y) {
    bool *in_x = arena_alloc(a, x.count + 1), *in_y = arena_alloc(a, y.count + 1);
    size_t longer = x.count > y.count ? x.count : y.count, reach = longer / 2 ? longer / 2 - 1 : 0,
            moved = 0, prefix = 0;
    if (longer == 0)
        return 1;
    double m = (double)match(x, y, reach, in_x, in_y);
    if (m == 0)
        return 0;
    for (size_t i = 0, k = 0; i < x.count; i++) {
        if (!in_x[i])
            continue;
        while (!in_y[k])
            k++;
        moved += x.list[i] != y.list[k++];
    }
    double jaro = (m / (double)x.count + m / (double)y.count + (m - (double)(moved / 2)) / m) / 3;
    while (prefix < 4 && prefix < x.count && prefix < y.count && x.list[prefix] == y.list[prefix])
        prefix++;
    return jaro + (double)prefix * 0.1 * (1 - jaro);
}

/* ---- pairs of neighbours ---- */

struct pairs {
    uint64_t *list;
    size_t count;
};

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Sorted; a single rune is a pair with nothing. */
static struct pairs pairs_in(struct arena *a, struct runes r) {
    struct pairs p = {arena_alloc(a, (r.count + 1) * sizeof *p.list), 0};
    for (size_t i = 0; i + 1 < r.count; i++)
        p.list[p.count++] = (uint64_t)r.list[i] << 32 | (uint32_t)r.list[i + 1];
    if (r.count == 1)
        p.list[p.count++] = (uint64_t)r.list[0] << 32;
    qsort(p.list, p.count, sizeof *p.list, by_value);
    return p;
}

static size_t run_of(struct pairs p, size_t at) {
    size_t length = 1;
    while (at + length < p.count && p.list[at + length] == p.list[at])
        length++;
    return length;
}

struct overlap {
    double shared, dot, x_norm, y_norm;
};

static struct overlap overlap_of(struct pairs x, struct pairs y) {
    struct overlap o = {0, 0, 0, 0};
    for (size_t i = 0; i < x.count; i += run_of(x, i))
        o.x_norm += (double)run_of(x, i) * (double)run_of(x, i);
    for (size_t i = 0; i < y.count; i += run_of(y, i))
        o.y_norm += (double)run_of(y, i) * (double)run_of(y, i);
    for (size_t i = 0, k = 0; i < x.count && k < y.count;) {
        size_t left = run_of(x, i), right = run_of(y, k);
        if (x.list[i] == y.list[k]) {
            o.shared += (double)(left < right ? left : right);
            o.dot += (double)left * (double)right;
        }
        bool next_left = x.list[i] <= y.list[k], next_right = x.list[i] >= y.list[k];
        i += next_left ? left : 0;
        k += next_right ? right : 0;
    }
    return o;
}

double compare_pairs_dice(struct arena *a, struct runes x, struct runes y) {
    struct pairs left = pairs_in(a, x), right = pairs_in(a, y);
    size_t both = left.count + right.count;
    return both ? 2 * overlap_of(left, right).shared / (double)both : 1;
}

double compare_pairs_cosine(struct arena *a, struct runes x, struct runes y) {
    struct overlap o = overlap_of(pairs_in(a, x), pairs_in(a, y));
    return o.x_norm && o.y_norm ? o.dot / sqrt(o.x_norm * o.y_norm) : x.count == y.count;
}

uint64_t compare_simhash(struct arena *a, struct runes x) {
    struct pairs p = pairs_in(a, x);
    int64_t votes[64] = {0};
    uint64_t found = 0;
    for (size_t i = 0; i < p.count; i++) {
        uint64_t hash = p.list[i] * 0x9E3779B97F4A7C15ull;
        hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93ull;
        hash ^= hash >> 32;
        for (int bit = 0; bit < 64; bit++)
            votes[bit] += hash >> bit & 1 ? 1 : -1;
    }
    for (int bit = 0; bit < 64; bit++)
        found |= (uint64_t)(votes[bit] > 0) << bit;
    return found;
}

/* ---- the fewest changes (Myers): for each number of changes, how far one gets on each diagonal ---- */

struct table {
    const struct text *old, *new;
    int64_t old_count, new_count;
    int32_t **rows; /* a row for each number of changes: how far one got on the diagonals -d .. d */
};

static int64_t follow(const struct table *t, int64_t x, int64_t diagonal) {
    while (x < t->old_count && x - diagonal < t->new_count && text_equal(t->old[x], t->new[x - diagonal]))
        x++;
    return x;
}

/* From which x the d-th change comes onto this diagonal. */
static int64_t enter(const int32_t *before, int64_t d, int64_t diagonal) {
    if (d == 0)
        return 0;
    bool down = diagonal == -d || (diagonal != d &&
                                   before[diagonal - 1 + d - 1] < before[diagonal + 1 + d - 1]);
    return down ? before[diagonal + 1 + d - 1] : before[diagonal - 1 + d - 1] + 1;
}

static int64_t search(struct arena *a, struct table *t) {
    for (int64_t d = 0; d <= COMPARE_CHANGES_MAX; d++) {
        t->rows[d] = arena_alloc(a, (size_t)(2 * d + 1) * sizeof *t->rows[d]);
        for (int64_t diagonal = -d; diagonal <= d; diagonal += 2) {
            int64_t x = follow(t, enter(d ? t->rows[d - 1] : NULL, d, diagonal), diagonal);
            t->rows[d][diagonal + d] = (int32_t)x;
            if (x >= t->old_count && x - diagonal >= t->new_count)
                return d;
        }
    }
    return -1;
}

/* Was the d-th change onto this diagonal an added piece (a step down), or a removed one? */
static bool was_added(const struct table *t, int64_t d, int64_t diagonal) {
    const int32_t *before = t->rows[d - 1];
    return diagonal == -d || (diagonal != d && before[diagonal - 1 + d - 1] < before[diagonal + 1 + d - 1]);
}

bool compare_edits_in(struct arena *a, struct pieces old, struct pieces new, struct edits *out) {
    struct table t = {old.list, new.list, (int64_t)old.count, (int64_t)new.count,
                      arena_alloc(a, (COMPARE_CHANGES_MAX + 1) * sizeof(int32_t *))};
    struct edit *list = arena_alloc(a, (old.count + new.count + 1) * sizeof *list);
    struct edit *end = list + old.count + new.count, *at = end;
    int64_t x = t.old_count, y = t.new_count, d = search(a, &t);
    if (d < 0)
        return false;
    for (; d >= 0; d--) {
        int64_t diagonal = x - y, from = enter(d ? t.rows[d - 1] : NULL, d, diagonal);
        for (; x > from; x--, y--)
            *--at = (struct edit){EDIT_SAME, (size_t)x - 1, (size_t)y - 1};
        if (d == 0)
            break;
        if (was_added(&t, d, diagonal))
            *--at = (struct edit){EDIT_ADDED, (size_t)x, (size_t)--y};
        else
            *--at = (struct edit){EDIT_REMOVED, (size_t)--x, (size_t)y};
    }
    *out = (struct edits){at, (size_t)(end - at)};
    return true;
}
