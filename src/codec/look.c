/* look.c: see look.h. */
#include "codec/look.h"
#include "base/buf.h"

#include <math.h>
#include <stdlib.h>

enum { DHASH_SIDE = 8, PHASH_SIDE = 32, PHASH_TERMS = 8, BLUR_MOST = 9, OPAQUE = 128 };

/* ---- greys ---- */

/* 0 to 255; what is transparent is white. ITU-R BT.601. */
static double grey_at(const struct pixels *p, unsigned x, unsigned y) {
    const unsigned char *q = p->bytes + ((size_t)y * p->width + x) * 4;
    double grey = .299 * q[0] + .587 * q[1] + .114 * q[2], alpha = q[3] / 255.0;
    return grey * alpha + 255 * (1 - alpha);
}

/* The mean of the cell (x, y) of a grid over the picture; a cell has at least one pixel. */
static double cell(const struct pixels *p, unsigned x, unsigned y, unsigned across, unsigned down) {
    unsigned left = x * p->width / across, right = (x + 1) * p->width / across;
    unsigned top = y * p->height / down, bottom = (y + 1) * p->height / down;
    double sum = 0;
    right += right == left;
    bottom += bottom == top;
    for (unsigned j = top; j < bottom; j++)
        for (unsigned i = left; i < right; i++)
            sum += grey_at(p, i, j);
    return sum / ((double)(right - left) * (bottom - top));
}

uint64_t look_dhash(const struct pixels *p) {
    uint64_t hash = 0;
    for (unsigned y = 0; y < DHASH_SIDE; y++)
        for (unsigned x = 0; x < DHASH_SIDE; x++)
            hash = hash << 1 | (cell(p, x, y, DHASH_SIDE + 1, DHASH_SIDE) <
                                cell(p, x + 1, y, DHASH_SIDE + 1, DHASH_SIDE));
    return hash;
}

