#include "phrases.h"
#include "shelf.h"

#define LOOKAHEAD 8 /* units */
#define LONG_TEXT 1024 /* units; what was fetched for a longer one may be gone by the time it is needed */
#define MOST_LEADS 4096 /* by letters; what a text has beyond is looked up at once */
#define NOT_SHORT 4 /* letters */
#define HEAD 8 /* bytes of letters: what must agree before the places where a match may end are tried */

/* The numbers of an index, as they stand in a file. */
typedef struct {
    char mark[8];
    uint64_t count, folded_length, letters_length, breaks_length, by_units_mask, by_letters_mask, by_letters_entries;
    uint64_t single_count, evasive_count, short_count, prefix_count, most_units, most_letters;
    uint64_t letter_counts; /* bit n: some phrase has n bytes of letters; bit 63: or more */
    uint32_t beginnings_shift, singles_shift, units_shift, heads_shift, shorts_shift, wholes_shift;
} phrase_numbers;

static const char KIND_MARK[8] = "phrases2";

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

static inline uint64_t joined(uint64_t hash, const unit *following) {
    return mixed(hash * 31 ^ following->hash ^ following->spaced) | 1;
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

/* ---- files ---- */

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

size_t phrases_count(const phrases *index) { return index->folded.count; }

int phrases_evasive(const phrases *index) { return index->numbers.evasive_count > 0; }

static int add_unit_hits(
    const phrases *index, const text *work, uint32_t post, uint64_t hash, const unit *first, const unit *last, hits *found) {
    for (uint32_t entry = table_first(&index->by_units, hash); entry; entry = table_next(&index->by_units, entry))
        if (arena_equals(&index->folded, entry - 1, work->skeleton + first->at, last->end - first->at) &&
            !hits_add(found, post, entry - 1, first->cp_start, last->cp_end))
            return 0;
    return 1;
}

static int find_from(const phrases *index, const text *work, uint32_t post, const unit *first, uint64_t pair, hits *found) {
    const unit *end = work->units + work->unit_count;
    uint64_t hash = pair;
    for (const unit *last = first + 1;;) {
        if (UNLIKELY(filter_may_hold(&index->units, hash)) &&
            !add_unit_hits(index, work, post, hash, first, last, found))
            return 0;
        if (++last >= end || (uint64_t)(last - first) >= index->numbers.most_units) return 1;
        hash = joined(hash, last);
        if (LIKELY(!filter_may_hold(&index->beginnings, hash))) return 1;
    }
}

static int is_break(const phrases *index, uint32_t entry, uint32_t at) {
    size_t length;
    const uint8_t *breaks = arena_string(&index->breaks, entry, &length);
    for (size_t place = 0; place + 4 <= length; place += 4) {
        uint32_t held;
        memcpy(&held, breaks + place, 4);
        if (held == at) return 1;
    }
    return 0;
}

/* Whether the words between two boundaries may be read as that phrase: `joins` in text.py. */
static int joins(
    const phrases *index, const text *work, uint32_t entry, const boundary *start, const boundary *end) {
    size_t low = 0, high = work->joint_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (work->joints[middle].index <= start->index)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < work->joint_count && work->joints[low].index < end->index; low++) {
        const joint *gap = &work->joints[low];
        if (!gap->free && (gap->never || !is_break(index, entry, gap->at - start->at))) return 0;
    }
    return 1;
}

/* Whether digits and signs may stand for letters here: `_is_written` in phrases.py. */
static int is_written(const phrases *index, uint32_t entry, const boundary *start, const boundary *end) {
    uint64_t signs = end->signs - start->signs, plain = end->plain - start->plain, own = index->signs[entry];
    int in_company = plain > 0 && end->bare - start->bare <= index->bare[entry];
    return signs <= own || in_company || (signs <= plain + own && index->letter_count[entry] >= NOT_SHORT);
}

static int add_letter_hits(const phrases *index, const text *work, uint32_t post, uint64_t hash, const boundary *start,
                           const boundary *end, hits *found) {
    if (end->index <= start->index) return 1; /* one letter, repeated as words of its own */
    for (uint32_t entry = table_first(&index->by_letters, hash); entry; entry = table_next(&index->by_letters, entry)) {
        if (!is_written(index, entry - 1, start, end)) continue;
        if (arena_equals(&index->letters, entry - 1, work->letters + start->at, end->at - start->at) &&
            joins(index, work, entry - 1, start, end) &&
            !hits_add(found, post, entry - 1, work->symbols[start->index].cp, work->symbols[end->index - 1].cp_end))
            return 0;
    }
    return 1;
}

/* ---- the steps of a look-up ---- */

void phrase_look_free(phrase_look *look) {
    free(look->pairs);
    free(look->heads);
    free(look->by_units);
    free(look->by_letters);
}

