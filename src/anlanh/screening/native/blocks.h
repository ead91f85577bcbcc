/* What a block of stored posts can be asked for, and the filter that says so: sweeping/keys.py in C. */
#ifndef ANLANH_BLOCKS_H
#define ANLANH_BLOCKS_H

#include "hosts.h"
#include "text.h"

typedef struct {
    uint64_t *items;
    size_t count, capacity;
    size_t crowded; /* from so many on, those that repeat are taken out */
} block_keys;

typedef struct {
    const readings *tables;
    const uint32_t *dots; /* as for hosts_find */
    size_t dot_count;
    text *work;
    block_keys keys;
    hits deferred; /* texts whose host names Python must read */
} block;

void block_free(block *held);
/* Adds the keys of a text's units, of its pairs of units and of its host names. Returns 0 when memory has run out. */
int block_take(block *held, const uint8_t *bytes, size_t length, uint32_t post);

/* Leaves each key once; returns how many are left, or -1 when memory has run out. The order is another afterwards. */
int64_t keys_distinct(uint64_t *keys, size_t count);
/* Sets the bits of the keys in a filter of that many zeroed bytes. */
void keys_filter(const uint64_t *keys, size_t count, unsigned probes, uint8_t *filter, size_t size);
/* Whether a filter may hold that many of the keys. */
int keys_may_hold(const uint64_t *keys, size_t count, size_t least, unsigned probes, const uint8_t *filter, size_t size);

#endif
