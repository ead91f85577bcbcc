/* Code points: what they stand for in a reading, and how they are written. */
#ifndef ANLANH_UTF8_H
#define ANLANH_UTF8_H

#include "text.h"

/* Writes up to four bytes; returns how many. */
static inline size_t encode(uint8_t *out, uint32_t cp) {
    if (LIKELY(cp < 0x80)) {
        out[0] = (uint8_t)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (uint8_t)(0xc0 | cp >> 6);
        out[1] = (uint8_t)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (uint8_t)(0xe0 | cp >> 12);
        out[1] = (uint8_t)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (uint8_t)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | cp >> 18);
    out[1] = (uint8_t)(0x80 | (cp >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (cp >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (cp & 0x3f));
    return 4;
}

/* The entries of one code point: `single` when there is just one. */
static inline const uint32_t *entries_of(
    const readings *tables, unsigned reading, uint32_t cp, missing_pages *missing, uint32_t *single, uint32_t *count) {
    const page *filled = atomic_load_explicit(&tables->pages[reading][cp >> 8], memory_order_acquire);
    if (UNLIKELY(!filled)) {
        missing->pages[reading][cp >> 8] = 1;
        missing->any = 1;
        *count = 0;
        return single;
    }
    uint32_t entry = filled->entries[cp & 255];
    if (LIKELY(!(entry & IS_SEQUENCE))) {
        *single = entry;
        *count = 1;
        return single;
    }
    const uint32_t *sequence = &filled->pool[entry & ~IS_SEQUENCE];
    *count = *sequence;
    return sequence + 1;
}

#endif
