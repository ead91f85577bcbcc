/* What an index of phrases holds, for the parts that make it, keep it in files and look in it. */
#ifndef ANLANH_PHRASE_INDEX_H
#define ANLANH_PHRASE_INDEX_H

#include "phrases.h"

#define HEAD 8 /* bytes of letters: what must agree before the places where a match may end are tried */

/* The numbers of an index, as they stand in a file. */
typedef struct {
    char mark[8];
    uint64_t count, folded_length, letters_length, breaks_length, by_units_mask, by_letters_mask, by_letters_entries;
    uint64_t single_count, evasive_count, short_count, prefix_count, most_units, most_letters;
    uint64_t letter_counts; /* bit n: some phrase has n bytes of letters; bit 63: or more */
    uint32_t beginnings_shift, singles_shift, units_shift, heads_shift, shorts_shift, wholes_shift;
} phrase_numbers;

struct phrases {
    phrase_numbers numbers;
    int borrowed; /* the arrays belong to a file */
    size_t capacity;
    arena folded, letters, breaks; /* breaks: where the words of an entry end in its letters, as uint32 */
    uint32_t *signs, *bare, *letter_count; /* of each entry, as Keys in phrases.py */
    hash_table by_units, by_letters;
    bit_filter beginnings; /* of phrases of two units and more: every prefix of two and more */
    bit_filter singles;    /* phrases of one unit */
    bit_filter units;      /* longer ones, whole */
    bit_filter heads;      /* the first HEAD bytes of letters, where there are as many */
    bit_filter shorts;     /* all letters, where there are fewer */
    bit_filter wholes;     /* all letters */
    /* gathered until the tables can be sized */
    uint64_t *prefixes, *unit_hashes, *letter_hashes;
    uint8_t *single; /* whether an entry is one unit */
    size_t prefix_room;
};

/* The hash of some units and one more. */
static inline uint64_t joined(uint64_t hash, const unit *following) {
    return mixed(hash * 31 ^ following->hash ^ following->spaced) | 1;
}

#endif
