/* Near copies of decided texts: copies.py in C. Exact ones are confirmed in Python; here only their letters are known. */
#ifndef ANLANH_COPIES_H
#define ANLANH_COPIES_H

#include "arena.h"
#include "text.h"

#define BANDS 21
#define MOST_CANDIDATES 16 /* of each band */

typedef struct copies copies;

typedef struct {
    uint64_t key;
    uint32_t stamp;
} window_slot;

/* Room for one look-up; used again for the next. */
typedef struct {
    window_slot *slots;
    size_t room;
    uint64_t mask;
    uint32_t distinct;
} windows;

typedef struct {
    uint32_t post, entry; /* entry plus one; 0 when only the letters as a whole are those of a decided text */
    uint32_t same_letters;
    double likeness;
} copy_hit;

typedef struct {
    copy_hit *items;
    size_t count, capacity;
} copy_hits;

/* One look-up, in steps that each ask for the memory that the next one needs. */
typedef struct {
    uint64_t whole, keys[BANDS]; /* hashes */
    uint32_t candidates[BANDS * MOST_CANDIDATES];
    size_t length, candidate_count;
} copy_look;

copies *copies_new(size_t count, double threshold);
void copies_free(copies *index);
/* The text must have been reduced to letters. */
int copies_add(copies *index, const text *decided, windows *scratch);
/* The steps of a look-up: where to look, what is there, the letters of that, and what is alike enough. */
void copies_aim(const copies *index, const text *work, copy_look *look);
void copies_gather(const copies *index, copy_look *look);
void copies_approach(const copies *index, const copy_look *look);
int copies_compare(
    const copies *index, const text *work, const copy_look *look, uint32_t post, windows *scratch, copy_hits *found);

#endif
