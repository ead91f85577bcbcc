/* Phrases on whole syllables: phrases.py in C. */
#ifndef ANLANH_PHRASES_H
#define ANLANH_PHRASES_H

#include "arena.h"
#include "text.h"

typedef struct phrases phrases;

phrases *phrases_new(size_t count);
void phrases_free(phrases *index);
/* Adds the next entry: the text must have been folded, and for evasive entries reduced to letters. */
int phrases_add(phrases *index, const text *phrase, int evasive);
/* After the last entry. */
int phrases_finish(phrases *index);
int phrases_evasive(const phrases *index);
int phrases_find(const phrases *index, const text *work, uint32_t post, hits *found);

#endif
