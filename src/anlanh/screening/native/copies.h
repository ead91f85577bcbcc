/* Near copies of decided texts: copies.py in C. Exact ones are confirmed in Python; here only their letters are known. */
#ifndef ANLANH_COPIES_H
#define ANLANH_COPIES_H

#include "arena.h"
#include "text.h"

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

copies *copies_new(size_t count, double threshold);
void copies_free(copies *index);
/* The text must have been reduced to letters. */
int copies_add(copies *index, const text *decided, windows *scratch);
int copies_find(const copies *index, const text *work, uint32_t post, windows *scratch, copy_hits *found);

#endif
