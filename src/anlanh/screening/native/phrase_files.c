/* Indexes of phrases as they lie in files. */
#include "phrase_index.h"

static const char KIND_MARK[8] = "phrases2";

static size_t list_sections(phrases *index, section *list) {
    size_t count = index->folded.count, n = 0;
#define SECTION(array, items) list[n++] = (section){(void **)&(array), (items) * sizeof *(array)}
#define FILTER(filter) SECTION((filter).words, 1ull << (64 - (filter).shift))
    SECTION(index->folded.bytes, index->folded.length);
    SECTION(index->folded.offsets, count + 1);
    SECTION(index->letters.bytes, index->letters.length);
    SECTION(index->letters.offsets, count + 1);
    SECTION(index->breaks.bytes, index->breaks.length);
    SECTION(index->breaks.offsets, count + 1);
    SECTION(index->signs, count);
    SECTION(index->bare, count);
    SECTION(index->letter_count, count);
    SECTION(index->by_units.slots, index->by_units.mask + 1);
    SECTION(index->by_units.next, index->by_units.entries + 1);
    SECTION(index->by_letters.slots, index->by_letters.mask + 1);
    SECTION(index->by_letters.next, index->by_letters.entries + 1);
    FILTER(index->beginnings);
    FILTER(index->singles);
    FILTER(index->units);
    FILTER(index->heads);
    FILTER(index->shorts);
    FILTER(index->wholes);
#undef FILTER
#undef SECTION
    return n;
}

size_t phrases_sections(phrases *index, section *list) {
    phrase_numbers *numbers = &index->numbers;
    memcpy(numbers->mark, KIND_MARK, sizeof KIND_MARK);
    numbers->count = index->folded.count;
    numbers->folded_length = index->folded.length;
    numbers->letters_length = index->letters.length;
    numbers->breaks_length = index->breaks.length;
    numbers->by_units_mask = index->by_units.mask;
    numbers->by_letters_mask = index->by_letters.mask;
    numbers->by_letters_entries = index->by_letters.entries;
    numbers->beginnings_shift = index->beginnings.shift;
    numbers->singles_shift = index->singles.shift;
    numbers->units_shift = index->units.shift;
    numbers->heads_shift = index->heads.shift;
    numbers->shorts_shift = index->shorts.shift;
    numbers->wholes_shift = index->wholes.shift;
    return list_sections(index, list);
}

const void *phrases_numbers(const phrases *index, size_t *size) {
    *size = sizeof index->numbers;
    return &index->numbers;
}

static int take_arena(arena *held, uint64_t count, uint64_t length) {
    held->count = count;
    held->length = length;
    return length < MOST_ITEMS;
}

static int take_table(hash_table *table, uint64_t entries, uint64_t mask) {
    table->entries = entries;
    table->mask = mask;
    return is_mask(mask);
}

static int take_filter(bit_filter *filter, uint32_t shift) {
    filter->shift = shift;
    return shift >= 64 - 36 && shift <= 60;
}

static int take_numbers(phrases *index) {
    const phrase_numbers *numbers = &index->numbers;
    uint64_t count = numbers->count;
    return !memcmp(numbers->mark, KIND_MARK, sizeof KIND_MARK) && count < UINT32_MAX && numbers->by_letters_entries <= count &&
           take_arena(&index->folded, count, numbers->folded_length) &&
           take_arena(&index->letters, count, numbers->letters_length) &&
           take_arena(&index->breaks, count, numbers->breaks_length) &&
           take_table(&index->by_units, count, numbers->by_units_mask) &&
           take_table(&index->by_letters, numbers->by_letters_entries, numbers->by_letters_mask) &&
           take_filter(&index->beginnings, numbers->beginnings_shift) &&
           take_filter(&index->singles, numbers->singles_shift) && take_filter(&index->units, numbers->units_shift) &&
           take_filter(&index->heads, numbers->heads_shift) && take_filter(&index->shorts, numbers->shorts_shift) &&
           take_filter(&index->wholes, numbers->wholes_shift);
}

phrases *phrases_open(const uint8_t *bytes, size_t length) {
    phrases *index = calloc(1, sizeof(phrases));
    section list[MOST_SECTIONS];
    if (!index) return NULL;
    index->borrowed = 1;
    if (shelf_numbers(&index->numbers, sizeof index->numbers, bytes, length) && take_numbers(index) &&
        shelf_borrow(list, list_sections(index, list), sizeof index->numbers, bytes, length))
        return index;
    phrases_free(index);
    return NULL;
}
