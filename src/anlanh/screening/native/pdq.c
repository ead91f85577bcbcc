#include "images.h"
#include <math.h>

/* PDQ as in pdq.py, in single precision and in the order of operations of the reference, so that the bits are its bits. The
   two directions of the box filter commute, so both passes down the columns come first. They run row by row through small
   rings, and only the 64 rows that are sampled go on to the passes across: an image is read once and never stored again. */

#define SAMPLES 64
#define FREQUENCIES 16

/* One pass of the filter: each row's mean with those above and below, windows cut off at the ends. Rows come in one by one
   and leave `ahead - 1` rows later. */
typedef struct {
    size_t rows, columns, ahead, behind, depth;
    size_t in, out; /* rows so far */
    float *ring;    /* the last `depth` rows that came in */
    float *sums;
} pass;

static int pass_make(pass *one, size_t rows, size_t columns, size_t window) {
    size_t ahead = (window + 2) / 2;
    *one = (pass){rows, columns, ahead, window - ahead, window + 2, 0, 0, NULL, NULL};
    one->ring = malloc(one->depth * columns * sizeof(float));
    one->sums = calloc(columns, sizeof(float));
    return one->ring && one->sums;
}

static void pass_free(pass *one) {
    free(one->ring);
    free(one->sums);
}

static float *pass_row(const pass *one, size_t row) { return one->ring + row % one->depth * one->columns; }

/* Where the next row is to be put before pass_take. */
static float *pass_place(const pass *one) { return pass_row(one, one->in); }

WIDE_VERSIONS
static void add_row(float *sums, const float *add, const float *take, size_t columns) {
    if (add && take)
        for (size_t x = 0; x < columns; x++) sums[x] += add[x] - take[x];
    else if (add)
        for (size_t x = 0; x < columns; x++) sums[x] += add[x];
    else if (take)
        for (size_t x = 0; x < columns; x++) sums[x] -= take[x];
}

WIDE_VERSIONS
static void scale_row(float *to, const float *sums, float share, size_t columns) {
    for (size_t x = 0; x < columns; x++) to[x] = sums[x] * share;
}

/* Takes in the row that was placed, or, when all have been, goes on with those inside. Returns whether a row leaves: its
   mean is then `sums` times `share`. */
static int pass_take(pass *one, float *share) {
    const float *add = one->in < one->rows ? pass_row(one, one->in++) : NULL;
    if (add && one->in < one->ahead && one->in < one->rows) {
        add_row(one->sums, add, NULL, one->columns);
        return 0;
    }
    size_t row = one->out++, first = row > one->behind ? row - one->behind : 0;
    size_t last = row + one->ahead < one->rows ? row + one->ahead : one->rows;
    add_row(one->sums, add, row > one->behind ? pass_row(one, first - 1) : NULL, one->columns);
    *share = 1.0f / (float)(last - first);
    return 1;
}

static int quality_of(float samples[SAMPLES][SAMPLES]) {
    int sum = 0;
    for (int y = 0; y < SAMPLES; y++)
        for (int x = 0; x < SAMPLES; x++) {
            if (y + 1 < SAMPLES) sum += abs((int)((samples[y][x] - samples[y + 1][x]) * 100 / 255));
            if (x + 1 < SAMPLES) sum += abs((int)((samples[y][x] - samples[y][x + 1]) * 100 / 255));
        }
    return sum / 90 < 100 ? sum / 90 : 100;
}

static int by_value(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void hash_samples(float samples[SAMPLES][SAMPLES], pdq_hash *made) {
    float cosines[FREQUENCIES][SAMPLES], half[FREQUENCIES][SAMPLES], values[256], sorted[256];
    const double pi = 3.14159265358979323846;
    for (int i = 0; i < FREQUENCIES; i++)
        for (int j = 0; j < SAMPLES; j++)
            cosines[i][j] = sqrtf(2.0f / SAMPLES) * cosf((float)(pi / 2 / SAMPLES) * (float)((i + 1) * (2 * j + 1)));
    for (int i = 0; i < FREQUENCIES; i++) {
        float sums[SAMPLES] = {0};
        for (int k = 0; k < SAMPLES; k++)
            for (int j = 0; j < SAMPLES; j++) sums[j] += cosines[i][k] * samples[k][j];
        memcpy(half[i], sums, sizeof sums);
    }
    for (int i = 0; i < FREQUENCIES; i++)
        for (int j = 0; j < FREQUENCIES; j++) {
            float sum = 0;
            for (int k = 0; k < SAMPLES; k++) sum += half[i][k] * cosines[j][k];
            values[i * FREQUENCIES + j] = sum;
        }
    memcpy(sorted, values, sizeof values);
    qsort(sorted, 256, sizeof(float), by_value);
    memset(made, 0, sizeof *made);
    for (int bit = 0; bit < 256; bit++)
        if (values[bit] > sorted[127]) made->words[bit / 64] |= 1ull << (bit % 64);
}

VERSIONS("avx2")
static void luma_of(const uint8_t *rgb, float *luma, size_t pixels) {
    for (size_t i = 0; i < pixels; i++) luma[i] = 0.299f * rgb[3 * i] + 0.587f * rgb[3 * i + 1] + 0.114f * rgb[3 * i + 2];
}

static size_t sampled(int sample, size_t of) { return (size_t)(((float)sample + 0.5f) * (float)of / SAMPLES); }

/* What fills the rows of the first pass. */
typedef struct {
    const uint8_t *rgb; /* rows of pixels, */
    const float *rows;  /* or else 64 rows of numbers, of which the columns are wanted */
    size_t width;
} source;

static void source_row(const source *from, size_t row, float *to) {
    if (from->rgb)
        luma_of(from->rgb + 3 * row * from->width, to, from->width);
    else
        for (size_t i = 0; i < SAMPLES; i++) to[i] = from->rows[i * from->width + row];
}

/* Both passes over rows of that many columns; keeps the 64 sampled rows one after another. */
static int filter_twice(const source *from, size_t rows, size_t columns, float *kept) {
    pass first, second = {0};
    size_t window = (rows + 127) / 128;
    int made = pass_make(&first, rows, columns, window), sample = 0;
    made = made && pass_make(&second, rows, columns, window);
    while (made && sample < SAMPLES) {
        float share;
        if (second.in < rows) { /* the second pass wants another row of the first */
            if (first.in < rows) source_row(from, first.in, pass_place(&first));
            if (!pass_take(&first, &share)) continue;
            scale_row(pass_place(&second), first.sums, share, columns);
        }
        if (!pass_take(&second, &share)) continue;
        for (; sample < SAMPLES && sampled(sample, rows) == second.out - 1; sample++)
            scale_row(kept + (size_t)sample * columns, second.sums, share, columns);
    }
    pass_free(&first);
    pass_free(&second);
    return made;
}

int pdq_of_pixels(const uint8_t *rgb, size_t width, size_t height, pdq_hash *made) {
    float *rows = malloc(SAMPLES * width * sizeof(float)), columns[SAMPLES][SAMPLES], samples[SAMPLES][SAMPLES];
    source pixels = {rgb, NULL, width}, filtered = {NULL, rows, width};
    int good = rows && filter_twice(&pixels, height, width, rows) && filter_twice(&filtered, width, SAMPLES, columns[0]);
    free(rows);
    if (!good) return -1;
    for (int i = 0; i < SAMPLES; i++)
        for (int j = 0; j < SAMPLES; j++) samples[i][j] = columns[j][i];
    hash_samples(samples, made);
    return quality_of(samples);
}
