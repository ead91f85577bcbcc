/* Host names in plain ASCII looked up in a list: domains.py in C. Texts with other names are left to Python. */
#ifndef ANLANH_DOMAINS_H
#define ANLANH_DOMAINS_H

#include "arena.h"
#include "shelf.h"

typedef struct domains domains;

/* `dots` are the code points beside "." that may separate labels, ascending. */
domains *domains_new(size_t count, const uint32_t *dots, size_t dot_count);
void domains_free(domains *index);
int domains_add(domains *index, const uint8_t *name, size_t length);
size_t domains_count(const domains *index);
/* The index as it is written to a file: its numbers (after domains_sections), and its arrays. */
size_t domains_sections(domains *index, section *list);
const void *domains_numbers(const domains *index, size_t *size);
/* The index in those bytes, which must outlive it; NULL when they hold none, or when memory has run out. */
domains *domains_open(const uint8_t *bytes, size_t length);
/* The entry of that very name, or -1. The bytes must be readable eight past the end. */
int64_t domains_look_up(const domains *index, const uint8_t *name, size_t length);
/* Looks for names of either index (the second may be NULL); entries of the second are counted after those of the first. Sets
   `deferred` when only Python can tell; hits found until then are taken back. */
int domains_find(const domains *index, const domains *added, const uint8_t *bytes, size_t length, uint32_t post, hits *found,
                 int *deferred);

#endif