int phrases_aim(const phrases *index, const text *work, phrase_look *look) {
    size_t units = work->unit_count, starts = index->numbers.evasive_count ? work->start_count : 0;
    if (!make_room((void **)&look->pairs, &look->pair_room, units + 1, 8) ||
        !make_room((void **)&look->heads, &look->head_room, starts + 1, 8))
        return 0;
    for (size_t i = 0; i < units && index->numbers.single_count; i++) filter_prefetch(&index->singles, work->units[i].hash);
    for (size_t i = 0; i + 1 < units && index->numbers.most_units > 1; i++) {
        look->pairs[i] = joined(work->units[i].hash, &work->units[i + 1]);
        filter_prefetch(&index->beginnings, look->pairs[i]);
    }
    for (size_t i = 0; i < starts; i++) {
        size_t at = work->starts[i].at;
        look->heads[i] = work->letters_length - at >= HEAD ? hash_bytes(work->letters + at, HEAD) : 0;
        filter_prefetch(&index->heads, look->heads[i]);
    }
    return 1;
}

static int gather_by_units(const phrases *index, const text *work, phrase_look *look, uint32_t post, hits *found) {
    const unit *units = work->units;
    size_t count = work->unit_count, pairs = count && index->numbers.most_units > 1 ? count - 1 : 0;
    for (size_t i = 0; i < count && index->numbers.single_count; i++)
        if (UNLIKELY(filter_may_hold(&index->singles, units[i].hash)) &&
            !add_unit_hits(index, work, post, units[i].hash, &units[i], &units[i], found))
            return 0;
    if (!make_room((void **)&look->by_units, &look->unit_room, pairs + 1, sizeof(phrase_lead))) return 0;
    for (size_t i = 0; i < pairs; i++) {
        if (UNLIKELY(count > LONG_TEXT) && i + LOOKAHEAD < pairs)
            filter_prefetch(&index->beginnings, look->pairs[i + LOOKAHEAD]);
        if (LIKELY(!filter_may_hold(&index->beginnings, look->pairs[i]))) continue;
        look->by_units[look->unit_count++] = (phrase_lead){look->pairs[i], (uint32_t)i, 0};
        filter_prefetch(&index->units, look->pairs[i]);
        if (i + 2 >= count) continue;
        uint64_t three = joined(look->pairs[i], &units[i + 2]);
        filter_prefetch(&index->units, three);
        filter_prefetch(&index->beginnings, three);
    }
    return 1;
}

/* The ends are those after the start; their hashes grow from one another. */
static int gather_from_start(const phrases *index, const text *work, phrase_look *look, uint32_t post, uint32_t first,
                             uint32_t last, int long_enough, hits *found) {
    const boundary *start = &work->starts[first], *ends = work->ends;
    const uint8_t *letters = work->letters + start->at;
    size_t most = long_enough ? index->numbers.most_letters : HEAD - 1, done = 0;
    uint64_t blocks = HASH_SEED;
    for (; last < work->end_count && ends[last].at - start->at <= most; last++) {
        size_t length = ends[last].at - start->at;
        if (!(index->numbers.letter_counts >> (length < 63 ? length : 63) & 1)) continue;
        blocks = hash_blocks(blocks, letters, &done, length);
        uint64_t hash = hash_rest(blocks, letters, done, length);
        if (length < HEAD && LIKELY(!filter_may_hold(&index->shorts, hash))) continue;
        if (look->letter_count < MOST_LEADS) {
            look->by_letters[look->letter_count++] = (phrase_lead){hash, first, last};
            filter_prefetch(&index->wholes, hash);
        } else if (!add_letter_hits(index, work, post, hash, start, &ends[last], found)) {
            return 0;
        }
    }
    return 1;
}

static int gather_by_letters(const phrases *index, const text *work, phrase_look *look, uint32_t post, hits *found) {
    size_t count = work->start_count;
    uint32_t end = 0;
    if (!make_room((void **)&look->by_letters, &look->letter_room, MOST_LEADS, sizeof(phrase_lead))) return 0;
    for (uint32_t i = 0; i < count; i++) {
        if (UNLIKELY(count > LONG_TEXT) && i + LOOKAHEAD < count)
            filter_prefetch(&index->heads, look->heads[i + LOOKAHEAD]);
        while (end < work->end_count && work->ends[end].at <= work->starts[i].at) end++;
        int long_enough = look->heads[i] && filter_may_hold(&index->heads, look->heads[i]);
        if ((long_enough || index->numbers.short_count) &&
            !gather_from_start(index, work, look, post, i, end, long_enough, found))
            return 0;
    }
    return 1;
}

int phrases_gather(const phrases *index, const text *work, phrase_look *look, uint32_t post, hits *found) {
    look->unit_count = look->letter_count = 0;
    return gather_by_units(index, work, look, post, found) &&
           (!index->numbers.evasive_count || gather_by_letters(index, work, look, post, found));
}

int phrases_find(const phrases *index, const text *work, const phrase_look *look, uint32_t post, hits *found) {
    for (size_t i = 0; i < look->unit_count; i++) {
        const phrase_lead *lead = &look->by_units[i];
        if (!find_from(index, work, post, &work->units[lead->first], lead->hash, found)) return 0;
    }
    for (size_t i = 0; i < look->letter_count; i++) {
        const phrase_lead *lead = &look->by_letters[i];
        if (UNLIKELY(filter_may_hold(&index->wholes, lead->hash)) &&
            !add_letter_hits(index, work, post, lead->hash, &work->starts[lead->first], &work->ends[lead->last], found))
            return 0;
    }
    return 1;
}
