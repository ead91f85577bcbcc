/* Byte strings one after another, known by number, and a table from hash to the first of those that share it. */
#ifndef ANLANH_ARENA_H
#define ANLANH_ARENA_H

#include "common.h"

typedef struct {
    uint8_t *bytes;
    size_t length, room;
    uint64_t *offsets; /* count + 1 of them */
    size_t count, offset_room;
} arena;

static inline int arena_append(arena *held, const void *bytes, size_t length) {
    if (!make_room((void **)&held->bytes, &held->room, held->length + length, 1)) return 0;
    if (length) memcpy(held->bytes + held->length, bytes, length);
    held->length += length;
    return 1;
}

/* Makes what was appended since `start` the next string. */
static inline int arena_end(arena *held, uint64_t start) {
    if (!make_room((void **)&held->offsets, &held->offset_room, held->count + 2, 8)) return 0;
    held->offsets[held->count] = start;
    held->offsets[++held->count] = held->length;
    return 1;
}

static inline int arena_add(arena *held, const void *bytes, size_t length) {
    uint64_t start = held->length;
    return arena_append(held, bytes, length) && arena_end(held, start);
}

/* Where a string stands; 0 bytes when what says so, in a file, does not hold. */
static inline const uint8_t *arena_string(const arena *held, uint32_t number, size_t *length) {
    uint64_t start = held->offsets[number], end = held->offsets[number + 1];
    int good = start <= end && end <= held->length;
    *length = good ? end - start : 0;
    return held->bytes + (good ? start : 0);
}

static inline int arena_equals(const arena *held, uint32_t number, const uint8_t *bytes, size_t length) {
    size_t own;
    const uint8_t *string = arena_string(held, number, &own);
    return own == length && (!length || !memcmp(string, bytes, length));
}

static inline void arena_free(arena *held) {
    free(held->bytes);
    free(held->offsets);
}

/* Open addressing; `head` is the first entry plus one, `next` (for each entry) the following one plus one. */
typedef struct {
    uint64_t hash;
    uint32_t head, tail;
} table_slot;

typedef struct {
    table_slot *slots;
    uint64_t mask;
    uint32_t *next;
    size_t entries;
} hash_table;

static inline int table_make(hash_table *table, size_t entries) {
    uint64_t size = power_of_two(entries * 2 + 16);
    table->mask = size - 1;
    table->entries = entries;
    table->slots = zeroed(size, sizeof(table_slot));
    table->next = zeroed(entries + 1, 4);
    return table->slots && table->next;
}

static inline table_slot *table_slot_of(const hash_table *table, uint64_t hash) {
    uint64_t at = hash >> 8 & table->mask, left = table->mask;
    while (table->slots[at].head && table->slots[at].hash != hash && left--) at = (at + 1) & table->mask;
    return &table->slots[at];
}

static inline void table_add(hash_table *table, uint64_t hash, uint32_t entry) {
    table_slot *slot = table_slot_of(table, hash);
    if (slot->head)
        table->next[slot->tail - 1] = entry + 1;
    else
        *slot = (table_slot){hash, entry + 1, 0};
    slot->tail = entry + 1;
}

/* The first entry with that hash plus one, or 0. */
static inline uint32_t table_first(const hash_table *table, uint64_t hash) {
    const table_slot *slot = table_slot_of(table, hash);
    return slot->hash == hash && slot->head <= table->entries ? slot->head : 0;
}

/* The following one likewise; they ascend, so that a chain ends whatever a file says. */
static inline uint32_t table_next(const hash_table *table, uint32_t entry) {
    uint32_t next = table->next[entry - 1];
    return next > entry && next <= table->entries ? next : 0;
}

static inline void table_free(hash_table *table) {
    free(table->slots);
    free(table->next);
}

#endif
