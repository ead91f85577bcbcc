/* An index as it lies in a file: its numbers, then its arrays, each on a line of the cache of its own and padded. An index
   borrows its arrays from such bytes when it is opened; nothing in them is trusted to lie inside its array. */
#ifndef ANLANH_SHELF_H
#define ANLANH_SHELF_H

#include "common.h"

#define MOST_SECTIONS 40
#define MOST_ITEMS (1ull << 36) /* of an array; what is larger is a mistake */
#define SHELF_ALIGNMENT 64

typedef struct {
    void **place; /* the pointer of the index */
    uint64_t size; /* bytes */
} section;

/* What a section takes up. */
static inline uint64_t shelf_room(uint64_t size) {
    return (size + PADDING + SHELF_ALIGNMENT - 1) / SHELF_ALIGNMENT * SHELF_ALIGNMENT;
}

/* Copies the numbers from the start of the bytes; 0 when there are too few. */
static inline int shelf_numbers(void *numbers, size_t size, const uint8_t *bytes, size_t length) {
    if (length < shelf_room(size) || (uintptr_t)bytes % 8) return 0;
    memcpy(numbers, bytes, size);
    return 1;
}

/* Points the index at its arrays, which follow the numbers; 0 when they do not fill the bytes. */
static inline int shelf_borrow(const section *sections, size_t count, size_t numbers, const uint8_t *bytes, size_t length) {
    uint64_t at = shelf_room(numbers);
    for (size_t i = 0; i < count; i++) {
        uint64_t room = shelf_room(sections[i].size);
        if (at > length || room > length - at) return 0;
        *sections[i].place = (void *)(bytes + at);
        at += room;
    }
    return at == length;
}

static inline int is_mask(uint64_t mask) { return mask < MOST_ITEMS && (mask & (mask + 1)) == 0; }

#endif
