#include "phrases.h"

#define HEAD 8 /* bytes of letters: what must agree before the places where a match may end are tried */

struct phrases {
    size_t capacity;
    arena folded, letters;
    uint32_t *signs;
    uint64_t *letter_hashes;
    hash_table by_units, by_letters;
    bit_filter beginnings; /* of phrases of two units and more: every prefix of two and more */
    bit_filter singles;    /* phrases of one unit */
    bit_filter heads;      /* the first HEAD bytes of letters, or all of fewer */
    size_t single_count, evasive_count, prefix_count;
    uint32_t most_units, most_letters;
    /* gathered until the tables can be sized */
    uint64_t *prefixes, *unit_hashes;
    size_t prefix_room;
    uint8_t *unit_counts;
};

phrases *phrases_new(size_t count) {
    phrases *index = calloc(1, sizeof(phrases));
    if (!index) return NULL;
    index->capacity = count;
    index->signs = calloc(count + 1, 4);
    index->letter_hashes = calloc(count + 1, 8);
    index->unit_hashes = calloc(count + 1, 8);
    index->unit_counts = calloc(count + 1, 1);
    if (index->signs && index->letter_hashes && index->unit_hashes && index->unit_counts) return index;
    phrases_free(index);
    return NULL;
}

void phrases_free(phrases *index) {
    if (!index) return;
    arena_free(&index->folded);
    arena_free(&index->letters);
    table_free(&index->by_units);
    table_free(&index->by_letters);
    free(index->beginnings.words);
    free(index->singles.words);
    free(index->heads.words);
    free(index->signs);
    free(index->letter_hashes);
    free(index->prefixes);
    free(index->unit_hashes);
    free(index->unit_counts);
    free(index);
}

static inline uint64_t joined(uint64_t hash, const unit *following) {
    return mixed(hash * 31 ^ following->hash ^ following->spaced) | 1;
}

static inline uint64_t head_of(const uint8_t *letters, size_t length) {
    return hash_bytes(letters, length < HEAD ? length : HEAD);
}

int phrases_add(phrases *index, const text *phrase, int evasive) {
    uint32_t entry = (uint32_t)index->folded.count;
    if (entry >= index->capacity || !phrase->unit_count) return 0;
    uint64_t hash = phrase->units[0].hash;
    for (size_t i = 1; i < phrase->unit_count; i++) {
        hash = joined(hash, &phrase->units[i]);
        if (!make_room((void **)&index->prefixes, &index->prefix_room, index->prefix_count + 1, 8)) return 0;
        index->prefixes[index->prefix_count++] = hash;
    }
    index->unit_hashes[entry] = hash;
    index->unit_counts[entry] = phrase->unit_count > 1 ? 2 : 1;
    if (phrase->unit_count == 1) index->single_count++;
    if (phrase->unit_count > index->most_units) index->most_units = (uint32_t)phrase->unit_count;
    size_t letters = evasive ? phrase->letters_length : 0;
    if (letters) {
        index->letter_hashes[entry] = hash_bytes(phrase->letters, letters);
        index->signs[entry] = phrase->ends[phrase->end_count - 1].signs;
        index->evasive_count++;
        if (letters > index->most_letters) index->most_letters = (uint32_t)letters;
    }
    return arena_add(&index->folded, phrase->skeleton, phrase->skeleton_length) &&
           arena_add(&index->letters, phrase->letters, letters);
}

int phrases_finish(phrases *index) {
    size_t count = index->folded.count;
    if (!table_make(&index->by_units, count) || !table_make(&index->by_letters, index->evasive_count ? count : 0) ||
        !filter_make(&index->beginnings, index->prefix_count) || !filter_make(&index->singles, index->single_count) ||
        !filter_make(&index->heads, index->evasive_count))
        return 0;
    for (size_t i = 0; i < index->prefix_count; i++) filter_add(&index->beginnings, index->prefixes[i]);
    for (uint32_t entry = 0; entry < count; entry++) {
        table_add(&index->by_units, index->unit_hashes[entry], entry);
        if (index->unit_counts[entry] == 1) filter_add(&index->singles, index->unit_hashes[entry]);
        if (!index->letter_hashes[entry]) continue;
        table_add(&index->by_letters, index->letter_hashes[entry], entry);
        const uint8_t *letters = index->letters.bytes + index->letters.offsets[entry];
        filter_add(&index->heads, head_of(letters, arena_length(&index->letters, entry)));
    }
    free(index->prefixes);
    free(index->unit_hashes);
    free(index->unit_counts);
    index->prefixes = index->unit_hashes = NULL;
    index->unit_counts = NULL;
    return 1;
}

