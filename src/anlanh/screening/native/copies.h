/* Near copies of decided texts: copies.py in C. Exact ones are confirmed in Python; here only their letters are known. */
#ifndef ANLANH_COPIES_H
#define ANLANH_COPIES_H

#include "arena.h"
#include "shelf.h"
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
size_t copies_count(const copies *index);
/* The index as it is written to a file: its numbers (after copies_sections), and its arrays. */
size_t copies_sections(copies *index, section *list);
const void *copies_numbers(const copies *index, size_t *size);
/* The index in those bytes, which must outlive it; NULL when they hold none, or when memory has run out. */
copies *copies_open(const uint8_t *bytes, size_t length);
/* The steps of a look-up: where to look, what is there, the letters of that, and what is alike enough. */
void copies_aim(const copies *index, const text *work, copy_look *look);
void copies_gather(const copies *index, copy_look *look);
void copies_approach(const copies *index, const copy_look *look);
/* Betters `best` where something here is more alike; `before` is how many entries other indexes hold before these. */
int copies_compare(const copies *index, const text *work, const copy_look *look, uint32_t before, windows *scratch,
                   copy_hit *best);
int copy_hits_add(copy_hits *found, const copy_hit *one);

#endif
