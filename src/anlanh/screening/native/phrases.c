#include "phrase_index.h"

phrases *phrases_new(size_t count) {
    phrases *index = calloc(1, sizeof(phrases));
    if (!index) return NULL;
    index->capacity = count;
    index->signs = calloc(count + 1, 4);
    index->bare = calloc(count + 1, 4);
    index->letter_count = calloc(count + 1, 4);
    index->letter_hashes = calloc(count + 1, 8);
    index->unit_hashes = calloc(count + 1, 8);
    index->single = calloc(count + 1, 1);
    if (index->signs && index->bare && index->letter_count && index->letter_hashes && index->unit_hashes && index->single)
        return index;
    phrases_free(index);
    return NULL;
}

static void free_arrays(phrases *index) {
    arena_free(&index->folded);
    arena_free(&index->letters);
    arena_free(&index->breaks);
    table_free(&index->by_units);
    table_free(&index->by_letters);
    free(index->beginnings.words);
    free(index->singles.words);
    free(index->units.words);
    free(index->heads.words);
    free(index->shorts.words);
    free(index->wholes.words);
    free(index->signs);
    free(index->bare);
    free(index->letter_count);
}

static void free_gathered(phrases *index) {
    free(index->prefixes);
    free(index->unit_hashes);
    free(index->letter_hashes);
    free(index->single);
    index->prefixes = index->unit_hashes = index->letter_hashes = NULL;
    index->single = NULL;
}

void phrases_free(phrases *index) {
    if (!index) return;
    if (!index->borrowed) free_arrays(index);
    free_gathered(index);
    free(index);
}

int phrases_add(phrases *index, const text *phrase, int evasive) {
    uint32_t entry = (uint32_t)index->folded.count;
    if (entry >= index->capacity || !phrase->unit_count) return 0;
    uint64_t hash = phrase->units[0].hash;
    for (size_t i = 1; i < phrase->unit_count; i++) {
        hash = joined(hash, &phrase->units[i]);
        if (!make_room((void **)&index->prefixes, &index->prefix_room, index->numbers.prefix_count + 1, 8)) return 0;
        index->prefixes[index->numbers.prefix_count++] = hash;
    }
    index->unit_hashes[entry] = hash;
    index->single[entry] = phrase->unit_count == 1;
    index->numbers.single_count += phrase->unit_count == 1;
    if (phrase->unit_count > index->numbers.most_units) index->numbers.most_units = phrase->unit_count;
    size_t letters = evasive ? phrase->letters_length : 0;
    if (letters) {
        index->letter_hashes[entry] = hash_bytes(phrase->letters, letters);
        index->signs[entry] = phrase->ends[phrase->end_count - 1].signs;
        index->bare[entry] = phrase->ends[phrase->end_count - 1].bare;
        for (size_t i = 0; i < letters; i++) index->letter_count[entry] += (phrase->letters[i] & 0xc0) != 0x80;
        index->numbers.evasive_count++;
        index->numbers.short_count += letters < HEAD;
        index->numbers.letter_counts |= 1ull << (letters < 63 ? letters : 63);
        if (letters > index->numbers.most_letters) index->numbers.most_letters = letters;
    }
    uint64_t start = index->breaks.length;
    for (size_t i = 0; letters && i < phrase->joint_count; i++)
        if (!arena_append(&index->breaks, &phrase->joints[i].at, 4)) return 0;
    return arena_end(&index->breaks, start) && arena_add(&index->folded, phrase->skeleton, phrase->skeleton_length) &&
           arena_add(&index->letters, phrase->letters, letters);
}

int phrases_finish(phrases *index) {
    size_t count = index->folded.count;
    if (!table_make(&index->by_units, count) || !table_make(&index->by_letters, index->numbers.evasive_count ? count : 0) ||
        !filter_make(&index->beginnings, index->numbers.prefix_count) || !filter_make(&index->units, index->numbers.prefix_count) ||
        !filter_make(&index->singles, index->numbers.single_count) ||
        !filter_make(&index->heads, index->numbers.evasive_count) || !filter_make(&index->shorts, index->numbers.short_count) ||
        !filter_make(&index->wholes, index->numbers.evasive_count))
        return 0;
    for (size_t i = 0; i < index->numbers.prefix_count; i++) filter_add(&index->beginnings, index->prefixes[i]);
    for (uint32_t entry = 0; entry < count; entry++) {
        table_add(&index->by_units, index->unit_hashes[entry], entry);
        filter_add(index->single[entry] ? &index->singles : &index->units, index->unit_hashes[entry]);
        if (!index->letter_hashes[entry]) continue;
        table_add(&index->by_letters, index->letter_hashes[entry], entry);
        filter_add(&index->wholes, index->letter_hashes[entry]);
        if (index->letters.offsets[entry + 1] - index->letters.offsets[entry] >= HEAD)
            filter_add(&index->heads, hash_bytes(index->letters.bytes + index->letters.offsets[entry], HEAD));
        else
            filter_add(&index->shorts, index->letter_hashes[entry]);
    }
    free_gathered(index);
    return 1;
}

size_t phrases_count(const phrases *index) { return index->folded.count; }

int phrases_evasive(const phrases *index) { return index->numbers.evasive_count > 0; }
