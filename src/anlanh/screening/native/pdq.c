#include "images.h"
#include <math.h>

/* PDQ as in pdq.py, in single precision and in the order of operations of the reference, so that the bits are its bits. The
   two directions of the box filter commute, so both passes down the columns come first, and of what they give only the 64
   rows that are sampled go on. */

#define SAMPLES 64
#define FREQUENCIES 16
#define BLOCK 16

/* Each value's mean with its neighbours above and below; windows are cut off at the ends. `sums` holds one row. */
VERSIONS("avx512f", "avx2")
static void box_down(const float *in, float *out, size_t rows, size_t columns, size_t window, float *sums) {
    size_t ahead = (window + 2) / 2, behind = window - ahead, entering = 0, leaving = 0;
    memset(sums, 0, columns * sizeof(float));
    for (size_t row = 0; row < rows; row++) {
        size_t last = row + ahead < rows ? row + ahead : rows, first = row > behind ? row - behind : 0;
        for (; entering + 1 < last; entering++)
            for (size_t x = 0; x < columns; x++) sums[x] += in[entering * columns + x];
        const float *add = entering < last ? in + entering++ * columns : NULL;
        const float *take = leaving < first ? in + leaving++ * columns : NULL;
        float share = 1.0f / (float)(last - first), *to = out + row * columns;
        if (add && take)
            for (size_t x = 0; x < columns; x++) {
                sums[x] += add[x] - take[x];
                to[x] = sums[x] * share;
            }
        else if (add)
            for (size_t x = 0; x < columns; x++) {
                sums[x] += add[x];
                to[x] = sums[x] * share;
            }
        else if (take)
            for (size_t x = 0; x < columns; x++) {
                sums[x] -= take[x];
                to[x] = sums[x] * share;
            }
        else
            for (size_t x = 0; x < columns; x++) to[x] = sums[x] * share;
    }
}

static void transpose(const float *in, float *out, size_t rows, size_t columns) {
    for (size_t i = 0; i < rows; i += BLOCK)
        for (size_t j = 0; j < columns; j += BLOCK)
            for (size_t y = i; y < i + BLOCK && y < rows; y++)
                for (size_t x = j; x < j + BLOCK && x < columns; x++) out[x * rows + y] = in[y * columns + x];
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

int pdq_of_pixels(const uint8_t *rgb, size_t width, size_t height, pdq_hash *made) {
    size_t most = width > SAMPLES ? width : SAMPLES, pixels = width * height;
    size_t room = pixels > SAMPLES * most ? pixels : SAMPLES * most;
    float *a = malloc(room * sizeof(float)), *b = malloc(room * sizeof(float)), *sums = malloc(most * sizeof(float));
    if (!a || !b || !sums) {
        free(a);
        free(b);
        free(sums);
        return -1;
    }
    luma_of(rgb, a, pixels);
    size_t down = (height + 127) / 128, across = (width + 127) / 128;
    box_down(a, b, height, width, down, sums);
    box_down(b, a, height, width, down, sums);
    for (size_t i = 0; i < SAMPLES; i++) {
        size_t row = (size_t)(((float)i + 0.5f) * (float)height / SAMPLES);
        memcpy(b + i * width, a + row * width, width * sizeof(float));
    }
    transpose(b, a, SAMPLES, width);
    box_down(a, b, width, SAMPLES, across, sums);
    box_down(b, a, width, SAMPLES, across, sums);
    float samples[SAMPLES][SAMPLES];
    for (int j = 0; j < SAMPLES; j++) {
        size_t column = (size_t)(((float)j + 0.5f) * (float)width / SAMPLES);
        for (int i = 0; i < SAMPLES; i++) samples[i][j] = a[column * SAMPLES + (size_t)i];
    }
    free(a);
    free(b);
    free(sums);
    hash_samples(samples, made);
    return quality_of(samples);
}