int phrases_evasive(const phrases *index) { return index->evasive_count > 0; }

static int add_unit_hits(
    const phrases *index, const text *work, uint32_t post, uint64_t hash, const unit *first, const unit *last, hits *found) {
    for (uint32_t entry = table_slot_of(&index->by_units, hash)->head; entry; entry = index->by_units.next[entry - 1])
        if (arena_equals(&index->folded, entry - 1, work->skeleton + first->at, last->end - first->at) &&
            !hits_add(found, post, entry - 1, first->cp_start, last->cp_end))
            return 0;
    return 1;
}

static int find_by_units(const phrases *index, const text *work, uint32_t post, hits *found) {
    const unit *end = work->units + work->unit_count;
    for (const unit *first = work->units; first < end; first++) {
        if (index->single_count && filter_may_hold(&index->singles, first->hash) &&
            !add_unit_hits(index, work, post, first->hash, first, first, found))
            return 0;
        uint64_t hash = first->hash;
        for (const unit *last = first + 1; last < end && last - first < (ptrdiff_t)index->most_units; last++) {
            hash = joined(hash, last);
            if (LIKELY(!filter_may_hold(&index->beginnings, hash))) break;
            if (!add_unit_hits(index, work, post, hash, first, last, found)) return 0;
        }
    }
    return 1;
}

static int add_letter_hits(
    const phrases *index, const text *work, uint32_t post, const boundary *start, const boundary *end, hits *found) {
    const uint8_t *letters = work->letters + start->at;
    size_t length = end->at - start->at;
    if (end->index <= start->index) return 1; /* one letter, repeated as words of its own */
    uint64_t hash = hash_bytes(letters, length);
    for (uint32_t entry = table_slot_of(&index->by_letters, hash)->head; entry; entry = index->by_letters.next[entry - 1]) {
        uint64_t signs = end->signs - start->signs, plain = end->plain - start->plain;
        /* Digits and signs count as letters only in the company of at least as many real ones. */
        if (signs > plain + index->signs[entry - 1]) continue;
        if (arena_equals(&index->letters, entry - 1, letters, length) &&
            !hits_add(found, post, entry - 1, work->symbols[start->index].cp, work->symbols[end->index - 1].cp_end))
            return 0;
    }
    return 1;
}

static int find_by_letters(const phrases *index, const text *work, uint32_t post, hits *found) {
    const boundary *ends_end = work->ends + work->end_count, *next_end = work->ends;
    for (size_t i = 0; i < work->start_count; i++) {
        const boundary *start = &work->starts[i];
        while (next_end < ends_end && next_end->at <= start->at) next_end++;
        const boundary *end = next_end;
        for (; end < ends_end && end->at - start->at < HEAD; end++)
            if (filter_may_hold(&index->heads, hash_bytes(work->letters + start->at, end->at - start->at)) &&
                !add_letter_hits(index, work, post, start, end, found))
                return 0;
        if (end == ends_end || !filter_may_hold(&index->heads, hash_bytes(work->letters + start->at, HEAD))) continue;
        for (; end < ends_end && end->at - start->at <= index->most_letters; end++)
            if (!add_letter_hits(index, work, post, start, end, found)) return 0;
    }
    return 1;
}

int phrases_find(const phrases *index, const text *work, uint32_t post, hits *found) {
    return find_by_units(index, work, post, found) &&
           (!index->evasive_count || find_by_letters(index, work, post, found));
}
