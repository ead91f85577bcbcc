/* Phrases on whole syllables: phrases.py in C. */
#ifndef ANLANH_PHRASES_H
#define ANLANH_PHRASES_H

#include "arena.h"
#include "shelf.h"
#include "text.h"

typedef struct phrases phrases;

phrases *phrases_new(size_t count);
void phrases_free(phrases *index);
/* Adds the next entry: the text must have been folded, and for evasive entries reduced to letters. */
int phrases_add(phrases *index, const text *phrase, int evasive);
/* After the last entry. */
int phrases_finish(phrases *index);
int phrases_evasive(const phrases *index);
size_t phrases_count(const phrases *index);

/* A finished index as it is written to a file: its numbers (after phrases_sections), and its arrays. */
size_t phrases_sections(phrases *index, section *list);
const void *phrases_numbers(const phrases *index, size_t *size);
/* The index in those bytes, which must outlive it; NULL when they hold none, or when memory has run out. */
phrases *phrases_open(const uint8_t *bytes, size_t length);

/* A place that passed the first filter: letters between two boundaries (their numbers), or units from `first` on. */
typedef struct {
    uint64_t hash;
    uint32_t first, last;
} phrase_lead;

/* One look-up, in steps that each ask for the memory that the next one needs. */
typedef struct {
    uint64_t *pairs, *heads; /* hashes of each two units, and of the first letters from each start */
    phrase_lead *by_units, *by_letters;
    size_t pair_room, head_room, unit_room, letter_room, unit_count, letter_count;
} phrase_look;

void phrase_look_free(phrase_look *look);
/* The steps of a look-up in a text: the first filters, what passes them, and what is really there. */
int phrases_aim(const phrases *index, const text *work, phrase_look *look);
int phrases_gather(const phrases *index, const text *work, phrase_look *look, uint32_t post, hits *found);
int phrases_find(const phrases *index, const text *work, const phrase_look *look, uint32_t post, hits *found);

#endif
