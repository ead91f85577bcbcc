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

/* What a text is asked by, worked out some time before it is asked, so that the filters' memory is there by then. */
typedef struct {
    uint64_t *pairs, *heads;
    size_t pair_room, head_room;
} phrase_look;

void phrase_look_free(phrase_look *look);
int phrases_aim(const phrases *index, const text *work, phrase_look *look);
/* After phrases_aim for the same text. */
int phrases_find(const phrases *index, const text *work, const phrase_look *look, uint32_t post, hits *found);

#endif