static int by_size(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void lowest_terms(const struct pixels *p, double terms[PHASH_TERMS * PHASH_TERMS]) {
    double greys[PHASH_SIDE][PHASH_SIDE], rows[PHASH_SIDE][PHASH_TERMS], waves[PHASH_TERMS][PHASH_SIDE];
    for (unsigned y = 0; y < PHASH_SIDE; y++)
        for (unsigned x = 0; x < PHASH_SIDE; x++)
            greys[y][x] = cell(p, x, y, PHASH_SIDE, PHASH_SIDE);
    for (unsigned u = 0; u < PHASH_TERMS; u++)
        for (unsigned x = 0; x < PHASH_SIDE; x++)
            waves[u][x] = cos(M_PI * (x + .5) * u / PHASH_SIDE);
    for (unsigned y = 0; y < PHASH_SIDE; y++)
        for (unsigned u = 0; u < PHASH_TERMS; u++) {
            rows[y][u] = 0;
            for (unsigned x = 0; x < PHASH_SIDE; x++)
                rows[y][u] += greys[y][x] * waves[u][x];
        }
    for (unsigned i = 0; i < PHASH_TERMS * PHASH_TERMS; i++) {
        terms[i] = 0;
        for (unsigned y = 0; y < PHASH_SIDE; y++)
            terms[i] += rows[y][i % PHASH_TERMS] * waves[i / PHASH_TERMS][y];
        terms[i] = round(terms[i] * 1000) / 1000; /* what should be nothing is nothing */
    }
}

uint64_t look_phash(const struct pixels *p) {
    enum { COUNT = PHASH_TERMS * PHASH_TERMS };
    double terms[COUNT], sorted[COUNT];
    uint64_t hash = 0;
    lowest_terms(p, terms);
    memcpy(sorted, terms, sizeof sorted);
    qsort(sorted, COUNT, sizeof *sorted, by_size);
    double median = (sorted[COUNT / 2 - 1] + sorted[COUNT / 2]) / 2;
    for (unsigned i = 0; i < COUNT; i++)
        hash = hash << 1 | (terms[i] > median);
    return hash;
}

/* ---- letters ---- */

struct text look_letters_in(struct arena *a, const struct pixels *p, unsigned width, bool is_light,
                            unsigned *lines_out) {
    static const char ramp[] = " .:-=+*#%@";
    unsigned lines = (unsigned)round((double)width * p->height / p->width / 2), last = sizeof ramp - 2;
    lines = lines < 1 ? 1 : lines > 4 * width ? 4 * width : lines;
    struct buf b;
    buf_init(&b, a, (size_t)(width + 1) * lines + 1);
    for (unsigned y = 0; y < lines; y++) {
        for (unsigned x = 0; x < width; x++) {
            unsigned step = (unsigned)(cell(p, x, y, width, lines) / 256 * (last + 1));
            buf_char(&b, ramp[is_light ? last - step : step]);
        }
        buf_char(&b, '\n');
    }
    *lines_out = lines;
    return buf_peek(&b);
}

/* ---- colours ---- */

struct box {
    unsigned first, count, widest, range; /* of the pixels; the band that spreads most, and how far */
};

static void measure(struct box *b, const unsigned char (*rgb)[3]) {
    b->range = 0;
    for (unsigned band = 0; band < 3; band++) {
        unsigned least = 255, most = 0;
        for (unsigned i = b->first; i < b->first + b->count; i++) {
            least = rgb[i][band] < least ? rgb[i][band] : least;
            most = rgb[i][band] > most ? rgb[i][band] : most;
        }
        if (most >= least && most - least >= b->range) {
            b->range = most - least;
            b->widest = band;
        }
    }
}

/* In the order of one band, by counting. */
static void sort_box(struct arena *a, const struct box *b, unsigned char (*rgb)[3]) {
    unsigned counts[257] = {0};
    unsigned char (*sorted)[3] = arena_alloc(a, (size_t)b->count * sizeof *sorted);
    for (unsigned i = 0; i < b->count; i++)
        counts[rgb[b->first + i][b->widest] + 1]++;
    for (unsigned i = 1; i < 257; i++)
        counts[i] += counts[i - 1];
    for (unsigned i = 0; i < b->count; i++)
        memcpy(sorted[counts[rgb[b->first + i][b->widest]]++], rgb[b->first + i], 3);
    memcpy(rgb[b->first], sorted, (size_t)b->count * sizeof *sorted);
}

/* Where the sorted box is cut: at the median, moved to where the value changes. */
static unsigned cut_of(const struct box *b, const unsigned char (*rgb)[3]) {
    unsigned middle = b->first + b->count / 2, up = middle, down = middle, end = b->first + b->count;
    while (up < end && rgb[up][b->widest] == rgb[middle - 1][b->widest])
        up++;
    while (down > b->first && rgb[down - 1][b->widest] == rgb[middle][b->widest])
        down--;
    return up < end && up - middle <= middle - down ? up : down > b->first ? down : up;
}

static int by_share(const void *a, const void *b) {
    double left = ((const struct swatch *)a)->share, right = ((const struct swatch *)b)->share;
    return left != right ? (right > left) - (right < left)
                         : memcmp(((const struct swatch *)b)->rgb, ((const struct swatch *)a)->rgb, 3);
}

static struct swatch mean_of(const struct box *b, const unsigned char (*rgb)[3], unsigned all) {
    uint64_t sums[3] = {0};
    struct swatch s = {.share = (double)b->count / all};
    for (unsigned i = b->first; i < b->first + b->count; i++)
        for (unsigned band = 0; band < 3; band++)
            sums[band] += rgb[i][band];
    for (unsigned band = 0; band < 3; band++)
        s.rgb[band] = (unsigned char)((sums[band] + b->count / 2) / b->count);
    return s;
}

static bool split_widest(struct arena *a, struct box *boxes, unsigned *count, unsigned char (*rgb)[3]) {
    struct box *widest = NULL;
    for (unsigned i = 0; i < *count; i++)
        if (boxes[i].range && (!widest || (uint64_t)boxes[i].range * boxes[i].count >
                                              (uint64_t)widest->range * widest->count))
            widest = &boxes[i];
    if (!widest)
        return false;
    sort_box(a, widest, rgb);
    unsigned cut = cut_of(widest, rgb);
    struct box *rest = &boxes[(*count)++];
    *rest = (struct box){.first = cut, .count = widest->first + widest->count - cut};
    widest->count -= rest->count;
    measure(widest, rgb);
    measure(rest, rgb);
    return true;
}

unsigned look_palette_in(struct arena *a, const struct pixels *p, unsigned most,
                         struct swatch out[static SWATCHES_MAX]) {
    struct box boxes[SWATCHES_MAX];
    unsigned char (*rgb)[3] = arena_alloc(a, (size_t)p->width * p->height * sizeof *rgb);
    unsigned all = 0, count = 1;
    for (size_t i = 0; i < (size_t)p->width * p->height; i++)
        if (p->bytes[i * 4 + 3] >= OPAQUE)
            memcpy(rgb[all++], p->bytes + i * 4, 3);
    if (all == 0)
        return 0;
    boxes[0] = (struct box){.count = all};
    measure(&boxes[0], rgb);
    while (count < most && count < SWATCHES_MAX && split_widest(a, boxes, &count, rgb))
        ;
    for (unsigned i = 0; i < count; i++)
        out[i] = mean_of(&boxes[i], rgb, all);
    qsort(out, count, sizeof *out, by_share);
    return count;
}

/* ---- BlurHash ---- */

static double linear_of(unsigned value) {
    double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static int srgb_of(double v) {
    v = v < 0 ? 0 : v > 1 ? 1 : v;
    return (int)(v <= 0.0031308 ? v * 12.92 * 255 + 0.5 : (1.055 * pow(v, 1 / 2.4) - 0.055) * 255 + 0.5);
}

static void put83(struct buf *b, int value, unsigned digits) {
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    int divisor = 1;
    for (unsigned i = 1; i < digits; i++)
        divisor *= 83;
    for (; divisor; divisor /= 83)
        buf_char(b, alphabet[value / divisor % 83]);
}

static void component(const struct pixels *p, const double *light, unsigned i, unsigned j, double out[3]) {
    double scale = (i == 0 && j == 0 ? 1.0 : 2.0) / ((double)p->width * p->height);
    out[0] = out[1] = out[2] = 0;
    for (unsigned y = 0; y < p->height; y++)
        for (unsigned x = 0; x < p->width; x++) {
            double wave = cos(M_PI * i * x / p->width) * cos(M_PI * j * y / p->height);
            for (unsigned band = 0; band < 3; band++)
                out[band] += wave * light[((size_t)y * p->width + x) * 3 + band] * scale;
        }
}

static int quantised(double value, double most) {
    double root = copysign(sqrt(fabs(value / most)), value);
    int found = (int)floor(root * 9 + 9.5);
    return found < 0 ? 0 : found > 18 ? 18 : found;
}

struct text look_blurhash_in(struct arena *a, const struct pixels *p, unsigned across, unsigned down) {
    double parts[BLUR_MOST * BLUR_MOST][3],
        most = 0, *light = arena_alloc(a, (size_t)p->width * p->height * 3 * sizeof *light);
    unsigned count = across * down;
    struct buf b;
    buf_init(&b, a, 256);
    for (size_t i = 0; i < (size_t)p->width * p->height; i++)
        for (unsigned band = 0; band < 3; band++)
            light[i * 3 + band] = linear_of(p->bytes[i * 4 + band]);
    for (unsigned i = 0; i < count; i++)
        component(p, light, i % across, i / across, parts[i]);
    for (unsigned i = 1; i < count; i++)
        for (unsigned band = 0; band < 3; band++)
            most = fmax(most, fabs(parts[i][band]));
    int step = count > 1 ? (int)fmax(0, fmin(82, floor(most * 166 - 0.5))) : 0;
    put83(&b, (int)(across - 1 + (down - 1) * 9), 1);
    put83(&b, step, 1);
    put83(&b, srgb_of(parts[0][0]) << 16 | srgb_of(parts[0][1]) << 8 | srgb_of(parts[0][2]), 4);
    most = (step + 1) / 166.0;
    for (unsigned i = 1; i < count; i++)
        put83(&b,
              (quantised(parts[i][0], most) * 19 + quantised(parts[i][1], most)) * 19 +
                  quantised(parts[i][2], most),
              2);
    return buf_peek(&b);
}
