/* PDQ hashes: made from pixels, and found again within 31 bits (exact multi-index hashing). */
#ifndef ANLANH_IMAGES_H
#define ANLANH_IMAGES_H

#include "common.h"

typedef struct {
    uint64_t words[4]; /* bit k of the hash is bit k % 64 of word k / 64 */
} pdq_hash;

typedef struct images images;

images *images_new(const pdq_hash *known, size_t count);
void images_free(images *index);
/* Adds (entry, distance) pairs as hits: entry in `entry`, distance in `start`. */
int images_find(const images *index, const pdq_hash *wanted, unsigned distance, hits *found);

/* Three bytes for each pixel. Returns the quality, 0 … 100, or -1 when memory has run out. */
int pdq_of_pixels(const uint8_t *rgb, size_t width, size_t height, pdq_hash *made);

#endif
