/* PDQ hashes: made from pixels, and found again within 31 bits (exact multi-index hashing). */
#ifndef ANLANH_IMAGES_H
#define ANLANH_IMAGES_H

#include "common.h"
#include "shelf.h"

typedef struct {
    uint64_t words[4]; /* bit k of the hash is bit k % 64 of word k / 64 */
} pdq_hash;

typedef struct images images;

images *images_new(const pdq_hash *known, size_t count);
void images_free(images *index);
size_t images_count(const images *index);
/* The index as it is written to a file: its numbers (after images_sections), and its arrays. */
size_t images_sections(images *index, section *list);
const void *images_numbers(const images *index, size_t *size);
/* The index in those bytes, which must outlive it; NULL when they hold none, or when memory has run out. */
images *images_open(const uint8_t *bytes, size_t length);
/* Adds (entry, distance) pairs as hits: entry in `entry`, distance in `start`. */
int images_find(const images *index, const pdq_hash *wanted, unsigned distance, hits *found);

/* Three bytes for each pixel. Returns the quality, 0 … 100, or -1 when memory has run out. */
int pdq_of_pixels(const uint8_t *rgb, size_t width, size_t height, pdq_hash *made);

#endif
